import EndpointKit
import EndpointTesting
import UpcomingOffice
import UpcomingWarehouse
import Testing

@Suite("Contract of the consumer's specs")
struct ContractTests {
    @Test("typed calls agree with the examples of a service that uses the whole language")
    func warehouse() async throws {
        let module = EndpointModule.upcomingWarehouse
        try await UpcomingWarehouseContract.checkAll(ContractCheck(module))
    }

    @Test("typed calls agree with the examples of a module that extends another")
    func office() async throws {
        let module = EndpointModule.upcomingOffice
        try await UpcomingOfficeContract.checkAll(ContractCheck(module))
    }
}
