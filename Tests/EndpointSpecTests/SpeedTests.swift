import EndpointCore
import EndpointSpec
import TestSupport
import Testing

@Suite("Speed", .serialized)
struct SpeedTests {
    /// A module of many endpoints, each like a real one.
    private func module(_ count: Int) throws -> SpecFiles {
        let base = try SpecFiles.broken()
        let list = base.text("Items/listItems.json")
        var specs = base
        for index in 0..<count {
            let text = list.replacing("/v1/folders/", with: "/v1/folders\(index)/")
            specs = specs.with("Group\(index / 50)/listThings\(index).json", text)
        }
        return specs
    }

    // Ten times the specs take about ten times as long; a hundred times would be the square. The margin is for a machine
    // that does other things meanwhile.
    @Test("the time of a check grows with the number of specs, not with its square")
    func linear() throws {
        let few = try module(40)
        let many = try module(400)
        let clock = ContinuousClock()
        _ = few.diagnostics()
        let timeOfFew = clock.measure { #expect(few.diagnostics() == []) }
        let timeOfMany = clock.measure { #expect(many.diagnostics() == []) }
        #expect(timeOfMany < timeOfFew * 50)
    }

    @Test("the time of a check grows with the number of mistakes, not with its square")
    func mistakes() throws {
        let few = try broken(module(40))
        let many = try broken(module(400))
        let clock = ContinuousClock()
        _ = few.diagnostics()
        let timeOfFew = clock.measure { #expect(few.diagnostics().count == 40) }
        let timeOfMany = clock.measure { #expect(many.diagnostics().count == 400) }
        #expect(timeOfMany < timeOfFew * 50)
    }

    private func broken(_ fixture: SpecFiles) -> SpecFiles {
        var fixture = fixture
        for index in fixture.files.indices where fixture.files[index].path.hasPrefix("Group") {
            let text = String(decoding: fixture.files[index].contents, as: UTF8.self)
            fixture.files[index].contents = Array(text.replacing("types/Item.json", with: "types/Itme.json").utf8)
        }
        return fixture
    }
}
