import EndpointKit

/// Columns and paragraphs for a terminal, by display width.
enum TextLayout {
    /// The text truncated to a width, with `…` at the end if it was longer.
    static func truncated(_ text: String, to width: Int) -> String {
        guard DisplayWidth.of(text) > width else { return text }
        var result = ""
        var used = 0
        for character in text {
            let next = DisplayWidth.of(character)
            if used + next > max(0, width - 1) { break }
            result.append(character)
            used += next
        }
        return width > 0 ? result + "…" : ""
    }

    static func padded(_ text: String, to width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
        return right ? space + text : text + space
    }

    /// The text as lines of at most `width` columns, broken at spaces and between wide characters. A longer word is not broken.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        for paragraph in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            var line = ""
            var used = 0
            for piece in pieces(of: Substring(paragraph)) {
                let needed = DisplayWidth.of(piece)
                let isSpace = piece == " "
                if used + needed > width, !line.isEmpty {
                    lines.append(trimmed(line))
                    (line, used) = ("", 0)
                }
                if isSpace, line.isEmpty { continue }
                line += piece
                used += needed
            }
            lines.append(trimmed(line))
        }
        return lines
    }

    /// Two columns: names, and descriptions that are wrapped. Both are made safe to show.
    static func rows(_ rows: [(String, String)], width: Int, indent: Int = 2, maxLeft: Int = 30) -> String {
        let rows = rows.map { (SafeText.escaped($0.0), SafeText.escaped($0.1)) }
        let left = rows.map { DisplayWidth.of($0.0) }.filter { $0 <= maxLeft }.max() ?? maxLeft
        let margin = String(repeating: " ", count: indent)
        let gap = String(repeating: " ", count: indent + left + 2)
        var text = ""
        for (name, description) in rows {
            var lines = wrapped(description, to: max(20, width - indent - left - 2))
            if DisplayWidth.of(name) <= left {
                let first = lines.isEmpty ? "" : lines.removeFirst()
                text += trimmed(margin + padded(name, to: left + 2) + first) + "\n"
            } else {
                text += margin + name + "\n"
            }
            for line in lines where !line.isEmpty { text += gap + line + "\n" }
        }
        return text
    }

    private static let opening = "([（「『【《"
    private static let closing = ")],.;:!?）」』】》，。；：！？、"

    /// Words, single spaces, and single wide characters. A wide character stays together with an opening bracket before it
    /// and closing punctuation after it.
    private static func pieces(of text: Substring) -> [Substring] {
        var pieces: [Substring] = []
        for word in text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false) {
            if word.startIndex > text.startIndex { pieces.append(" ") }
            if word.contains(where: { $0 >= 0x80 }) {
                appendPieces(of: Substring(word), to: &pieces)
            } else if !word.isEmpty {
                pieces.append(Substring(word))
            }
        }
        return pieces
    }

    /// The pieces of a word that has characters beyond ASCII.
    private static func appendPieces(of text: Substring, to pieces: inout [Substring]) {
        let first = pieces.count
        // Where the piece begins that is not complete yet.
        var start = text.startIndex
        func endPiece(at end: Substring.Index) {
            if start < end { pieces.append(text[start..<end]) }
            start = end
        }
        for index in text.indices {
            let character = text[index]
            let next = text.index(after: index)
            let isClosing = closing.contains(character)
            if isClosing, start == index, pieces.count > first {
                pieces[pieces.count - 1] = text[pieces[pieces.count - 1].startIndex..<next]
                start = next
            } else if DisplayWidth.of(character) == 2 {
                let isOpening = opening.contains(character)
                let isOpened = start < index && opening.contains(text[text.index(before: index)])
                if isOpening || !isClosing && !isOpened { endPiece(at: index) }
                if !isOpening { endPiece(at: next) }
            }
        }
        endPiece(at: text.endIndex)
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.utf8.last == 0x20 { line.removeLast() }
        return line
    }
}
