import Foundation

/// Checks an endpoint's parameters and makes them into an HTTP request, all but the token.
struct RequestBuilder: Sendable {
    var service: Service
    var baseURL: String

    func request<Response>(for endpoint: Endpoint<Response>) throws(APIError) -> HTTPRequest {
        try check(endpoint)
        var request = HTTPRequest(endpoint.method, try url(of: endpoint))
        if case .url = endpoint.host {} else { request.headers = service.headers }
        for parameter in endpoint.headers.list {
            if let value = parameter.wireValue { request.headers[parameter.name] = value.plainText }
        }
        for field in request.headers where field.value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) {
            throw APIError(.invalidParameter, "\(field.name): must not hold control characters")
        }
        if case .bytes = endpoint.response.form {
        } else if request.headers["Accept"] == nil {
            request.headers["Accept"] = "application/json"
        }
        addBody(endpoint.body, to: &request)
        return request
    }

    private func check<Response>(_ endpoint: Endpoint<Response>) throws(APIError) {
        var parameters = endpoint.pathParameters.list + endpoint.query.list + endpoint.headers.list
        switch endpoint.body {
        case .none: break
        case .json(let fields), .multipart(let fields): parameters += fields.list
        case .jsonValue(let parameter), .binary(let parameter): parameters.append(parameter)
        }
        let violations = parameters.flatMap(\.violations)
        guard violations.isEmpty else {
            let text = violations.map { "\($0.path): \($0.message)" }.joined(separator: "; ")
            throw APIError(.invalidParameter, text)
        }
    }

    // MARK: URL

    private func url<Response>(of endpoint: Endpoint<Response>) throws(APIError) -> URL {
        if case .url(let text) = endpoint.host {
            guard let url = Self.secureURL(text) else {
                throw APIError(.invalidParameter, "url: must be an absolute http or https URL")
            }
            return try url.adding(query(endpoint.query))
        }
        let base: URL
        if case .announced(let host) = endpoint.host {
            guard let url = Self.secureURL(host.contains("://") ? host : "https://\(host)"), url.query == nil else {
                throw APIError(.invalidParameter, "host: must be a base URL such as https://upload.example.com")
            }
            base = url
        } else {
            base = try Self.baseURL(baseURL)
        }
        var path = endpoint.path
        for parameter in endpoint.pathParameters.list {
            guard let text = parameter.wireValue?.plainText, !text.isEmpty, text != ".", text != ".." else {
                throw APIError(.invalidParameter, "\(parameter.name): must not be empty, since it is part of the path")
            }
            path = path.replacingOccurrences(of: "{\(parameter.name)}", with: text.percentEncoded)
        }
        var prefix = base.absoluteString
        while prefix.hasSuffix("/") { prefix.removeLast() }
        guard let url = URL(string: prefix + path) else {
            throw APIError(.invalidParameter, "the path \(endpoint.path) does not make a URL")
        }
        return try url.adding(query(endpoint.query))
    }

    /// A base URL that may carry a token: `https`, or `http` to this very machine.
    static func baseURL(_ text: String) throws(APIError) -> URL {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host, !host.isEmpty,
            scheme == "https" || scheme == "http", url.query == nil, url.fragment == nil, url.user == nil
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

    /// A URL from an answer; plain `http` is raised to `https` except on loopback.
    private static func secureURL(_ text: String) -> URL? {
        guard var parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host, !host.isEmpty, scheme == "https" || scheme == "http"
        else { return nil }
        if scheme == "http", !isLoopback(host) { parts.scheme = "https" }
        return parts.url
    }

    static func isLoopback(_ host: String) -> Bool {
        let host = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")).lowercased()
        if host == "localhost" || host == "::1" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }

    /// Name and value pairs, percent-encoded; an array stands as its name repeated.
    private func query(_ parameters: Parameters) -> [String] {
        parameters.list.flatMap { parameter -> [String] in
            guard let value = parameter.wireValue else { return [] }
            return (value.array ?? [value]).filter { !$0.isNull }
                .map { "\(parameter.name.percentEncoded)=\($0.plainText.percentEncoded)" }
        }
    }

    // MARK: Body

    private func addBody(_ body: RequestBody, to request: inout HTTPRequest) {
        switch body {
        case .none: break
        case .json(let fields):
            var object = JSONObject()
            for field in fields.list {
                if let value = field.wireValue { object[field.name] = value }
            }
            request.headers["Content-Type"] = "application/json"
            request.body = .data(JSONValue.object(object).data)
        case .jsonValue(let parameter):
            request.headers["Content-Type"] = "application/json"
            request.body = .data((parameter.wireValue ?? .null).data)
        case .multipart(let fields):
            let form = MultipartForm(fields.list)
            request.headers["Content-Type"] = form.contentType
            request.body = form.body
        case .binary(let parameter):
            if request.headers["Content-Type"] == nil { request.headers["Content-Type"] = "application/octet-stream" }
            if case .binary(let content) = parameter.content { request.body = content.body }
        }
    }
}

extension Parameter {
    /// What is sent; nil if nothing is.
    var wireValue: JSONValue? {
        if case .json(let value) = content { schema.wireForm(of: value) } else { nil }
    }

    /// What stands in a query, a header or a part of a form; nil if nothing does.
    package var wireText: String? {
        wireValue.flatMap { $0.isNull ? nil : $0.plainText }
    }

    fileprivate var violations: [Violation] {
        switch content {
        case .absent: []
        case .json(let value):
            schema.kind == .binary
                ? [Violation(path: name, message: "must be bytes")] : schema.violations(of: value, at: name)
        case .binary: []
        }
    }
}

extension String {
    var percentEncoded: String { addingPercentEncoding(withAllowedCharacters: .unreserved) ?? "" }
}

extension URL {
    fileprivate func adding(_ query: [String]) throws(APIError) -> URL {
        guard !query.isEmpty else { return self }
        let text = absoluteString
        let joint = self.query == nil ? "?" : "&"
        guard let url = URL(string: text + joint + query.joined(separator: "&")) else {
            throw APIError(.invalidParameter, "the query does not make a URL")
        }
        return url
    }
}
