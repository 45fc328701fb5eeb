import EndpointTool
import TestSupport
import Testing

@Suite("import openapi")
struct ImportOpenAPITests {
    private static func document(_ title: String, server: String = "https://api.example.com") -> String {
        """
        {
          "openapi": "3.1.0",
          "info": { "title": "\(title)", "version": "1" },
          "servers": [{ "url": "\(server)" }],
          "paths": { "/items": { "get": {
            "operationId": "listItems", "tags": ["items"],
            "responses": { "200": { "description": "The items.", "content": { "application/json": {
              "schema": { "type": "array", "items": { "type": "string" } } } } } }
          } } }
        }

        """
    }

    @Test("A document becomes a module that lints clean, and is not written over")
    func document() throws {
        let folder = try TemporaryFolder(["shop.json": Self.document("Shop")])
        let output = folder.path + "/Shop"
        let run = Run("import", "openapi", folder.path + "/shop.json", "--output", output)
        #expect(run.code == 0 && run.errors == [])
        #expect(run.output.suffix(2) == ["2 files in \(output)", "1 operations: 1 typed, 0 loose, 0 refused"])
        #expect(Run("lint", output).output == ["\(output): 1 endpoint, 0 shared types, no mistakes"])

        let again = Run("import", "openapi", folder.path + "/shop.json", "--output", output)
        #expect(again.code == 1 && again.output == [])
        #expect(again.errors.count == 2)
        #expect(
            again.errors.allSatisfy {
                $0.hasSuffix(
                    "error: the file exists, and an import replaces nothing; choose another folder, or remove the file")
            })
    }

    @Test("Each document of a folder becomes a module of its own; other JSON is left alone")
    func folder() throws {
        let folder = try TemporaryFolder([
            "documents/book-shop.json": Self.document("Books"), "documents/toys.json": Self.document("Toys"),
            "documents/part.json": #"{ "type": "string" }"#,
        ])
        let output = folder.path + "/made"
        let run = Run("import", "openapi", folder.path + "/documents", "--output", output)
        #expect(run.code == 0 && run.errors == [])
        #expect(
            run.output.contains("2 files in \(output)/BookShop") && run.output.contains("2 files in \(output)/Toys"))
        #expect(Run("lint", output + "/BookShop", output + "/Toys").code == 0)

        #expect(
            Run("import", "openapi", output, "--output", folder.path + "/none")
                == Run(
                    code: 1, output: [],
                    errors: [
                        "\(output):1:1: error: there is no OpenAPI document in this folder; documents are files that end in .json"
                    ]))
    }

    @Test("One document that is wrong, and nothing is written of any")
    func wrong() throws {
        let folder = try TemporaryFolder(["documents/a.json": Self.document("A"), "documents/b.json": "{"])
        let run = Run("import", "openapi", folder.path + "/documents", "--output", folder.path + "/made")
        #expect(run.code == 1 && run.output == [])
        #expect(run.errors.count == 1 && run.errors[0].hasPrefix("\(folder.path)/documents/b.json:1:2: error: "))
        #expect(Run("lint", folder.path + "/made").errors[0].contains("there is no such folder"))

        let missing = Run("import", "openapi", folder.path + "/c.json", "--output", folder.path + "/made")
        #expect(
            missing
                == Run(code: 1, output: [], errors: ["\(folder.path)/c.json:1:1: error: the document cannot be read"]))
    }
}
