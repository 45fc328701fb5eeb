/// Reads a page in Markdown into its parts.
struct PageReader {
    private let lines: [Substring]
    private var index = 0
    private var blocks: [PageBlock] = []

    /// The parts of a page, in order.
    static func blocks(of text: String) -> [PageBlock] {
        var reader = PageReader(text)
        reader.read()
        return reader.blocks
    }

    private init(_ text: String) {
        lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
    }

    private mutating func read() {
        while index < lines.count {
            let line = lines[index]
            let start = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
            if start.hasPrefix("```") || start.hasPrefix("~~~") {
                readFence(start)
            } else if start.lowercased().contains("<table") {
                readHTMLTable()
            } else if isTableRow(start), start.hasPrefix("|") || isDelimiter(index + 1) {
                readTable()
            } else {
                readText(line)
                index += 1
            }
        }
    }

    // MARK: Fenced blocks

    private mutating func readFence(_ opening: Substring) {
        let mark = opening.first ?? "`"
        let fence = opening.prefix { $0 == mark }
        let language = PageInline.folded(opening.dropFirst(fence.count)).prefix { $0 != " " && $0 != "{" }
        index += 1
        let first = index
        var text: [Substring] = []
        while index < lines.count {
            let line = lines[index]
            let bare = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
            if bare.hasPrefix(fence), bare.allSatisfy({ $0 == mark || $0 == " " || $0 == "\t" }) {
                index += 1
                break
            }
            text.append(line)
            index += 1
        }
        blocks.append(
            .code(PageCode(language: String(language), text: text.joined(separator: "\n"), line: first + 1)))
    }

    // MARK: Tables

    private func isTableRow(_ line: Substring) -> Bool { line.contains("|") }

    private func isDelimiter(_ index: Int) -> Bool {
        guard index < lines.count else { return false }
        let line = lines[index].filter { !$0.isWhitespace && $0 != ">" }
        return line.contains("-") && line.contains("|") && line.allSatisfy { "|:-".contains($0) }
    }

    private mutating func readTable() {
        let first = index
        var rows: [[PageCell]] = []
        while index < lines.count {
            let line = lines[index].drop { $0 == " " || $0 == "\t" || $0 == ">" }
            if isDelimiter(index), index <= first + 1 {
                index += 1
                continue
            }
            if isTableRow(line) {
                rows.append(cells(line, offset: lines[index].count - line.count))
            } else if !PageInline.trimmed(line).isEmpty, !line.hasPrefix("#"), let last = rows.last?.last,
                !PageInline.trimmed(lines[index - 1]).hasSuffix("|")
            {
                // A cell goes on in the next line of the file.
                rows[rows.count - 1][rows[rows.count - 1].count - 1].text =
                    last.text + "\n" + PageInline.text(String(line))
            } else {
                break
            }
            index += 1
        }
        blocks.append(.table(PageTable(rows: rows, line: first + 1)))
    }

    private func cells(_ line: Substring, offset: Int) -> [PageCell] {
        var parts: [(text: String, column: Int)] = [("", offset + 1)]
        var isEscaped = false
        var column = offset
        for character in line {
            column += character.utf8.count
            if character == "|", !isEscaped {
                parts.append(("", column + 1))
            } else {
                parts[parts.count - 1].text.append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        if parts.first.map({ PageInline.trimmed($0.text).isEmpty }) == true { parts.removeFirst() }
        if parts.count > 1, parts.last.map({ PageInline.trimmed($0.text).isEmpty }) == true { parts.removeLast() }
        return parts.map { part in
            let spaces = part.text.prefix { $0 == " " }.count
            return PageCell(text: PageInline.text(part.text), line: index + 1, column: part.column + spaces)
        }
    }

    private mutating func readHTMLTable() {
        let first = index
        var text = ""
        var depth = 0
        while index < lines.count {
            let line = lines[index].lowercased()
            depth += line.ranges(of: "<table").count - line.ranges(of: "</table").count
            text += lines[index] + "\n"
            index += 1
            if depth <= 0 { break }
        }
        if let table = HTMLTable.table(in: text, line: first + 1) { blocks.append(.table(table)) }
    }

    // MARK: Text

    private mutating func readText(_ line: Substring) {
        let indent = line.prefix { $0 == " " || $0 == "\t" }.reduce(0) { $0 + ($1 == "\t" ? 4 : 1) }
        var rest = line.drop { $0 == " " || $0 == "\t" }
        while rest.first == ">" { rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" } }
        guard !PageInline.trimmed(rest).isEmpty else { return }
        let level = rest.prefix { $0 == "#" }.count
        if level > 0, level <= 6, rest.dropFirst(level).first.map({ $0 == " " || $0 == "\t" || !$0.isASCII }) ?? false {
            append(String(rest.dropFirst(level)).replacing(/#+\s*$/, with: ""), level: level)
            return
        }
        if rest.hasPrefix("<h"),
            let heading = String(rest).firstMatch(of: /^<h([1-6])[^>]*>(.*)<\/h[1-6]>\s*$/.ignoresCase())
        {
            append(String(heading.output.2), level: Int(heading.output.1) ?? 1)
            return
        }
        // The line below makes a heading of this one.
        if index + 1 < lines.count, !blocks.isEmpty || index == 0 {
            let next = PageInline.trimmed(lines[index + 1])
            if next.count >= 3, next.allSatisfy({ $0 == "=" }) || (index == 0 && next.allSatisfy { $0 == "-" }) {
                append(String(rest), level: 1)
                return
            }
        }
        if rest.allSatisfy({ "=-_* ".contains($0) }) { return }
        var isItem = false
        if let item = rest.firstMatch(of: /^([-+*•●]|[0-9]{1,3}[.)])\s+/) {
            isItem = true
            rest = rest[item.range.upperBound...]
        }
        append(String(rest), indent: isItem ? indent : nil)
    }

    private mutating func append(_ raw: String, level: Int = 0, indent: Int? = nil) {
        let text = PageInline.text(raw)
        guard !text.isEmpty else { return }
        let bare = PageInline.trimmed(raw.replacing(/<\/?(font|span|b|strong|u)\b[^>]*>/, with: ""))
        let isBold =
            (bare.hasPrefix("**") || bare.hasPrefix("__")) && (bare.hasSuffix("**") || bare.hasSuffix("__"))
            || raw.contains("<") && raw.firstMatch(of: /^\s*<(b|strong)>.*<\/(b|strong)>\s*$/) != nil
            || bare.hasPrefix("**") && bare.firstMatch(of: /^\*\*[^*]+\*\*\s*[:：]?$/) != nil
        let page = PageText(
            text: PageInline.trimmed(text), raw: raw, line: index + 1, level: level, isBold: isBold, indent: indent)
        blocks.append(level > 0 ? .heading(page) : .text(page))
    }
}
