import EndpointDynamic
import EndpointKit
import EndpointSpec

/// A payload for reading: lists as tables, everything else as lines of name and value.
struct PayloadTable {
    let types: TypeTable
    /// The columns of the terminal; nil truncates nothing.
    let width: Int?

    func text(_ payload: JSONValue, _ schema: SchemaModel) -> String {
        switch payload {
        case .array(let items): return list(items, of: types.items(of: schema))
        case .object(let object): return self.object(object, schema)
        default: return cell(payload, schema) + "\n"
        }
    }

    /// Items as a table; scalars one per line.
    func list(_ items: [JSONValue], of schema: SchemaModel?) -> String {
        guard !items.isEmpty else { return "" }
        guard items.contains(where: { $0.object != nil }) else {
            return items.map { SafeText.escaped(cell($0, schema)) + "\n" }.joined()
        }
        let columns = columns(items, of: schema)
        var table = TextTable(columns.map { TextTable.Column(title: Self.title($0.title), isNumeric: $0.isNumeric) })
        for item in items {
            table.add(columns.map { column in column.value(item).map { cell($0, column.schema) } ?? "" })
        }
        return table.text(width: width)
    }

    // MARK: Lists

    private struct Column {
        var title: String
        var schema: SchemaModel?
        var isNumeric: Bool
        var value: (JSONValue) -> JSONValue?
    }

    /// The declared fields, then other fields of the items. Fields without any value are left out.
    private func columns(_ items: [JSONValue], of schema: SchemaModel?) -> [Column] {
        let declared = schema.map { types.fields(of: $0) } ?? []
        var columns = declared.map { field in
            Column(title: field.swiftName, schema: field.schema, isNumeric: isNumeric(field.schema)) { $0[field.name] }
        }
        var known = Set(declared.map(\.name))
        for item in items {
            for key in item.object?.keys ?? [] where known.insert(key).inserted {
                columns.append(Column(title: key, schema: nil, isNumeric: false) { $0[key] })
            }
        }
        let filled = columns.filter { column in items.contains { column.value($0).map { !$0.isNull } ?? false } }
        return filled.isEmpty ? columns : filled
    }

    private func isNumeric(_ schema: SchemaModel) -> Bool {
        switch types.resolved(schema).kind {
        case .integer, .number: true
        default: false
        }
    }

    /// `parentFileID` → `Parent file ID`.
    private static func title(_ name: String) -> String {
        let words = SwiftName.kebab(name).split(separator: "-").map { word in
            let upper = word.uppercased()
            return SwiftName.acronyms.contains(upper) ? upper : String(word)
        }
        guard let first = words.first else { return SafeText.escaped(name) }
        let isAcronym = first == first.uppercased()
        return ([isAcronym ? first : first.prefix(1).uppercased() + first.dropFirst()] + words.dropFirst())
            .joined(separator: " ")
    }

    // MARK: Objects

    private func object(_ object: JSONObject, _ schema: SchemaModel) -> String {
        var lists: [(name: String, text: String)] = []
        var lines: [(name: String, value: String)] = []
        func add(_ object: JSONObject, _ schema: SchemaModel?, prefix: String) {
            for (key, value) in object.members {
                let declared = schema.flatMap { types.member(key, of: $0) }
                if let items = value.array, isList(items, declared) {
                    lists.append((prefix + key, list(items, of: declared.flatMap { types.items(of: $0) })))
                } else if let inner = value.object, !inner.isEmpty {
                    add(inner, declared, prefix: "\(prefix)\(key).")
                } else {
                    lines.append((prefix + key, cell(value, declared)))
                }
            }
        }
        add(object, schema, prefix: "")
        return text(lists: lists, lines: lines)
    }

    private func text(lists: [(name: String, text: String)], lines: [(name: String, value: String)]) -> String {
        var text = ""
        for list in lists {
            if lists.count > 1 { text += "\(text.isEmpty ? "" : "\n")\(SafeText.escaped(list.name)):\n" }
            text += list.text.isEmpty && (lists.count > 1 || lines.isEmpty) ? "none\n" : list.text
        }
        if lists.count > 1, !lines.isEmpty { text += "\n" }
        let margin = lines.map { DisplayWidth.of($0.name) }.max() ?? 0
        for (name, value) in lines {
            let line = TextLayout.padded(SafeText.escaped(name) + ":", to: margin + 2) + SafeText.escaped(value)
            text += (width.map { TextLayout.truncated(line, to: $0) } ?? line) + "\n"
        }
        return text
    }

    /// Whether an array is shown as a table: its items are objects.
    private func isList(_ items: [JSONValue], _ schema: SchemaModel?) -> Bool {
        if !items.isEmpty { return items.contains { $0.object != nil } }
        guard let schema, let item = types.items(of: schema) else { return false }
        return switch item.kind {
        case .object, .map: true
        default: false
        }
    }

    // MARK: Values

    /// The text of one cell: cases by name, seconds since 1970 as a time.
    func cell(_ value: JSONValue, _ schema: SchemaModel?) -> String {
        guard let schema = schema.map(types.resolved) else { return Self.plain(value) }
        switch (schema.kind, value) {
        case (.enumeration(let enumeration), _):
            return enumeration.cases.first { $0.value == value }?.swiftName ?? Self.plain(value)
        case (.date(let format), .integer):
            return format.timestamp(from: value).flatMap { DateFormat.dateTime.value(of: $0).string }
                ?? Self.plain(value)
        case (.array(let items), .array(let values)) where !values.contains { $0.object != nil || $0.array != nil }:
            return values.map { cell($0, items) }.joined(separator: ", ")
        default: return Self.plain(types.schema(of: schema).decoded(value))
        }
    }

    private static func plain(_ value: JSONValue) -> String {
        value.isNull ? "" : value.string ?? value.text()
    }
}
