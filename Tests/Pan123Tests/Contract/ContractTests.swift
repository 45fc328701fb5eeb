import EndpointDynamic
import Pan123
import Testing

/// Every example of every spec, as a typed call and as a call that is known only as a spec.
@Suite("Contracts")
struct ContractTests {
    @Test("every example is the request and the answer that its spec says, and none is left out")
    func all() async throws {
        let check = try ContractCheck()
        try await Pan123Contract.checkAll(check)
        let examples = try DynamicModule(.pan123).endpoints.flatMap { endpoint in
            endpoint.model.examples.map { "\(endpoint.id), \"\($0.name)\"" }
        }
        #expect(await check.seen.sorted() == examples.sorted())
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
