#if os(Linux)
    /// The lines of header fields, as libcurl passes them: one at a time, each with its end.
    struct CurlFieldLines {
        /// The fields so far, whatever their names are.
        var fields: [HTTPFields.Field] = []
        /// What is wrong with the first line that cannot be read.
        private(set) var problem: String?

        init() {}

        /// Makes room for so many fields.
        init(capacity: Int) {
            fields.reserveCapacity(capacity)
        }

        /// Adds a line with its end.
        mutating func append(_ line: UnsafeRawBufferPointer) {
            var end = line.count
            if end > 0, line[end - 1] == 10 { end -= 1 }
            if end > 0, line[end - 1] == 13 { end -= 1 }
            // libcurl may pass the blank line after trailers.
            guard end > 0, problem == nil else { return }
            var colon: Int?
            for index in 0..<end {
                switch line[index] {
                case 0, 10, 13:
                    problem = "a header field contains control characters"
                    return
                case 58 where colon == nil: colon = index
                default: break
                }
            }
            if line[0] == 32 || line[0] == 9, !fields.isEmpty {
                // A line that continues the one before (RFC 9112, 5.2), which libcurl passes as it is.
                fields[fields.count - 1].value += " " + Self.text(line, 0, end)
                return
            }
            guard let colon else {
                problem = "a header field has no colon"
                return
            }
            // Not trimmed: white space before the colon is not allowed (RFC 9112, 5.1).
            let name = String(decoding: UnsafeRawBufferPointer(rebasing: line[..<colon]), as: UTF8.self)
            fields.append(HTTPFields.Field(name: name, value: Self.text(line, colon + 1, end)))
        }

        /// A part of a line without white space around it.
        private static func text(_ line: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> String {
            var (start, end) = (start, end)
            while start < end, line[start] == 32 || line[start] == 9 { start += 1 }
            while start < end, line[end - 1] == 32 || line[end - 1] == 9 { end -= 1 }
            return String(decoding: UnsafeRawBufferPointer(rebasing: line[start..<end]), as: UTF8.self)
        }
    }

    extension [HTTPFields.Field] {
        /// Whether there is one field of each name, for certain.
        var areDistinct: Bool {
            guard count <= 16 else { return false }
            for index in indices {
                let name = self[index].name
                for other in self[..<index] where other.name.isSameFieldName(as: name) { return false }
            }
            return true
        }

        /// The fields of which those with one name are joined, if `joins` says so of the name in lower case; otherwise the
        /// first is kept. Fields whose names are none are left out.
        func joined(_ joins: (String) -> Bool) -> Self {
            var result: Self = []
            result.reserveCapacity(count)
            // By name: with very many fields, comparing each with each takes long.
            var positions: [String: Int] = [:]
            for field in self where HeaderField.isToken(field.name) {
                let key = field.name.lowercased()
                // The value of a cookie may contain commas, so that it cannot be joined.
                guard key != "set-cookie", let position = positions[key] else {
                    positions[key] = result.count
                    result.append(field)
                    continue
                }
                if joins(key) { result[position].value += ", " + field.value }
            }
            return result
        }
    }
#endif
