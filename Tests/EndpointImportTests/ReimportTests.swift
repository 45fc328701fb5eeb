import EndpointCore
import EndpointImport
import EndpointSpec
import Foundation
import TestSupport
import Testing

@Suite("An exported document, imported again")
struct ReimportTests {
    /// What cannot come back: scalar types are written out where they are used, and examples have the same requests in other
    /// words.
    private static let lost: Set<ChangeRule> = [.inlineTypeRenamed, .exampleChanged]

    private static let shipped = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Endpoints").resolvingSymlinksInPath()

    @Test(
        "Gives specs that mean the same, and the same document again",
        arguments: ["Endpoints", "Drive", "Warehouse", "WarehouseFeeds", "WarehouseGate", "Hostile"])
    func meaning(name: String) throws {
        let specs = try name == "Endpoints" ? SpecFiles(folder: Self.shipped) : SpecFiles(fixture: name)
        let model = try #require(SpecChecker.check(specs.files, moduleName: "Reimported").model)
        let document = OpenAPIExport.text(model)
        if name == "Endpoints" {
            let file = Self.shipped.appending(path: "Pan123.docc/openapi.json")
            #expect(
                try String(contentsOf: file, encoding: .utf8) == document,
                "stale: endpoint-tool export openapi Endpoints --output Endpoints/Pan123.docc/openapi.json")
        }
        let outcome = try OpenAPIImport().outcome(of: Array(document.utf8), file: "openapi.json")
        #expect(outcome.counts.typed == model.endpoints.count)
        #expect(outcome.counts.loose + outcome.counts.refused == 0)
        let files = outcome.result.files.map {
            SpecFile(path: $0.path, displayPath: $0.path, contents: Array($0.text.utf8))
        }
        let check = SpecChecker.check(files, moduleName: "Reimported")
        #expect(check.diagnostics == [])
        let again = try #require(check.model)
        let changes = ModuleDiff.changes(from: model, to: again).changes
        #expect(changes.filter { !Self.lost.contains($0.rule) }.map(\.what) == [])
        #expect(OpenAPIExport.text(again) == document)
    }

    @Test("What is changed in the document is changed in the specs")
    func edited() throws {
        let model = try DiffBench.model(DiffBench.files)
        let text = OpenAPIExport.text(model).replacing(
            #""schema": { "type": "integer", "minimum": 1, "maximum": 100, "default": 50 }"#,
            with: #""schema": { "type": "integer", "minimum": 1, "maximum": 60, "default": 20 }"#)
        let outcome = try OpenAPIImport().outcome(of: Array(text.utf8), file: "openapi.json")
        let files = outcome.result.files.reduce(into: [:]) { $0[$1.path] = $1.text }
        let rules = Set(ModuleDiff.changes(from: model, to: try DiffBench.model(files)).changes.map(\.rule))
        #expect(rules.subtracting(Self.lost) == [.constraintTightened, .defaultChanged])
    }

    @Test("An export of specs that extend others is imported like any other document")
    func extensions() throws {
        let base = try SpecFiles(fixture: "Warehouse")
        let specs = try SpecFiles(fixture: "WarehouseOffice")
        let model = try #require(
            SpecChecker.check(specs.files, base: base.files, moduleName: "WarehouseOffice").model)
        let document = OpenAPIExport.text(model)
        let outcome = try OpenAPIImport().outcome(of: Array(document.utf8), file: "openapi.json")
        #expect(outcome.counts.typed + outcome.counts.loose + outcome.counts.refused == model.endpoints.count)
    }
}
