import EndpointCore

/// Reads the rows of a table as fields, with those inside others.
struct PageFieldTable {
    private let table: PageTable
    private var columns: [PageColumn?] = []
    private var rows: ArraySlice<[PageCell]> = []
    /// Whether names may be paths: those of header fields are not.
    private let admitsPaths: Bool
    private var tree = PageFieldTree()
    /// Rows that describe no field, with what they say.
    private(set) var skipped: [PageCell] = []
    /// Whether the table's first row names its columns.
    private(set) var hasHeader = false
    /// Whether it is a table of fields, and not of errors or of something else.
    private(set) var describesFields = true

    /// The fields, in the order of the rows.
    var fields: [PageField] { tree.fields }

    /// Reads a table.
    init(_ table: PageTable, admitsPaths: Bool = true) {
        self.table = table
        self.admitsPaths = admitsPaths
        rows = table.rows.filter { row in row.contains { !$0.text.isEmpty } }[...]
        let count = rows.count
        readColumns()
        describesFields =
            describesFields
            && (hasHeader || columns.contains(.type) || columns.contains(.required) || columns.count == 2)
        guard describesFields else { return }
        for row in rows { read(row) }
        // Most rows of a table of fields begin with a name.
        if skipped.count * 2 > count,
            skipped.contains(where: { !PageWords.nothing.contains(PageInline.folded($0.text)) })
        {
            describesFields = false
            tree = PageFieldTree()
            skipped = []
        }
    }

    // MARK: Columns

    /// What a cell of the first row says of its column.
    static func column(_ text: String) -> PageColumn? {
        let word = PageInline.folded(text).filter { $0 != "*" }
        return PageWords.columns.first { $0.words.contains(word) }?.column
    }

    private mutating func readColumns() {
        guard let first = rows.first else { return }
        var named = first.map { $0.text.isEmpty ? nil : Self.column($0.text) }
        let known = named.compactMap(\.self)
        if let head = first.first, PageWords.errorColumns.contains(PageInline.folded(head.text)),
            !named.contains(.type), !named.contains(.name)
        {
            describesFields = false
        }
        if known.count >= 2 || (known.count == 1 && first.count <= 2 && known[0] == .name) {
            hasHeader = true
            // Two columns may be called alike: 参数 | 参数说明 are not, but 名称 | 名称.
            var seen: Set<PageColumn> = []
            for index in named.indices {
                if let column = named[index], !seen.insert(column).inserted, column != .text { named[index] = nil }
            }
            if !seen.contains(.name), let free = named.indices.first(where: { named[$0] == nil }) {
                named[free] = .name
            }
            if !seen.contains(.name), named.first == .text, !named.contains(.name) { named[0] = .name }
            // Columns without a name after that of the names are for the fields inside.
            if let name = named.firstIndex(of: .name) {
                var index = name + 1
                while index < named.count, first[index].text.isEmpty {
                    named[index] = .name
                    index += 1
                }
            }
            columns = named
            rows = rows.dropFirst()
        } else {
            guessColumns()
        }
    }

    /// Columns by what is in them, where no row names them.
    private mutating func guessColumns() {
        let width = rows.map(\.count).max() ?? 0
        columns = Array(repeating: nil, count: width)
        func share(_ column: Int, _ condition: (String) -> Bool) -> Double {
            let cells = rows.compactMap { column < $0.count && !$0[column].text.isEmpty ? $0[column].text : nil }
            return cells.isEmpty ? 0 : Double(cells.count(where: condition)) / Double(cells.count)
        }
        guard width > 0 else { return }
        let typeColumn = (0..<width).first { column in column > 0 && share(column) { PageType($0) != nil } > 0.5 }
        let nameEnd = typeColumn ?? 1
        for column in 0..<nameEnd where share(column, { PageFieldName.isName($0) }) > 0.5 { columns[column] = .name }
        if !columns.contains(.name) { columns[0] = .name }
        if let typeColumn { columns[typeColumn] = .type }
        if let required = (0..<width).first(where: { column in
            columns[column] == nil && share(column) { Self.requiredness($0) != nil } > 0.5
        }) {
            columns[required] = .required
        }
        if let text = (0..<width).last(where: { columns[$0] == nil }) { columns[text] = .text }
    }

    // MARK: Rows

    private mutating func read(_ original: [PageCell]) {
        var row = joined(original)
        while row.count < columns.count { row.append(PageCell(text: "", line: row.first?.line ?? table.line)) }
        let nameColumns = columns.indices.filter { columns[$0] == .name }
        guard let firstName = nameColumns.first else { return }
        let filled = nameColumns.filter { !PageInline.trimmed(row[$0].text).isEmpty }
        if let position = filled.first {
            // Two names in a row: the field is inside the first.
            if filled.count > 1, let inner = filled.last, PageFieldName.isName(row[position].text),
                PageFieldName.isName(row[inner].text)
            {
                tree.append(
                    PageField(name: PageInline.trimmed(row[position].text), line: row[position].line, isImplied: true),
                    depth: position - firstName, isPath: false)
                append(row, nameAt: inner, depth: inner - firstName, shiftedBy: 0)
                return
            }
            var shift = 0
            if let type = columns.firstIndex(of: .type), type + 1 < row.count, PageType(row[type].text) == nil,
                position == firstName, PageType(row[type + 1].text) != nil, row[type].text.isEmpty
            {
                shift = 1
            }
            append(row, nameAt: position, depth: position - firstName, shiftedBy: shift)
            return
        }
        // The name stands where the type should: the row is one of the fields inside the row above.
        if let position = row.indices.first(where: { $0 > firstName && !PageInline.trimmed(row[$0].text).isEmpty }),
            position == firstName + 1 || row[position - 1].text.isEmpty, PageFieldName.isName(row[position].text),
            PageType(row[position].text) == nil || position + 1 < row.count && PageType(row[position + 1].text) != nil
        {
            append(row, nameAt: position, depth: position - firstName, shiftedBy: position - firstName)
            return
        }
        // A row of text goes on with the row above.
        let text = row.map(\.text).filter { !$0.isEmpty }.joined(separator: " ")
        if !text.isEmpty { tree.extend(text) }
    }

