// Schemas as generated code and people write them.

extension Schema {
    /// A truth value.
    public static let boolean = Schema(.boolean)
    /// Bytes.
    public static let binary = Schema(.binary)

    /// A text.
    public static func string(
        minLength: Int? = nil, maxLength: Int? = nil, pattern: String? = nil,
        case letterCase: Encoding.LetterCase? = nil, nullable: Bool = false, sensitive: Bool = false
    ) -> Schema {
        var schema = Schema(.string)
        schema.encoding.letterCase = letterCase
        schema.constraints.minLength = minLength
        schema.constraints.maxLength = maxLength
        schema.constraints.pattern = pattern
        schema.isNullable = nullable
        schema.isSensitive = sensitive
        return schema
    }

    /// A whole number of 64 bits, or of 32.
    public static func integer(
        _ format: IntegerFormat = .native, minimum: Int64? = nil, maximum: Int64? = nil, wire: Encoding.Wire? = nil,
        wrap: String? = nil, nullable: Bool = false, sensitive: Bool = false
    ) -> Schema {
        var schema = Schema(.integer(format))
        schema.constraints.minimum = minimum.map(Bound.integer)
        schema.constraints.maximum = maximum.map(Bound.integer)
        schema.encoding.wire = wire
        schema.encoding.wrap = wrap
        schema.isNullable = nullable
        schema.isSensitive = sensitive
        return schema
    }

    /// A number.
    public static func number(
        minimum: Bound? = nil, maximum: Bound? = nil, wire: Encoding.Wire? = nil, nullable: Bool = false
    ) -> Schema {
        var schema = Schema(.number)
        schema.constraints.minimum = minimum
        schema.constraints.maximum = maximum
        schema.encoding.wire = wire
        schema.isNullable = nullable
        return schema
    }

    /// A truth value.
    public static func boolean(wire: Encoding.Wire? = nil, nullable: Bool = false) -> Schema {
        var schema = Schema(.boolean)
        schema.encoding.wire = wire
        schema.isNullable = nullable
        return schema
    }

    /// A text in a format.
    public static func text(_ format: TextFormat, nullable: Bool = false, sensitive: Bool = false) -> Schema {
        var schema = Schema(.text(format))
        schema.isNullable = nullable
        schema.isSensitive = sensitive
        return schema
    }

    /// A point in time.
    public static func date(_ format: DateFormat, wire: Encoding.Wire? = nil, nullable: Bool = false) -> Schema {
        var schema = Schema(.date(format))
        schema.encoding.wire = wire
        schema.isNullable = nullable
        return schema
    }

    /// A list.
    public static func array(
        _ items: Schema, minItems: Int? = nil, maxItems: Int? = nil, join: String? = nil, nullable: Bool = false
    ) -> Schema {
        var schema = Schema(.array(items))
        schema.constraints.minItems = minItems
        schema.constraints.maxItems = maxItems
        schema.encoding.join = join
        schema.isNullable = nullable
        return schema
    }

    /// An object with these fields, and with any others whose values have the schema of additional properties.
    public static func object(
        _ properties: [Property], additional: Schema? = nil, template: String? = nil, wrap: String? = nil,
        nullable: Bool = false
    ) -> Schema {
        var schema = Schema(.object(properties, additional: additional))
        schema.encoding.template = template
        schema.encoding.wrap = wrap
        schema.isNullable = nullable
        return schema
    }

    /// An object whose names are not known: any name has a value of this schema.
    public static func map(_ values: Schema, nullable: Bool = false) -> Schema {
        .object([], additional: values, nullable: nullable)
    }

    /// A type that is looked up when it is needed, because it holds itself.
    public static func reference(
        _ name: String, nullable: Bool = false, lookUp: @escaping @Sendable () -> Schema
    ) -> Schema {
        var schema = Schema(.reference(SchemaReference(name, lookUp: lookUp)))
        schema.isNullable = nullable
        return schema
    }

    /// The same schema, its values as one field of an object on the wire.
    public func wrapped(in field: String) -> Schema { with { $0.encoding.wrap = field } }

    /// The same schema for an object that a query or a form has in this style.
    public func style(_ style: Encoding.Style) -> Schema { with { $0.encoding.style = style } }

    /// The same schema for a part of a multipart body that has this media type.
    public func contentType(_ type: String) -> Schema { with { $0.encoding.contentType = type } }

    /// The same schema for values that may come as one of these types, too.
    public func accepting(_ types: ScalarType...) -> Schema { with { $0.leniency.accept = types } }

    /// The same schema for an array that may be null or absent.
    public var nullAsEmptyArray: Schema { with { $0.leniency.nullAsEmpty = true } }

    /// The same schema with values that stand for "none".
    public func sentinels(_ values: [JSONValue]) -> Schema { with { $0.leniency.sentinels = values } }

    private func with(_ change: (inout Schema) -> Void) -> Schema {
        var copy = self
        change(&copy)
        return copy
    }
}
