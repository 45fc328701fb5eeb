import EndpointCore
import EndpointSpec
import TestSupport
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

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

    /// What one file can have very many of: what that is, the start of a spec, one of many, the end.
    private static let crowds: [(name: String, start: String, one: @Sendable (Int) -> String, end: String)] = [
        ("unknown keys", #""response": null, "#, { number in #""key\(number)": 1"# }, ""),
        ("duplicate keys", #""response": null, "#, { _ in #""notes": []"# }, ""),
        (
            "unknown keys of a field", #""response": { "a": { "type": "string", "#, { number in #""key\(number)": 1"# },
            "} }"
        ),
        ("cases", #""response": { "a": { "enum": ["#, { number in #""v\(number)""# }, "] } }"),
        ("duplicate cases", #""response": { "a": { "enum": ["#, { _ in #""v""# }, "] } }"),
        (
            "unknown arguments",
            #""query": { "a": { "type": "string", "optional": true } }, "response": null, "examples": [{ "name": "x", "request": { "#,
            { number in #""k\(number)": 1"# }, "} }]"
        ),
        (
            "types of a union", #""responseType": { "discriminator": { "propertyName": "t" }, "oneOf": ["#,
            { number in #"{ "name": "T\(number)", "properties": { "t": { "type": "string" } } }"# }, "] }"
        ),
        (
            "types of a union told by their fields", #""responseType": { "name": "U", "oneOf": ["#,
            { number in #"{ "name": "T\(number)", "properties": { "t\(number)": { "type": "string" } } }"# }, "] }"
        ),
        (
            "types of a union that nothing tells apart", #""responseType": { "name": "U", "oneOf": ["#,
            { number in #"{ "name": "T\(number)", "properties": { "t": { "type": "string" } } }"# }, "] }"
        ),
        (
            "values of a discriminator",
            #""responseType": { "name": "U", "oneOf": [{ "name": "A", "properties": { "t": { "type": "string" } } }, "#
                + #"{ "name": "B", "properties": { "t": { "type": "string" } } }], "#
                + #""discriminator": { "propertyName": "t", "mapping": { "#,
            { number in #""m\(number)": "types/No.json""# }, "} } }"
        ),
        ("wrong types", #""response": { "#, { number in #""f\(number)": { "type": "strin" }"# }, "}"),
        ("missing types", #""response": { "#, { number in #""f\(number)": { "$ref": "types/No.json" }"# }, "}"),
        (
            "names that are one in Swift", #""response": { "#,
            { number in #""f_\(number / 2)\(number % 2 == 0 ? "" : "_")": { "type": "string" }"# }, "}"
        ),
        (
            "wrong constants", #""response": null, "headers": { "#,
            { number in #""X-\(number)": { "type": "string", "const": 1 }"# }, "}"
        ),
        ("examples of one name", #""response": null, "examples": ["#, { _ in #"{ "name": "x", "request": {} }"# }, "]"),
    ]

    private static func spec(_ index: Int, _ count: Int) -> String {
        let (_, start, one, end) = crowds[index]
        let many = (0..<count).map(one).joined(separator: ", ")
        return #"{ "summary": "x", "method": "GET", "path": "/x", \#(start)\#(many)\#(end) }"#
    }

    // Ten times as many take about ten times as long; the square would be 100. One group is checked on the thread that asks,
    // whose own time does not depend on what else the machine does. The margin is for caches.
    @Test("the time of a check grows with the size of a file, not with its square", arguments: 0..<crowds.count)
    func sizes(index: Int) throws {
        func time(_ count: Int) -> Double {
            let module = SpecFiles([
                "service.json": #"{ "name": "Shop", "baseURL": "https://a.example" }"#,
                "Items/get.json": Self.spec(index, count),
            ])
            let start = Self.threadTime
            _ = module.diagnostics()
            return Self.threadTime - start
        }
        _ = time(500)
        let (few, many) = (time(5_000), time(50_000))
        #expect(many < few * 25, "\(Self.crowds[index].name): \(few) s, \(many) s")
    }

    /// The seconds that this thread has run.
    private static var threadTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
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
