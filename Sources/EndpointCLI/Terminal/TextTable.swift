/// A table of text. Columns are aligned by display width.
struct TextTable {
    struct Column {
        var title: String
        var isNumeric = false
        /// Never truncated, for values that people copy, such as IDs.
        var isWhole = false
    }

    /// The width to which a column is truncated before the last columns are left out.
    private static let leastWidth = 12

    var columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: [Column]) {
        self.columns = columns
    }

    init(_ titles: [String]) {
        self.init(titles.map { Column(title: $0) })
    }

    /// Adds a row, with one value for each column. Values are made safe to show.
    mutating func add(_ values: [String]) {
        rows.append(values.map(SafeText.escaped))
    }

    /// The table in a terminal of `width` columns: values are truncated, then the last columns are left out, which a line at
    /// the end says. Nil prints everything in full.
    func text(width: Int?) -> String {
        let natural = naturalWidths
        let count = width.map { fittingColumns(natural, $0) } ?? columns.count
        let widths = fitted(Array(natural.prefix(count)), to: width)
        var text = line(columns.map(\.title), widths)
        for row in rows { text += line(row, widths) }
        let left = columns.count - count
        if left > 0 { text += "… \(left) more \(left == 1 ? "column" : "columns"): --format json shows all\n" }
        return text
    }

    private var naturalWidths: [Int] {
        columns.indices.map { column in
            rows.reduce(DisplayWidth.of(columns[column].title)) { max($0, DisplayWidth.of($1[column])) }
        }
    }

    private func line(_ values: [String], _ widths: [Int]) -> String {
        var text = ""
        for (column, value) in values.prefix(widths.count).enumerated() {
            let shown = TextLayout.truncated(value, to: widths[column])
            text += TextLayout.padded(shown, to: widths[column], right: columns[column].isNumeric)
            if column < widths.count - 1 { text += "  " }
        }
        while text.last == " " { text.removeLast() }
        return text + "\n"
    }

    private func least(_ column: Int, _ natural: Int) -> Int {
        columns[column].isWhole ? natural : min(natural, Self.leastWidth)
    }

    /// The number of columns that fit, each with its least width.
    private func fittingColumns(_ natural: [Int], _ width: Int) -> Int {
        var used = 0
        for column in natural.indices {
            used += least(column, natural[column]) + (column == 0 ? 0 : 2)
            if used > width { return max(1, column) }
        }
        return natural.count
    }

    /// Narrows the widest columns until a line fits.
    private func fitted(_ natural: [Int], to width: Int?) -> [Int] {
        guard let width else { return natural }
        var widths = natural
        var excess = widths.reduce(0, +) + 2 * max(0, widths.count - 1) - width
        while excess > 0 {
            let cuttable = widths.indices.filter { widths[$0] > least($0, natural[$0]) }
            guard let widest = cuttable.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }
}
