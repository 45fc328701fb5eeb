import Foundation

extension HTTPRequest {
    /// The method and the URL without user, query and fragment, for messages: these parts may contain secrets.
    public var summary: String {
        "\(method.rawValue) \(url.withoutSecrets)"
    }

    /// Throws ``TransportError/Kind/invalidRequest`` if the request cannot or must not be sent, such as an `http` URL that is
    /// not loopback where the service does not allow that, or a line break in a header field. A ``Transport`` calls it before it sends a request.
    public func checkSendable() throws(TransportError) {
        _ = try checkedOrigin()
    }

    /// What matters of the address of a request that can be sent.
    struct Origin: Sendable {
        var isSecure: Bool
        /// Whether the host is this machine.
        var isLoopback: Bool
    }

    /// Checks the request, as ``checkSendable()`` says, and returns the parts of its address.
    func checkedOrigin() throws(TransportError) -> Origin {
        let origin = try checkedAddress()
        try check(origin)
        return origin
    }

    /// Returns the parts of the address, which depend on nothing but the scheme and what precedes the path.
    func checkedAddress() throws(TransportError) -> Origin {
        guard let scheme = url.scheme?.lowercased(), scheme == "https" || scheme == "http",
            let host = url.host(percentEncoded: false), !host.isEmpty
        else { throw refused("the address is not an absolute http or https URL") }
        guard url.user(percentEncoded: true) == nil, url.password(percentEncoded: true) == nil else {
            throw refused("the address must not contain a user name or a password")
        }
        return Origin(isSecure: scheme == "https", isLoopback: Loopback.contains(host))
    }

    /// Checks everything but the address, whose parts are `origin`.
    func check(_ origin: Origin) throws(TransportError) {
        guard origin.isSecure || origin.isLoopback || allowsInsecureHTTP else {
            throw refused(
                "http is allowed for loopback addresses only, because it is not encrypted: use https, or "
                    + "\"allowInsecureHTTP\": true in service.json")
        }
        guard HeaderField.isToken(method.rawValue) else { throw refused("the method is not a valid token") }
        guard body.isEmpty || (method != .get && method != .head) else {
            throw refused("a \(method.rawValue) request must not have a body")
        }
        for field in headers {
            guard HeaderField.isToken(field.name) else {
                throw refused("the name of a header field contains characters that are not allowed")
            }
            guard HeaderField.isValue(field.value) else {
                throw refused("the value of header field \(field.name) contains control characters")
            }
            guard !Self.reserved.contains(where: field.name.isSameFieldName) else {
                throw refused("header field \(field.name) is set by the transport")
            }
        }
        if let length = headers["Content-Length"], length != String(body.length) {
            throw refused("Content-Length is not the length of the body")
        }
    }

    private static let reserved = ["transfer-encoding", "expect"]

    private func refused(_ reason: String) -> TransportError {
        TransportError(.invalidRequest, mayHaveBeenSent: false, message: "\(summary): \(reason)")
    }
}

extension URL {
    /// The URL without user, query and fragment, for messages.
    var withoutSecrets: String {
        var components = URLComponents(url: self, resolvingAgainstBaseURL: true)
        components?.user = nil
        components?.password = nil
        components?.query = nil
        components?.fragment = nil
        return components?.string ?? ""
    }

    /// Whether two URLs have the same origin: scheme, host and port.
    func isSameOrigin(as other: URL) -> Bool { originKey == other.originKey }

    /// The origin as one text, however it is written: the case of scheme and host means nothing, and a port that is left out is
    /// the scheme's own (RFC 3986, 3.1 and 3.2).
    var originKey: String {
        let scheme = scheme?.lowercased() ?? ""
        let host = host(percentEncoded: false)?.lowercased() ?? ""
        return "\(scheme)://\(host):\(port ?? (scheme == "https" ? 443 : 80))"
    }
}
