import EndpointKit
import EndpointTesting
import MainActorOffice
import MainActorWarehouse
import Testing

@Suite("Contract of the consumer's specs")
struct ContractTests {
    @Test("typed calls agree with the examples of a service that uses the whole language")
    func warehouse() async throws {
        let module = EndpointModule.mainActorWarehouse
        try await MainActorWarehouseContract.checkAll(ContractCheck(module))
    }

    @Test("typed calls agree with the examples of a module that extends another")
    func office() async throws {
        let module = EndpointModule.mainActorOffice
        try await MainActorOfficeContract.checkAll(ContractCheck(module))
    }
}
