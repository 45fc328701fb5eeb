import EndpointCodegen
import EndpointCore
import EndpointSpec
import EndpointTool
import Foundation
import TestSupport
import Testing

/// A page of the language reference.
struct ReferenceFile: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String

    var testDescription: String { name }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/EndpointKit/EndpointKit.docc/Reference").standardizedFileURL

    static func all() throws -> [ReferenceFile] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            ReferenceFile(name: name, text: try String(contentsOf: folder.appending(path: name), encoding: .utf8))
        }
    }

    /// A spec in a fenced block. The paragraph before it names its file, as its last word in backticks that ends in `.json`.
    struct Example {
        var path: String
        var text: String
        /// The lines of the `console` block that follows: what is wrong with it; none for a valid spec.
        var diagnostics: [String] = []
    }

    var examples: [Example] {
        var examples: [Example] = []
        var block: (language: String, lines: [String])?
        var path = ""
        // Whether only blank lines stand between the last example and this line.
        var isAfterExample = false
        for line in text.components(separatedBy: "\n") {
            if line.hasPrefix("```") {
                guard let done = block else {
                    block = (String(line.dropFirst(3)), [])
                    continue
                }
                block = nil
                if done.language == "json" {
                    examples.append(Example(path: path, text: done.lines.joined(separator: "\n")))
                } else if done.language == "console", isAfterExample, !examples.isEmpty {
                    examples[examples.count - 1].diagnostics = done.lines
                }
                isAfterExample = done.language == "json"
                path = ""
            } else if block != nil {
                block?.lines.append(line)
            } else if !line.isEmpty {
                isAfterExample = false
                let words = line.split(separator: "`", omittingEmptySubsequences: false)
                let names = words.indices.filter { $0 % 2 == 1 && words[$0].hasSuffix(".json") }
                if let last = names.last { path = String(words[last]) }
            }
        }
        return examples
    }
}

@Suite("The language reference")
struct ReferenceTests {
    @Test("has the tables that docs reference writes", arguments: try ReferenceFile.all())
    func tables(page: ReferenceFile) throws {
        #expect(try ReferencePage.filled(page.text) == page.text, "run the command of CONTRIBUTING.md")
    }

    @Test("has each table once")
    func completeness() throws {
        let tables = try ReferenceFile.all().flatMap { ReferencePage.tables(in: $0.text) }
        #expect(tables.sorted() == ReferenceTables.names.sorted())
    }

    @Test("shows valid specs, and invalid ones with all that is wrong with them", arguments: try ReferenceFile.all())
    func examples(page: ReferenceFile) {
        let examples = page.examples
        let isLanding = page.name == "SpecReference.md"
        #expect(examples.isEmpty == isLanding)
        let valid = examples.filter { $0.diagnostics.isEmpty }
        #expect(diagnostics(valid) == [])
        for example in examples where !example.diagnostics.isEmpty {
            #expect(diagnostics(valid + [example]) == example.diagnostics)
        }
    }

    /// What is wrong with a module of these files, with a plain `service.json` if they have none.
    private func diagnostics(_ examples: [ReferenceFile.Example]) -> [String] {
        var texts = [
            "service.json": #"{ "name": "Books", "baseURL": "https://books.example.com", "authentication": "none" }"#
        ]
        for example in examples { texts[example.path] = example.text }
        return SpecChecker.check(SpecFiles(texts).files, moduleName: "Books").diagnostics.map(\.description)
    }

    @Test("docs reference writes the tables into the pages of a folder, and names a table that does not exist")
    func command() throws {
        let specs = try TemporaryFolder.specs()
        let text = "# Page\n\n<!-- generated: partial -->\nold\n<!-- end -->\n\nProse.\n"
        try specs.write("pages/a.md", text)
        let folder = specs.path + "/pages"
        #expect(Run("docs", "reference", folder) == Run(code: 0, output: [folder + "/a.md"], errors: []))
        #expect(
            try specs.text("pages/a.md") == """
                # Page

                <!-- generated: partial -->

                | Keyword | Value | Required | Meaning |
                | --- | --- | --- | --- |
                | `failed` | string | yes | The field of the payload that lists what failed. |

                <!-- end -->

                Prose.

                """)
        #expect(Run("docs", "reference", folder) == Run(code: 0, output: [], errors: []))
        try specs.write("pages/a.md", text.replacingOccurrences(of: "partial", with: "partail"))
        #expect(
            Run("docs", "reference", folder).errors == [
                folder + #"/a.md:1:1: error: there is no table "partail"; did you mean "partial"?"#
            ])
        try specs.write("pages/a.md", text.replacingOccurrences(of: "<!-- end -->", with: ""))
        #expect(Run("docs", "reference", folder).code == 1)
        #expect(Run("docs", "reference").code == 2)
    }
}
