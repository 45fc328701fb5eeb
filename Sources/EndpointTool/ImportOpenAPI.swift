import EndpointCodegen
import EndpointCore
import EndpointImport
import EndpointSpec
import Foundation

extension Tool {
    /// `import openapi`: writes specs made of an OpenAPI document.
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
        // The module that the specs become is mostly called like their folder.
        let name = URL(fileURLWithPath: directory).lastPathComponent
        options.moduleName = SwiftName.isIdentifier(name) ? name : nil
        guard let contents = FileManager.default.contents(atPath: path) else {
            throw Failure(path, "the document cannot be read")
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().resolvingSymlinksInPath()
        let outcome: OpenAPIImport.Outcome
        do throws(InvalidSpecs) {
            outcome = try OpenAPIImport(options).outcome(of: Array(contents), file: path) { name in
                let url = folder.appendingPathComponent(name).resolvingSymlinksInPath()
                // A link may lead out of the folder.
                guard url.path.hasPrefix(folder.path + "/") else { return nil }
                return FileManager.default.contents(atPath: url.path).map { Array($0) }
            }
        } catch {
            throw Failure(error.diagnostics)
        }
        let counts = outcome.counts
        let hasOperations = counts.typed + counts.loose > 0
        let written = hasOperations ? try write(outcome.result.files, to: directory) : []
        let report = ImportReport(notes: outcome.result.notes).text
        if !report.isEmpty { output(report) }
        output(hasOperations ? "\(written.count) files in \(directory)" : "Nothing was written.")
        output(
            "\(counts.typed + counts.loose + counts.refused) operations: \(counts.typed) typed, \(counts.loose) loose, "
                + "\(counts.refused) refused")
        guard counts.refused > 0 else { return }
        var failure = Failure([])
        failure.code = hasOperations ? 6 : 1
        throw failure
    }
}
