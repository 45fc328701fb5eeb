import EndpointCore
import EndpointImport
import EndpointSpec
import Testing

/// Imports of documents that tests write.
enum DocumentImport {
    /// A document with these paths, and the schemas and further members that it needs.
    static func document(_ paths: String, schemas: String = "{}", more: String = "") -> String {
        """
        { "openapi": "3.1.0", "info": { "title": "Library API", "version": "1" },
          "servers": [{ "url": "https://library.example.com/v1" }], \(more.isEmpty ? "" : more + ",")
          "components": { "schemas": \(schemas) },
          "paths": \(paths) }
        """
    }

    /// What came of a document.
    static func outcome(
        _ text: String, _ options: OpenAPIImport.Options = .init(), files: [String: String] = [:]
    ) throws -> OpenAPIImport.Outcome {
        try OpenAPIImport(options).outcome(of: Array(text.utf8), file: "library.json") { name in
            files[name].map { Array($0.utf8) }
        }
    }

    /// The specs, by path, of a document whose import refuses nothing.
    static func specs(_ text: String, files: [String: String] = [:]) throws -> [String: JSONValue] {
        let outcome = try outcome(text, files: files)
        #expect(outcome.result.notes.filter { $0.kind == .refused }.map(\.message) == [])
        return try specs(of: outcome)
    }

    /// The specs, by path; they lint clean.
    static func specs(of outcome: OpenAPIImport.Outcome) throws -> [String: JSONValue] {
        let files = outcome.result.files
        let sources = files.map { SpecFile(path: $0.path, displayPath: $0.path, contents: Array($0.text.utf8)) }
        #expect(SpecChecker.check(sources, moduleName: "Library").diagnostics.map(\.description) == [])
        return try Dictionary(
            uniqueKeysWithValues: files.map { ($0.path, try JSONValue(reading: Array($0.text.utf8))) })
    }

    /// The only endpoint of a document with one operation.
    static func endpoint(_ operation: String, schemas: String = "{}", method: String = "get", path: String = "/books")
        throws -> JSONValue
    {
        let text = document("{ \"\(path)\": { \"\(method)\": \(operation) } }", schemas: schemas)
        let specs = try specs(text)
        let endpoints = specs.filter { $0.key.contains("/") && !$0.key.hasPrefix("types/") }
        return try #require(endpoints.first?.value)
    }

    /// JSON text as a value.
    static func json(_ text: String) throws -> JSONValue { try JSONValue(reading: Array(text.utf8)) }
}
