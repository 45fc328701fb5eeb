import EndpointKit
import Foundation

/// An example of a spec, as the spec's text says it.
struct ContractExample {
    let endpointID: String
    let name: String
    /// The arguments by wire name.
    let request: JSONObject
    /// The exact request, each part optional; nil where the example does not show it.
    let wire: JSONValue?
    let status: Int
    /// The kind that the response must become; nil for a success.
    let error: String?
    /// Header fields of the response.
    let headers: JSONObject
    /// The body of the response; null where the example shows only a request.
    let response: JSONValue

    /// - Parameters:
    ///   - spec: The spec of an endpoint; nil where the module has none of this name.
    ///   - index: The position in the spec's `examples`.
    ///   - endpointID: The endpoint's id.
    init?(_ spec: JSONValue?, index: Int, endpointID: String) {
        guard let example = spec?["examples"]?[index] else { return nil }
        self.endpointID = endpointID
        name = example["name"]?.string ?? ""
        request = example["request"]?.object ?? [:]
        wire = example["wire"]
        status = example["status"]?.integer.flatMap { Int(exactly: $0) } ?? 200
        error = example["error"]?.string
        headers = example["responseHeaders"]?.object ?? [:]
        response = example["response"] ?? .null
    }

    /// What the service sends.
    ///
    /// - Parameter format: How elements follow one another where the response is a stream.
    /// - Returns: The response.
    func httpResponse(_ format: StreamFormat?) -> HTTPResponse {
        var response = bareResponse(format)
        for (name, value) in headers.members { response.headers[name] = value.string }
        return response
    }

    private func bareResponse(_ format: StreamFormat?) -> HTTPResponse {
        if let format, let elements = response.array {
            return HTTPResponse(
                status: status, headers: ["Content-Type": format.contentType],
                body: Data(format.body(of: elements).utf8))
        }
        if let text = response.string { return .html(text, status: status) }
        guard let bytes = EncodedBytes(response) else { return .json(response.text(), status: status) }
        let type = format?.contentType ?? "application/octet-stream"
        return HTTPResponse(status: status, headers: ["Content-Type": type], body: Data(bytes.bytes))
    }

    /// In what a request differs from the example's `wire`, one clause each.
    ///
    /// - Parameters:
    ///   - request: The request that a call sent.
    ///   - isComplete: Whether a query and a body that `wire` does not show must be absent.
    /// - Returns: The differences.
    func differences(of request: NormalizedRequest, isComplete: Bool) -> [String] {
        guard let wire else { return [] }
        var differences: [String] = []
        func expect<Value: Equatable>(_ what: String, _ found: Value, _ expected: Value) {
            guard found != expected else { return }
            differences.append("the \(what) is \(Self.text(found)), the example shows \(Self.text(expected))")
        }
        if let method = wire["method"]?.string { expect("method", request.method, method) }
        if let path = wire["path"]?.string { expect("path", request.path, path) }
        if let query = wire["query"] ?? (isComplete ? JSONValue?.some([:]) : .none) {
            expect("query", request.query, Self.items(query.object ?? [:]))
        }
        for (name, value) in wire["headers"]?.object?.members ?? [] {
            expect("header field \(name)", request.headers[name.lowercased()], value.string)
        }
        guard let body = wire["body"] ?? (isComplete ? JSONValue?.some(.null) : .none) else { return differences }
        switch request.body {
        case .none: expect("body", JSONValue.null, body)
        case .json(let value): expect("body", value, body)
        case .form(let items): expect("form", items.sorted(), Self.items(body.object ?? [:]))
        case .multipart(let parts):
            var found: [String: [Content]] = [:]
            for part in parts { found[part.name, default: []].append(Content(part.content)) }
            let expected = (body.object ?? [:]).members.map { name, value in
                (name, (value.array ?? [value]).map { Content(Self.bytes($0)) })
            }
            expect("multipart body", found, Dictionary(expected) { $0 + $1 })
        case .bytes(let data): expect("body", Content(data), Content(Self.bytes(body)))
        }
        return differences
    }

    /// A parameter with an array repeats its name, and the fields of an object stand in brackets.
    private static func items(_ query: JSONObject) -> [NormalizedRequest.QueryItem] {
        var items: [NormalizedRequest.QueryItem] = []
        let schema = Schema.any.style(.deepObject)
        for (name, value) in query.members {
            schema.forEachPair(name, value) { items.append(.init(name: $0, value: $1)) }
        }
        return items.sorted()
    }

    /// Bytes, and where they are an object or an array in JSON its value, since the order of members means nothing.
    private enum Content: Equatable {
        case json(JSONValue)
        case bytes(Data)

        init(_ data: Data) {
            if let value = try? JSONValue(parsing: data), value.object != nil || value.array != nil {
                self = .json(value)
            } else {
                self = .bytes(data)
            }
        }
    }

    private static func bytes(_ value: JSONValue) -> Data {
        if let bytes = EncodedBytes(value) { return Data(bytes.bytes) }
        return Data((value.string ?? value.text()).utf8)
    }

    private static func text<Value>(_ value: Value) -> String {
        switch value {
        case let value as JSONValue: value.text()
        case let items as [NormalizedRequest.QueryItem]:
            "?" + items.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        case let content as Content:
            switch content {
            case .json(let value): value.text()
            case .bytes(let data): text(data)
            }
        case let parts as [String: [Content]]:
            parts.sorted { $0.key < $1.key }.flatMap { name, values in values.map { "\(name)=\(text($0))" } }
                .joined(separator: ", ")
        case let data as Data: String(data: data, encoding: .utf8) ?? "base64 \(data.base64EncodedString())"
        case let text as String?: text ?? "absent"
        default: "\(value)"
        }
    }
}
