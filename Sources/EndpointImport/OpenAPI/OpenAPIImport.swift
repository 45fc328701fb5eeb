import EndpointCore
import EndpointSpec

/// Makes specs of an OpenAPI document.
package struct OpenAPIImport {
    /// What is imported, and how.
    package struct Options: Sendable {
        /// What folders are made of.
        package enum Grouping: String, Sendable, CaseIterable { case tag, path }

        /// Only operations whose `operationId`, or method and path, match this pattern with `*` and `?`; all where it is nil.
        package var operations: String?
        /// What folders are made of.
        package var grouping = Grouping.tag
        /// Whether what the spec language cannot say is written as `any`.
        package var isLoose = false
        /// The name of the module that the specs become, which no type may have.
        package var moduleName: String?

        /// Creates options: everything, by tag, nothing loose.
        package init() {}
    }

    /// How many operations became what.
    package struct Counts: Sendable, Hashable {
        /// Those whose every part is said.
        package var typed: Int
        /// Those with a part that is written as any value.
        package var loose: Int
        /// Those that are left out.
        package var refused: Int

        /// Creates counts.
        package init(typed: Int, loose: Int, refused: Int) {
            (self.typed, self.loose, self.refused) = (typed, loose, refused)
        }
    }

    /// What came of an import.
    package struct Outcome: Sendable {
        /// The files and the notes.
        package var result: ImportResult
        /// How many operations became what.
        package var counts: Counts
        /// By operation: its `operationId`, or method and path, and its group and name.
        package var names: [(original: String, name: String)]
    }

    /// What is imported, and how.
    package var options: Options

    /// Creates an import.
    package init(_ options: Options = Options()) {
        self.options = options
    }

    /// Imports a document.
    ///
    /// - Parameters:
    ///   - contents: The document's bytes.
    ///   - file: What messages call it.
    ///   - read: Reads another file of the document's folder by its path in that folder; nil where there is none.
    /// - Returns: The files and the notes.
    /// - Throws: What is wrong with the document as a whole.
    package func outcome(
        of contents: [UInt8], file: String, read: @escaping (String) -> [UInt8]? = { _ in nil }
    ) throws(InvalidSpecs) -> Outcome {
        let root = try Self.document(contents, file)
        if options.operations == nil, let own = OwnDocument(root) { return try outcome(of: own) }
        let notes = ImportNotes()
        let store = DocumentStore(root: root, file: file, read: read)
        let schemas = SchemaReader(store, notes)
        let reader = OperationReader(store: store, schemas: schemas, notes: notes)
        let pattern = options.operations.map { Glob($0) }
        var operations = reader.operations { title, identifier in
            guard let pattern else { return true }
            return pattern.matches(title) || identifier.map { pattern.matches($0) } ?? false
        }
        guard !operations.isEmpty else {
            let what =
                options.operations.map {
                    "no operation matches \"\($0)\"; name an operationId or \"GET /path\", with * for any text"
                }
                ?? "the document has no operation"
            throw InvalidSpecs([Diagnostic(root["paths"]?.position ?? root.position, what)])
        }
        let module = ModuleAssembly(options: options, store: store, schemas: schemas, notes: notes)
        return module.outcome(of: &operations)
    }

    /// An export is read as the specs that it was made of.
    private func outcome(of document: OwnDocument) throws(InvalidSpecs) -> Outcome {
        let files = document.files
        let sources = files.map { SpecFile(path: $0.path, displayPath: $0.path, contents: Array($0.text.utf8)) }
        let found = SpecChecker.check(sources, moduleName: options.moduleName ?? "").diagnostics
        guard found.isEmpty else { throw InvalidSpecs(found) }
        let names = document.names
        return Outcome(
            result: ImportResult(files: files), counts: Counts(typed: names.count, loose: 0, refused: 0), names: names)
    }

    // MARK: The document

    private static func document(_ contents: [UInt8], _ file: String) throws(InvalidSpecs) -> JSONNode {
        let first = contents.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        if first != UInt8(ascii: "{"), first != UInt8(ascii: "[") {
            throw InvalidSpecs([
                Diagnostic(
                    SourcePosition(file: file),
                    "the document is not JSON; convert YAML first: python3 -c 'import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout, default=str, indent=1)' < \(file) > document.json"
                )
            ])
        }
        let reading = SpecReader.read(contents, file: file, limits: DocumentStore.limits)
        guard let root = reading.node else { throw InvalidSpecs(reading.diagnostics) }
        if let version = root["swagger"] {
            throw InvalidSpecs([
                Diagnostic(
                    version.position,
                    "this is Swagger \(version.json.plainText), and OpenAPI 3.0 and 3.1 are read; convert it first, such as with swagger2openapi"
                )
            ])
        }
        guard let version = root["openapi"]?.string, version.hasPrefix("3.") else {
            throw InvalidSpecs([
                Diagnostic(
                    root["openapi"]?.position ?? root.position,
                    "this is not an OpenAPI 3 document: it has no \"openapi\": \"3.…\"")
            ])
        }
        return root
    }
}
