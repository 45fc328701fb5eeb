/// The tables of the language reference in Markdown, made from the tables that the checker uses.
public enum ReferenceTables {
    /// The names of all tables.
    public static var names: [String] { groups.map(\.name) + objects.map(\.name) }

    /// The table of this name; nil if there is none.
    public static func text(_ name: String) -> String? {
        if name == "formats" { return formats }
        if let group = groups.first(where: { $0.name == name }) { return text(group.keywords, group.columns) }
        guard let table = objects.first(where: { $0.name == name }) else { return nil }
        return text(table.keywords, columns(table))
    }

    // MARK: Tables

    /// The objects that are not fields.
    private static var objects: [KeywordTable] {
        KeywordTable.allCases.filter { !FieldKeywords.tables.contains($0) && $0 != .reference }
    }

    private struct Column: Sendable {
        var title: String
        var cell: @Sendable (Keyword) -> String
    }

    private static let value = Column(title: "Value") { text($0.shape) }
    private static let meaning = Column(title: "Meaning") { $0.summary }
    private static let types = Column(title: "For the types") { $0.types?.joined(separator: ", ") ?? "all" }
    private static let homes = Column(title: "In") { homes(of: $0) }

    private static func columns(_ table: KeywordTable) -> [Column] {
        var columns = [value]
        if table.keywords.contains(where: \.isRequired) || table == .endpoint {
            columns.append(Column(title: "Required") { required($0, table) })
        }
        if table == .paging { columns.append(Column(title: "For the styles") { styles($0) }) }
        return columns + [meaning]
    }

    /// The keywords of fields by subject. They are spread over several tables, most of them in more than one.
    private static var groups: [(name: String, keywords: [Keyword], columns: [Column])] {
        let typing = [
            "$ref", "type", "format", "name", "enum", "properties", "additionalProperties", "items", "oneOf",
            "discriminator",
        ]
        let constraints = FieldKeywords.constraints.map(\.name)
        let all = fieldKeywords
        func named(_ names: [String]) -> [Keyword] { all.filter { names.contains($0.name) } }
        let rest = FieldKeywords.schemaKeys.subtracting(typing + constraints)
        return [
            ("formats", [], []),
            ("fields", all.filter { !FieldKeywords.schemaKeys.contains($0.name) }, [value, homes, meaning]),
            ("types", named(typing), [value, types, meaning]),
            ("constraints", named(constraints), [value, types, meaning]),
            ("encoding", all.filter { rest.contains($0.name) }, [value, types, homes, meaning]),
        ]
    }

    /// Each keyword of a field once, in canonical order.
    private static var fieldKeywords: [Keyword] {
        var names: Set<String> = []
        return fieldTables.flatMap(\.table.keywords).filter { names.insert($0.name).inserted }
    }

    private static let fieldTables: [(table: KeywordTable, name: String)] = [
        (.parameter, "parameters"), (.parameterItems, "items that are sent"), (.bodyType, "`bodyType`"),
        (.responseField, "response fields"), (.responseItems, "items of a response"),
        (.responseType, "`responseType`"), (.type, "shared types"),
    ]

    private static var formats: String {
        table(
            ["Format", "Type", "Meaning"], FieldKeywords.formats.map { ["`\($0.name)`", $0.type, $0.summary] })
    }

    // MARK: Cells

    private static func required(_ keyword: Keyword, _ table: KeywordTable) -> String {
        if keyword.isRequired { return "yes" }
        guard table == .endpoint, let choice = EndpointKeywords.choices.first(where: { $0.contains(keyword.name) })
        else { return "" }
        return choice.count == 1 ? "yes" : "one of " + choice.map { "`\($0)`" }.joined(separator: ", ")
    }

    private static func styles(_ keyword: Keyword) -> String {
        let styles = EndpointKeywords.pagingStyles.compactMap { style -> String? in
            if style.required.contains(keyword.name) { return "`\(style.name)`, required" }
            return style.optional.contains(keyword.name) ? "`\(style.name)`" : nil
        }
        return styles.isEmpty ? "all" : styles.joined(separator: "; ")
    }

    private static func homes(of keyword: Keyword) -> String {
        let homes = fieldTables.filter { $0.table[keyword.name] != nil }
        return homes.count == fieldTables.count ? "all" : homes.map(\.name).joined(separator: ", ")
    }

    private static func text(_ shape: Shape) -> String {
        switch shape {
        case .any: "any value"
        case .null: "null"
        case .string: "string"
        case .word(let words): words.map { "`\"\($0)\"`" }.joined(separator: ", ")
        case .boolean: "boolean"
        case .integer: "integer"
        case .count: "integer from 0"
        case .number: "number"
        case .list(let element): "array of " + inner(element)
        case .map(.keywords(let table), _) where FieldKeywords.tables.contains(table): "map of fields"
        case .map(let value, _): "map of " + inner(value)
        case .keywords(.reference): "`{ \"$ref\": … }`"
        case .keywords(let table) where FieldKeywords.tables.contains(table): "object: a type"
        case .keywords(let table): "object: " + table.title.replacing("\"", with: "`")
        case .either(let shapes):
            shapes.dropLast().map(text).joined(separator: ", ") + " or " + (shapes.last.map(text) ?? "")
        }
    }

    private static func inner(_ shape: Shape) -> String {
        switch shape {
        case .either: "(\(text(shape)))"
        case .word(let words) where words.count > 1: "(\(text(shape)))"
        default: text(shape)
        }
    }

    // MARK: Markdown

    private static func text(_ keywords: [Keyword], _ columns: [Column]) -> String {
        table(
            ["Keyword"] + columns.map(\.title),
            keywords.map { keyword in ["`\(keyword.name)`"] + columns.map { $0.cell(keyword) } })
    }

    private static func table(_ header: [String], _ rows: [[String]]) -> String {
        ([header, header.map { _ in "---" }] + rows)
            .map { cells in "| " + cells.map(escaped).joined(separator: " | ") + " |\n" }.joined()
    }

    private static func escaped(_ cell: String) -> String { cell.replacing("|", with: "\\|") }
}
