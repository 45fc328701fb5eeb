import EndpointDynamic
import EndpointKit
import EndpointSpec
import Foundation
import TestSupport
import Testing

/// Sends the typed calls that are made of the specs' examples to a server, and the same calls from the specs alone: the
/// requests must be the same bytes, and what the example's `wire` shows; the answers must become what the example says.
actor ContractCheck {
    private let module: DynamicModule
    private(set) var seen: [String] = []

    init(_ module: DynamicModule) {
        self.module = module
    }

    // MARK: What generated code calls

    func payload<Response: Codable & Equatable & Sendable>(
        _ id: String, example: Int, _ endpoint: Endpoint<Response>
    ) async throws {
        guard let (value, payload) = try await exchange(id, example, endpoint) else { return }
        let coded = try JSONEncoder().encode(value)
        #expect(try JSONDecoder().decode(Response.self, from: coded) == value, "\(id) \(example)")
        #expect(!payload.isNull || coded == Data("{}".utf8), "\(id) \(example)")
    }

    func nothing(_ id: String, example: Int, _ endpoint: Endpoint<Void>) async throws {
        _ = try await exchange(id, example, endpoint)
    }

    func bytes(_ id: String, example: Int, _ endpoint: Endpoint<Data>) async throws {
        guard let (value, _) = try await exchange(id, example, endpoint) else { return }
        #expect(String(decoding: value, as: UTF8.self) == "hello")
    }

    static func date(_ value: JSONValue, _ format: DateFormat) throws -> Date { try #require(format.date(from: value)) }
    static func bytes(text: String) -> BinaryContent { .data(Data(text.utf8)) }
    static func bytes(base64: String) -> BinaryContent { .data(Data(base64Encoded: base64) ?? Data()) }

    // MARK: One example

    /// The typed answer, and the one of the call that is known only as a spec; nil where the example is an error.
    private func exchange<Response>(
        _ id: String, _ index: Int, _ typed: Endpoint<Response>
    ) async throws -> (Response, JSONValue)? {
        let dynamic = try #require(module.endpoint(id))
        let example = try #require(dynamic.model.examples.dropFirst(index).first)
        let title = "\(id), \"\(example.name)\""
        seen.append(title)
        let loop = try Loop(Self.reply(example))
        defer { loop.server.stop() }
        let client = loop.client(of: module.service)
        let untyped = try dynamic.endpoint(example.request.map { JSONValue($0) }?.object ?? [:])

        let first = await Self.result { () async throws(APIError) in try await client.send(typed) }
        let second = await Self.result { () async throws(APIError) in try await client.send(untyped) }
        let requests = loop.requests
        try #require(requests.count == 2, "\(title): \(requests)")
        #expect(requests[0] == requests[1], "\(title): typed and dynamic calls differ")
        #expect(loop.transport.origins[0] == loop.transport.origins[1], "\(title)")
        if let wire = example.wire { expect(requests[0], JSONValue(wire), title) }

        switch (first, second) {
        case (.success(let value), .success(let payload)):
            #expect(example.error == nil, "\(title) is no error")
            return (value, payload)
        case (.failure(let error), .failure(let other)):
            #expect(error.kind.rawValue == example.error, "\(title): \(error)")
            #expect(error.description == other.description, "\(title)")
        default: Issue.record("\(title): typed \(first), dynamic \(second)")
        }
        return nil
    }

    private func expect(_ request: SeenRequest, _ wire: JSONValue, _ title: String) {
        if let method = wire["method"]?.string { #expect(request.method == method, "\(title)") }
        if let path = wire["path"]?.string { #expect(request.path == path, "\(title)") }
        if let query = wire["query"]?.object {
            let texts = query.members.map { ($0.key, $0.value.string ?? $0.value.text()) }
            #expect(request.query == Dictionary(texts) { $1 }, "\(title)")
        }
        for (name, value) in wire["headers"]?.object?.members ?? [] {
            #expect(request.headers[name.lowercased()] == value.string, "\(title): \(name)")
        }
        guard let body = wire["body"] else { return }
        if let text = body["$text"]?.string {
            #expect(request.text == text, "\(title)")
        } else {
            #expect(request.json == body, "\(title): \(request.text)")
        }
    }

    private static func reply(_ example: ExampleModel) -> LoopbackReply {
        let value = example.response.map { JSONValue($0) } ?? .null
        if let text = value["$text"]?.string ?? value.string {
            return .response(example.status, headers: ["Content-Type": "text/html"], body: Data(text.utf8))
        }
        return .json(value.text(), status: example.status)
    }

    private static func result<Value: Sendable>(
        _ work: () async throws(APIError) -> Value
    ) async -> Result<Value, APIError> {
        do throws(APIError) {
            return .success(try await work())
        } catch {
            return .failure(error)
        }
    }
}
