#if os(Linux)
    internal import CLibcurl
    import Foundation

    /// Where a request goes and what its head says, in the form that libcurl takes.
    ///
    /// `@unchecked Sendable`: nothing changes after `init`, and the list is read by the worker only.
    final class CurlTarget: @unchecked Sendable {
        let url: String
        /// Scheme, host and port, for the limit of connections.
        let origin: String
        let isSecure: Bool
        /// Whether the host is this machine, so that no proxy may see the request.
        let isLoopback: Bool
        /// The header fields as libcurl's list.
        let headers: UnsafeMutablePointer<clibcurl_list>?

        /// Creates a target; `origin` is what the check of the request returned.
        init(_ request: HTTPRequest, _ origin: HTTPRequest.Origin, inflates: Bool) {
            isSecure = origin.isSecure
            isLoopback = origin.isLoopback
            self.origin = "\(isSecure ? "s" : "")\(origin.host):\(request.url.port ?? 0)"
            url = request.url.absoluteString
            headers = Self.list(request, inflates: inflates)
        }

        deinit {
            clibcurl_list_free(headers)
        }

        private static func list(_ request: HTTPRequest, inflates: Bool) -> UnsafeMutablePointer<clibcurl_list>? {
            var list: UnsafeMutablePointer<clibcurl_list>?
            var (hasCoding, hasType, hasLength) = (false, false, false)
            func add(_ line: String) {
                // Nil only without memory; the list so far stays valid.
                if let longer = line.withCString({ clibcurl_list_append(list, $0) }) { list = longer }
            }
            for field in request.headers {
                switch field.name.utf8.count {
                case 12: hasType = hasType || field.name.isSameFieldName(as: "content-type")
                case 14: hasLength = hasLength || field.name.isSameFieldName(as: "content-length")
                case 15: hasCoding = hasCoding || field.name.isSameFieldName(as: "accept-encoding")
                default: break
                }
                // An empty value is written with a semicolon: with a colon, libcurl leaves the field out.
                add(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
            }
            if !hasCoding && inflates { add("Accept-Encoding: \(Inflater.accepted)") }
            if request.body.isEmpty {
                // RFC 9110, 8.6: a request whose method may have a body says that it has none.
                if request.method != .get && request.method != .head && !hasLength { add("Content-Length: 0") }
            } else {
                if !hasType { add("Content-Type: application/octet-stream") }
                // libcurl would ask before every body that it reads in pieces, and wait a second for the answer.
                if request.body.length <= 1 << 20 { add("Expect:") }
            }
            return list
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