    /// A row with more cells than columns: a cell held a bar, and its parts are put together.
    private func joined(_ row: [PageCell]) -> [PageCell] {
        let surplus = row.count - columns.count
        guard surplus > 0, let text = columns.lastIndex(of: .text) ?? columns.indices.last, text + surplus < row.count
        else {
            return row
        }
        var cell = row[text]
        cell.text = row[text...(text + surplus)].map(\.text).joined(separator: "|")
        return Array(row[..<text]) + [cell] + Array(row[(text + surplus + 1)...])
    }

    private mutating func append(_ row: [PageCell], nameAt position: Int, depth: Int, shiftedBy shift: Int) {
        guard let name = PageFieldName(row[position].text) else {
            skipped.append(row[position])
            return
        }
        var field = PageField(name: name.name, line: row[position].line, column: row[position].column)
        field.isRequired = name.isRequired
        if let type = name.type { field.type = type }
        var texts: [String] = name.rest.isEmpty ? [] : [name.rest]
        for (index, column) in columns.enumerated() {
            guard let column, column != .name else { continue }
            var source = index
            if shift > 0 {
                source = index + shift
                // The row has no cell for what must be there, so that the text stands where that should.
                if column == .required, source < row.count, Self.requiredness(row[source].text) == nil { continue }
                if column == .text, source >= row.count || row[source].text.isEmpty { source = row.count - 1 }
                if column == .text, let required = columns.firstIndex(of: .required), required + shift < row.count,
                    Self.requiredness(row[required + shift].text) == nil, !row[required + shift].text.isEmpty
                {
                    texts.append(row[required + shift].text)
                    if required + shift >= source { continue }
                }
            }
            guard source < row.count, !row[source].text.isEmpty, source != position else { continue }
            field.set(column, row[source].text, &texts)
        }
        field.text = texts.joined(separator: "\n")
        tree.append(field, depth: depth + name.depth, isPath: admitsPaths, isMarked: name.isIndentedOnly)
    }

    /// What a cell says of whether a value must be there; nil for any other text.
    static func requiredness(_ text: String) -> Bool? {
        let word = PageInline.folded(text).filter { $0 != "*" && $0 != "." }
        if PageWords.optionalWords.contains(word) { return false }
        if PageWords.requiredWords.contains(word) { return true }
        let first = word.split(whereSeparator: { "(,;: \n[".contains($0) }).first.map(String.init) ?? ""
        if first.isEmpty || first.count == 1 && first.first?.isASCII ?? true { return nil }
        if PageWords.optionalWords.contains(first) { return false }
        if PageWords.requiredWords.contains(first) { return true }
        return nil
    }
}

extension PageField {
    /// Takes what a cell says.
    fileprivate mutating func set(_ column: PageColumn, _ text: String, _ texts: inout [String]) {
        switch column {
        case .name: break
        case .type:
            let (text, isNullable) = PageType.withoutNull(text)
            self.isNullable = isNullable
            if let type = PageType(text) {
                self.type = self.type ?? type
            } else if let reference = text.firstMatch(
                of: /^\W*(?:array|list|\[\])?\s*[<\[(]?\s*([A-Za-z]\w*)\s*[>\])]?(\[\])?\W*$/.ignoresCase())
            {
                let isList =
                    text.lowercased().contains("array") || text.lowercased().contains("list") || text.contains("[]")
                self.type = isList ? .array(.object) : .object
                typeName = String(reference.output.1)
            } else if PageFieldTable.requiredness(text) == nil {
                texts.append(text)
            }
            if isRequired == nil, text.contains("(") || text.contains("（") || text.contains(",") {
                let parts = PageInline.folded(text).split { "(),; ".contains($0) }.map(String.init)
                if parts.contains(where: { ["optional", "可选", "选填"].contains($0) }) { isRequired = false }
                if parts.contains(where: { ["required", "必填", "必选"].contains($0) }) { isRequired = true }
            }
        case .required:
            if let value = PageFieldTable.requiredness(text) {
                isRequired = value
                // "必填，默认 1": what follows says more.
                let word = PageInline.folded(text)
                let isWord = PageWords.requiredWords.contains(word) || PageWords.optionalWords.contains(word)
                if !isWord, text.count > 6 { texts.append(text) }
            } else {
                texts.append(text)
            }
        case .optional: isRequired = PageFieldTable.requiredness(text).map { !$0 } ?? isRequired
        case .text, .values: if !PageWords.nothing.contains(PageInline.folded(text)) { texts.append(text) }
        case .defaultValue:
            defaultText = ["-", "无", "none", "n/a", "/", "—"].contains(PageInline.folded(text)) ? nil : text
        case .example: exampleText = text
        case .location:
            let word = PageInline.folded(text)
            location = PageWords.locations.first { item in item.words.contains { word.contains($0) } }?.role
        case .length: maxLength = Int(text.filter(\.isNumber))
        }
    }
}
