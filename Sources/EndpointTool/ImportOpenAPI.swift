import EndpointCodegen
import EndpointCore
import EndpointImport
import EndpointSpec
import Foundation

extension Tool {
    /// `import openapi`: writes specs made of an OpenAPI document, or of each document in a folder.
    func importOpenAPI(_ words: [String]) throws {
        let arguments = try Arguments(words, options: ["output", "operations", "group-by"], flags: ["loose"])
        let path = try arguments.path("document")
        let directory = try arguments.required("output")
        var options = OpenAPIImport.Options()
        options.operations = try arguments.value("operations")
        options.isLoose = arguments.flags.contains("loose")
        if let grouping = try arguments.value("group-by") {
            guard let known = OpenAPIImport.Options.Grouping(rawValue: grouping) else {
                let names = OpenAPIImport.Options.Grouping.allCases.map(\.rawValue).joined(separator: ", ")
                throw Arguments.Misuse(message: "unknown grouping \"\(grouping)\"; known: \(names)")
            }
            options.grouping = known
        }
        let imports = try OpenAPIDocument.all(at: path, output: directory).map { document throws(Failure) in
            (document, try document.outcome(options))
        }
        // A document without an operation that can be said is no module.
        let files = imports.flatMap { document, outcome in
            outcome.counts.typed + outcome.counts.loose > 0
                ? outcome.result.files.map { ImportedFile(path: document.folder + $0.path, text: $0.text) } : []
        }
        _ = files.isEmpty ? [] : try write(files, to: directory)
        for (document, outcome) in imports { report(outcome, of: document, in: directory) }
        guard imports.contains(where: { $0.1.counts.refused > 0 }) else { return }
        var failure = Failure([])
        failure.code = files.isEmpty ? 1 : 6
        throw failure
    }

    private func report(_ outcome: OpenAPIImport.Outcome, of document: OpenAPIDocument, in directory: String) {
        let counts = outcome.counts
        let report = ImportReport(notes: outcome.result.notes).text
        if !document.folder.isEmpty { output("\(document.path):") }
        if !report.isEmpty { output(report) }
        let folder = document.folder.isEmpty ? directory : "\(directory)/\(document.folder.dropLast())"
        let hasOperations = counts.typed + counts.loose > 0
        output(hasOperations ? "\(outcome.result.files.count) files in \(folder)" : "Nothing was written.")
        output(
            "\(counts.typed + counts.loose + counts.refused) operations: \(counts.typed) typed, \(counts.loose) loose, "
                + "\(counts.refused) refused")
    }
}

/// An OpenAPI document on the disk.
private struct OpenAPIDocument {
    let path: String
    let contents: [UInt8]
    /// What its specs' paths begin with: nothing, or the name of its module and a slash.
    let folder: String
    /// The name of the module that the specs become, which is mostly that of their folder.
    let moduleName: String?

    /// The document of a file, or those of a folder, each of which becomes a module of its own.
    static func all(at path: String, output: String) throws(Failure) -> [OpenAPIDocument] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            let name = URL(fileURLWithPath: output).lastPathComponent
            return [
                OpenAPIDocument(
                    path: path, contents: try contents(path), folder: "",
                    moduleName: SwiftName.isIdentifier(name) ? name : nil)
            ]
        }
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter {
            $0.hasSuffix(".json")
        }
        var documents: [OpenAPIDocument] = []
        for name in names.sorted() {
            let file = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
            let contents = try contents(file)
            guard isDocument(contents) else { continue }
            let module = SwiftName.upperCamel(String(name.dropLast(5)))
            if let other = documents.first(where: { $0.moduleName == module }) {
                throw Failure(
                    file, "the module would be called \(module), as that of \(other.path); rename one of them")
            }
            documents.append(
                OpenAPIDocument(path: file, contents: contents, folder: module + "/", moduleName: module))
        }
        guard !documents.isEmpty else {
            throw Failure(path, "there is no OpenAPI document in this folder; documents are files that end in .json")
        }
        return documents
    }

    /// Whether a file of a folder is a document, and not a part that one refers to. What is not JSON is reported as one.
    private static func isDocument(_ contents: [UInt8]) -> Bool {
        guard let root = try? JSONValue(reading: contents) else { return true }
        return root.object.map { $0["openapi"] != nil || $0["swagger"] != nil } ?? false
    }

    private static func contents(_ path: String) throws(Failure) -> [UInt8] {
        guard let contents = FileManager.default.contents(atPath: path) else {
            throw Failure(path, "the document cannot be read")
        }
        return Array(contents)
    }

    func outcome(_ options: OpenAPIImport.Options) throws(Failure) -> OpenAPIImport.Outcome {
        var options = options
        options.moduleName = moduleName
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().resolvingSymlinksInPath()
        do throws(InvalidSpecs) {
            return try OpenAPIImport(options).outcome(of: contents, file: path) { name in
                let url = folder.appendingPathComponent(name).resolvingSymlinksInPath()
                // A link may lead out of the folder.
                guard url.path.hasPrefix(folder.path + "/") else { return nil }
                return FileManager.default.contents(atPath: url.path).map { Array($0) }
            }
        } catch {
            throw Failure(error.diagnostics)
        }
    }
}
