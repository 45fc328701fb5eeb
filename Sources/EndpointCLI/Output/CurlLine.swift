import EndpointKit
import Foundation

/// A call as a curl command, with secrets replaced.
struct CurlLine: Sendable {
    let call: PreparedCall
    let authentication: AuthenticationScheme

    private var request: HTTPRequest { call.request }
    private var sensitive: Set<String> { call.endpoint.sensitiveFields }
    private var isMultipart: Bool { if case .multipart = call.endpoint.body { true } else { false } }

    var text: String {
        var parts = ["curl"]
        switch request.method {
        case .get: break
        case .head: parts.append("--head")
        default: parts.append("-X \(request.method)")
        }
        parts.append(Self.quoted(url))
        // curl sends a User-Agent of its own, and a Content-Type with the boundary of the form that it makes.
        for field in request.headers
        where field.name != "User-Agent"
            && !(isMultipart && call.endpoint.contentType == nil && field.name == "Content-Type")
        {
            parts.append("-H " + Self.quoted("\(field.name): \(shown(field.value, of: field.name))"))
        }
        if let token { parts.append(token) }
        return (parts + body).joined(separator: " ")
    }

    private var hasToken: Bool {
        if case .url = call.endpoint.host { false } else { call.endpoint.isAuthenticated }
    }

    /// The option for the token; that of the scheme `query` is in the URL.
    private var token: String? {
        guard hasToken else { return nil }
        switch authentication {
        case .none, .query: return nil
        case .bearer: return "-H " + Self.quoted("Authorization: Bearer \(SecretFilter.replacement)")
        case .basic: return "-u " + Self.quoted(SecretFilter.replacement)
        case .header(let name): return "-H " + Self.quoted("\(name): \(SecretFilter.replacement)")
        }
    }

    private func shown(_ value: String, of name: String) -> String {
        sensitive.contains(name) ? SecretFilter.replacement : value
    }

    // MARK: URL

    private var url: String {
        let parts = request.url.absoluteString.split(separator: "?", maxSplits: 1).map(String.init)
        var pairs = parts.dropFirst().map { self.query($0) }
        if hasToken, let name = authentication.queryName { pairs.append("\(name)=\(SecretFilter.replacement)") }
        return path(parts[0]) + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
    }

    private func query(_ text: String) -> String {
        text.split(separator: "&").map { pair in
            let name = pair.prefix { $0 != "=" }
            return isSensitive(name.removingPercentEncoding ?? "")
                ? "\(name)=\(SecretFilter.replacement)" : "\(pair)"
        }.joined(separator: "&")
    }

    /// Whether a name of a pair, such as `card[number]`, is that of a secret, or of a field of one.
    private func isSensitive(_ name: String) -> Bool {
        !sensitive.isDisjoint(with: name.split(whereSeparator: { "[]".contains($0) }).map(String.init) + [name])
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
        if isMultipart { return parameters.flatMap(part) }
        if case .form = call.endpoint.body {
            return pairs(parameters).map { "--data-urlencode " + Self.quoted("\($0.name)=\($0.text)") }
        }
        guard !request.body.chunks.isEmpty else { return [] }
        if !parameters.isEmpty, parameters.allSatisfy({ sensitive.contains($0.name) }) {
            return ["--data-raw " + Self.quoted(SecretFilter.replacement)]
        }
        if parameters.contains(where: { !$0.content.files.isEmpty }) {
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

    private func pairs(_ parameters: [Parameter]) -> [(name: String, text: String)] {
        var pairs: [(name: String, text: String)] = []
        for parameter in parameters {
            guard let value = parameter.wireValue else { continue }
            parameter.schema.forEachPair(parameter.name, value) { name, text in
                pairs.append((name, isSensitive(name) ? SecretFilter.replacement : text))
            }
        }
        return pairs
    }

    /// The parts of a parameter.
    private func part(_ parameter: Parameter) -> [String] {
        let type = parameter.partType
        let files = parameter.content.files.map { content in
            let source = content.body.chunks.first.map(Self.source) ?? "@/dev/null"
            let filename = content.filename ?? parameter.name
            let name = Self.quoted(";filename=\(filename)" + (type.map { ";type=\($0)" } ?? ""))
            return "-F \(parameter.name)=\(source)\(name)"
        }
        return files
            + parameter.partValues.map { value in
                var filter = SecretFilter()
                filter.fields = sensitive
                let text = shown(filter.clean(value).plainText, of: parameter.name)
                guard let type = type ?? (value.isStructure ? BodyEncoding.json.contentType : nil) else {
                    return "-F " + Self.quoted("\(parameter.name)=\(text)")
                }
                // Quotes keep curl from looking for its own marks in the text.
                let escaped = text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(
                    of: "\"", with: "\\\"")
                return "-F " + Self.quoted("\(parameter.name)=\"\(escaped)\";type=\(type)")
            }
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
