import EndpointDynamic
import EndpointKit
import EndpointSpec
import Foundation

/// A request as a curl command that a person can run once the redacted parts are filled in.
struct CurlLine: Sendable {
    let command: Command
    let authentication: AuthenticationScheme

    func text(_ request: HTTPRequest, _ endpoint: Endpoint<JSONValue>) -> String {
        var parts = ["curl"]
        switch request.method {
        case .get: break
        case .head: parts.append("--head")
        default: parts.append("-X \(request.method)")
        }
        parts.append(Self.quoted(url(request.url)))
        let isMultipart = if case .multipart = endpoint.body { true } else { false }
        for field in request.headers where !(isMultipart && field.name == "Content-Type") {
            let isHidden = endpoint.sensitiveFields.contains(field.name)
            parts.append("-H " + Self.quoted("\(field.name): \(isHidden ? SecretFilter.mark : field.value)"))
        }
        if let header = token(endpoint) { parts.append("-H " + Self.quoted(header)) }
        return (parts + body(request, endpoint)).joined(separator: " ")
    }

    private func token(_ endpoint: Endpoint<JSONValue>) -> String? {
        guard endpoint.isAuthenticated else { return nil }
        if case .url = endpoint.host { return nil }
        switch authentication {
        case .none: return nil
        case .bearer: return "Authorization: Bearer \(SecretFilter.mark)"
        case .header(let name): return "\(name): \(SecretFilter.mark)"
        }
    }

    // MARK: URL

    private func url(_ url: URL) -> String {
        let sensitive = command.endpoint.sensitiveFields
        var text = url.absoluteString
        if command.options.contains(where: { $0.argument.place == .url && $0.argument.isSensitive }) {
            return SecretFilter.mark
        }
        guard !sensitive.isEmpty else { return text }
        var query = ""
        if let mark = text.firstIndex(of: "?") {
            query = text[text.index(after: mark)...].split(separator: "&").map { pair in
                let name = pair.prefix { $0 != "=" }
                return sensitive.contains(name.removingPercentEncoding ?? "")
                    ? "\(name)=\(SecretFilter.mark)" : "\(pair)"
            }.joined(separator: "&")
            text = String(text[..<mark])
        }
        let template = command.model.path.split(separator: "/", omittingEmptySubsequences: false)
        var segments = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        for (index, part) in template.reversed().enumerated() where index < segments.count {
            if sensitive.contains(where: { part.contains("{\($0)}") }) {
                segments[segments.count - 1 - index] = SecretFilter.mark
            }
        }
        return segments.joined(separator: "/") + (query.isEmpty ? "" : "?" + query)
    }

    // MARK: Body

    private func body(_ request: HTTPRequest, _ endpoint: Endpoint<JSONValue>) -> [String] {
        var filter = SecretFilter()
        filter.fields = endpoint.sensitiveFields
        switch endpoint.body {
        case .none: return []
        case .json, .jsonValue:
            if case .jsonValue(let parameter) = endpoint.body, endpoint.sensitiveFields.contains(parameter.name) {
                return ["--data-raw " + Self.quoted(SecretFilter.mark)]
            }
            let data = request.body.chunks.reduce(into: Data()) { data, chunk in
                if case .data(let more) = chunk { data += more }
            }
            let text = (try? JSONValue.read(data, name: "body")).map { filter.clean($0).text() }
            return ["--data-raw " + Self.quoted(text ?? String(decoding: data, as: UTF8.self))]
        case .multipart(let fields):
            return fields.list.compactMap { part($0, isHidden: endpoint.sensitiveFields.contains($0.name)) }
        case .binary:
            return request.body.chunks.map { "--data-binary \(Self.source($0))" }
        }
    }

    private func part(_ parameter: Parameter, isHidden: Bool) -> String? {
        if case .binary(let content) = parameter.content {
            let source = content.body.chunks.first.map(Self.source) ?? "@/dev/null"
            let name = Self.quoted(";filename=\(content.filename ?? parameter.name)")
            return "-F \(parameter.name)=\(source)\(name)"
        }
        guard let text = parameter.wireText else { return nil }
        return "-F " + Self.quoted("\(parameter.name)=\(isHidden ? SecretFilter.mark : text)")
    }

    /// `@file`, or the stretch of it that is sent, as bash reads it.
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
