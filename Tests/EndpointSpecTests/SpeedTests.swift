import EndpointSpec
import Testing

@Suite("Speed", .serialized)
struct SpeedTests {
    /// A module of many endpoints, each like a real one.
    private func module(_ count: Int) throws -> Fixture {
        let base = try Fixture(folder: "Broken/base")
        let list = base.text("Items/listItems.json")
        var files = base.files
        for index in 0..<count {
            let text = list.replacing("/v1/folders/", with: "/v1/folders\(index)/")
            let path = "Group\(index / 50)/listThings\(index).json"
            files.append(SpecFile(path: path, displayPath: path, contents: Array(text.utf8)))
        }
        var fixture = base
        fixture.files = files
        return fixture
    }

    @Test("grows with the number of specs, not faster")
    func linear() throws {
        let clock = ContinuousClock()
        let few = try module(100)
        let many = try module(1000)
        let timeOfFew = clock.measure { #expect(few.diagnostics() == []) }
        let timeOfMany = clock.measure { #expect(many.diagnostics() == []) }
        #expect(timeOfMany < timeOfFew * 16 + .milliseconds(200))
        #expect(timeOfMany < .seconds(10))
    }

    @Test("a mistake in each of many specs takes no longer than reading them")
    func mistakes() throws {
        var fixture = try module(500)
        fixture.files = fixture.files.map { file in
            var file = file
            if file.path.hasPrefix("Group") {
                let text = String(decoding: file.contents, as: UTF8.self)
                file.contents = Array(text.replacing("types/Item.json", with: "types/Itme.json").utf8)
            }
            return file
        }
        let clock = ContinuousClock()
        let time = clock.measure { #expect(fixture.diagnostics().count == 500) }
        #expect(time < .seconds(10))
    }
}
