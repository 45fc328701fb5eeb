#if os(Linux)
    import Foundation

    /// The addresses of the last requests, so that a URL is not taken apart for each of them.
    struct CurlAddresses {
        /// What precedes the path of a URL.
        struct Address: Sendable {
            let origin: HTTPRequest.Origin
            /// Scheme, host and port as one text.
            let key: String

            init(_ origin: HTTPRequest.Origin) {
                self.origin = origin
                key = "\(origin.isSecure ? "s" : "")\(origin.host):\(origin.port ?? 0)"
            }
        }

        private var known: [(text: String, address: Address)] = []
        /// The position that is overwritten next.
        private var next = 0

        private static let most = 16

        /// Returns the address of a URL if a URL with the same text before its path was added.
        func address(of url: String) -> Address? {
            var url = url
            return url.withUTF8 { url in
                known.first { entry in
                    let text = entry.text.utf8
                    guard url.starts(with: text) else { return false }
                    return text.count == url.count || Self.ends(url[text.count])
                }?.address
            }
        }

        /// Adds the address of a URL.
        mutating func add(_ address: Address, of url: String) {
            // RFC 3986, 3.2: after the two slashes, the authority ends at the next slash, question mark or number sign.
            guard let slashes = url.range(of: "://") else { return }
            let end = url.utf8[slashes.upperBound...].firstIndex(where: Self.ends) ?? url.endIndex
            let entry = (text: String(url[..<end]), address: address)
            guard known.count < Self.most else {
                known[next] = entry
                next = (next + 1) % Self.most
                return
            }
            known.append(entry)
        }

        private static func ends(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
        }
    }
#endif
