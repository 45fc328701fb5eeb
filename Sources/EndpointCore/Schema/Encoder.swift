extension Schema {
    /// What a checked argument becomes on the wire: defaults and constants filled in, times in their format, and the
    /// schema's ``Encoding`` applied.
    public func encoded(_ value: JSONValue) -> JSONValue {
        if value.isNull { return .null }
        return isReference ? Self.encoded(value, as: resolved) : Self.encoded(value, as: self)
    }

    private static func encoded(_ value: JSONValue, as schema: Schema) -> JSONValue {
        var result = value
        switch (schema.kind, value) {
        case (.date(let format), _):
            if let time = format.timestamp(from: value) ?? DateFormat.dateTime.timestamp(from: value) {
                result = format.value(of: time)
            }
        case (.text(let format), .string(let text)): result = .string(format.normal(text) ?? text)
        case (.array(let items), .array(let values)):
            let encoded = values.map { items.encoded($0) }
            result =
                schema.encoding.join.map { .string(encoded.map(\.plainText).joined(separator: $0)) } ?? .array(encoded)
        case (.object(let properties, let additional), .object(let object)):
            let encoded = encoded(object, properties: properties, additional: additional)
            result = schema.encoding.template.map { .string(Template.fill($0, with: encoded)) } ?? .object(encoded)
        case (.union(let union), _): if let member = union.schema(of: value) { result = member.encoded(value) }
        default: break
        }
        if schema.kind == .string, schema.encoding.letterCase == .lower, let text = result.string {
            result = .string(text.lowercased())
        }
        // `1.0` is an integer, and is sent as the schema says: `1`.
        if case .integer = schema.kind, let integer = result.integral { result = .integer(integer) }
        switch (schema.encoding.wire, result) {
        case (.integer, .bool(let truth)): result = .integer(truth ? 1 : 0)
        case (.string, .integer), (.string, .number), (.string, .bool): result = .string(result.text())
        default: break
        }
        return schema.encoding.wrap.map { [$0: result] } ?? result
    }

    /// The members in the order of the properties, constants and defaults filled in; members without a property follow.
    /// Those of a map are sorted by name: a Swift dictionary has no order, and equal values give equal bytes.
    private static func encoded(_ object: JSONObject, properties: [Property], additional: Schema?) -> JSONObject {
        var result = JSONObject()
        for property in properties {
            if let value = property.constant ?? object[property.name] ?? property.defaultValue {
                result[property.name] = property.schema.encoded(value)
            }
        }
        let rest = object.members.filter { result[$0.key] == nil }
        guard let additional else {
            for (key, value) in rest { result[key] = value }
            return result
        }
        for (key, value) in rest.sorted(by: { $0.key < $1.key }) { result[key] = additional.encoded(value) }
        return result
    }
}

/// Texts in which `{name}` stands for a value: paths and `template`.
public enum Template {
    /// The names in braces, or nil if a brace has no partner.
    public static func placeholders(in text: String) -> [String]? {
        if text.everyByte({ $0 != 0x7B && $0 != 0x7D }) { return [] }
        var names: [String] = []
        var name: String?
        for character in text {
            switch (character, name) {
            case ("{", nil): name = ""
            case ("}", let done?):
                names.append(done)
                name = nil
            case ("{", _), ("}", nil): return nil
            case (_, let begun?): name = begun + String(character)
            default: break
            }
        }
        return name == nil ? names : nil
    }

    /// The text with the fields' values in place; a field that is absent leaves nothing.
    static func fill(_ template: String, with object: JSONObject) -> String {
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
    /// The value as it stands in a query, a header field or a template: a string without its quotes.
    public var plainText: String { string ?? text() }
}

/// Bytes that stand in JSON: `{"$text": "…"}` or `{"$base64": "…"}`. Examples and arguments of untyped calls use it.
public struct EncodedBytes: Sendable, Hashable {
    /// The bytes, decoded.
    public var bytes: [UInt8]

    /// What a value is, for messages.
    public static let noun = "bytes: {\"$text\": \"…\"} or {\"$base64\": \"…\"}"

    /// Whether a value is meant as bytes, well-formed or not.
    public static func isMeant(by value: JSONValue) -> Bool {
        guard let object = value.object, object.count == 1 else { return false }
        return object["$text"]?.string != nil || object["$base64"]?.string != nil
    }

    /// Nil if the value is neither form, or not valid Base64.
    public init?(_ value: JSONValue) {
        guard let object = value.object, object.count == 1 else { return nil }
        if let text = object["$text"]?.string {
            bytes = Array(text.utf8)
        } else if let text = object["$base64"]?.string, let decoded = Base64.decoded(text) {
            bytes = decoded
        } else {
            return nil
        }
    }
}
