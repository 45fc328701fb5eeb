import EndpointDynamic
import EndpointKit
import EndpointSpec

/// The text of types, for help and descriptions.
struct TypeText {
    /// A longer pattern is less readable than the argument's description.
    private static let longestPattern = 40

    let types: TypeTable

    /// `integer`, `array of string`, `DriveFile`.
    func name(_ schema: SchemaModel) -> String {
        if case .reference(let name) = schema.kind, case .object = types.resolved(schema).kind { return name }
        let schema = types.resolved(schema)
        switch schema.kind {
        case .string, .reference: return "string"
        case .text(let format): return format == .byte ? "Base64" : format.rawValue
        case .integer: return "integer"
        case .number: return "number"
        case .boolean: return "true|false"
        case .date: return "time"
        case .binary: return "bytes"
        case .array(let items): return "array of \(name(items))"
        case .object: return "object"
        case .map(let values): return "map of \(name(values))"
        case .union(let union): return union.members.map { name($0.schema) }.joined(separator: " or ")
        case .enumeration(let enumeration): return enumeration.isString ? "string" : "integer"
        case .any: return "any JSON"
        }
    }

    /// The placeholder of a value in a usage line: `INTEGER`, `fuzzy|exact`.
    func placeholder(_ schema: SchemaModel) -> String {
        let schema = types.resolved(schema)
        switch schema.kind {
        case .integer: return "INTEGER"
        case .number: return "NUMBER"
        case .boolean: return ""
        case .text(let format): return format == .byte ? "BASE64" : format.rawValue.uppercased()
        case .date: return "TIME"
        case .binary: return "FILE"
        case .array(let items): return placeholder(items).isEmpty ? "true|false" : placeholder(items)
        case .object, .map, .union, .any: return "JSON"
        case .enumeration(let enumeration):
            let names = enumeration.cases.map(\.swiftName).joined(separator: "|")
            return names.count <= 24 ? names : enumeration.isString ? "STRING" : "INTEGER"
        case .string, .reference: return "STRING"
        }
    }

    /// The limits of a value, and how it is written: `1…100`, `1 to 255 characters`.
    func limits(_ schema: SchemaModel) -> [String] {
        let schema = types.resolved(schema)
        var facts: [String] = []
        switch schema.kind {
        case .enumeration(let enumeration): facts.append(cases(enumeration))
        case .text(let format): facts.append("such as \(format.example)")
        case .date(let format): facts.append(Self.form(format))
        case .object(let object):
            if let template = schema.encoding.template { facts.append("sent as \"\(template)\"") }
            let others = object.additional.map { ["any other with \(name($0))"] } ?? []
            facts.append("fields: " + (object.fields.map(\.name) + others).joined(separator: ", "))
        case .map(let values): facts += ["any names"] + limits(values).map { "each \($0)" }
        case .union(let union):
            if let tag = union.tag { facts.append("told apart by \"\(tag)\"") }
        case .integer(.int32): facts.append("32-bit")
        default: break
        }
        let constraints = schema.constraints
        if let range = constraints.rangeText {
            facts.append(range.hasPrefix("in ") ? String(range.dropFirst(3)) : range)
        }
        if let text = Self.count(constraints.minLength, constraints.maxLength, "character") { facts.append(text) }
        if let text = Self.count(constraints.minItems, constraints.maxItems, "item") { facts.append(text) }
        if let pattern = constraints.pattern {
            facts.append(pattern.count <= Self.longestPattern ? "matches \(pattern)" : "checked by a pattern")
        }
        if schema.encoding.letterCase == .lower { facts.append("sent in lower case") }
        if case .array(let items) = schema.kind { facts += limits(items).map { "each \($0)" } }
        if schema.isNullable { facts.append("may be null") }
        return facts
    }

    /// `fuzzy (0), exact (1)`; only the name where it is the value.
    func cases(_ enumeration: EnumerationModel) -> String {
        let texts = enumeration.cases.map { item in
            let value = item.value
            let shown = value.string ?? value.text()
            return shown == item.swiftName ? shown : "\(item.swiftName) (\(shown))"
        }
        return "one of " + texts.joined(separator: ", ")
    }

    /// A value as it is written on a command line: a case by its name.
    func text(_ value: JSONValue, _ schema: SchemaModel) -> String {
        guard case .enumeration(let enumeration) = types.resolved(schema).kind else { return value.text() }
        return enumeration.cases.first { $0.value == value }?.swiftName ?? value.text()
    }

    private static func form(_ format: DateFormat) -> String {
        switch format {
        case .dateTime: "such as 2025-03-23T15:48:37+08:00"
        case .unixSeconds: "seconds since 1970, or such as 2025-03-23T15:48:37+08:00"
        case .unixMilliseconds: "milliseconds since 1970, or such as 2025-03-23T15:48:37+08:00"
        case .localDateTime: "such as \"2025-03-23 15:48:37\" in the service's time zone"
        }
    }

    private static func count(_ low: Int?, _ high: Int?, _ noun: String) -> String? {
        func plural(_ number: Int) -> String { number == 1 ? "1 \(noun)" : "\(number) \(noun)s" }
        switch (low, high) {
        case (let low?, let high?): return low == high ? plural(low) : "\(low)…\(plural(high))"
        case (let low?, nil): return "at least \(plural(low))"
        case (nil, let high?): return "at most \(plural(high))"
        case (nil, nil): return nil
        }
    }
}
