#if os(Linux)
    /// Collects the header lines of a response and judges the final head.
    ///
    /// libcurl reports the lines of interim responses, of the final response and of trailers alike, and lets pass what leaves
    /// the end of a body open to interpretation: two lengths that differ, a length that is not a number, a length beside
    /// chunks. A transfer may also "succeed" without a complete head.
    struct CurlHead {
        /// A complete head.
        struct Response: Sendable {
            var status = 0
            var isHTTP2 = false
            var headers = HTTPFields()
            /// The length of the body as it is transferred; nil if the server does not tell.
            var length: Int64?
            /// The content coding of the body; nil for none.
            var coding: String?
            /// The interim responses before it.
            var interim: [HTTPInterimResponse] = []
        }

        enum Event {
            /// More lines follow, or the line is part of an interim response or of the trailers.
            case none
            /// The head is complete.
            case complete
            /// The head, or a trailer, is not acceptable, for this reason.
            case refused(String)
        }

        private var bytes: [UInt8] = []
        private var interim: [HTTPInterimResponse] = []
        /// The lines after the final head.
        private var trailerBytes: [UInt8] = []
        /// The final head; nil until it is complete.
        private(set) var response: Response?

        /// The largest trailers, in bytes; libcurl limits the size of heads only.
        private static let largestTrailers = 256 << 10
        /// The number of interim responses that are reported. A server may send any number to say that it is at work.
        private static let mostInterim = 100

        mutating func reset() {
            bytes.removeAll(keepingCapacity: true)
            interim = []
            trailerBytes = []
            response = nil
        }

        /// Adds a line with its end.
        mutating func append(_ line: UnsafeRawBufferPointer) -> Event {
            guard response == nil else {
                guard trailerBytes.count + line.count <= Self.largestTrailers else {
                    return .refused("the trailers are too long")
                }
                trailerBytes.append(contentsOf: line)
                return .none
            }
            if line.starts(with: "HTTP/".utf8) { bytes.removeAll(keepingCapacity: true) }
            guard let first = line.first, first != 13 && first != 10 else { return finish() }
            bytes.append(contentsOf: line)
            return .none
        }

        private mutating func finish() -> Event {
            var result = Response()
            let problem = bytes.withUnsafeBytes { Self.parse($0, into: &result) }
            bytes.removeAll(keepingCapacity: true)
            if let problem { return .refused(problem) }
            if result.status == 101 { return .refused("the server switched to another protocol") }
            guard result.status >= 200 else {
                if interim.count < Self.mostInterim {
                    interim.append(HTTPInterimResponse(status: result.status, headers: result.headers))
                }
                return .none
            }
            result.interim = interim
            response = result
            return .complete
        }

        /// Returns the fields after the body, or what is wrong with them.
        ///
        /// They frame nothing: a length among them is a field like others (RFC 9110, 6.5.1).
        func trailers() -> Result<HTTPFields, Refusal> {
            guard !trailerBytes.isEmpty else { return .success([:]) }
            var fields: [HTTPFields.Field] = []
            if let problem = trailerBytes.withUnsafeBytes({ Self.readFields($0, into: &fields) }) {
                return .failure(Refusal(reason: problem))
            }
            var joined = JoinedFields(capacity: fields.count)
            for field in fields where HeaderField.isToken(field.name) { joined.add(field, isRepeated: true) }
            return .success(HTTPFields(joined.fields))
        }

        /// Why trailers are not acceptable.
        struct Refusal: Error {
            var reason: String
        }

        /// Returns what is wrong with a head, or nil.
        private static func parse(_ bytes: UnsafeRawBufferPointer, into result: inout Response) -> String? {
            let end = bytes.firstIndex(of: 10) ?? bytes.endIndex
            let line = UnsafeRawBufferPointer(rebasing: bytes[..<end])
            result.isHTTP2 = line.starts(with: "HTTP/2".utf8)
            result.status = status(of: line)
            var fields: [HTTPFields.Field] = []
            fields.reserveCapacity(12)
            let rest = UnsafeRawBufferPointer(rebasing: bytes[min(end + 1, bytes.endIndex)...])
            return readFields(rest, into: &fields) ?? judge(fields, &result)
        }

        /// Reads the lines of header fields; returns what is wrong with them, or nil.
        private static func readFields(
            _ bytes: UnsafeRawBufferPointer, into fields: inout [HTTPFields.Field]
        ) -> String? {
            var start = bytes.startIndex
            while start < bytes.endIndex {
                var end = start
                while end < bytes.endIndex, bytes[end] != 10 { end += 1 }
                var line = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
                if line.last == 13 { line = UnsafeRawBufferPointer(rebasing: line.dropLast()) }
                start = end + 1
                // libcurl may pass the blank line after trailers.
                if line.isEmpty { continue }
                guard !line.contains(where: { $0 == 0 || $0 == 13 }) else {
                    return "a header field contains control characters"
                }
                if let first = line.first, first == 32 || first == 9, !fields.isEmpty {
                    // A line that continues the one before (RFC 9112, 5.2), which libcurl passes as it is.
                    fields[fields.count - 1].value += " " + text(line)
                    continue
                }
                guard let colon = line.firstIndex(of: 58) else { return "a header field has no colon" }
                // Not trimmed: white space before the colon is not allowed (RFC 9112, 5.1).
                let name = String(decoding: UnsafeRawBufferPointer(rebasing: line[..<colon]), as: UTF8.self)
                fields.append(
                    HTTPFields.Field(name: name, value: text(UnsafeRawBufferPointer(rebasing: line[(colon + 1)...]))))
            }
            return nil
        }

        /// The three digits after the first space.
        private static func status(of line: UnsafeRawBufferPointer) -> Int {
            guard let space = line.firstIndex(of: 32) else { return 0 }
            var value = 0
            for digit in line[(space + 1)...].prefix(3) {
                guard (48...57).contains(digit) else { return 0 }
                value = value * 10 + Int(digit - 48)
            }
            return value
        }

        /// The text without white space around it.
        private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
            var part = bytes[...]
            while let first = part.first, first == 32 || first == 9 { part.removeFirst() }
            while let last = part.last, last == 32 || last == 9 { part.removeLast() }
            return String(decoding: UnsafeRawBufferPointer(rebasing: part), as: UTF8.self)
        }

        /// Reads the fields that frame the body, and joins fields of one name, which is equivalent (RFC 9110, 5.3), as
        /// `URLSession` does.
        private static func judge(_ fields: [HTTPFields.Field], _ result: inout Response) -> String? {
            var isChunked = false
            var joined = JoinedFields(capacity: fields.count)
            for field in fields {
                guard HeaderField.isToken(field.name) else {
                    let name = field.name.filter { !$0.isWhitespace }
                    if Self.framing.contains(where: name.isSameFieldName) {
                        return "the name of a header field that frames the body is malformed"
                    }
                    continue
                }
                var isRepeated = true
                // Few fields have these lengths, so that few are compared.
                switch field.name.utf8.count {
                case 14 where field.name.isSameFieldName(as: "content-length"):
                    if let problem = readLength(field.value, &result) { return problem }
                    // A repeated length is one length.
                    isRepeated = false
                case 17 where field.name.isSameFieldName(as: "transfer-encoding"):
                    guard field.value.lowercased() == "chunked", !isChunked else {
                        return "the transfer coding is not supported"
                    }
                    isChunked = true
                case 16 where field.name.isSameFieldName(as: "content-encoding"):
                    let coding = field.value.lowercased()
                    if coding != "identity" && !coding.isEmpty {
                        result.coding = result.coding.map { "\($0), \(coding)" } ?? coding
                    }
                default: break
                }
                joined.add(field, isRepeated: isRepeated)
            }
            guard !isChunked || result.length == nil else {
                return "there are both Content-Length and Transfer-Encoding"
            }
            result.headers = HTTPFields(joined.fields)
            return nil
        }

        private static let framing = ["content-length", "transfer-encoding", "content-encoding"]

        /// Returns what is wrong with a Content-Length, or nil.
        private static func readLength(_ value: String, _ result: inout Response) -> String? {
            // "5, 5" is one field that was repeated on the way.
            for part in value.utf8.split(separator: 44, omittingEmptySubsequences: false) {
                let digits = part.filter { $0 != 32 && $0 != 9 }
                guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }),
                    let length = Int64(String(decoding: digits, as: UTF8.self))
                else { return "Content-Length is not a length" }
                guard result.length == nil || result.length == length else {
                    return "there are two Content-Length fields that differ"
                }
                result.length = length
            }
            return nil
        }
    }

    /// Fields of which those with one name are joined.
    private struct JoinedFields {
        private(set) var fields: [HTTPFields.Field] = []
        /// The positions of the names, where there are so many that comparing each with each takes long.
        private var positions: [String: Int]?

        init(capacity: Int) {
            fields.reserveCapacity(capacity)
            if capacity > 64 { positions = [:] }
        }

        /// Adds a field, or its value to the field of its name if it `isRepeated`.
        mutating func add(_ field: HTTPFields.Field, isRepeated: Bool) {
            // Its value may contain commas, so that it cannot be joined.
            let isCookie = field.name.utf8.count == 10 && field.name.isSameFieldName(as: "set-cookie")
            let key = positions == nil ? "" : field.name.lowercased()
            let count = field.name.utf8.count
            let position =
                positions.map { $0[key] }
                ?? fields.firstIndex { $0.name.utf8.count == count && $0.name.isSameFieldName(as: field.name) }
            guard !isCookie, let position else {
                positions?[key] = fields.count
                return fields.append(field)
            }
            if isRepeated { fields[position].value += ", " + field.value }
        }
    }
#endif
