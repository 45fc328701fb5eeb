import EndpointCore
import EndpointImport
import EndpointSpec
import TestSupport

/// What comes of importing a page into a module without other specs.
struct Imported {
    let files: [ImportedFile]
    let notes: [String]
    let diagnostics: [String]

    /// A service with a fixed header field, a token and an envelope.
    static let service = """
        {
          "name": "Library",
          "baseURL": "https://api.library.example.com",
          "headers": { "Client": "reading_room" },
          "authentication": { "scheme": "bearer" },
          "envelope": { "code": "code", "success": [0], "message": "message", "payload": "data", "traceID": "trace" }
        }
        """

    /// Imports pages into the group `Shelf`.
    ///
    /// - Parameters:
    ///   - pages: The texts of the pages, which messages call `page.md`, `page2.md` and so on.
    ///   - service: The module's `service.json`.
    ///   - specs: Other specs of the module, by path.
    ///   - name: The name of the spec; by default one made of method and path.
    /// - Throws: `InvalidSpecs` where the module is wrong without or with the new specs.
    init(_ pages: String..., service: String = service, specs: [String: String] = [:], name: String? = nil) throws {
        let module = SpecFiles(specs.merging(["service.json": service]) { own, _ in own })
        let checked = SpecChecker.check(module.files, moduleName: "Library")
        guard let model = checked.model else { throw InvalidSpecs(checked.diagnostics) }
        let target = PageImport.Target(
            files: module.files, base: nil, moduleName: "Library", service: model, group: "Shelf")
        let (result, found) = PageImport.specs(
            of: pages.enumerated().map {
                .init(path: "page\($0.offset == 0 ? "" : "\($0.offset + 1)").md", text: $0.element)
            },
            in: target, name: name)
        files = result.files
        notes = result.notes.map { "\($0.position.line): \($0.kind.rawValue): \($0.message)" }
        diagnostics = found.map(\.description)
        // Whatever is written is a valid module with the rest.
        let all =
            module.files + files.map { SpecFile(path: $0.path, displayPath: $0.path, contents: Array($0.text.utf8)) }
        let wrong = SpecChecker.check(all, moduleName: "Library").diagnostics
        guard wrong.isEmpty else { throw InvalidSpecs(wrong) }
    }

    /// The text of a file; nil if none of this path was made.
    subscript(_ path: String) -> String? { files.first { $0.path == path }?.text }

    /// The only spec.
    var spec: JSONValue? { files.count == 1 ? try? JSONValue(reading: Array(files[0].text.utf8)) : nil }

    /// A part of the only spec, as one line of JSON.
    func part(_ keys: String...) -> String? {
        var value = spec
        for key in keys { value = value?.object?[key] }
        return value?.text()
    }
}
