/// A value or null, where a field may also be left out: in a `Nullable<String>?`, absent, null and a value are three things.
///
///     try await client.notes.change(id: 7)                    // leaves the title as it is
///     try await client.notes.change(id: 7, title: .null)      // sends null
///     try await client.notes.change(id: 7, title: "New")      // sends the text
@frozen public enum Nullable<Wrapped> {
    /// Null.
    case null
    /// A value.
    case value(Wrapped)

    /// Creates a value, or null of nil.
    public init(_ value: Wrapped?) { self = if let value { .value(value) } else { .null } }

    /// The value; nil for null.
    public var value: Wrapped? {
        switch self {
        case .null: nil
        case .value(let value): value
        }
    }
}

extension Nullable: Sendable where Wrapped: Sendable {}
extension Nullable: Equatable where Wrapped: Equatable {}
extension Nullable: Hashable where Wrapped: Hashable {}

extension Nullable: Codable, JSONCodable where Wrapped: JSONCodable {
    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) throws {
        self = json.isNull ? .null : .value(try Wrapped(json: json))
    }
    /// Reads a value that a schema has read leniently.
    @_spi(Generated) public init(decoded value: JSONValue) throws {
        self = value.isNull ? .null : .value(try Wrapped(decoded: value))
    }
    /// Writes null or the value.
    @_spi(Generated) public func write(to json: inout JSONWriter) {
        switch self {
        case .null: json.write(JSONValue.null)
        case .value(let value): value.write(to: &json)
        }
    }
}

// MARK: Literals

extension Nullable: ExpressibleByBooleanLiteral where Wrapped: ExpressibleByBooleanLiteral {
    /// Creates a value.
    public init(booleanLiteral value: Wrapped.BooleanLiteralType) { self = .value(Wrapped(booleanLiteral: value)) }
}

extension Nullable: ExpressibleByIntegerLiteral where Wrapped: ExpressibleByIntegerLiteral {
    /// Creates a value.
    public init(integerLiteral value: Wrapped.IntegerLiteralType) { self = .value(Wrapped(integerLiteral: value)) }
}

extension Nullable: ExpressibleByFloatLiteral where Wrapped: ExpressibleByFloatLiteral {
    /// Creates a value.
    public init(floatLiteral value: Wrapped.FloatLiteralType) { self = .value(Wrapped(floatLiteral: value)) }
}

extension Nullable: ExpressibleByUnicodeScalarLiteral where Wrapped: ExpressibleByUnicodeScalarLiteral {
    /// Creates a value.
    public init(unicodeScalarLiteral value: Wrapped.UnicodeScalarLiteralType) {
        self = .value(Wrapped(unicodeScalarLiteral: value))
    }
}

extension Nullable: ExpressibleByExtendedGraphemeClusterLiteral
where Wrapped: ExpressibleByExtendedGraphemeClusterLiteral {
    /// Creates a value.
    public init(extendedGraphemeClusterLiteral value: Wrapped.ExtendedGraphemeClusterLiteralType) {
        self = .value(Wrapped(extendedGraphemeClusterLiteral: value))
    }
}

extension Nullable: ExpressibleByStringLiteral where Wrapped: ExpressibleByStringLiteral {
    /// Creates a value.
    public init(stringLiteral value: Wrapped.StringLiteralType) { self = .value(Wrapped(stringLiteral: value)) }
}

// What generated code calls for a field of which absent, null and a value are three things.

@_spi(Generated) extension JSONReader {
    /// The value of a member, null too; nil only if there is none.
    public func ifGiven(_ name: StaticString) throws -> JSONReader? {
        try object()
        return member(name.description)
    }

    /// The value of a member as its property says, null too; nil only if there is none.
    public func readNullable<Value: JSONCodable>(_ property: Schema.Property) throws -> Nullable<Value>? {
        try object()
        let key = property.spelling { member($0) != nil }
        guard member(key) != nil else { return nil }
        return Nullable(try read(property) as Value?)
    }
}

@_spi(Generated) extension Schema.Property {
    /// What is written for a value: its encoding, null for null, nothing for nil.
    public func encoded<Value: JSONCodable>(nullable value: Nullable<Value>?) -> JSONValue? {
        guard let value else { return nil }
        return value.value.map { encoded($0) } ?? .null
    }
}
