/// What a value looks like: its type, what is checked before it is sent, how it is encoded, and how leniently it is read.
///
///     Parameter("limit", limit, .integer(minimum: 1, maximum: 100))
///     Parameter("fileIDs", ids, .array(.integer(wire: .string), minItems: 1, maxItems: 100))
public struct Schema: Sendable, Hashable {
    /// The type of a value.
    public indirect enum Kind: Sendable, Hashable {
        /// Any JSON value, sent and read as it is.
        case any
        case string
        case integer(IntegerFormat)
        case number
        case boolean
        /// A text in a format that is neither a point in time nor any text.
        case text(TextFormat)
        /// A point in time, in one format.
        case date(DateFormat)
        /// Bytes, as a whole body or a part of a multipart body.
        case binary
        case array(Schema)
        /// Fields by name. With a schema for additional properties, fields of any other name have values of that; an object
        /// without fields of its own is a map then.
        case object([Property], additional: Schema? = nil)
        /// One of several types.
        case union(Union)
        /// A named type that holds itself.
        case reference(SchemaReference)
    }

    /// How wide an integer is.
    public enum IntegerFormat: String, Sendable, Hashable, CaseIterable {
        /// Swift's `Int`; the format is not named in a spec.
        case native
        case int32, int64
    }

    /// The type.
    public var kind: Kind
    /// Whether null is a value.
    public var isNullable = false
    /// What a value must satisfy before it is sent.
    public var constraints = Constraints()
    /// How a value is written when it is sent.
    public var encoding = Encoding()
    /// What else is accepted when a response is read.
    public var leniency = Leniency()
    /// Whether the value is never shown in messages.
    public var isSensitive = false

    /// Creates a schema of a type, without constraints.
    public init(_ kind: Kind) {
        self.kind = kind
    }

    /// A field of an object.
    public struct Property: Sendable, Hashable {
        /// The name on the wire.
        public var name: String
        /// The field's schema.
        public var schema: Schema
        /// Whether the field may be absent.
        public var isOptional: Bool
        /// What is sent where the field has no value.
        public var defaultValue: JSONValue?
        /// What is always sent.
        public var constant: JSONValue?
        /// Other spellings of the name in responses.
        public var aliases: [String]

        /// Creates a property.
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
    /// What is checked before a value is sent. Responses are not checked against these.
    public struct Constraints: Sendable, Hashable {
        /// The least number of Unicode scalars.
        public var minLength: Int?
        /// The greatest number of Unicode scalars.
        public var maxLength: Int?
        /// A regular expression that must match somewhere in the text; see ``Pattern``.
        public var pattern: String?
        /// The smallest number allowed.
        public var minimum: Bound?
        /// The greatest number allowed.
        public var maximum: Bound?
        /// The smallest number of elements allowed.
        public var minItems: Int?
        /// The greatest number of elements allowed.
        public var maxItems: Int?

        /// Creates constraints that allow every value.
        public init() {}
    }

    /// What a value becomes in JSON, in a query or in a header field.
    public struct Encoding: Sendable, Hashable {
        /// A scalar that is written as another JSON type.
        public enum Wire: String, Sendable, Hashable, CaseIterable {
            case string
            case integer
        }

        /// The letters that a text is written in.
        public enum LetterCase: String, Sendable, Hashable, CaseIterable {
            case lower
        }

        /// How an object, or an array of objects, is written in a query or in a form.
        public enum Style: String, Sendable, Hashable, CaseIterable {
            /// Each field by itself, its name in brackets: `size[width]=2`.
            case deepObject
        }

        /// The JSON type that is sent in place of the declared one; nil for the declared one.
        public var wire: Wire?
        /// The letters that a text is written in; nil for those that it has. Constraints are checked before.
        public var letterCase: LetterCase?
        /// An array is written as one string with this between its items.
        public var join: String?
        /// An object is written as one string: `{name}` stands for a field.
        public var template: String?
        /// The value is written as an object with this one field.
        public var wrap: String?
        /// How an object is written in a query or in a form; nil where it is not, or as one text.
        public var style: Style?
        /// The media type of a part of a multipart body; nil for that of its type.
        public var contentType: String?

