import EndpointCore
import EndpointSpec
import EndpointTool
import Foundation
import TestSupport
import Testing

@Suite("Commands")
struct CommandTests {
    private let specs: TemporaryFolder

    init() throws {
        specs = try TemporaryFolder.specs()
    }

    // MARK: lint

    @Test("lint counts what is right")
    func lint() {
        #expect(
            Run("lint", specs.path).output == ["\(specs.path): 1 endpoint, 0 shared types, no mistakes"])
        #expect(Run("lint", "--format", "json", specs.path).output == ["[]"])
        #expect(Run("lint", "--format", "github", specs.path).output == [])
    }

    @Test("lint reports what is wrong, in three formats")
    func formats() throws {
        try specs.write("Items/get.json", TemporaryFolder.good.replacingOccurrences(of: "\"path\"", with: "\"pa,th\""))
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

    @Test("lint reads several folders, one of which extends another, and reports all that is wrong with any")
    func several() throws {
        let more = try TemporaryFolder.specs()
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

    @Test(
        "new service writes a service.json that lints clean with the first endpoint",
        arguments: [["Weather", "--base-url", "https://api.example.com"], ["--extends", "Shop"]])
    func newService(words: [String]) throws {
        let directory = specs.path + "/.new"
        let run = Run(["new", "service"] + words + ["--directory", directory])
        #expect(run == Run(code: 0, output: [directory + "/service.json"], errors: []))
        let endpoint = ["new", "Things/get", "--method", "GET", "--path", "/things", "--directory", directory]
        #expect(Run(endpoint).code == 0)
        #expect(Run("lint", "--base", specs.path, directory).errors == [])
        let text = try specs.text(".new/service.json")
        let again = Run(["new", "service"] + words + ["--directory", directory])
        #expect(again.code == 1)
        #expect(
            again.errors == [
                directory
                    + "/service.json:1:1: error: the file exists; choose another --directory, or remove the file first"
            ])
        #expect(try specs.text(".new/service.json") == text)
    }

    @Test("new service writes what is needed and no more, and names the schema where there is one")
    func newServiceText() throws {
        try specs.write(".new/service.schema.json", EditorSchemas.service())
        #expect(Run("new", "service", "--extends", "Shop", "--directory", specs.path + "/.new").code == 0)
        #expect(
            try specs.text(".new/service.json") == """
                {
                  "$schema": "service.schema.json",
                  "extends": "Shop"
                }

                """)
        #expect(
            Run("new", "service", "Weather", "--base-url", "https://a.example", "--directory", specs.path + "/.own")
                .code
                == 0)
        #expect(
            try specs.text(".own/service.json") == """
                {
                  "name": "Weather",
                  "summary": "Weather: say in one sentence what the service does.",
                  "baseURL": "https://a.example",
                  "authentication": "none"
                }

                """)
    }

    @Test(
        "new service refuses an incomplete or contradictory command line",
        arguments: [
            [], ["Weather"], ["not-a-name", "--base-url", "https://a.example"], ["--extends", "a b"],
            ["Weather", "--extends", "Shop"], ["--extends", "Shop", "--base-url", "https://a.example"],
        ])
    func newServiceUsage(words: [String]) {
        #expect(Run(["new", "service"] + words + ["--directory", specs.path + "/.new"]).code == 2)
        #expect(specs.names(".new") == [])
    }

    @Test("new service refuses a base URL that would not lint clean")
    func newServiceURL() {
        let run = Run("new", "service", "Weather", "--base-url", "nonsense", "--directory", specs.path + "/.new")
        #expect(run.code == 1)
        #expect(run.errors.first?.contains("/.new/service.json:4:") == true, "\(run.errors)")
        #expect(specs.names(".new") == [])
    }

    @Test("version is that of the package")
    func version() {
        #expect(Run("--version").output == ["endpoint-tool \(ToolkitVersion.current)"])
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

    @Test(
        "wrong usage is exit code 2", arguments: [[], ["bake"], ["lint"], ["lint", "--fast", "x"]])
    func usage(words: [String]) {
        #expect(Run(words).code == 2)
    }
}
