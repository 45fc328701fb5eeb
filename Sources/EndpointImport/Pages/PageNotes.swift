import EndpointCore

/// Collects the notes about one call. A class, for the parts of a description are read by several values.
final class PageNotes {
    let file: String
    let operation: String
    private(set) var notes: [ImportNote] = []

    init(file: String, operation: String) {
        (self.file, self.operation) = (file, operation)
    }

    /// Adds a note about a line, once.
    func add(_ kind: ImportNote.Kind, line: Int, column: Int = 1, _ message: String) {
        let note = ImportNote(
            kind, SourcePosition(file: file, line: line, column: column), operation: operation, message)
        if !notes.contains(note) { notes.append(note) }
    }

    /// The notes by line.
    var sorted: [ImportNote] {
        notes.enumerated().sorted { ($0.element.position.line, $0.offset) < ($1.element.position.line, $1.offset) }.map(
            \.element)
    }
}
