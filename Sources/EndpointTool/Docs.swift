import EndpointCodegen
import EndpointSpec

extension Tool {
    /// Prints the tables of a module's endpoints, or writes them to a file if they changed.
    func docs(_ words: [String]) throws {
        if words.first == "reference" { return try reference(Array(words.dropFirst())) }
        let arguments = try Arguments(words, options: ["output", "program", "base", "exclude"])
        let path = try arguments.path("folder with specs")
        let bases = try arguments.bases
        let model = try CheckedModule(arguments.folder(path), bases: bases).model
        let text = EndpointTables(
            model, program: try arguments.value("program"),
            source: (["endpoint-tool", "docs"] + words).joined(separator: " ")
        ).text
        guard let file = try arguments.value("output") else {
            output(String(text.dropLast()))
            return
        }
        try write(text, to: file)
    }
}
