import Foundation

extension RequestBuilder {
    /// The URL of a call, with its path and query parameters.
    func url(of endpoint: Endpoint<Data>) throws(APIError) -> URL {
        switch endpoint.host {
        case .url(let text):
            guard WebAddress.isAbsolute(text), let url = secureURL(text) else {
                throw APIError(.invalidParameter, "url: \(WebAddress.rule)")
            }
            var text = Array(url.absoluteString.utf8)
            guard Self.appendPairs(of: endpoint.query, to: &text, after: url.query != nil ? "&" : "?") else {
                return url
            }
            return try Self.url(text, "the query")
        case .announced(let host):
            guard WebAddress.isBase(host), let url = secureURL(host.contains("://") ? host : "https://\(host)")
            else {
                throw APIError(.invalidParameter, "host: \(WebAddress.baseRule)")
            }
            return try self.url(of: endpoint, below: Self.prefix(url))
        case .service:
            return try self.url(of: endpoint, below: base.get())
        }
    }

    /// The text of a base URL to which a token may be sent, without slashes at its end: `https`, or `http` to a loopback
    /// address unless the service allows it everywhere.
    static func base(_ text: String, allowsInsecureHTTP: Bool) throws(APIError) -> String {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host, !host.isEmpty,
            scheme == "https" || scheme == "http", url.isBare
        else {
            throw APIError(.invalidParameter, "the base URL must be like https://api.example.com")
        }
        guard scheme == "https" || allowsInsecureHTTP || Loopback.contains(host) else {
            throw APIError(
                .invalidParameter, "the base URL http://\(host) is refused: http would send the token unencrypted",
                remedy: "Use https. Where a service has http alone, its service.json says \"allowInsecureHTTP\": true")
        }
        return prefix(url)
    }

    /// A URL from a response. `http` becomes `https`, except for loopback addresses and where the service allows it. Any other
    /// URL is not changed, since it may be signed.
    private func secureURL(_ text: String) -> URL? {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host, !host.isEmpty,
            scheme == "https" || scheme == "http"
        else { return nil }
        if scheme == "https" || allowsInsecureHTTP || Loopback.contains(host) { return url }
        var parts = URLComponents(url: url, resolvingAgainstBaseURL: false)
        parts?.scheme = "https"
        if parts?.port == 80 { parts?.port = nil }
        return parts?.url
    }

    private static func prefix(_ url: URL) -> String {
        var text = url.absoluteString
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }

    private static func url(_ text: [UInt8], _ part: @autoclosure () -> String) throws(APIError) -> URL {
        guard let url = URL(string: String(decoding: text, as: UTF8.self)) else {
            throw APIError(.invalidParameter, "\(part()) does not make a URL")
        }
        return url
    }

    /// The URL of a call below a base URL. The path's literal parts are encoded here too, because `URL(string:)` encodes a
    /// text with invalid characters as a whole, and would encode the values a second time.
    private func url(of endpoint: Endpoint<Data>, below prefix: String) throws(APIError) -> URL {
        var text: [UInt8] = []
        text.reserveCapacity(prefix.utf8.count + endpoint.path.utf8.count + endpoint.query.list.count * 32 + 64)
        text += prefix.utf8
        if let first = endpoint.path.utf8.first, first != UInt8(ascii: "/") { text.append(UInt8(ascii: "/")) }
        // Most paths have no parameters, and nothing to encode.
        if !text.appendWhole(endpoint.path, of: PercentEncoding.writtenPath) {
            try Self.appendPath(of: endpoint, to: &text)
        }
        let hasQuery = !endpoint.path.everyByte { $0 != UInt8(ascii: "?") }
        Self.appendPairs(of: endpoint.query, to: &text, after: hasQuery ? "&" : "?")
        return try Self.url(text, "the path \(endpoint.path)")
    }

    /// Appends a path with the values of its parameters.
    private static func appendPath(of endpoint: Endpoint<Data>, to text: inout [UInt8]) throws(APIError) {
        var rest = endpoint.path[...]
        while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
            let close = rest[open...].utf8.firstIndex(of: UInt8(ascii: "}"))
        {
            let name = rest[rest.index(after: open)..<close]
            guard let parameter = endpoint.pathParameters.list.first(where: { $0.name == name }) else {
                throw APIError(.invalidParameter, "\(name): is missing, and it is part of the path")
            }
            guard let value = parameter.wireText, PathSegment.isValid(value) else {
                throw APIError(.invalidParameter, "\(parameter.name): \(PathSegment.rule)")
            }
            text.appendPath(rest[..<open])
            text.appendEncoded(value)
            rest = rest[rest.index(after: close)...]
        }
        text.appendPath(rest)
    }

    /// Appends the percent-encoded pairs of name and value of a query or a form, with `&` between them. Returns whether there
    /// are any.
    ///
    /// A form has the encoding of a query, in which a space is `%20`: what reads `+` as a space reads that, too.
    @discardableResult
    static func appendPairs(of parameters: Parameters, to text: inout [UInt8], after start: String = "") -> Bool {
        var isFirst = true
        parameters.forEach { parameter in
            guard let value = parameter.wireValue else { return }
            parameter.schema.forEachPair(parameter.name, value) { name, value in
                if isFirst { text += start.utf8 } else { text.append(UInt8(ascii: "&")) }
                text.appendEncoded(name)
                text.append(UInt8(ascii: "="))
                text.appendEncoded(value)
                isFirst = false
            }
        }
        return !isFirst
    }
}

extension URL {
    /// Whether the URL has no user, no query and no fragment.
    fileprivate var isBare: Bool { user == nil && password == nil && query == nil && fragment == nil }
}
