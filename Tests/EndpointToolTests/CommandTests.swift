import EndpointSpec
import EndpointTool
import Foundation
import Testing

@Suite("Commands")
struct CommandTests {
    private let specs: Specs

    init() throws {
        specs = try Specs()
    }

    // MARK: lint

    @Test("lint counts what is right")
    func lint() {
        #expect(
            Run("lint", specs.path).output == ["\(specs.path): 1 endpoint, 0 shared types, no mistakes"])
        #expect(Run("lint", "--format", "json", specs.path).output == ["[]"])
        #expect(Run("lint", "--format", "github", specs.path).output == [])
    }

    @Test("lint says what is wrong, in three formats")
    func formats() throws {
        try specs.write("Items/get.json", Specs.good.replacingOccurrences(of: "\"path\"", with: "\"pa,th\""))
        let file = specs.path + "/Items/get.json"
        let message = #"unknown key "pa,th" in an endpoint; did you mean "path"?"#
        #expect(Run("lint", specs.path) == Run(code: 1, output: [], errors: ["\(file):4:3: error: \(message)"]))

        let json = Run("lint", "--format", "json", specs.path)
        #expect(json.code == 1 && json.errors == [])
        let item = try #require(
            JSONSerialization.jsonObject(with: Data(json.output.joined().utf8)) as? [[String: Any]]
        ).first
        #expect(item?["file"] as? String == file)
        #expect(item?["line"] as? Int == 4 && item?["column"] as? Int == 3)
        #expect(item?["message"] as? String == message)

        #expect(
            Run("lint", "--format=github", specs.path)
                == Run(code: 1, output: ["::error file=\(file),line=4,col=3::\(message)"], errors: []))
    }

    @Test("lint reads several folders, one of which extends another, and says all that is wrong with any")
    func several() throws {
        let more = try Specs()
        try more.write("service.json", #"{ "extends": "Shop" }"#)
        try more.write("Items/get.json", #"{ "variantOf": "items.gte", "summary": "x" }"#)
        let run = Run("lint", more.path, specs.path)
        #expect(run.code == 1)
        #expect(run.output == ["\(specs.path): 1 endpoint, 0 shared types, no mistakes"])
        #expect(run.errors.contains { $0.contains(#"did you mean "items.get"?"#) }, "\(run.errors)")
    }

    // MARK: new

    @Test(
        "new writes a starter that lints clean, and nothing over what is there",
        arguments: [("get", "/v1/things/{thingID}"), ("POST", "/v1/things"), ("DELETE", "/v1/x/{a}/{b}")])
    func new(method: String, path: String) throws {
        let words = ["new", "Things/make", "--method", method, "--path", path, "--directory", specs.path]
        let run = Run(words)
        #expect(run == Run(code: 0, output: [specs.path + "/Things/make.json"], errors: []))
        #expect(Run("lint", specs.path).errors == [])
        let text = try specs.text("Things/make.json")
        #expect(text.contains(#""method": "\#(method.uppercased())""#) && text.contains(#""path": "\#(path)""#))
        #expect(!text.contains("$schema"))
        let again = Run(words)
        #expect(again.code == 1)
        #expect(
            again.errors == [
                specs.path + "/Things/make.json:1:1: error: the file exists; choose another name, or remove it first"
            ])
        #expect(try specs.text("Things/make.json") == text)
    }

    @Test("new names the schema where there is one, and writes nothing that would be wrong")
    func newChecks() throws {
        try specs.write("endpoint.schema.json", EditorSchemas.endpoint())
        #expect(Run("new", "Items/put", "--method", "PUT", "--path", "/x", "--directory", specs.path).code == 0)
        #expect(try specs.text("Items/put.json").contains(##""$schema": "../endpoint.schema.json""##))
        let same = Run("new", "Items/get2", "--method", "GET", "--path", "/item", "--directory", specs.path)
        #expect(same.code == 1)
        #expect(same.errors.first?.contains("items.get") == true, "\(same.errors)")
        let odd = Run("new", "items/get3", "--method", "GET", "--path", "/y", "--directory", specs.path)
        #expect(odd.code == 1)
        #expect(specs.names("Items") == ["get.json", "put.json"])
        #expect(specs.names("items") == [])
        #expect(Run("new", "nonsense", "--method", "GET", "--path", "/y", "--directory", specs.path).code == 2)
        #expect(Run("new", "A/b", "--method", "GET", "--path", "y", "--directory", specs.path).code == 2)
    }

    // MARK: schema

    @Test("schema prints the schemas that the library makes, or writes all three")
    func schema() throws {
        #expect(Run("schema").output.map { $0 + "\n" } == [EditorSchemas.endpoint()])
        #expect(Run("schema", "service").output.map { $0 + "\n" } == [EditorSchemas.service()])
        #expect(Run("schema", "--output", specs.path).code == 0)
        #expect(try specs.text("type.schema.json") == EditorSchemas.type())
        // They lie beside the specs and are none.
        #expect(Run("lint", specs.path).errors == [])
        #expect(Run("schema", "other").code == 2)
    }

    // MARK: generate

    @Test("generate touches only what changes, removes what is stale, and leaves what is not its own")
    func writing() throws {
        try specs.write("Items/put.json", Specs.good.replacingOccurrences(of: "/item", with: "/put"))
        try specs.write(".out/mine.swift", "// mine\n")
        func generate() -> Int32 { Run("generate", "--output", specs.path + "/.out", specs.path).code }
        #expect(generate() == 0)
        #expect(specs.names(".out") == ["items.get.swift", "items.put.swift", "mine.swift", "service.swift"])
        let old = Date(timeIntervalSince1970: 1_000_000)
        for name in specs.names(".out") {
            try FileManager.default.setAttributes(
                [.modificationDate: old], ofItemAtPath: specs.path + "/.out/" + name)
        }
        func changed() throws -> [String] {
            try specs.names(".out").filter { name in
                let attributes = try FileManager.default.attributesOfItem(atPath: specs.path + "/.out/" + name)
                return attributes[.modificationDate] as? Date != old
            }
        }
        #expect(generate() == 0)
        #expect(try changed() == [])
        try specs.write("Items/get.json", Specs.good.replacingOccurrences(of: "Gets an", with: "Gets one"))
        #expect(generate() == 0)
        #expect(try changed() == ["items.get.swift", "service.swift"])
        try FileManager.default.removeItem(at: specs.root.appending(path: "Items/put.json"))
        #expect(generate() == 0)
        #expect(specs.names(".out") == ["items.get.swift", "mine.swift", "service.swift"])
    }

    @Test("a mistake leaves what was written before as it is")
    func noPartialOutput() throws {
        #expect(Run("generate", "--output", specs.path + "/.out", specs.path).code == 0)
        let before = try specs.names(".out").map { try specs.text(".out/" + $0) }
        try specs.write("Items/new.json", Specs.good.replacingOccurrences(of: "/item", with: "/new"))
        try specs.write("Items/get.json", "{")
        #expect(Run("generate", "--output", specs.path + "/.out", specs.path).code == 1)
        #expect(try specs.names(".out").map { try specs.text(".out/" + $0) } == before)
    }

    @Test("an output that cannot be written is said")
    func output() throws {
        let run = Run("generate", "--output", specs.path + "/service.json", specs.path)
        #expect(run.code == 1)
        #expect(run.errors.first?.contains("the output folder cannot be made") == true, "\(run.errors)")
    }

    @Test(
        "wrong usage is exit code 2", arguments: [[], ["bake"], ["generate", "x"], ["lint"], ["lint", "--fast", "x"]])
    func usage(words: [String]) {
        #expect(Run(words).code == 2)
    }
}
