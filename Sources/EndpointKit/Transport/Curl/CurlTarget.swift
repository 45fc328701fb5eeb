#if os(Linux)
    internal import CLibcurl
    import Foundation

    /// Where a request goes and what its head says, in the form that libcurl takes.
    ///
    /// `@unchecked Sendable`: nothing changes after `init`, and the lines are read by the worker only.
    final class CurlTarget: @unchecked Sendable {
        let url: String
        /// Scheme, host and port, for the limit of connections.
        let origin: String
        let isSecure: Bool
        /// Whether the host is this machine, so that no proxy may see the request.
        let isLoopback: Bool
        /// The header fields.
        let lines: CurlLines

        /// Creates a target; `address` is that of the request.
        init(_ request: HTTPRequest, _ address: CurlAddresses.Address, inflates: Bool) {
            isSecure = address.origin.isSecure
            isLoopback = address.origin.isLoopback
            origin = address.key
            url = request.url.absoluteString
            lines = CurlLines(request.headers, Self.additions(to: request, inflates: inflates))
        }

        deinit {
            lines.free()
        }

        /// The lines that the request does not have and needs.
        private static func additions(to request: HTTPRequest, inflates: Bool) -> [StaticString] {
            var (hasCoding, hasType, hasLength) = (false, false, false)
            for field in request.headers {
                switch field.name.utf8.count {
                case 12: hasType = hasType || field.name.isSameFieldName(as: "content-type")
                case 14: hasLength = hasLength || field.name.isSameFieldName(as: "content-length")
                case 15: hasCoding = hasCoding || field.name.isSameFieldName(as: "accept-encoding")
                default: break
                }
            }
            var lines: [StaticString] = []
            if !hasCoding && inflates { lines.append(Inflater.acceptLine) }
            if request.body.isEmpty {
                // RFC 9110, 8.6: a request whose method may have a body says that it has none.
                if request.method != .get && request.method != .head && !hasLength { lines.append("Content-Length: 0") }
            } else {
                if !hasType { lines.append("Content-Type: application/octet-stream") }
                // libcurl would ask before every body that it reads in pieces, and wait a second for the answer.
                if request.body.length <= 1 << 20 { lines.append("Expect:") }
            }
            return lines
        }
    }

    extension HTTPRequest {
        /// The body if it is one piece of memory that libcurl can send together with the head.
        var inlineBody: Data? {
            guard body.chunks.count == 1, case .data(let data) = body.chunks[0],
                data.count <= CurlTransfer.largestInlineBody
            else { return nil }
            return data
        }
    }
#endif
