#if os(Linux)
    internal import CLibcurl
    import Foundation

    /// What precedes the path of a URL. The requests to a host share one object.
    ///
    /// libcurl takes a URL apart and puts it together again for each transfer, a byte at a time, which costs more than all that
    /// is done here. So it gets the host's, taken apart once, and the path and the query apart from it.
    ///
    /// `@unchecked Sendable`: `parsed` does not change, and the line is used by the one thread that has the worker.
    final class CurlHost: @unchecked Sendable {
        let origin: HTTPRequest.Origin
        /// The URL of the host without a path, query and fragment, as it was written.
        let address: String
        /// The same for all URLs of an origin.
        let key: String
        /// The address as libcurl takes it apart; nil if it does not.
        let parsed: UnsafeMutableRawPointer?
        /// The transfers to the host, once there was one.
        var line: CurlQueue.Line?

        /// Creates the host of a request, which is checked.
        init(_ request: HTTPRequest) throws(TransportError) {
            origin = try request.checkedAddress()
            key = request.url.originKey
            let url = request.url.absoluteString
            // RFC 3986, 3.2: after the two slashes, the authority ends at the next slash, question mark or number sign.
            let start = url.range(of: "://")?.upperBound ?? url.endIndex
            let end = url.utf8[start...].firstIndex(where: Self.ends) ?? url.endIndex
            address = String(url[..<end])
            parsed = clibcurl_url(address)
        }

        deinit {
            if let parsed { clibcurl_url_cleanup(parsed) }
        }

        /// The part of a URL of this host that the request line names: the path and the query. Nil if it has bytes that do
        /// not belong there.
        func path(of url: String) -> String? {
            var url = url
            let path = url.withUTF8 { url -> String? in
                let rest = url[address.utf8.count...]
                let end = rest.firstIndex { $0 == UInt8(ascii: "#") } ?? rest.endIndex
                guard rest[..<end].allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
                return String(decoding: rest[..<end], as: UTF8.self)
            }
            guard let path, path.utf8.first != UInt8(ascii: "/") else { return path }
            return "/" + path
        }

        /// Whether a URL has this host, written the same way.
        fileprivate func precedes(_ url: UnsafeBufferPointer<UInt8>) -> Bool {
            var address = address
            return address.withUTF8 { address in
                guard let start = address.baseAddress, let other = url.baseAddress, url.count >= address.count else {
                    return false
                }
                return memcmp(start, other, address.count) == 0
                    && (url.count == address.count || Self.ends(url[address.count]))
            }
        }

        private static func ends(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
        }
    }

    /// The hosts of the last requests, so that a URL is not taken apart for each of them.
    struct CurlHosts {
        private var known: [CurlHost] = []
        /// The position that is overwritten next.
        private var next = 0

        private static let most = 16

        /// Returns the host of a URL if it was added.
        func host(of url: String) -> CurlHost? {
            var url = url
            return url.withUTF8 { url in known.first { $0.precedes(url) } }
        }

        /// Adds a host.
        mutating func add(_ host: CurlHost) {
            guard known.count < Self.most else {
                known[next] = host
                next = (next + 1) % Self.most
                return
            }
            known.append(host)
        }
    }
#endif
