import EndpointTool
import Foundation
import TestSupport
import Testing

@Suite("endpoint-tool export")
struct ExportTests {
    @Test("The document is printed, or written to a file")
    func output() throws {
        let folder = try TemporaryFolder.specs()
        let file = folder.path + "/out/openapi.json"
        let printed = Run("export", "openapi", folder.path)
        #expect(printed.code == 0)
        #expect(printed.output.first?.hasPrefix("{\n  \"openapi\": \"3.1.0\",\n") == true)
        #expect(Run("export", "openapi", folder.path, "--output", file) == Run(code: 0, output: [], errors: []))
        #expect(try String(contentsOfFile: file, encoding: .utf8) == printed.output[0] + "\n")
    }

    @Test("JSON in a documentation catalog is left alone, whatever it is")
    func catalog() throws {
        let folder = try TemporaryFolder([
            "service.json": TemporaryFolder.service, "Items/get.json": TemporaryFolder.good,
            "Shop.docc/openapi.json": "{ not JSON", "Shop.docc/method.json": #"{ "method": "GET", "path": "/a" }"#,
        ])
        #expect(
            Run("lint", folder.path)
                == Run(
                    code: 0, output: ["\(folder.path): 1 endpoint, 0 shared types, no mistakes"], errors: []))
    }

    @Test("A wrong command line says what is known")
    func misuse() {
        let usage = "endpoint-tool --help says how it is used"
        #expect(
            Run("export")
                == Run(code: 2, output: [], errors: ["endpoint-tool: a format is missing; known: openapi", usage]))
        #expect(
            Run("export", "raml", "x")
                == Run(code: 2, output: [], errors: ["endpoint-tool: unknown format \"raml\"; known: openapi", usage]))
        #expect(
            Run("export", "openapi")
                == Run(code: 2, output: [], errors: ["endpoint-tool: folder with specs is missing", usage]))
    }
}
