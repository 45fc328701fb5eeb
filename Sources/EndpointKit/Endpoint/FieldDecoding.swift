import Foundation

// What generated `init(from:)` and `encode(to:)` are made of where a service's JSON needs tolerance.

/// A value that can also be read from another JSON type: a number from a string and the other way round.
public protocol LenientValue: Decodable {
    init?(lenient value: JSONValue)
}

extension KeyedDecodingContainer {
    /// An array; null or absent reads as empty.
    public func list<Item: Decodable>(_ type: [Item].Type = [Item].self, forKey key: Key) throws -> [Item] {
        try decodeIfPresent(type, forKey: key) ?? []
    }

    /// A time in the given format.
    public func date(_ format: DateFormat, forKey key: Key) throws -> Date {
        let value = try decode(JSONValue.self, forKey: key)
        guard let date = format.date(from: value) else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: "\(value.text()) is not a time in the form \(format.example)")
        }
        return date
    }

    /// A time that may be absent, null, or one of the values that mean "none".
    public func dateIfPresent(_ format: DateFormat, sentinels: [JSONValue] = [], forKey key: Key) throws -> Date? {
        guard try hasValue(forKey: key, sentinels: sentinels) else { return nil }
        return try date(format, forKey: key)
    }

    /// A truth value that stands as 0 or 1 on the wire.
    public func flag(forKey key: Key) throws -> Bool {
        if let value = try? decode(Bool.self, forKey: key) { return value }
        let number = try decode(Int.self, forKey: key)
        guard number == 0 || number == 1 else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "\(number) is not 0 or 1")
        }
        return number == 1
    }

    public func flagIfPresent(forKey key: Key) throws -> Bool? {
        try hasValue(forKey: key, sentinels: []) ? flag(forKey: key) : nil
    }

    /// A value that may stand as a string or as a number.
    public func lenient<Value: LenientValue>(_ type: Value.Type, forKey key: Key) throws -> Value {
        if let value = try? decode(type, forKey: key) { return value }
        let found = try decode(JSONValue.self, forKey: key)
        guard let value = Value(lenient: found) else {
            throw DecodingError.typeMismatch(
                type, .init(codingPath: codingPath + [key], debugDescription: "found \(found.typeName)"))
        }
        return value
    }

    public func lenientIfPresent<Value: LenientValue>(
        _ type: Value.Type, sentinels: [JSONValue] = [], forKey key: Key
    ) throws -> Value? {
        try hasValue(forKey: key, sentinels: sentinels) ? lenient(type, forKey: key) : nil
    }

    /// A value that may be absent, null, or one of the values that mean "none".
    public func decodeIfPresent<Value: Decodable>(
        _ type: Value.Type, sentinels: [JSONValue], forKey key: Key
    ) throws -> Value? {
        try hasValue(forKey: key, sentinels: sentinels) ? decode(type, forKey: key) : nil
    }

    /// The first of several spellings of a key that has a value; the primary one if none has.
    public func key(_ primary: Key, or aliases: [Key]) -> Key {
        ([primary] + aliases).first { contains($0) && (try? decodeNil(forKey: $0)) != true } ?? primary
    }

    private func hasValue(forKey key: Key, sentinels: [JSONValue]) throws -> Bool {
        guard contains(key), try !decodeNil(forKey: key) else { return false }
        return try sentinels.isEmpty || !sentinels.contains(decode(JSONValue.self, forKey: key))
    }
}

extension KeyedEncodingContainer {
    public mutating func encode(_ date: Date, _ format: DateFormat, forKey key: Key) throws {
        try encode(format.value(of: date), forKey: key)
    }

    /// - Parameter sentinel: What stands on the wire for nil; without one the key is left out.
    public mutating func encodeIfPresent(
        _ date: Date?, _ format: DateFormat, sentinel: JSONValue? = nil, forKey key: Key
    ) throws {
        if let date {
            try encode(date, format, forKey: key)
        } else if let sentinel {
            try encode(sentinel, forKey: key)
        }
    }

    /// A truth value as 0 or 1.
    public mutating func encodeFlag(_ value: Bool, forKey key: Key) throws {
        try encode(value ? 1 : 0, forKey: key)
    }

    public mutating func encodeFlagIfPresent(_ value: Bool?, forKey key: Key) throws {
        if let value { try encodeFlag(value, forKey: key) }
    }

    /// A number as a string.
    public mutating func encodeText<Value: CustomStringConvertible>(_ value: Value, forKey key: Key) throws {
        try encode(value.description, forKey: key)
    }

    public mutating func encodeTextIfPresent<Value: CustomStringConvertible>(_ value: Value?, forKey key: Key) throws {
        if let value { try encodeText(value, forKey: key) }
    }
}

extension DateFormat {
    /// A time in this format, for messages.
    var example: String { value(of: Date(timeIntervalSince1970: 1_742_716_117)).text() }
}

extension String: LenientValue {
    public init?(lenient value: JSONValue) {
        switch value {
        case .string(let text): self = text
        case .integer(let number): self = String(number)
        case .number(let number): self = "\(number)"
        case .bool(let truth): self = String(truth)
        default: return nil
        }
    }
}

extension Int64: LenientValue {
    public init?(lenient value: JSONValue) {
        switch value {
        case .integer(let number): self = number
        case .number(let number):
            guard let exact = Int64(exactly: number) else { return nil }
            self = exact
        case .string(let text):
            guard let number = Int64(text) else { return nil }
            self = number
        case .bool(let truth): self = truth ? 1 : 0
        default: return nil
        }
    }
}

extension Int: LenientValue {
    public init?(lenient value: JSONValue) {
        guard let number = Int64(lenient: value) else { return nil }
        self.init(exactly: number)
    }
}

extension Int32: LenientValue {
    public init?(lenient value: JSONValue) {
        guard let number = Int64(lenient: value) else { return nil }
        self.init(exactly: number)
    }
}

extension Double: LenientValue {
    public init?(lenient value: JSONValue) {
        switch value {
        case .integer(let number): self = Double(number)
        case .number(let number): self = number
        case .string(let text):
            guard let number = Double(text), number.isFinite else { return nil }
            self = number
        default: return nil
        }
    }
}

extension Bool: LenientValue {
    public init?(lenient value: JSONValue) {
        switch value {
        case .bool(let truth): self = truth
        case .integer(0), .string("0"), .string("false"): self = false
        case .integer(1), .string("1"), .string("true"): self = true
        default: return nil
        }
    }
}

extension OpenEnum {
    public init?(lenient value: JSONValue) {
        guard let raw = RawValue(lenient: value) else { return nil }
        self.init(rawValue: raw)
    }
}
