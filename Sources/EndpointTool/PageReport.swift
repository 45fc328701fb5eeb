import EndpointCore
import EndpointImport

/// What an import of pages says, in lines of at most 80 columns.
struct PageReport {
    /// The lines.
    private(set) var lines: [String] = []
    private static let width = 80

    /// Writes the report.
    ///
    /// - Parameters:
    ///   - notes: What was noted, in the order of the pages.
    ///   - files: The files that were written, as messages show them.
    init(_ notes: [ImportNote], files: [String]) {
        lines = files
        var last = ""
        for note in notes {
            let heading = "\(note.position.file)" + (note.operation.map { ": \($0)" } ?? "")
            if heading != last {
                lines.append("")
                append(heading, first: "", rest: "    ")
                last = heading
            }
            append("\(note.position.line): \(note.kind.rawValue): \(note.message)", first: "  ", rest: "      ")
        }
    }

    /// Adds a text, broken at spaces, or between Chinese characters.
    private mutating func append(_ text: String, first: String, rest: String) {
        var line = first
        var width = first.count
        var isStart = true
        func close(_ lines: inout [String]) {
            while line.last == " " { line.removeLast() }
            lines.append(line)
            (line, width, isStart) = (rest, rest.count, true)
        }
        for piece in Self.pieces(SafeText.escaped(text)) {
            let size = piece.reduce(0) { $0 + Self.columns($1) }
            let bare = piece.last == " " ? size - 1 : size
            if !isStart, width + bare > Self.width { close(&lines) }
            line += piece
            width += size
            isStart = false
        }
        close(&lines)
    }

    /// The parts that a line may be broken between.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        for character in text {
            piece.append(character)
            if character == " " || columns(character) == 2 {
                pieces.append(piece)
                piece = ""
            }
        }
        if !piece.isEmpty { pieces.append(piece) }
        return pieces
    }

    /// How many columns of a terminal a character takes.
    private static func columns(_ character: Character) -> Int {
        guard let value = character.unicodeScalars.first?.value else { return 0 }
        switch value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
