import EndpointKit
import Foundation

/// Compares the typed calls that are made of a module's examples with what the examples say.
///
/// A test target that depends on a target with specs and uses `EndpointPlugin` gets an enumeration with every example as a
/// typed call. A test hands it a check, which throws ``ContractFailure`` if anything differs:
///
///     @Test("calls are what the examples of the specs say")
///     func contract() async throws {
///         try await WeatherContract.checkAll(ContractCheck(.weather))
///     }
///
/// For each example, the check sends the call and gives it the example's response. The request must be what the example's
/// `wire` shows, the response must become a value or the example's `error`, and a value must survive encoding and decoding.
///
/// The same call from the spec alone is compared too where the check is told how to make it. EndpointDynamic does:
///
///     let module = try DynamicModule(.weather)
///     let check = try ContractCheck(.weather, untyped: { id, arguments in
///         try module.endpoint(id: id)?.endpoint(with: arguments)
///     })
public actor ContractCheck {
    /// Returns an endpoint that is known only as a spec with arguments by wire name; nil for an id that is not known.
    public typealias UntypedCall = @Sendable (_ id: String, _ arguments: JSONObject) throws -> Endpoint<JSONValue>?
    /// Returns a transport that responds to every request with a response.
    public typealias TransportFactory = @Sendable (_ response: HTTPResponse) throws -> any Transport

    /// The id of the endpoint and the name of the example of every call so far, as `oss.listCopyFailures, "a page"`.
    public private(set) var checked: [String] = []

    private let service: Service
    private let specs: JSONValue
    private let requiresCompleteWire: Bool
    private let untyped: UntypedCall?
    private let transport: TransportFactory
    private var differences: [ContractFailure.Difference] = []

    /// Creates a check of a module.
    ///
    /// - Parameters:
    ///   - module: The module, which carries its specs with their examples.
    ///   - requiresCompleteWire: Whether a `wire` that shows no query, or no body, means that the request has none. With
    ///     false, what it does not show is not compared.
    ///   - untyped: Makes the same call from the spec alone, to compare request and response; nil to compare neither.
    ///   - transport: Makes the transport of each call; nil to respond in the process.
    /// - Throws: `DecodingError` if the module's specs are not JSON.
    public init(
        _ module: EndpointModule, requiresCompleteWire: Bool = false, untyped: UntypedCall? = nil,
        transport: TransportFactory? = nil
    ) throws {
        service = module.service
        specs = try JSONValue(parsing: Data(module.specs.utf8))
        self.requiresCompleteWire = requiresCompleteWire
        self.untyped = untyped
        self.transport = transport ?? { response in ClosureTransport { _ throws(TransportError) in response } }
    }

    /// Checks the calls of deprecated endpoints, which generated code hands over as a type.
    ///
    /// - Parameter calls: The calls.
    /// - Throws: `CancellationError`; differences are thrown by ``finish()``.
    public nonisolated func verifyAll(_ calls: any ContractCalls.Type) async throws {
        try await calls.checkAll(self)
    }

    /// Throws everything that the calls so far, or since the last `finish()`, have found.
    ///
    /// - Throws: ``ContractFailure`` if a call differs from its example.
    public func finish() throws(ContractFailure) {
        defer { differences = [] }
        if !differences.isEmpty { throw ContractFailure(differences) }
    }

    // MARK: One example

    /// Checks a call whose payload is JSON.
    ///
    /// - Parameters:
    ///   - index: The position in the spec's `examples`.
    ///   - spec: The name of the endpoint's file in the module, such as `OSS/listCopyFailures.json`.
    ///   - endpoint: The call that is made of the example.
    ///   - failure: The type that the JSON body of a failure must have; nil for any.
    /// - Throws: `CancellationError`; differences are thrown by ``finish()``.
    public func verify<Response: Codable & Equatable & Sendable>(
        example index: Int, of spec: String, _ endpoint: Endpoint<Response>,
        failure: (any JSONCodable.Type)? = nil
    ) async throws {
        try Task.checkCancellation()
        guard let example = example(index, spec, endpoint.id) else { return }
        guard let (values, payloads) = await responses(to: endpoint, example, failure) else { return }
        for value in values { checkCoding(value, example) }
        await checkNormalForms(payloads, values, endpoint, example)
    }

    /// Checks a call whose payload is JSON and comes with header fields.
    ///
    /// - Parameters:
    ///   - index: The position in the spec's `examples`.
    ///   - spec: The name of the endpoint's file in the module.
    ///   - endpoint: The call that is made of the example.
    ///   - failure: The type that the JSON body of a failure must have; nil for any.
    /// - Throws: `CancellationError`; differences are thrown by ``finish()``.
    public func verify<Payload: Codable & Equatable & Sendable, Headers: Codable & Equatable & Sendable>(
        example index: Int, of spec: String, _ endpoint: Endpoint<WithHeaders<Payload, Headers>>,
        failure: (any JSONCodable.Type)? = nil
    ) async throws {
        try Task.checkCancellation()
        guard let example = example(index, spec, endpoint.id) else { return }
        guard let (values, payloads) = await responses(to: endpoint, example, failure) else { return }
        for value in values {
            checkCoding(value.payload, example)
            checkCoding(value.headers, example)
        }
        await checkNormalForms(payloads, values, endpoint, example)
    }

    /// Checks a call without payload, or with bytes, that comes with header fields.
    ///
    /// - Parameters:
    ///   - index: The position in the spec's `examples`.
    ///   - spec: The name of the endpoint's file in the module.
    ///   - endpoint: The call that is made of the example.
    ///   - failure: The type that the JSON body of a failure must have; nil for any.
    /// - Throws: `CancellationError`; differences are thrown by ``finish()``.
    public func verify<Payload: Sendable, Headers: Codable & Equatable & Sendable>(
        example index: Int, of spec: String, _ endpoint: Endpoint<WithHeaders<Payload, Headers>>,
        failure: (any JSONCodable.Type)? = nil
    ) async throws {
        try Task.checkCancellation()
        guard let example = example(index, spec, endpoint.id) else { return }
        guard let (values, _) = await responses(to: endpoint, example, failure) else { return }
        for value in values { checkCoding(value.headers, example) }
    }

    private func checkCoding<Value: Codable & Equatable>(_ value: Value, _ example: ContractExample) {
        do {
            let decoded = try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
            if decoded != value { record("the value becomes \(decoded) when it is encoded and decoded", example) }
        } catch {
            record("the value cannot be encoded and decoded: \(error)", example)
        }
    }

    /// Checks a call without payload.
    ///
    /// - Parameters:
    ///   - index: The position in the spec's `examples`.
    ///   - spec: The name of the endpoint's file in the module.
    ///   - endpoint: The call that is made of the example.
    ///   - failure: The type that the JSON body of a failure must have; nil for any.
    /// - Throws: `CancellationError`; differences are thrown by ``finish()``.
    public func verify(
        example index: Int, of spec: String, _ endpoint: Endpoint<Void>, failure: (any JSONCodable.Type)? = nil
    ) async throws {
        try Task.checkCancellation()
        guard let example = example(index, spec, endpoint.id) else { return }
        _ = await responses(to: endpoint, example, failure)
    }

    /// Checks a call whose payload is bytes.
    ///
    /// - Parameters:
    ///   - index: The position in the spec's `examples`.
    ///   - spec: The name of the endpoint's file in the module.
    ///   - endpoint: The call that is made of the example.
    ///   - failure: The type that the JSON body of a failure must have; nil for any.
    /// - Throws: `CancellationError`; differences are thrown by ``finish()``.
    public func verify(
        example index: Int, of spec: String, _ endpoint: Endpoint<Data>, failure: (any JSONCodable.Type)? = nil
    ) async throws {
        try Task.checkCancellation()
        guard let example = example(index, spec, endpoint.id) else { return }
        guard let (values, _) = await responses(to: endpoint, example, failure) else { return }
        if values != [example.httpResponse(nil).body] { record("the bytes are not those of the example", example) }
    }

    private func example(_ index: Int, _ spec: String, _ id: String) -> ContractExample? {
        guard let example = ContractExample(specs[spec], index: index, endpointID: id) else {
            differences.append(
                .init(endpointID: id, example: "#\(index)", text: "the module has no such example in \(spec)"))
            return nil
        }
        checked.append("\(id), \"\(example.name)\"")
        return example
    }

    private func record(_ text: String, _ example: ContractExample) {
        differences.append(.init(endpointID: example.endpointID, example: example.name, text: text))
    }

    // MARK: Requests and responses

    /// The value of the response, or the elements of the stream, and the payloads that the call from the spec alone gets; nil
    /// where the example is an error or the response is not what it says.
    private func responses<Response: Sendable>(
        to endpoint: Endpoint<Response>, _ example: ContractExample, _ failure: (any JSONCodable.Type)?
    ) async -> ([Response], [JSONValue])? {
        let response = example.httpResponse(endpoint.streamFormat)
        let typed: Exchange<Response>
        var alone: Exchange<JSONValue>?
        do {
            typed = try await exchange(endpoint, response)
            if let endpoint = try untyped?(example.endpointID, example.request) {
                alone = try await exchange(endpoint, response)
            } else if untyped != nil {
                record("there is no call from the spec alone", example)
            }
            for difference in try requestDifferences(typed, alone, example) { record(difference, example) }
        } catch {
            record("the call cannot be sent: \(error)", example)
            return nil
        }
        switch (typed.result, alone?.result) {
        case (.success(let value), nil):
            if let error = example.error { record("the call succeeds, the example shows the error \(error)", example) }
            return example.error == nil ? (value, []) : nil
        case (.success(let value), .success(let payload)):
            if let error = example.error { record("the call succeeds, the example shows the error \(error)", example) }
            return example.error == nil ? (value, payload) : nil
        case (.failure(let error), nil): check(error, example, failure)
        case (.failure(let error), .failure(let other)):
            check(error, example, failure)
            if error.description != other.description {
                record("the call fails with \"\(error)\", the call from the spec alone with \"\(other)\"", example)
            }
        case (.success, .failure(let error)): record("only the call from the spec alone fails: \(error)", example)
        case (.failure(let error), .success): record("only the typed call fails: \(error)", example)
        }
        return nil
    }

    /// Compares the requests with each other byte for byte, apart from multipart boundaries, and with the example.
    private func requestDifferences<Response>(
        _ typed: Exchange<Response>, _ alone: Exchange<JSONValue>?, _ example: ContractExample
    ) throws -> [String] {
        guard typed.requests.count == 1, let sent = typed.requests.first else {
            return ["\(typed.requests.count) requests are sent, must be 1"]
        }
        // A token in the query is no part of an example.
        let request = try NormalizedRequest(service.authentication.withoutQueryToken(sent))
        var differences = example.differences(of: request, isComplete: requiresCompleteWire)
        guard let other = alone?.requests.first else { return differences }
        let normalized = try NormalizedRequest(service.authentication.withoutQueryToken(other))
        var isSameBody = true
        if case .json = request.body { isSameBody = sent.body == other.body }
        if sent.url != other.url || request != normalized || !isSameBody {
            differences.append("the request is \(request), from the spec alone \(normalized)")
        }
        return differences
    }

    /// The error must say what the response says.
    private func check(_ error: APIError, _ example: ContractExample, _ failure: (any JSONCodable.Type)?) {
        func expect(_ isTrue: Bool, _ what: String) {
            if !isTrue { record("the error \"\(error)\" has not \(what)", example) }
        }
        guard error.kind.rawValue == example.error else {
            let expected = example.error.map { "the error \($0)" } ?? "a success"
            return record("the call fails with \(error.kind) (\(error)), the example shows \(expected)", example)
        }
        expect(error.endpointID == example.endpointID, "the endpoint's id")
        expect(error.status == example.status, "the status \(example.status)")
        if let failure, error.kind != .decoding, error.body != nil {
            func isRead<Body: JSONCodable>(_ type: Body.Type) -> Bool { error.body(as: type) != nil }
            expect(isRead(failure), "a body of the type \(failure)")
        }
        guard let envelope = service.envelope, let code = example.response.value(at: envelope.code) else { return }
        let traceID = envelope.traceID.flatMap { example.response.value(at: $0)?.string } ?? ""
        expect(error.traceID ?? "" == traceID, "the trace id \(traceID)")
        guard !envelope.success.contains(where: { $0.value == code }) else { return }
        expect(error.code?.description == code.string ?? code.text(), "the code \(code.text())")
        let message = envelope.message.flatMap { example.response.value(at: $0)?.string } ?? ""
        expect(error.message.contains(message), "the message \"\(message)\"")
    }

    /// The payloads that the call from the spec alone returns are in normal form: read again, they give the same values.
    private func checkNormalForms<Response: Equatable & Sendable>(
        _ payloads: [JSONValue], _ values: [Response], _ endpoint: Endpoint<Response>, _ example: ContractExample
    ) async {
        // A response without content is a value that no payload has.
        var response = example.httpResponse(endpoint.streamFormat)
        if payloads.isEmpty || response.body.isEmpty { return }
        if let format = endpoint.streamFormat {
            response.body = Data(format.body(of: payloads).utf8)
        } else {
            var body = payloads[0]
            if let envelope = service.envelope, endpoint.envelope == .service { body = envelope.wrapping(body) }
            response = .json(body.text(), headers: response.headers)
        }
        do {
            let typed = try await exchange(endpoint, response).result.get()
            if typed != values {
                record("the payload from the spec alone reads as \(typed), not as \(values)", example)
            }
            guard let untyped = try untyped?(example.endpointID, example.request) else { return }
            let again = try await exchange(untyped, response).result.get()
            if again != payloads {
                let texts = [payloads, again].map { JSONValue.array($0).text() }
                record("the payload \(texts[0]) reads as \(texts[1])", example)
            }
        } catch {
            record("the payload from the spec alone cannot be read again: \(error)", example)
        }
    }

    // MARK: Exchanges

    /// What a call sent, and what it came to.
    private struct Exchange<Response: Sendable>: Sendable {
        var requests: [HTTPRequest]
        var result: Result<[Response], APIError>
    }

    private func exchange<Response: Sendable>(
        _ endpoint: Endpoint<Response>, _ response: HTTPResponse
    ) async throws -> Exchange<Response> {
        let inner = try transport(response)
        let recorder = RecordingTransport { request, _ in
            do throws(TransportError) { return .success(try await inner.send(request)) } catch {
                return .failure(error)
            }
        }
        let client = Client(
            service: service, tokens: FixedToken(service.authentication.placeholder("contract-check")),
            configuration: ClientConfiguration(transport: recorder, retry: .never, rateLimiter: NoRateLimit()))
        let result: Result<[Response], APIError>
        do throws(APIError) {
            result = .success(
                endpoint.streamFormat == nil
                    ? [try await client.send(endpoint)]
                    : try await elements(of: client.stream(endpoint), response, endpoint.streamFormat))
        } catch {
            result = .failure(error)
        }
        return Exchange(requests: recorder.requests, result: result)
    }

    /// The elements of a stream: all of them; of events without an end, which are asked for again when the response ends, as
    /// many as the response has.
    private func elements<Element: Sendable>(
        of stream: APIStream<Element>, _ response: HTTPResponse, _ format: StreamFormat?
    ) async throws(APIError) -> [Element] {
        guard case .events(nil)? = format, response.status == 200 else { return try await stream.collect() }
        var parser = StreamParser(.events())
        response.body.withUnsafeBytes { parser.append($0) }
        var elements: [Element] = []
        var iterator = stream.makeAsyncIterator()
        while let value = try? parser.next(), !value.bytes.isEmpty, let element = try await iterator.next() {
            elements.append(element)
        }
        return elements
    }
}
