#if os(Linux)
    /// Collects the header lines of a response and judges the final head.
    ///
    /// libcurl reports the lines of interim responses, of the final response and of trailers alike, and lets pass what leaves
    /// the end of a body open to interpretation: two lengths that differ, a length that is not a number, a length beside
    /// chunks. A transfer may also "succeed" without a complete head.
    struct CurlHead {
        /// A complete head. An object, since it is passed on more often than it is read.
        final class Response: Sendable {
            let framing: Framing
            let headers: HTTPFields
            /// The interim responses before it.
            let interim: [HTTPInterimResponse]

            var status: Int { framing.status }
            /// The length of the body as it is transferred; nil if the server does not tell.
            var length: Int64? { framing.length }
            /// The content coding of the body; nil for none.
            var coding: String? { framing.coding }

            init(_ framing: Framing, headers: HTTPFields, interim: [HTTPInterimResponse]) {
                self.framing = framing
                self.headers = headers
                self.interim = interim
            }
        }

        /// What a head says about its message.
        struct Framing: Sendable {
            var status = 0
            var isHTTP2 = false
            var length: Int64?
            var coding: String?
        }

        enum Event {
            /// More lines follow, or the line is part of an interim response or of the trailers.
            case none
            /// The head is complete.
            case complete(Response)
            /// The head, or a trailer, is not acceptable, for this reason.
            case refused(String)
        }

        /// The head that is being received.
        private var current = Framing()
        /// Its lines.
        private var lines = CurlFieldLines()
        private var interim: [HTTPInterimResponse] = []
        /// The lines after the final head.
        private var trailerLines = CurlFieldLines()
        private var trailerSize = 0
        /// The final head; nil until it is complete.
        private(set) var response: Response?

        /// The largest trailers, in bytes; libcurl limits the size of heads only.
        private static let largestTrailers = 256 << 10
        /// The number of interim responses that are reported. A server may send any number to say that it is at work.
        private static let mostInterim = 100

        mutating func reset() {
            self = CurlHead()
        }

        /// Adds a line with its end.
        mutating func append(_ line: UnsafeRawBufferPointer) -> Event {
            guard response == nil else {
                trailerSize += line.count
                guard trailerSize <= Self.largestTrailers else { return .refused("the trailers are too long") }
                trailerLines.append(line)
                return .none
            }
            guard let first = line.first, first != 13 && first != 10 else { return finish() }
            if first == UInt8(ascii: "H"), line.starts(with: "HTTP/".utf8) {
                current = Framing()
                current.isHTTP2 = line.starts(with: "HTTP/2".utf8)
                current.status = Self.status(of: line)
                lines = CurlFieldLines(capacity: 8)
            } else {
                lines.append(line)
            }
            return .none
        }

        private mutating func finish() -> Event {
            if let problem = lines.problem ?? Self.judge(&lines.fields, &current) { return .refused(problem) }
            if current.status == 101 { return .refused("the server switched to another protocol") }
            let headers = HTTPFields(lines.fields)
            lines = CurlFieldLines()
            guard current.status >= 200 else {
                if interim.count < Self.mostInterim {
                    interim.append(HTTPInterimResponse(status: current.status, headers: headers))
                }
                return .none
            }
            let response = Response(current, headers: headers, interim: interim)
            self.response = response
            return .complete(response)
        }

        /// Returns the fields after the body, or what is wrong with them.
        ///
        /// They frame nothing: a length among them is a field like others (RFC 9110, 6.5.1).
        func trailers() -> Result<HTTPFields, Refusal> {
            if let problem = trailerLines.problem { return .failure(Refusal(reason: problem)) }
            guard !trailerLines.fields.isEmpty else { return .success([:]) }
            return .success(HTTPFields(trailerLines.fields.joined { _ in true }))
        }

        /// Why trailers are not acceptable.
        struct Refusal: Error {
            var reason: String
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

        /// Reads the fields that frame the body, and joins fields of one name, which is equivalent (RFC 9110, 5.3), as
        /// `URLSession` does. Returns what is wrong with them, or nil.
        private static func judge(_ fields: inout [HTTPFields.Field], _ result: inout Framing) -> String? {
            var isChunked = false
            var areTokens = true
            for field in fields {
                // Few fields have these lengths, so that few are compared.
                switch field.name.utf8.count {
                case 14 where field.name.isSameFieldName(as: "content-length"):
                    if let problem = readLength(field.value, &result) { return problem }
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
                default:
                    guard !HeaderField.isToken(field.name) else { continue }
                    areTokens = false
                    let name = field.name.filter { !$0.isWhitespace }
                    guard !Self.framingNames.contains(where: name.isSameFieldName) else {
                        return "the name of a header field that frames the body is malformed"
                    }
                }
            }
            guard !isChunked || result.length == nil else {
                return "there are both Content-Length and Transfer-Encoding"
            }
            // A repeated length is one length.
            if !areTokens || !fields.areDistinct { fields = fields.joined { $0 != "content-length" } }
            return nil
        }

        private static let framingNames = ["content-length", "transfer-encoding", "content-encoding"]

        /// Returns what is wrong with a Content-Length, or nil.
        private static func readLength(_ value: String, _ result: inout Framing) -> String? {
            // "5, 5" is one field that was repeated on the way.
            var rest = Substring(value).utf8[...]
            while true {
                let part = rest.prefix { $0 != 44 }
                guard let length = decimal(part) else { return "Content-Length is not a length" }
                guard result.length == nil || result.length == length else {
                    return "there are two Content-Length fields that differ"
                }
                result.length = length
                guard part.endIndex < rest.endIndex else { return nil }
                rest = rest[part.endIndex...].dropFirst()
            }
        }

        /// A number of nothing but digits, with white space around it.
        private static func decimal(_ text: Substring.UTF8View.SubSequence) -> Int64? {
            var value: Int64?
            var hasEnded = false
            for byte in text {
                if byte == 32 || byte == 9 {
                    hasEnded = value != nil
                    continue
                }
                guard (48...57).contains(byte), !hasEnded else { return nil }
                let (tens, isTooLarge) = (value ?? 0).multipliedReportingOverflow(by: 10)
                let (sum, overflows) = tens.addingReportingOverflow(Int64(byte - 48))
                guard !isTooLarge, !overflows else { return nil }
                value = sum
            }
            return value
        }
    }
#endif
