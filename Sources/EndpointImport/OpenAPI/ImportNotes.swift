import EndpointCore

/// Collects the notes of an import. One object for all of its parts.
final class ImportNotes {
    private(set) var notes: [ImportNote] = []
    private var known: Set<ImportNote> = []
    /// What is said once with a number, by its text.
    private var counted: [(message: String, count: Int, position: SourcePosition)] = []

    /// Adds a note unless it is there.
    func add(_ kind: ImportNote.Kind, _ position: SourcePosition, operation: String? = nil, _ message: String) {
        let note = ImportNote(kind, position, operation: operation, message)
        if known.insert(note).inserted { notes.append(note) }
    }

    /// Counts something that many places have; said once, at the first of them.
    func count(_ message: String, _ position: SourcePosition) {
        if let index = counted.firstIndex(where: { $0.message == message }) {
            counted[index].count += 1
        } else {
            counted.append((message, 1, position))
        }
    }

    /// Everything, sorted by position.
    var all: [ImportNote] {
        let sums = counted.map { item in
            ImportNote(
                .note, item.position,
                item.message + (item.count > 1 ? " (\(item.count) places, of which this is the first)" : ""))
        }
        return (notes + sums).enumerated().sorted {
            ($0.element.position, $0.offset) < ($1.element.position, $1.offset)
        }.map(\.element)
    }
}
