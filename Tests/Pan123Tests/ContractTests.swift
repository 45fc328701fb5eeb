import EndpointDynamic
import EndpointTesting
import Pan123
import Testing

@Suite("Contract of the shipped specs")
struct ContractTests {
    @Test("typed calls and calls from the spec alone agree with every example of the shipped specs")
    func all() async throws {
        let module = try DynamicModule(.pan123)
        let check = try ContractCheck(
            .pan123, requiresCompleteWire: true,
            untyped: { id, arguments in try module.endpoint(id: id)?.endpoint(with: arguments) })
        await #expect(throws: Never.self) { try await Pan123Contract.checkAll(check) }
        let examples = module.endpoints.flatMap { endpoint in
            endpoint.model.examples.map { "\(endpoint.id), \"\($0.name)\"" }
        }
        #expect(await check.checked.sorted() == examples.sorted())
    }

    @Test("every endpoint has an example that succeeds, and one that shows the request on the wire")
    func examples() throws {
        for endpoint in try DynamicModule(.pan123).endpoints {
            #expect(endpoint.model.examples.contains { $0.error == nil && $0.response != nil }, "\(endpoint.id)")
            #expect(
                endpoint.model.examples.contains { $0.wire?["method"] != nil && $0.wire?["path"] != nil },
                "\(endpoint.id)")
        }
    }
}
