import Foundation

// What generated code falls back on where a field's parts need more than their own decoding: arrays of times, joined or
// wrapped arrays, numbers as strings within arrays. Objects decode themselves and are `any` in the schema.

extension Schema {
    /// The same schema for values that may come as a string or as a number.
    public var lenient: Schema {
        var copy = self
        copy.isLenient = true
        return copy
    }

    /// The same schema for an array that may be null.
    public var nullAsEmptyArray: Schema {
        var copy = self
        copy.nullAsEmpty = true
        return copy
    }

    /// The same schema with wire values that stand for null.
    public func sentinels(_ values: [JSONValue]) -> Schema {
        var copy = self
        copy.sentinels = values
        return copy
    }

    /// A value as it stands on the wire, made into what `Codable` expects of the Swift type: a time is the number that
    /// `Date` codes itself as.
    func codableForm(of wire: JSONValue) throws -> JSONValue {
        if sentinels.contains(wire) { return .null }
        var value = wire
        if let wrap, let inner = wire.object?[wrap] { value = inner }
        if value.isNull { return nullAsEmpty ? .array([]) : .null }
        switch kind {
        case .date(let format):
            guard let date = format.date(from: value) else {
                throw mismatch("\(value.text()) is not a time in the form \(format.example)")
            }
            return .number(date.timeIntervalSinceReferenceDate)
        case .array(let items):
            if let join, let text = value.string {
                let parts = text.isEmpty ? [] : text.components(separatedBy: join)
                return .array(try parts.map { try items.codableForm(of: items.scalar(in: $0)) })
            }
            guard let elements = value.array else { throw mismatch("expected an array, found \(value.typeName)") }
            return .array(try elements.map(items.codableForm))
        case .integer where isLenient || isText(value): return Int64(lenient: value).map { .integer($0) } ?? value
        case .number where isLenient || isText(value): return Double(lenient: value).map { .number($0) } ?? value
        case .boolean where isLenient || self.wire != nil: return Bool(lenient: value).map { .bool($0) } ?? value
        case .string where isLenient: return String(lenient: value).map { .string($0) } ?? value
        default: return value
        }
    }

    /// The inverse of `codableForm(of:)`.
    func wireForm(ofCodable value: JSONValue) -> JSONValue {
        wireForm(of: argumentForm(ofCodable: value))
    }

    private func argumentForm(ofCodable value: JSONValue) -> JSONValue {
        switch (kind, value) {
        case (.date(let format), .number(let seconds)):
            format.value(of: Date(timeIntervalSinceReferenceDate: seconds))
        case (.date(let format), .integer(let seconds)):
            format.value(of: Date(timeIntervalSinceReferenceDate: Double(seconds)))
        case (.array(let items), .array(let elements)): .array(elements.map(items.argumentForm))
        default: value
        }
    }

    private func isText(_ value: JSONValue) -> Bool { wire == .string && value.string != nil }

    /// A part of a joined text as the JSON value that it stands for.
    private func scalar(in text: String) -> JSONValue {
        switch kind {
        case .integer, .number, .boolean, .date(.unixSeconds), .date(.unixMilliseconds):
            (try? JSONValue(parsing: Data(text.utf8))) ?? .string(text)
        default: .string(text)
        }
    }

    private func mismatch(_ what: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: what))
    }

    fileprivate func decode<Value: Decodable>(_ type: Value.Type, _ wire: JSONValue, at path: [any CodingKey]) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: codableForm(of: wire).data)
        } catch let error as DecodingError {
            throw error.moved(below: path)
        }
    }
}

extension KeyedDecodingContainer {
    /// A value whose parts are read as a schema says.
    public func decode<Value: Decodable>(_ type: Value.Type, as schema: Schema, forKey key: Key) throws -> Value {
        try schema.decode(type, decode(JSONValue.self, forKey: key), at: codingPath + [key])
    }

    /// The same for a value that may be absent or null.
    public func decodeIfPresent<Value: Decodable>(
        _ type: Value.Type, as schema: Schema, forKey key: Key
    ) throws -> Value? {
        guard let wire = try decodeIfPresent(JSONValue.self, forKey: key), !wire.isNull else { return nil }
        return try schema.decode(Value?.self, wire, at: codingPath + [key])
    }
}

extension KeyedEncodingContainer {
    /// A value whose parts are written as a schema says.
    public mutating func encode<Value: Encodable>(_ value: Value, as schema: Schema, forKey key: Key) throws {
        try encode(schema.wireForm(ofCodable: JSONValue(parsing: JSONEncoder().encode(value))), forKey: key)
    }

    public mutating func encodeIfPresent<Value: Encodable>(_ value: Value?, as schema: Schema, forKey key: Key) throws {
        if let value { try encode(value, as: schema, forKey: key) }
    }
}

extension ResponseDecoding where Response: Decodable {
    /// The payload is JSON whose parts are read as a schema says.
    public static func json(as schema: Schema) -> Self {
        let onNull: @Sendable () throws -> Response = { () throws -> Response in
            try schema.decode(Response.self, .null, at: [])
        }
        return .custom(onNull: schema.nullAsEmpty ? onNull : nil) { (decoder: any Decoder) throws -> Response in
            try schema.decode(Response.self, JSONValue(from: decoder), at: decoder.codingPath)
        }
    }
}

extension DecodingError {
    /// The same error, its path below another.
    fileprivate func moved(below path: [any CodingKey]) -> DecodingError {
        func moved(_ context: Context) -> Context {
            Context(
                codingPath: path + context.codingPath, debugDescription: context.debugDescription,
                underlyingError: context.underlyingError)
        }
        return switch self {
        case .typeMismatch(let type, let context): .typeMismatch(type, moved(context))
        case .valueNotFound(let type, let context): .valueNotFound(type, moved(context))
        case .keyNotFound(let key, let context): .keyNotFound(key, moved(context))
        case .dataCorrupted(let context): .dataCorrupted(moved(context))
        @unknown default: self
        }
    }
}
