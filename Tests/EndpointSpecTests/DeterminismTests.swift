import EndpointCore
import EndpointSpec
import TestSupport
import Testing

@Suite("The same specs give the same model")
struct DeterminismTests {
    @Test(
        "whatever the order of files and of keys without an order",
        arguments: ["Drive", "Warehouse"])
    func shuffled(name: String) throws {
        let fixture = try SpecFiles(fixture: name)
        let expected = Picture(try fixture.model())
        for seed in 1...5 as ClosedRange<UInt64> {
            var random = Seeded(seed)
            let shuffled = try #require(fixture.shuffled(using: &random))
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
        let fixture = try SpecFiles(fixture: "Drive")
        let model = try fixture.model()
        var again = fixture.with("service.json", model.canonicalText)
        for endpoint in model.endpoints { again = again.with(endpoint.file, endpoint.canonicalText) }
        for type in model.types { again = again.with(type.file, type.canonicalText) }
        #expect(Picture(try again.model()) == Picture(model))
    }

    @Test("the canonical text sorts keys of the language and preserves the order of fields")
    func canonicalText() throws {
        let fixture = SpecFiles([
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
        text = "\(model)".split(separator: "EndpointCore.SourcePosition(").map { part in
            part.firstIndex(of: ")").map { part[$0...] } ?? part
        }.joined()
    }
}
