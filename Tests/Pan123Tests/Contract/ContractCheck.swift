import EndpointDynamic
import EndpointSpec
import Foundation
import Pan123
import TestSupport
import Testing

/// Looks at typed calls that were made of the specs' examples: the request is the one that the example's `wire` shows, and
/// the one that the spec alone gives; the answer becomes what the example says.
actor ContractCheck {
    private let module: DynamicModule
    private let client: Client
    /// Endpoint and example of every call that was looked at.
    private(set) var seen: [String] = []

    init() throws {
        module = try DynamicModule(.pan123)
        client = Self.client { _ in HTTPResponse(status: 501) }
    }

    // MARK: What generated code calls

    func payload<Response: Codable & Equatable & Sendable>(
        _ id: String, example: Int, _ endpoint: Endpoint<Response>
    ) async throws {
        let example = try await request(id, example, endpoint)
        guard let value = await answer(example, endpoint) else { return }
        let again = try JSONDecoder().decode(Response.self, from: JSONEncoder().encode(value))
        #expect(again == value, "\(example.title) does not survive encoding")
        let payload = try await Self.client { _ in Self.response(example.model) }.send(example.dynamic())
        let second = answered(payload, to: endpoint)
        #expect(
            try await second.send(example.dynamic()) == payload, "\(example.title) does not survive a second reading")
        #expect(try await second.send(endpoint) == value, "\(example.title): typed and dynamic payloads differ")
    }

    func nothing(_ id: String, example: Int, _ endpoint: Endpoint<Void>) async throws {
        await answer(try await request(id, example, endpoint), endpoint)
    }

    func bytes(_ id: String, example: Int, _ endpoint: Endpoint<Data>) async throws {
        await answer(try await request(id, example, endpoint), endpoint)
    }

    static func date(_ value: JSONValue, _ format: DateFormat) throws -> Date { try #require(format.date(from: value)) }

    static func bytes(text: String) -> BinaryContent { .data(Data(text.utf8)) }

    static func bytes(base64: String) -> BinaryContent { .data(Data(base64Encoded: base64) ?? Data()) }

    // MARK: Requests

    /// An example with its endpoint, in one line.
    struct Example {
        var endpoint: DynamicEndpoint
        var model: ExampleModel
        var title: String { "\(endpoint.id), \"\(model.name)\"" }

        func dynamic() throws -> Endpoint<JSONValue> {
            try endpoint.endpoint(model.request.map { JSONValue($0) }?.object ?? [:])
        }
    }

    private func request<Response>(
        _ id: String, _ index: Int, _ endpoint: Endpoint<Response>
    ) async throws -> Example {
        let dynamic = try #require(module.endpoint(id))
        let example = Example(endpoint: dynamic, model: try #require(dynamic.model.examples.dropFirst(index).first))
        seen.append(example.title)
        let typed = try SentRequest(client.request(for: endpoint))
        let untyped = try SentRequest(client.request(for: example.dynamic()))
        #expect(typed == untyped, "\(example.title): typed and dynamic calls differ")
        if let wire = example.model.wire { typed.expect(JSONValue(wire), example.title) }
        return example
    }

    // MARK: Answers

    @discardableResult private func answer<Response: Sendable>(
        _ example: Example, _ endpoint: Endpoint<Response>
    ) async -> Response? {
        let client = Self.client { _ in Self.response(example.model) }
        do {
            let value = try await client.send(endpoint)
            #expect(example.model.error == nil, "\(example.title) is no error")
            return value
        } catch {
            #expect(error.kind.rawValue == example.model.error, "\(example.title): \(error)")
            expect(error, says: example.model.response.map { JSONValue($0) } ?? .null, example)
            return nil
        }
    }

    /// The error tells what the service's answer says.
    private func expect(_ error: APIError, says answer: JSONValue, _ example: Example) {
        #expect(error.endpointID == example.endpoint.id && error.status == example.model.status, "\(example.title)")
        guard let envelope = module.service.envelope, let code = answer[envelope.code] else { return }
        let traceID = envelope.traceID.flatMap { answer[$0]?.string } ?? ""
        #expect(error.traceID ?? "" == traceID, "\(example.title)")
        guard !envelope.success.map(\.description).contains(code.text()) else { return }
        #expect(error.code?.description == code.text(), "\(example.title)")
        let message = envelope.message.flatMap { answer[$0]?.string } ?? ""
        #expect(error.message.contains(message), "\(example.title): \(error.message)")
    }

    /// A client whose service gives this payload.
    private func answered<Response>(_ payload: JSONValue, to endpoint: Endpoint<Response>) -> Client {
        var body = payload
        if let envelope = module.service.envelope, endpoint.envelope == .service {
            body = .object([envelope.code: 0, envelope.payload ?? "": payload])
        }
        let data = body.data
        return Self.client { _ in HTTPResponse(status: 200, body: data) }
    }

    private static func response(_ example: ExampleModel) -> HTTPResponse {
        let value = example.response.map { JSONValue($0) } ?? .null
        return HTTPResponse(
            status: example.status, headers: ["Content-Type": "application/json"],
            body: value.string.map { Data($0.utf8) } ?? value.data)
    }

    private static func client(_ answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse) -> Client {
        Client(
            service: Pan123Client.service, tokens: FixedToken("t"),
            configuration: ClientConfiguration(
                transport: ClosureTransport { request throws(TransportError) in answer(request) }, retry: .never,
                rateLimiter: NoRateLimit()))
    }
}
