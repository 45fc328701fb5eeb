#if os(Linux)
    internal import CLibcurl

    /// Header lines as libcurl's list, in one piece of memory: the nodes, and after them their texts.
    struct CurlLines {
        /// The first node; nil if there are no lines.
        let first: UnsafeMutablePointer<clibcurl_list>?

        /// Writes the lines of fields, and after them further lines.
        init(_ fields: HTTPFields, _ more: [StaticString]) {
            let count = fields.count + more.count
            guard count > 0 else {
                first = nil
                return
            }
            // A name, a colon and a space, the value and a zero.
            var size = count * MemoryLayout<clibcurl_list>.stride
            for field in fields { size += field.name.utf8.count + field.value.utf8.count + 3 }
            for line in more { size += line.utf8CodeUnitCount + 1 }
            let memory = UnsafeMutableRawPointer.allocate(
                byteCount: size, alignment: MemoryLayout<clibcurl_list>.alignment)
            let nodes = memory.bindMemory(to: clibcurl_list.self, capacity: count)
            var text = (memory + count * MemoryLayout<clibcurl_list>.stride)
                .bindMemory(to: CChar.self, capacity: size - count * MemoryLayout<clibcurl_list>.stride)
            var index = 0
            func begin() {
                (nodes + index).initialize(
                    to: clibcurl_list(data: text, next: index + 1 < count ? nodes + index + 1 : nil))
                index += 1
            }
            func add(_ bytes: UnsafeBufferPointer<UInt8>) {
                guard let start = bytes.baseAddress else { return }
                UnsafeMutableRawPointer(text).copyMemory(from: start, byteCount: bytes.count)
                text += bytes.count
            }
            func add(_ string: String) {
                var string = string
                string.withUTF8 { add($0) }
            }
            func end() {
                text.initialize(to: 0)
                text += 1
            }
            for field in fields {
                begin()
                add(field.name)
                // An empty value is written with a semicolon: with a colon, libcurl leaves the field out.
                add(field.value.isEmpty ? ";" : ": ")
                add(field.value)
                end()
            }
            for line in more {
                begin()
                line.withUTF8Buffer { add($0) }
                end()
            }
            first = nodes
        }

        /// Frees the memory; call it once.
        func free() {
            UnsafeMutableRawPointer(first)?.deallocate()
        }
    }
#endif
