import EndpointKit
import Foundation

/// A call as a curl command, with secrets replaced.
struct CurlLine: Sendable {
    let call: PreparedCall
    let authentication: AuthenticationScheme

    private var request: HTTPRequest { call.request }
    private var sensitive: Set<String> { call.endpoint.sensitiveFields }
    private var isForm: Bool { request.headers["Content-Type"]?.hasPrefix("multipart/form-data") ?? false }

    var text: String {
        var parts = ["curl"]
        switch request.method {
        case .get: break
        case .head: parts.append("--head")
        default: parts.append("-X \(request.method)")
        }
        parts.append(Self.quoted(url))
        // curl sends a User-Agent of its own, and a Content-Type with the boundary of the form that it makes.
        for field in request.headers where field.name != "User-Agent" && !(isForm && field.name == "Content-Type") {
            parts.append("-H " + Self.quoted("\(field.name): \(shown(field.value, of: field.name))"))
        }
        if let header = token { parts.append("-H " + Self.quoted(header)) }
        return (parts + body).joined(separator: " ")
    }

    private var token: String? {
        guard call.endpoint.isAuthenticated else { return nil }
        if case .url = call.endpoint.host { return nil }
        switch authentication {
        case .none: return nil
        case .bearer: return "Authorization: Bearer \(SecretFilter.replacement)"
        case .header(let name): return "\(name): \(SecretFilter.replacement)"
        }
    }

    private func shown(_ value: String, of name: String) -> String {
        sensitive.contains(name) ? SecretFilter.replacement : value
    }

    // MARK: URL

    private var url: String {
        let parts = request.url.absoluteString.split(separator: "?", maxSplits: 1).map(String.init)
        let query = parts.dropFirst().map { "?" + self.query($0) }
        return path(parts[0]) + query.joined()
    }

    private func query(_ text: String) -> String {
        text.split(separator: "&").map { pair in
            let name = pair.prefix { $0 != "=" }
            return sensitive.contains(name.removingPercentEncoding ?? "")
                ? "\(name)=\(SecretFilter.replacement)" : "\(pair)"
        }.joined(separator: "&")
    }

    /// A URL without its query. The last segments are those of the endpoint's path.
    private func path(_ text: String) -> String {
        let template = call.endpoint.path.split(separator: "/", omittingEmptySubsequences: false)
        var segments = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        for (index, part) in template.reversed().enumerated() where index < segments.count {
            if sensitive.contains(where: { part.contains("{\($0)}") }) {
                segments[segments.count - 1 - index] = SecretFilter.replacement
            }
        }
        return segments.joined(separator: "/")
    }

    // MARK: Body

    private var body: [String] {
        let parameters = call.endpoint.body.parameters.list
        if isForm { return parameters.compactMap(part) }
        guard !request.body.chunks.isEmpty else { return [] }
        if !parameters.isEmpty, parameters.allSatisfy({ sensitive.contains($0.name) }) {
            return ["--data-raw " + Self.quoted(SecretFilter.replacement)]
        }
        if parameters.contains(where: { if case .binary = $0.content { true } else { false } }) {
            return request.body.chunks.map { "--data-binary \(Self.source($0))" }
        }
        let data = request.body.chunks.reduce(into: Data()) { data, chunk in
            if case .data(let more) = chunk { data += more }
        }
        var filter = SecretFilter()
        filter.fields = sensitive
        let text = (try? JSONValue(parsing: data)).map { filter.clean($0).text() }
        return ["--data-raw " + Self.quoted(text ?? String(decoding: data, as: UTF8.self))]
    }

    private func part(_ parameter: Parameter) -> String? {
        if case .binary(let content) = parameter.content {
            let source = content.body.chunks.first.map(Self.source) ?? "@/dev/null"
            let name = Self.quoted(";filename=\(content.filename ?? parameter.name)")
            return "-F \(parameter.name)=\(source)\(name)"
        }
        guard let text = parameter.wireText else { return nil }
        return "-F " + Self.quoted("\(parameter.name)=\(shown(text, of: parameter.name))")
    }

    /// `@FILE`, or the part of it that is sent, in the syntax of bash.
    private static func source(_ chunk: HTTPBody.Chunk) -> String {
        switch chunk {
        case .data(let data):
            guard let text = String(data: data, encoding: .utf8), data.count <= 200 else {
                return quoted("<\(data.count) bytes>")
            }
            return "@<(printf %s \(quoted(text)))"
        case .file(let url, let offset, let length):
            return "@<(tail -c +\(offset + 1) \(quoted(url.path)) | head -c \(length))"
        }
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacingOccurrences(of: "'", with: #"'\''"#) + "'"
    }
}
