import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension HTTPRequest {
    /// Method, scheme, host, port and path: what may stand in a message. The query, headers and body may hold secrets.
    public var summary: String {
        "\(method.rawValue) \(url.withoutSecrets)"
    }

    /// Refuses what must not, or cannot, be sent: an `http` address that is not loopback, a line break in a header.
    ///
    /// Every ``Transport`` asks this before it sends anything.
    ///
    /// - Throws: ``TransportError/Kind/invalidRequest``.
    public func checkSendable() throws(TransportError) {
        guard let scheme = url.scheme?.lowercased(), scheme == "https" || scheme == "http",
            let host = url.host(percentEncoded: false), !host.isEmpty
        else { throw refused("the address is not an absolute http or https one") }
        guard url.user(percentEncoded: true) == nil, url.password(percentEncoded: true) == nil else {
            throw refused("a user name or password in the address is not sent")
        }
        guard scheme == "https" || isLoopbackHost(host) else {
            throw refused("http is for loopback addresses only, because others could read along: use https")
        }
        guard method.rawValue.isToken else { throw refused("the method is not a valid one") }
        guard body.isEmpty || (method != .get && method != .head) else {
            throw refused("\(method.rawValue) has no body")
        }
        for field in headers {
            guard field.name.isToken else { throw refused("a header name has characters that are not allowed") }
            guard field.value.isFieldValue else {
                throw refused("the value of header \(field.name) has line breaks or control characters")
            }
            guard !["transfer-encoding", "expect"].contains(field.name.lowercased()) else {
                throw refused("header \(field.name) is the transport's own")
            }
        }
        if let length = headers["Content-Length"], length != String(body.length) {
            throw refused("Content-Length is not the length of the body")
        }
    }

    /// The request for `URLSession`, without its body. Fields of one name are joined with commas, which means the same.
    func urlRequest() -> URLRequest {
        var result = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData)
        result.httpMethod = method.rawValue
        result.httpShouldHandleCookies = false
        for field in headers {
            result.addValue(field.value, forHTTPHeaderField: field.name)
        }
        // Without one, URLSession on Linux declares the body of a POST to be a form.
        if !body.isEmpty && headers["Content-Type"] == nil {
            result.setValue("application/octet-stream", forHTTPHeaderField: "Content-Type")
        }
        return result
    }

    private func refused(_ reason: String) -> TransportError {
        TransportError(.invalidRequest, mayHaveBeenSent: false, message: "\(summary): \(reason)")
    }
}

extension URL {
    /// The URL as far as it may stand in a message: without user, query and fragment.
    var withoutSecrets: String {
        var components = URLComponents(url: self, resolvingAgainstBaseURL: true)
        components?.user = nil
        components?.password = nil
        components?.query = nil
        components?.fragment = nil
        return components?.string ?? ""
    }

    /// What must be the same for a redirect to be followed: scheme, host and port.
    func isSameOrigin(as other: URL) -> Bool {
        func origin(_ url: URL) -> [String?] {
            let scheme = url.scheme?.lowercased()
            let port = url.port ?? (scheme == "https" ? 443 : 80)
            return [scheme, url.host(percentEncoded: false)?.lowercased(), String(port)]
        }
        return origin(self) == origin(other)
    }
}

/// Whether a host is this machine for certain: `localhost`, `::1`, or four decimal numbers beginning with 127.
///
/// `127.1` or `0x7f000001` mean the same to some resolvers; they are refused, because others may see more in them.
func isLoopbackHost(_ host: String) -> Bool {
    let host = host.lowercased()
    if ["localhost", "::1", "[::1]"].contains(host) { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
        && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } && UInt8($0) != nil }
}

extension String {
    /// RFC 9110, 5.6.2: what a method and a field name are made of.
    fileprivate var isToken: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// RFC 9110, 5.5: no control characters but the tab. A line break would begin a header of its own.
    fileprivate var isFieldValue: Bool {
        utf8.allSatisfy { $0 == 9 || ($0 >= 32 && $0 != 127) }
    }
}
