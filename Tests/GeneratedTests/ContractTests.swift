import Drive
import EndpointDynamic
import Testing
import Warehouse
import WarehouseOffice

@Suite("Generated code and the specs alone")
struct ContractTests {
    @Test("send the same for every example of a service that uses the whole language")
    func warehouse() async throws {
        let module = try DynamicModule(.warehouse)
        let check = ContractCheck(module)
        try await WarehouseContract.checkAll(check)
        await expectAll(module, check)
    }

    @Test("send the same for every example of a module that extends another")
    func office() async throws {
        let module = try DynamicModule(.warehouseOffice)
        let check = ContractCheck(module)
        try await WarehouseOfficeContract.checkAll(check)
        await expectAll(module, check)
    }

    @Test("send the same for every example of the drive")
    func drive() async throws {
        let module = try DynamicModule(.drive)
        let check = ContractCheck(module)
        try await DriveContract.checkAll(check)
        await expectAll(module, check)
    }

    private func expectAll(_ module: DynamicModule, _ check: ContractCheck) async {
        let examples = module.endpoints.flatMap { endpoint in
            endpoint.model.examples.map { "\(endpoint.id), \"\($0.name)\"" }
        }
        #expect(!examples.isEmpty)
        #expect(await check.seen.sorted() == examples.sorted())
        // A call of what is deprecated would be a warning.
        for endpoint in module.endpoints where endpoint.model.deprecated == nil {
            #expect(!endpoint.model.examples.isEmpty, "\(endpoint.id)")
        }
    }
}
