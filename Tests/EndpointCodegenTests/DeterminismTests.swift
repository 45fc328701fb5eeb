import EndpointCodegen
import TestSupport
import Testing

@Suite("Generation is deterministic")
struct DeterminismTests {
    @Test("the same specs generate the same bytes twice")
    func twice() throws {
        let specs = try SpecFiles(fixture: "Warehouse")
        #expect(try specs.generate(module: "Warehouse") == specs.generate(module: "Warehouse"))
    }

    @Test(
        "the order of files, and of keys without an order, does not change what is generated",
        arguments: 1...5 as ClosedRange<UInt64>)
    func shuffled(seed: UInt64) throws {
        let specs = try SpecFiles(fixture: "Warehouse")
        var random = Seeded(seed)
        let shuffled = try #require(specs.shuffled(using: &random))
        #expect(shuffled.files.map(\.contents) != specs.files.map(\.contents))
        #expect(try shuffled.generate(module: "Warehouse") == specs.generate(module: "Warehouse"))
    }
}
