import EndpointCore

/// The notes of an import as text for a terminal of 80 columns.
package struct ImportReport {
    private let notes: [ImportNote]
    private static let width = 80

    /// Creates a report of these notes.
    package init(notes: [ImportNote]) {
        self.notes = notes
    }

    private static let titles: [(kind: ImportNote.Kind, title: String)] = [
        (.note, "Notes"), (.proposed, "Proposed, since the document has this shape"), (.loose, "Written as any value"),
        (.refused, "Refused"),
    ]

    /// The report: by kind, and each message once with the places that it is about.
    package var text: String {
        var sections: [String] = []
        for (kind, title) in Self.titles {
            let own = notes.filter { $0.kind == kind }
            if own.isEmpty { continue }
            var messages: [String] = []
            var places: [String: [String]] = [:]
            for note in own {
                if places[note.message] == nil { messages.append(note.message) }
                let position = "\(note.position.file):\(note.position.line):\(note.position.column)"
                places[note.message, default: []].append(
                    [position, note.operation].compactMap(\.self).joined(separator: "  "))
            }
            var lines = [title]
            for message in messages {
                lines += Self.wrapped(SafeText.escaped(message), indent: 2)
                lines += (places[message] ?? []).map { "    " + SafeText.escaped($0) }
            }
            sections.append(lines.joined(separator: "\n"))
        }
        return sections.map { $0 + "\n" }.joined(separator: "\n")
    }

    /// The words on lines that fit; a word longer than a line has its own.
    private static func wrapped(_ text: String, indent: Int) -> [String] {
        var lines: [String] = []
        let margin = String(repeating: " ", count: indent)
        var line = margin
        for word in text.split(separator: " ") {
            if line.count > indent, line.count + 1 + word.count > width {
                lines.append(line)
                line = margin
            }
            line += (line.count > indent ? " " : "") + word
        }
        return line.count > indent ? lines + [line] : lines
    }
}
