import EndpointKit
import EndpointSpec

/// Turns a payload as it came into the one that the typed value would encode to.
struct PayloadForm: Sendable {
    let types: TypeTable

    /// - Throws: A `DecodingError` with the path of the value that is not as declared.
    func normalised(_ value: JSONValue, as schema: SchemaModel, at path: [any CodingKey]) throws -> JSONValue {
        let schema = types.resolved(schema)
        if let wrap = schema.wrap {
            guard let object = value.object else { throw mismatch("an object with \(wrap)", value, path) }
            guard let inner = object[wrap] else { throw missing(wrap, path) }
            var result = object
            result[wrap] = try normalised(inner, as: schema.unwrapped, at: path + [AnyCodingKey(wrap)])
            return .object(result)
        }
        if value.isNull {
            if case .array = schema.kind, schema.nullAsEmpty { return .array([]) }
            if case .any = schema.kind { return .null }
            guard schema.isNullable || !schema.sentinels.isEmpty else { throw mismatch(schema.noun, value, path) }
            return .null
        }
        if schema.sentinels.contains(where: { JSONValue($0) == value }) { return value }
        switch schema.kind {
        case .any, .reference: return value
        case .array(let items): return try array(value, of: items, schema, path)
        case .object(let object): return try self.object(value, object, schema, path)
        default: return try scalar(value, schema, path)
        }
    }

    private func array(
        _ value: JSONValue, of items: SchemaModel, _ schema: SchemaModel, _ path: [any CodingKey]
    ) throws -> JSONValue {
        if schema.join != nil, value.string != nil { return value }
        guard let values = value.array else { throw mismatch(schema.noun, value, path) }
        return .array(
            try values.enumerated().map { index, item in
                try normalised(item, as: items, at: path + [AnyCodingKey(intValue: index)].compactMap { $0 })
            })
    }

    private func object(
        _ value: JSONValue, _ object: ObjectModel, _ schema: SchemaModel, _ path: [any CodingKey]
    ) throws -> JSONValue {
        if schema.template != nil, value.string != nil { return value }
        guard let members = value.object else { throw mismatch(schema.noun, value, path) }
        var result = JSONObject()
        var known: Set<String> = []
        for field in object.fields {
            let spellings = [field.name] + field.aliases
            known.formUnion(spellings)
            let key = spellings.first { members[$0].map { !$0.isNull } ?? false } ?? field.name
            result[field.name] = try member(members[key], field, key: key, path)
        }
        for (key, value) in members.members where !known.contains(key) { result[key] = value }
        return .object(result)
    }

    /// A declared member; nil leaves it out.
    private func member(
        _ value: JSONValue?, _ field: FieldModel, key: String, _ path: [any CodingKey]
    ) throws -> JSONValue? {
        let schema = types.resolved(field.schema)
        if let value, !value.isNull { return try normalised(value, as: schema, at: path + [AnyCodingKey(key)]) }
        if case .array = schema.kind, schema.nullAsEmpty { return .array([]) }
        if case .any = schema.kind, let value { return value }
        if field.isOptional || !schema.sentinels.isEmpty { return schema.isNullable ? value : nil }
        if value != nil { return try normalised(.null, as: schema, at: path + [AnyCodingKey(key)]) }
        throw missing(key, path)
    }

    private func scalar(_ value: JSONValue, _ schema: SchemaModel, _ path: [any CodingKey]) throws -> JSONValue {
        if let result = schema.scalarForm(of: value, types: types) { return result }
        throw mismatch(schema.noun, value, path)
    }

    // MARK: Errors

    private func mismatch(_ expected: String, _ value: JSONValue, _ path: [any CodingKey]) -> DecodingError {
        .dataCorrupted(.init(codingPath: path, debugDescription: "expected \(expected), found \(value.excerpt)"))
    }

    private func missing(_ key: String, _ path: [any CodingKey]) -> DecodingError {
        .keyNotFound(AnyCodingKey(key), .init(codingPath: path, debugDescription: "the field is missing"))
    }
}

extension SchemaModel {
    /// What a scalar re-encodes to; nil if it is none of the forms that the service may send.
    fileprivate func scalarForm(of value: JSONValue, types: TypeTable) -> JSONValue? {
        let isLenient = !accept.isEmpty || wire == .string
        switch kind {
        case .string: return Self.string(value, lenient: isLenient)
        case .enumeration(let enumeration):
            return enumeration.isString ? Self.string(value, lenient: isLenient) : integer(value, lenient: isLenient)
        case .integer(let width):
            guard let number = integer(value, lenient: isLenient) else { return nil }
            if width == .int32, number.integer.map({ Int32(exactly: $0) == nil }) ?? false { return nil }
            return number
        case .number: return number(value, lenient: isLenient)
        case .boolean:
            guard isLenient || wire == .integer || value.bool != nil, let truth = Bool(lenient: value) else {
                return nil
            }
            return wire == .integer ? .integer(truth ? 1 : 0) : .bool(truth)
        case .date(let format):
            let format = types.dateFormat(format)
            return format.date(from: value).map(format.value)
        default: return nil
        }
    }

    private static func string(_ value: JSONValue, lenient: Bool) -> JSONValue? {
        guard value.string != nil || lenient else { return nil }
        return String(lenient: value).map { .string($0) }
    }

    private func integer(_ value: JSONValue, lenient: Bool) -> JSONValue? {
        guard value.string == nil || lenient, value.bool == nil, let number = Int64(lenient: value) else { return nil }
        return wire == .string ? .string(String(number)) : .integer(number)
    }

    private func number(_ value: JSONValue, lenient: Bool) -> JSONValue? {
        guard value.string == nil || lenient, let number = Double(lenient: value) else { return nil }
        if wire == .string { return value.string != nil ? value : .string("\(number)") }
        return Int64(exactly: number).map { .integer($0) } ?? .number(number)
    }

    fileprivate var unwrapped: SchemaModel {
        var copy = self
        copy.wrap = nil
        return copy
    }

    /// What the spec promises, for messages.
    fileprivate var noun: String {
        switch kind {
        case .string: "a string"
        case .integer: wire == .string ? "an integer in a string" : "an integer"
        case .number: "a number"
        case .boolean: wire == .integer ? "0 or 1" : "true or false"
        case .date(let format): "a time (\(format.rawValue))"
        case .binary: "bytes"
        case .array: "an array"
        case .object: "an object"
        case .enumeration(let enumeration): enumeration.isString ? "a string" : "an integer"
        case .any, .reference: "a value"
        }
    }
}

extension JSONValue {
    /// The value as it can stand in a message.
    fileprivate var excerpt: String {
        switch self {
        case .array(let items): return "an array of \(items.count)"
        case .object(let object): return "an object with \(object.keys.prefix(5).joined(separator: ", "))"
        default:
            let text = text()
            return text.count > 80 ? text.prefix(80) + "…" : text
        }
    }
}
