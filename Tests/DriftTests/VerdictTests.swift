import EndpointDynamic
import EndpointKit
import Testing

/// The kind of error that a response becomes: by the `error` that the checker wants of an example, and by what a call throws.
@Suite("Verdicts on responses: checker and calls agree")
struct VerdictTests {
    /// What `error` of an example may name.
    private static let kinds = ErrorKind.ofRules + [.http, .decoding]

    @Test("status, envelope and rules", arguments: VerdictRow.all)
    func verdict(row: VerdictRow) async throws {
        let kinds: [ErrorKind?] = [nil] + Self.kinds
        let examples = kinds.enumerated().map { index, kind in
            SpecModule.Call.example(
                index, #""status": \#(row.status)"#, #""response": \#(row.written)"#,
                kind.map { #""error": "\#($0.rawValue)""# })
        }
        let module = SpecModule(
            service: row.service.keys, calls: [SpecModule.Call(rest: row.rest, examples: examples)])
        let found = module.check()
        #expect(found.mistakes == [])
        let accepted = zip(kinds, found.examples[0]).filter(\.1.isEmpty).map(\.0)
        #expect(accepted == [row.kind], "checker: \(row.reason); \(found.examples[0])")

        let (service, endpoints) = try module.load()
        let endpoint = try #require(endpoints.first).endpoint(with: [:])
        let error = await RunTime.failure(status: row.status, body: row.body, endpoint, service)
        #expect(error?.kind == row.kind, "call: \(row.reason); \(error?.description ?? "a value")")
    }

    @Test(
        "an example of bytes is a response of these bytes",
        arguments: [#""$text": "hello""#, #""$base64": "aGVsbG8=""#])
    func bytes(text: String) async throws {
        let example = SpecModule.Call.example(0, "\"response\": { \(text) }")
        let rest = #""responseType": { "type": "string", "format": "binary" }"#
        let specs = SpecModule(calls: [SpecModule.Call(rest: rest, method: "GET", examples: [example])])
        let module = try DynamicModule(name: "Drift", files: specs.files())
        let client = Client(
            service: module.service, tokens: FixedToken("t"),
            configuration: ClientConfiguration(transport: ExampleTransport([module])))
        #expect(try await client.send(module.endpoints[0].endpoint(with: [:])) == ["$base64": "aGVsbG8="])
    }

    @Test("an example of a failure by its status alone needs no response", arguments: [302, 401, 403, 404, 429, 500])
    func statusAlone(status: Int) async throws {
        let examples = Self.kinds.enumerated().map { index, kind in
            SpecModule.Call.example(index, #""status": \#(status)"#, #""error": "\#(kind.rawValue)""#)
        }
        let module = SpecModule(calls: [SpecModule.Call(rest: #""response": null"#, examples: examples)])
        let accepted = zip(Self.kinds, module.check().examples[0]).filter(\.1.isEmpty).map(\.0)
        let (service, endpoints) = try module.load()
        let endpoint = try #require(endpoints.first).endpoint(with: [:])
        let error = await RunTime.failure(status: status, body: "", endpoint, service)
        #expect(accepted == [error?.kind])
    }
}
