/// A table of text whose columns line up whatever script their values are in.
struct TextTable {
    struct Column {
        var title: String
        var isNumeric = false
        /// Never cut: what one types to go on.
        var isWhole = false
    }

    /// What a column keeps before the last columns are left out.
    private static let enough = 12

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

    /// Without enough room values are cut, and if that is not enough the last columns are left out; a line says so.
    ///
    /// - Parameter width: Columns of the terminal; nil prints everything whole.
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
        columns[column].isWhole ? natural : min(natural, Self.enough)
    }

    /// How many columns fit, each with what it needs at least.
    private func fittingColumns(_ natural: [Int], _ width: Int) -> Int {
        var used = 0
        for column in natural.indices {
            used += least(column, natural[column]) + (column == 0 ? 0 : 2)
            if used > width { return max(1, column) }
        }
        return natural.count
    }

    /// The widest columns give up room first, until the line fits.
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
