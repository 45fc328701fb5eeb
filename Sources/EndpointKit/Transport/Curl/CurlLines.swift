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
            var size = 0
            for field in fields { size += field.name.utf8.count + field.value.utf8.count + 3 }
            for line in more { size += line.utf8CodeUnitCount + 1 }
            var writer = Writer(count: count, textSize: size)
            for field in fields {
                writer.begin()
                writer.add(field.name)
                // An empty value is written with a semicolon: with a colon, libcurl leaves the field out.
                writer.add(field.value.isEmpty ? ";" : ": " as StaticString)
                writer.add(field.value)
                writer.end()
            }
            for line in more {
                writer.begin()
                writer.add(line)
                writer.end()
            }
            first = writer.nodes
        }

        /// Frees the memory; call it once.
        func free() {
            UnsafeMutableRawPointer(first)?.deallocate()
        }

        private struct Writer {
            let nodes: UnsafeMutablePointer<clibcurl_list>
            private let count: Int
            private var index = 0
            /// Where the next byte goes.
            private var text: UnsafeMutablePointer<CChar>

            init(count: Int, textSize: Int) {
                let listSize = count * MemoryLayout<clibcurl_list>.stride
                let memory = UnsafeMutableRawPointer.allocate(
                    byteCount: listSize + textSize, alignment: MemoryLayout<clibcurl_list>.alignment)
                self.count = count
                nodes = memory.bindMemory(to: clibcurl_list.self, capacity: count)
                text = (memory + listSize).bindMemory(to: CChar.self, capacity: textSize)
            }

            mutating func begin() {
                (nodes + index).initialize(
                    to: clibcurl_list(data: text, next: index + 1 < count ? nodes + index + 1 : nil))
                index += 1
            }

            mutating func end() {
                text.initialize(to: 0)
                text += 1
            }

            mutating func add(_ string: String) {
                var string = string
                let start = text
                text += string.withUTF8 { bytes in
                    if let first = bytes.baseAddress {
                        UnsafeMutableRawPointer(start).copyMemory(from: first, byteCount: bytes.count)
                    }
                    return bytes.count
                }
            }

            mutating func add(_ string: StaticString) {
                UnsafeMutableRawPointer(text).copyMemory(from: string.utf8Start, byteCount: string.utf8CodeUnitCount)
                text += string.utf8CodeUnitCount
            }
        }
    }
#endif
