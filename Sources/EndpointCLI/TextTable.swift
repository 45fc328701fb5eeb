/// A table of text whose columns line up whatever script their values are in.
struct TextTable {
    struct Column {
        var title: String
        var isNumeric = false
    }

    var columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: [Column]) {
        self.columns = columns
    }

    init(_ titles: [String]) {
        self.init(titles.map { Column(title: $0) })
    }

    /// Values are made safe to show; there must be one for each column.
    mutating func add(_ values: [String]) {
        rows.append(values.map(SafeText.escaped))
    }

    /// - Parameter width: Columns of the terminal; nil prints everything whole.
    func text(width: Int?) -> String {
        let widths = fitted(naturalWidths, to: width)
        var text = line(columns.map(\.title), widths)
        for row in rows { text += line(row, widths) }
        return text
    }

    private var naturalWidths: [Int] {
        columns.indices.map { column in
            rows.reduce(DisplayWidth.of(columns[column].title)) { max($0, DisplayWidth.of($1[column])) }
        }
    }

    private func line(_ values: [String], _ widths: [Int]) -> String {
        var text = ""
        for (column, value) in values.enumerated() {
            let shown = TextLayout.truncated(value, to: widths[column])
            text += TextLayout.padded(shown, to: widths[column], right: columns[column].isNumeric)
            if column < values.count - 1 { text += "  " }
        }
        while text.last == " " { text.removeLast() }
        return text + "\n"
    }

    /// The widest columns give up room first, until the line fits.
    private func fitted(_ natural: [Int], to width: Int?) -> [Int] {
        guard let width else { return natural }
        var widths = natural
        var excess = widths.reduce(0, +) + 2 * max(0, widths.count - 1) - width
        while excess > 0, let widest = widths.max(), widest > 6 {
            let next = max(6, widths.filter { $0 < widest }.max() ?? 6)
            let wide = widths.indices.filter { widths[$0] == widest }
            let cut = min(widest - next, max(1, excess / wide.count))
            for index in wide where excess > 0 {
                widths[index] -= min(cut, excess)
                excess -= min(cut, excess)
            }
        }
        return widths
    }
}
