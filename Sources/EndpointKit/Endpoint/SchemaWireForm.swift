import Foundation

extension Schema {
    /// What a checked value becomes on the wire.
    func wireForm(of value: JSONValue) -> JSONValue {
        guard !value.isNull else { return .null }
        var result = value
        switch (kind, value) {
        case (.boolean, .bool(let truth)) where wire == .integer: result = .integer(truth ? 1 : 0)
        case (.integer, _) where wire == .string, (.number, _) where wire == .string: result = .string(value.text())
        case (.boolean, .bool) where wire == .string: result = .string(value.text())
        case (.date(let format), _):
            if let date = format.date(from: value) ?? DateFormat.dateTime.date(from: value) {
                result = format.value(of: date)
            }
        case (.array(let items), .array(let values)):
            let encoded = values.map { items.wireForm(of: $0) }
            result = join.map { .string(encoded.map(\.plainText).joined(separator: $0)) } ?? .array(encoded)
        case (.object(let properties), .object(let object)):
            let encoded = Self.wireForm(of: object, properties: properties)
            result = template.map { .string(Self.fill($0, with: encoded)) } ?? .object(encoded)
        default: break
        }
        return wrap.map { [$0: result] } ?? result
    }

    /// The members in the order of the properties, constants and defaults filled in; members without a property follow.
    private static func wireForm(of object: JSONObject, properties: [Property]) -> JSONObject {
        var result = JSONObject()
        for property in properties {
            if let value = property.constant ?? object[property.name] ?? property.defaultValue {
                result[property.name] = property.schema.wireForm(of: value)
            }
        }
        for (key, value) in object.members where result[key] == nil { result[key] = value }
        return result
    }

    private static func fill(_ template: String, with object: JSONObject) -> String {
        var text = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            text += object[String(rest[rest.index(after: open)..<close])]?.plainText ?? ""
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }
}

extension JSONValue {
    /// The value as it stands in a query, a header or a template: a string without its quotes.
    var plainText: String { string ?? text() }
}
