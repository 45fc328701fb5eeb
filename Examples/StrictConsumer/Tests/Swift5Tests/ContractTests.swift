import EndpointKit
import EndpointTesting
import Swift5Office
import Swift5Warehouse
import Testing

@Suite("Contract of the consumer's specs")
struct ContractTests {
    @Test("typed calls agree with the examples of a service that uses the whole language")
    func warehouse() async throws {
        let module = EndpointModule.swift5Warehouse
        try await Swift5WarehouseContract.checkAll(ContractCheck(module))
    }

    @Test("typed calls agree with the examples of a module that extends another")
    func office() async throws {
        let module = EndpointModule.swift5Office
        try await Swift5OfficeContract.checkAll(ContractCheck(module))
    }
}
