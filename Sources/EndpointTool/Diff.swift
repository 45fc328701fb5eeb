import EndpointCodegen
import EndpointImport

extension Tool {
    /// `diff`: what changed between two folders of specs, for those who call them.
    func diff(_ words: [String]) throws {
        let arguments = try Arguments(words, options: ["format", "base", "exclude"])
        let format = try arguments.value("format") ?? "text"
        guard ["text", "json"].contains(format) else {
            throw Arguments.Misuse(message: "unknown format \"\(format)\"; known: text, json")
        }
        guard arguments.paths.count == 2 else {
            throw Arguments.Misuse(message: "two folders with specs, OLD and NEW, not \(arguments.paths.count)")
        }
        let bases = try arguments.bases
        let old = try CheckedModule(arguments.folder(arguments.paths[0]), bases: bases)
        let new = try CheckedModule(arguments.folder(arguments.paths[1]), bases: bases)
        let changes = ModuleDiff.changes(
            from: old.model, to: new.model, SourceKeys(old.folder.files), SourceKeys(new.folder.files))
        if format == "json" { output(changes.json) } else { changes.lines.forEach(output) }
        // The changes are the output; there is nothing more to say of them.
        if changes.verdict == .major { throw Failure([]) }
    }
}