        /// Creates an encoding as the type has it by default.
        public init() {}

        /// The encoding of a shared type with what is said beside the reference to it.
        public func overlaid(by outer: Encoding) -> Encoding {
            var result = self
            result.wrap = outer.wrap ?? wrap
            result.style = outer.style ?? style
            result.contentType = outer.contentType ?? contentType
            return result
        }

        /// Whether a response holds something else than the declared type.
        public var changesResponses: Bool {
            var encoding = self
            encoding.letterCase = nil
            encoding.style = nil
            encoding.contentType = nil
            return encoding != Encoding()
        }
    }

    /// What a response may hold instead of the declared type.
    public struct Leniency: Sendable, Hashable {
        /// Other JSON types, which are converted to the declared one.
        public var accept: [ScalarType] = []
        /// Values that stand for "none".
        public var sentinels: [JSONValue] = []
        /// Whether null, or no value, reads as an empty array.
        public var nullAsEmpty = false

        /// Creates a leniency that accepts the declared type alone.
        public init() {}

        /// What either of two leniencies admits.
        public func merged(with other: Leniency) -> Leniency {
            var result = self
            result.nullAsEmpty = nullAsEmpty || other.nullAsEmpty
            result.accept += other.accept.filter { !accept.contains($0) }
            result.sentinels += other.sentinels.filter { !sentinels.contains($0) }
            return result
        }
    }

    /// The JSON types that a scalar can have.
    public enum ScalarType: String, Sendable, Hashable, CaseIterable {
        case string, integer, number, boolean
    }
}

/// A type that is looked up when it is needed, because it holds itself. References with one name are equal.
public struct SchemaReference: Sendable, Hashable {
    /// The shared type's name.
    public var name: String
    private let lookUp: @Sendable () -> Schema

    /// Creates a reference whose schema is looked up when it is needed, so that types may refer to each other.
    public init(_ name: String, lookUp: @escaping @Sendable () -> Schema) {
        self.name = name
        self.lookUp = lookUp
    }

    /// The type.
    public var schema: Schema { lookUp() }

    /// Whether both have one name.
    public static func == (left: Self, right: Self) -> Bool { left.name == right.name }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

// MARK: Structure

extension Schema {
    /// The schema with a reference replaced by its type; what is said beside the reference takes precedence.
    public var resolved: Schema {
        var schema = self
        // A reference to a reference to itself has no type; the checker refuses it.
        for _ in 0..<32 {
            guard case .reference(let reference) = schema.kind else { return schema }
            schema = reference.schema.overlaid(by: schema)
        }
        return schema
    }

    /// Whether there is a reference to follow. A schema without one is its own ``resolved`` form, and need not be copied.
    var isReference: Bool { if case .reference = kind { true } else { false } }

    private func overlaid(by outer: Schema) -> Schema {
        var result = self
        result.isNullable = isNullable || outer.isNullable
        result.isSensitive = isSensitive || outer.isSensitive
        result.encoding = encoding.overlaid(by: outer.encoding)
        result.leniency = leniency.merged(with: outer.leniency)
        return result
    }

    /// What is directly inside: the items of an array, the properties of an object, the values of a map, the members of a
    /// union.
    public var children: [Schema] {
        switch kind {
        case .array(let items): [items]
        case .object(let properties, let additional): properties.map(\.schema) + (additional.map { [$0] } ?? [])
        case .union(let union): union.members.map(\.schema)
        case .any, .string, .text, .integer, .number, .boolean, .date, .binary, .reference: []
        }
    }

    /// The properties of an object; none for any other type.
    public var properties: [Property] {
        if case .object(let properties, _) = resolved.kind { properties } else { [] }
    }

    /// The schema of a member of an object: its property's, or that of additional properties; nil where there is neither.
    public func member(_ name: String) -> Schema? {
        guard case .object(let properties, let additional) = resolved.kind else { return nil }
        return properties.first { $0.name == name }?.schema ?? additional
    }

    /// Any JSON value.
    public static let any = Schema(.any)

    /// The same schema for values that must never be shown.
    public var sensitive: Schema {
        var copy = self
        copy.isSensitive = true
        return copy
    }
}
