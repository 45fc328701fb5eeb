import EndpointDynamic
import EndpointKit
import EndpointTesting
import Testing
import Weather

@Suite("Contract of the weather")
struct ContractTests {
    @Test("calls are what the examples of the specs say")
    func contract() async throws {
        try await WeatherContract.checkAll(ContractCheck(.weather))
    }

    @Test("calls from the spec alone are the same")
    func untyped() async throws {
        let module = try DynamicModule(.weather)
        let check = try ContractCheck(
            .weather, requiresCompleteWire: true,
            untyped: { id, arguments in try module.endpoint(id: id)?.endpoint(with: arguments) })
        try await WeatherContract.checkAll(check)
        #expect(await check.checked == ["forecast.currentWeather, \"Hangzhou\""])
    }
}
