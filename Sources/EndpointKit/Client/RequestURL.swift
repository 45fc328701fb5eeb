import Foundation

extension RequestBuilder {
    /// Where the call goes, parameters of path and query included.
    func url<Response>(of endpoint: Endpoint<Response>) throws(APIError) -> URL {
        switch endpoint.host {
        case .url(let text):
            guard let url = Self.secureURL(text) else {
                throw APIError(.invalidParameter, "url: must be an absolute http or https URL")
            }
            return try url.adding(query(endpoint.query))
        case .announced(let host):
            guard let url = Self.secureURL(host.contains("://") ? host : "https://\(host)"), url.isBare else {
                throw APIError(.invalidParameter, "host: must be a base URL such as https://upload.example.com")
            }
            return try url.appending(path(of: endpoint)).adding(query(endpoint.query))
        case .service:
            return try Self.baseURL(baseURL).appending(path(of: endpoint)).adding(query(endpoint.query))
        }
    }

    /// A base URL that may carry a token: `https`, or `http` to this very machine.
    static func baseURL(_ text: String) throws(APIError) -> URL {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host, !host.isEmpty,
            scheme == "https" || scheme == "http", url.isBare
        else {
            throw APIError(.invalidParameter, "the base URL must be like https://api.example.com")
        }
        guard scheme == "https" || Self.isLoopback(host) else {
            throw APIError(
                .invalidParameter, "the base URL http://\(host) is refused: the token would travel unprotected",
                remedy: "Use https; http is for loopback alone")
        }
        return url
    }

    /// A URL from an answer; plain `http` is raised to `https` except on loopback. One that is not raised keeps every
    /// byte: it may be signed.
    private static func secureURL(_ text: String) -> URL? {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host, !host.isEmpty,
            scheme == "https" || scheme == "http"
        else { return nil }
        if scheme == "https" || isLoopback(host) { return url }
        var parts = URLComponents(url: url, resolvingAgainstBaseURL: false)
        parts?.scheme = "https"
        if parts?.port == 80 { parts?.port = nil }
        return parts?.url
    }

    static func isLoopback(_ host: String) -> Bool {
        let host = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")).lowercased()
        if host == "localhost" || host == "::1" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }

    /// The path with its parameters in place. The literal parts are encoded here too: `URL(string:)` given a text with
    /// characters to encode would encode the values a second time.
    private func path<Response>(of endpoint: Endpoint<Response>) throws(APIError) -> String {
        var path = endpoint.path.hasPrefix("/") || endpoint.path.isEmpty ? "" : "/"
        var rest = endpoint.path[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = rest[rest.index(after: open)..<close]
            guard let parameter = endpoint.pathParameters.list.first(where: { $0.name == name }) else {
                throw APIError(.invalidParameter, "\(name): is missing, and it is part of the path")
            }
            guard let value = parameter.wireValue, !value.isNull, !["", ".", ".."].contains(value.plainText) else {
                throw APIError(
                    .invalidParameter,
                    "\(parameter.name): must not be empty, “.” or “..”, since it is part of the path")
            }
            path += String(rest[..<open]).pathEncoded + value.plainText.percentEncoded
            rest = rest[rest.index(after: close)...]
        }
        return path + String(rest).pathEncoded
    }

    /// Name and value pairs, percent-encoded; an array stands as its name repeated.
    private func query(_ parameters: Parameters) -> [String] {
        parameters.list.flatMap { parameter -> [String] in
            guard let value = parameter.wireValue else { return [] }
            return (value.array ?? [value]).filter { !$0.isNull }
                .map { "\(parameter.name.percentEncoded)=\($0.plainText.percentEncoded)" }
        }
    }
}

extension String {
    var percentEncoded: String { addingPercentEncoding(withAllowedCharacters: .unreserved) ?? "" }

    /// A path as an author wrote it, escapes and a query of its own included.
    fileprivate var pathEncoded: String { addingPercentEncoding(withAllowedCharacters: .writtenPath) ?? "" }
}

extension CharacterSet {
    fileprivate static let writtenPath = CharacterSet.unreserved.union(CharacterSet(charactersIn: "/!$&'()*+,;=:@%?"))
}

extension URL {
    /// Whether it is a base URL: nobody's name in it, no query, no fragment.
    fileprivate var isBare: Bool { user == nil && password == nil && query == nil && fragment == nil }

    fileprivate func appending(_ path: String) throws(APIError) -> URL {
        var prefix = absoluteString
        while prefix.hasSuffix("/") { prefix.removeLast() }
        guard let url = URL(string: prefix + path) else {
            throw APIError(.invalidParameter, "the path \(path) does not make a URL")
        }
        return url
    }

    fileprivate func adding(_ query: [String]) throws(APIError) -> URL {
        guard !query.isEmpty else { return self }
        let joint = self.query == nil ? "?" : "&"
        guard let url = URL(string: absoluteString + joint + query.joined(separator: "&")) else {
            throw APIError(.invalidParameter, "the query does not make a URL")
        }
        return url
    }
}
