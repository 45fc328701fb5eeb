#if os(Linux)
    internal import CLibcurl
    import Foundation

    /// Where a request goes and what its head says, in the form that libcurl takes.
    ///
    /// `@unchecked Sendable`: nothing changes after `init`, and the lines are read by the worker only.
    final class CurlTarget: @unchecked Sendable {
        let host: CurlHost
        let url: String
        /// The path and the query, if libcurl gets them apart from the URL. A proxy that is no tunnel gets all of the URL.
        let path: String?
        /// The header fields.
        let lines: CurlLines

        var isSecure: Bool { host.origin.isSecure }
        /// Whether the host is this machine, so that no proxy may see the request.
        var isLoopback: Bool { host.origin.isLoopback }

        /// Creates a target; `url` is the one of the request, and `host` its host.
        init(_ request: HTTPRequest, url: String, _ host: CurlHost, inflates: Bool) {
            self.host = host
            self.url = url
            let isProxied = !host.origin.isSecure && !host.origin.isLoopback
            path = isProxied || host.parsed == nil ? nil : host.path(of: url)
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
