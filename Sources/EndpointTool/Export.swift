import EndpointCodegen
import EndpointImport
import Foundation

extension Tool {
    /// `export openapi`: writes the specs of a folder as one document for others.
    func export(_ words: [String]) throws {
        guard words.first == "openapi" else {
            let given = words.first.map { "unknown format \"\($0)\"" } ?? "a format is missing"
            throw Arguments.Misuse(message: "\(given); known: openapi")
        }
        let arguments = try Arguments(Array(words.dropFirst()), options: ["output", "base", "api-version"])
        let path = try arguments.path("folder with specs")
        let version = try arguments.value("api-version") ?? "1.0.0"
        let bases = try (arguments.values["base"] ?? []).map { path throws(Failure) in try SpecFolder(path) }
        let text = OpenAPIExport.text(try CheckedModule(SpecFolder(path), bases: bases).model, version: version)
        guard let file = try arguments.value("output") else {
            output(String(text.dropLast()))
            return
        }
        try write(text, to: file)
    }

    /// Writes a file that is made anew each time, unless it has the text already.
    private func write(_ text: String, to file: String) throws(Failure) {
        let url = URL(fileURLWithPath: file)
        let data = Data(text.utf8)
        if (try? Data(contentsOf: url)) == data { return }
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try data.write(to: url, options: .atomic)
        } catch {
            throw Failure.unwritten(file, error.localizedDescription)
        }
    }
}
