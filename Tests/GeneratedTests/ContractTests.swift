import Drive
import EndpointDynamic
import EndpointKit
import EndpointTesting
import Testing
import Warehouse
import WarehouseFeeds
import WarehouseGate
import WarehouseOffice

/// The typed calls that are made of the fixtures' examples, and the same calls from the specs alone, by real HTTP.
@Suite("Contract of the fixtures")
struct ContractTests {
    @Test("typed calls and calls from the spec alone agree with the examples of a service that uses the whole language")
    func warehouse() async throws {
        try await expectAll(.warehouse, WarehouseContract.checkAll)
    }

    @Test("typed calls and calls from the spec alone agree with the examples of a module that extends another")
    func office() async throws {
        try await expectAll(.warehouseOffice, WarehouseOfficeContract.checkAll)
    }

    @Test("typed calls and calls from the spec alone agree with the examples of lists and streams")
    func feeds() async throws {
        try await expectAll(.warehouseFeeds, WarehouseFeedsContract.checkAll)
    }

    @Test("typed calls and calls from the spec alone agree with the examples of a service with a key in the query")
    func gate() async throws {
        try await expectAll(.warehouseGate, WarehouseGateContract.checkAll)
    }

    @Test("typed calls and calls from the spec alone agree with the examples of the drive")
    func drive() async throws {
        try await expectAll(.drive, DriveContract.checkAll)
    }

    private func expectAll(
        _ compiled: EndpointModule, _ checkAll: (ContractCheck) async throws -> Void
    ) async throws {
        let module = try DynamicModule(compiled)
        let loop = try Loop()
        defer { loop.server.stop() }
        let check = try ContractCheck(
            compiled, untyped: { id, arguments in try module.endpoint(id: id)?.endpoint(with: arguments) },
            transport: { response in loop.transport(respondingWith: response) })
        await #expect(throws: Never.self) { try await checkAll(check) }

        let examples = module.endpoints.flatMap { endpoint in
            endpoint.model.examples.map { "\(endpoint.id), \"\($0.name)\"" }
        }
        #expect(!examples.isEmpty)
        #expect(await check.checked.sorted() == examples.sorted())
        for endpoint in module.endpoints {
            #expect(!endpoint.model.examples.isEmpty, "\(endpoint.id)")
        }
    }
}
