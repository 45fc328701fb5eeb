import Foundation

/// How the value of a payload's field stands in JSON, where that is not its own form.
public protocol WireForm: Sendable {
    associatedtype Value: Sendable & Hashable

    static func decode(from decoder: any Decoder) throws -> Value
    static func encode(_ value: Value, to encoder: any Encoder) throws
}

/// A field that is read and written in a form other than its type's own.
///
///     struct Item: Codable {
///         @Wire<FlagForm> var trashed: Bool              // 0 or 1
///         @Wire<UnixSecondsForm?> var expiresAt: Date?   // may be null or absent
///     }
@propertyWrapper
public struct Wire<Form: WireForm>: Codable, Sendable, Hashable {
    public var wrappedValue: Form.Value

    public init(wrappedValue: Form.Value) {
        self.wrappedValue = wrappedValue
    }

    public init(from decoder: any Decoder) throws {
        wrappedValue = try Form.decode(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        try Form.encode(wrappedValue, to: encoder)
    }
}

/// The same form, or nothing: null, or no such key.
extension Optional: WireForm where Wrapped: WireForm {
    public typealias Value = Wrapped.Value?

    public static func decode(from decoder: any Decoder) throws -> Wrapped.Value? {
        try decoder.singleValueContainer().decodeNil() ? nil : Wrapped.decode(from: decoder)
    }

    public static func encode(_ value: Wrapped.Value?, to encoder: any Encoder) throws {
        guard let value else {
            var container = encoder.singleValueContainer()
            return try container.encodeNil()
        }
        try Wrapped.encode(value, to: encoder)
    }
}

/// A list for which a service may send null, or leave it out, when it is empty.
@propertyWrapper
public struct NullAsEmpty<Item: Codable & Sendable & Hashable>: Codable, Sendable, Hashable {
    public var wrappedValue: [Item]

    public init(wrappedValue: [Item]) {
        self.wrappedValue = wrappedValue
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        wrappedValue = container.decodeNil() ? [] : try container.decode([Item].self)
    }

    public func encode(to encoder: any Encoder) throws {
        try wrappedValue.encode(to: encoder)
    }
}

// The compiler's own `init(from:)` and `encode(to:)` call these: they are better matches than the general functions.

extension KeyedDecodingContainer {
    public func decode<Item>(_ type: NullAsEmpty<Item>.Type, forKey key: Key) throws -> NullAsEmpty<Item> {
        try decodeIfPresent(type, forKey: key) ?? NullAsEmpty(wrappedValue: [])
    }

    public func decode<Form>(_ type: Wire<Form?>.Type, forKey key: Key) throws -> Wire<Form?> {
        try decodeIfPresent(type, forKey: key) ?? Wire(wrappedValue: nil)
    }
}

extension KeyedEncodingContainer {
    public mutating func encode<Form>(_ field: Wire<Form?>, forKey key: Key) throws {
        if field.wrappedValue != nil { try encodeIfPresent(field, forKey: key) }
    }
}

// MARK: Forms

/// A truth value as 0 or 1.
public enum FlagForm: WireForm {
    public static func decode(from decoder: any Decoder) throws -> Bool {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) { return value }
        let number = try container.decode(Int.self)
        guard number == 0 || number == 1 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(number) is not 0 or 1")
        }
        return number == 1
    }

    public static func encode(_ value: Bool, to encoder: any Encoder) throws {
        try (value ? 1 : 0).encode(to: encoder)
    }
}

/// A scalar that may also come as a string or a number.
public enum LenientForm<Value: LenientValue & Encodable & Sendable & Hashable>: WireForm {
    public static func decode(from decoder: any Decoder) throws -> Value {
        if let value = try? Value(from: decoder) { return value }
        let found = try JSONValue(from: decoder)
        guard let value = Value(lenient: found) else {
            throw DecodingError.typeMismatch(
                Value.self, .init(codingPath: decoder.codingPath, debugDescription: "found \(found.typeName)"))
        }
        return value
    }

    public static func encode(_ value: Value, to encoder: any Encoder) throws {
        try value.encode(to: encoder)
    }
}

/// A number or truth value as text.
public enum TextForm<Value>: WireForm
where Value: LenientValue & Encodable & Sendable & Hashable & CustomStringConvertible {
    public static func decode(from decoder: any Decoder) throws -> Value {
        try LenientForm<Value>.decode(from: decoder)
    }

    public static func encode(_ value: Value, to encoder: any Encoder) throws {
        try value.description.encode(to: encoder)
    }
}

/// A time in one format.
public protocol TimeForm: WireForm where Value == Date {
    static var format: DateFormat { get }
}

extension TimeForm {
    public static func decode(from decoder: any Decoder) throws -> Date {
        let value = try JSONValue(from: decoder)
        guard let date = format.date(from: value) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "\(value.text()) is not a time in the form \(format.example)"))
        }
        return date
    }

    public static func encode(_ value: Date, to encoder: any Encoder) throws {
        try format.value(of: value).encode(to: encoder)
    }
}

/// RFC 3339.
public enum DateTimeForm: TimeForm {
    public static let format = DateFormat.dateTime
}

public enum UnixSecondsForm: TimeForm {
    public static let format = DateFormat.unixSeconds
}

public enum UnixMillisecondsForm: TimeForm {
    public static let format = DateFormat.unixMilliseconds
}
