import EndpointCodegen
import EndpointImport

extension Tool {
    /// `export openapi`: writes the specs of a folder as one document for others.
    func export(_ words: [String]) throws {
        guard words.first == "openapi" else {
            let given = words.first.map { "unknown format \"\($0)\"" } ?? "a format is missing"
            throw Arguments.Misuse(message: "\(given); known: openapi")
        }
        let arguments = try Arguments(Array(words.dropFirst()), options: ["output", "base", "exclude", "api-version"])
        let path = try arguments.path("folder with specs")
        let version = try arguments.value("api-version") ?? "1.0.0"
        let module = try CheckedModule(arguments.folder(path), bases: arguments.bases)
        let text = OpenAPIExport.text(module.model, version: version)
        guard let file = try arguments.value("output") else {
            output(String(text.dropLast()))
            return
        }
        try write(text, to: file)
    }
}
