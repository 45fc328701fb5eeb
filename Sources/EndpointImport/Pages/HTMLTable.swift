/// Reads a table that is written in HTML. Merged cells are written out: the cells that a merged one covers are marked.
enum HTMLTable {
    /// The first table in the text, which begins at a line of the page.
    static func table(in text: String, line: Int) -> PageTable? {
        var rows: [[PageCell]] = []
        /// By column: how many rows below are covered by a merged cell.
        var covered: [Int: Int] = [:]
        var current = line
        for row in elements("tr", in: text) {
            var cells: [PageCell] = []
            func skipCovered() {
                while let left = covered[cells.count], left > 0 {
                    covered[cells.count] = left - 1
                    cells.append(PageCell(text: "", line: current, isMerged: true))
                }
            }
            current = line + text[..<row.start].count { $0 == "\n" }
            for cell in elements("t[dh]", in: row.text) {
                skipCovered()
                let content = PageInline.text(cell.text.replacing("\n", with: " "))
                let (width, height) = (span("colspan", in: cell.attributes), span("rowspan", in: cell.attributes))
                for column in 0..<width {
                    if height > 1 { covered[cells.count] = height - 1 }
                    cells.append(PageCell(text: column == 0 ? content : "", line: current, isMerged: column > 0))
                }
            }
            skipCovered()
            if !cells.isEmpty { rows.append(cells) }
        }
        return rows.isEmpty ? nil : PageTable(rows: rows, line: line)
    }

    private struct Element {
        var attributes: String
        var text: String
        var start: String.Index
    }

    /// The elements of a name, from their tags to the next such tag or the end of the element.
    private static func elements(_ name: String, in text: String) -> [Element] {
        guard let opening = try? Regex("<\(name)(\\s[^>]*)?>").ignoresCase(),
            let closing = try? Regex("</\(name)\\s*>").ignoresCase()
        else { return [] }
        let starts = text.matches(of: opening)
        return starts.enumerated().map { index, start in
            let limit = index + 1 < starts.count ? starts[index + 1].range.lowerBound : text.endIndex
            let content = text[start.range.upperBound..<limit]
            let end = content.firstMatch(of: closing)?.range.lowerBound ?? content.endIndex
            return Element(
                attributes: String(text[start.range]), text: String(content[..<end]), start: start.range.lowerBound)
        }
    }

    private static func span(_ name: String, in attributes: String) -> Int {
        guard let pattern = try? Regex("\(name)\\s*=\\s*[\"']?(\\d+)").ignoresCase(),
            let match = attributes.firstMatch(of: pattern), let digits = match.output[1].substring
        else { return 1 }
        return max(1, min(Int(digits) ?? 1, 100))
    }
}
