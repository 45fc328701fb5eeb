import Foundation

/// What a value looks like, what is checked before it is sent, and what it becomes on the wire.
///
///     Parameter("limit", limit, .integer(minimum: 1, maximum: 100))
///     Parameter("fileIDs", ids, .array(.integer(wire: .string), minItems: 1, maxItems: 100))
public struct Schema: Sendable, Hashable {
    public indirect enum Kind: Sendable, Hashable {
        /// Anything, sent as it is.
        case any
        case string
        case integer
        case number
        case boolean
        case date(DateFormat)
        case binary
        case array(Schema)
        case object([Property])
    }

    /// A scalar that stands as another JSON type on the wire.
    public enum Wire: Sendable, Hashable {
        case string
        case integer
    }

    public var kind: Kind
    public var isNullable = false
    /// Characters.
    public var minLength: Int?
    public var maxLength: Int?
    /// A regular expression that must match somewhere, as in JSON Schema.
    public var pattern: String?
    public var minimum: Double?
    public var maximum: Double?
    public var minItems: Int?
    public var maxItems: Int?
    public var wire: Wire?
    /// An array becomes one string with this between its items.
    public var join: String?
    /// An object becomes one string: `{name}` stands for a field.
    public var template: String?
    /// A value becomes an object with this one field.
    public var wrap: String?
    /// Known values by name, for messages and for people; other values are allowed.
    public var known: [String: JSONValue] = [:]
    /// For answers: null, or no value, reads as an empty array.
    public var nullAsEmpty = false
    /// For answers: wire values that stand for null.
    public var sentinels: [JSONValue] = []
    /// For answers: a string or number is turned into the declared type.
    public var isLenient = false
    /// Never shown.
    public var isSensitive = false

    public init(_ kind: Kind) {
        self.kind = kind
    }

    /// A field of an object.
    public struct Property: Sendable, Hashable {
        public var name: String
        public var schema: Schema
        public var isOptional: Bool
        public var defaultValue: JSONValue?
        public var constant: JSONValue?
        public var aliases: [String]

        public init(
            _ name: String, _ schema: Schema, optional: Bool = false, default defaultValue: JSONValue? = nil,
            const constant: JSONValue? = nil, aliases: [String] = []
        ) {
            self.name = name
            self.schema = schema
            self.isOptional = optional
            self.defaultValue = defaultValue
            self.constant = constant
            self.aliases = aliases
        }
    }
}

extension Schema {
    public static let any = Schema(.any)
    public static let boolean = Schema(.boolean)
    public static let binary = Schema(.binary)

    public static func string(
        minLength: Int? = nil, maxLength: Int? = nil, pattern: String? = nil, nullable: Bool = false,
        sensitive: Bool = false
    ) -> Schema {
        var schema = Schema(.string)
        schema.minLength = minLength
        schema.maxLength = maxLength
        schema.pattern = pattern
        schema.isNullable = nullable
        schema.isSensitive = sensitive
        return schema
    }

    public static func integer(
        minimum: Int64? = nil, maximum: Int64? = nil, wire: Wire? = nil, wrap: String? = nil, nullable: Bool = false,
        sensitive: Bool = false
    ) -> Schema {
        var schema = Schema(.integer)
        schema.minimum = minimum.map(Double.init)
        schema.maximum = maximum.map(Double.init)
        schema.wire = wire
        schema.wrap = wrap
        schema.isNullable = nullable
        schema.isSensitive = sensitive
        return schema
    }

    public static func number(
        minimum: Double? = nil, maximum: Double? = nil, wire: Wire? = nil, nullable: Bool = false
    ) -> Schema {
        var schema = Schema(.number)
        schema.minimum = minimum
        schema.maximum = maximum
        schema.wire = wire
        schema.isNullable = nullable
        return schema
    }

    public static func boolean(wire: Wire? = nil, nullable: Bool = false) -> Schema {
        var schema = Schema(.boolean)
        schema.wire = wire
        schema.isNullable = nullable
        return schema
    }

    public static func date(_ format: DateFormat, nullable: Bool = false) -> Schema {
        var schema = Schema(.date(format))
        schema.isNullable = nullable
        return schema
    }

    public static func array(
        _ items: Schema, minItems: Int? = nil, maxItems: Int? = nil, join: String? = nil, nullable: Bool = false
    ) -> Schema {
        var schema = Schema(.array(items))
        schema.minItems = minItems
        schema.maxItems = maxItems
        schema.join = join
        schema.isNullable = nullable
        return schema
    }

    public static func object(
        _ properties: [Property], template: String? = nil, wrap: String? = nil, nullable: Bool = false
    ) -> Schema {
        var schema = Schema(.object(properties))
        schema.template = template
        schema.wrap = wrap
        schema.isNullable = nullable
        return schema
    }

    /// The same schema, its values as one field of an object on the wire.
    public func wrapped(in field: String) -> Schema {
        var copy = self
        copy.wrap = field
        return copy
    }

    /// The same schema for values that must never be shown.
    public var sensitive: Schema {
        var copy = self
        copy.isSensitive = true
        return copy
    }
}
