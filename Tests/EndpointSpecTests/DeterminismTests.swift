import EndpointSpec
import Testing

@Suite("The same specs give the same model")
struct DeterminismTests {
    @Test(
        "whatever the order of files and of keys without an order",
        arguments: [Fixture.samples, Fixture.warehouse, "Broken/base"])
    func shuffled(folder: String) throws {
        let fixture = try Fixture(folder: folder)
        let expected = Picture(try fixture.model())
        for seed in 1...5 as ClosedRange<UInt64> {
            var random = Seeded(seed)
            var shuffled = fixture
            shuffled.files = try fixture.files.map { file in
                let node = try #require(JSONReader.read(file.contents, file: file.path).node)
                let text = KeyShuffle.text(node, isMap: false, using: &random)
                return SpecFile(path: file.path, displayPath: file.displayPath, contents: Array(text.utf8))
            }
            shuffled.files.shuffle(using: &random)
            #expect(Picture(try shuffled.model()) == expected)
        }
    }

    @Test("diagnostics come sorted, whatever the order of files")
    func sortedDiagnostics() throws {
        let broken = try #require(BrokenSpec.all().last { $0.expected.count > 5 })
        var random = Seeded(7)
        for _ in 1...5 {
            var shuffled = broken.files
            shuffled.files.shuffle(using: &random)
            #expect(shuffled.diagnostics() == broken.expected)
        }
    }

    @Test("the canonical text is itself a spec with that canonical text")
    func canonicalIsStable() throws {
        let fixture = try Fixture(folder: Fixture.samples)
        let model = try fixture.model()
        var again = fixture.with("service.json", model.canonicalText)
        for endpoint in model.endpoints { again = again.with(endpoint.file, endpoint.canonicalText) }
        for type in model.types { again = again.with(type.file, type.canonicalText) }
        #expect(Picture(try again.model()) == Picture(model))
    }

    @Test("the canonical text sorts keys of the language and keeps the order of fields")
    func canonicalText() throws {
        let fixture = Fixture([
            "service.json": #"{ "baseURL": "https://a.example", "name": "A" }"#,
            "G/get.json": """
            { "response": { "b": { "optional": true, "type": "string" }, "a": { "type": "integer" } },
              "path": "/x", "method": "GET", "summary": "Gets.",
              "examples": [ { "response": { "b": "x", "a": 1 }, "name": "x" } ] }
            """,
        ])
        let model = try fixture.model()
        #expect(model.canonicalText == #"{"name":"A","baseURL":"https://a.example"}"#)
        #expect(
            model.endpoints.map(\.canonicalText) == [
                #"{"summary":"Gets.","method":"GET","path":"/x","response":{"b":{"optional":true,"type":"string"},"#
                    + #""a":{"type":"integer"}},"examples":[{"name":"x","response":{"a":1,"b":"x"}}]}"#
            ])
    }
}

/// All of a model but positions, as text.
private struct Picture: Equatable {
    var text: String

    init(_ model: ServiceModel) {
        text = "\(model)".split(separator: "EndpointSpec.SourcePosition(").map { part in
            part.firstIndex(of: ")").map { part[$0...] } ?? part
        }.joined()
    }
}

/// Writes a spec with the keys of the language in another order, and fields in the order they have.
private enum KeyShuffle {
    static let maps: Set<String> = [
        "query", "headers", "body", "pathParameters", "response", "properties", "rateProfiles", "enum", "default",
        "const", "request", "wire", "end",
    ]

    static func text(_ node: JSONNode, isMap: Bool, using random: inout Seeded) -> String {
        if let elements = node.elements {
            return "[" + elements.map { text($0, isMap: false, using: &random) }.joined(separator: ", ") + "]"
        }
        guard var members = node.members else { return node.compactText }
        if !isMap { members.shuffle(using: &random) }
        let parts = members.map { member -> String in
            let key = JSONNode(.string(member.key), position: member.keyPosition).compactText
            return key + " : " + text(member.value, isMap: !isMap && maps.contains(member.key), using: &random)
        }
        return "{\n" + parts.joined(separator: ",\n") + "}"
    }
}
