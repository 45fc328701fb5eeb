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
        case .multipart(let parts):
            let found = parts.map { ($0.name, $0.content) }
            let expected = (body.object ?? [:]).members.map { ($0.key, Self.bytes($0.value)) }
            expect("multipart body", Dictionary(found) { $0 + $1 }, Dictionary(expected) { $0 + $1 })
        case .bytes(let data): expect("body", data, Self.bytes(body))
        }
        return differences
    }

    /// A parameter with an array repeats its name.
    private static func items(_ query: JSONObject) -> [NormalizedRequest.QueryItem] {
        query.members.flatMap { name, value in
            (value.array ?? [value]).map { .init(name: name, value: $0.string ?? $0.text()) }
        }.sorted()
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
        case let parts as [String: Data]:
            parts.sorted { $0.key < $1.key }.map { "\($0.key)=\(text($0.value))" }.joined(separator: ", ")
        case let data as Data: String(data: data, encoding: .utf8) ?? "base64 \(data.base64EncodedString())"
        case let text as String?: text ?? "absent"
        default: "\(value)"
        }
    }
}
