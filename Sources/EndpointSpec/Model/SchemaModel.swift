/// A checked type: what a value looks like in Swift, what it looks like on the wire, and what is checked.
public struct SchemaModel: Sendable {
    public indirect enum Kind: Sendable {
        case string
        case integer(IntegerWidth)
        case number(isFloat: Bool)
        case boolean
        case date(DateFormatModel)
        /// Bytes: only as a multipart part, or as a whole binary body or response.
        case binary(filename: String?)
        case array(SchemaModel)
        case object(ObjectModel)
        /// A type of `types/` (this module's or the extended one's) that is an object or an enumeration. Scalar types are inlined.
        case reference(String)
        case enumeration(EnumerationModel)
        /// Any JSON: `"type": "any"`.
        case any
    }

    public var kind: Kind
    /// `"type": ["integer", "null"]`
    public var isNullable = false
    public var minLength: Int?
    public var maxLength: Int?
    /// A regular expression in the common subset of ECMA 262 and Swift's `Regex`; not anchored, as in JSON Schema.
    public var pattern: String?
    public var minimum: JSONNumber?
    public var maximum: JSONNumber?
    public var minItems: Int?
    public var maxItems: Int?
    /// `"wire": "string"` on an integer or number, `"wire": "integer"` on a boolean.
    public var wire: WireForm?
    /// `"join": ","` on an array of scalars: one string on the wire.
    public var join: String?
    /// `"template": "{fileID}|{newName}"` on an object: one string on the wire.
    public var template: String?
    /// `"wrap": "fileId"` on an array's items: each item is an object with that one field on the wire.
    public var wrap: String?
    /// `"accept": ["string", "integer"]`: JSON types that the service may send instead of the declared one.
    public var accept: [String] = []
    /// `nullAsEmpty` on an array: null, or no value at all, reads as an empty array.
    public var nullAsEmpty = false
    /// `"sentinels": ["2099-12-31 08:00:00"]`: wire values that stand for "none"; the Swift type is optional.
    public var sentinels: [JSONNode] = []
    public var position: SourcePosition
    /// Stands for a type that could not be made out, so that one mistake is reported once. Never in a finished model.
    var isUnknown = false

    public init(_ kind: Kind, position: SourcePosition) {
        self.kind = kind
        self.position = position
    }
}

/// How wide an integer is, by its `format`.
public enum IntegerWidth: Sendable, Hashable {
    /// No format: Swift's `Int`.
    case native
    case int32, int64
}

public enum WireForm: String, Sendable, CaseIterable {
    case string, integer
}

public enum DateFormatModel: String, Sendable, CaseIterable {
    /// RFC 3339.
    case dateTime = "date-time"
    case unixSeconds = "unix-seconds"
    case unixMilliseconds = "unix-milliseconds"
    /// `YYYY-MM-DD HH:MM:SS` in the service's time zone; an explicit offset after it is honoured.
    case localDateTime = "local-date-time"
}

/// A JSON number as it was written, and exact where it is an integer.
public enum JSONNumber: Sendable, Hashable {
    case integer(Int64)
    case double(Double)
}

/// Where a Swift type is declared. A generator writes a type out with its owner alone; everything else only refers to it.
public enum TypeOwner: Sendable, Hashable {
    /// Nested in the type that holds the field.
    case enclosing
    /// Nested in the group (its type name) and declared by the endpoint of this id. Another endpoint has such a type in
    /// its own model if it is a variant, or if both give one definition the same `name`.
    case endpoint(id: String, group: String)
    /// Nested in the client and declared by the file of `types/` with this name.
    case type(String)
}

public struct ObjectModel: Sendable {
    /// The Swift type's name. Where the spec gives none: the field's name in upper camel case (`Type` becomes `Kind`;
    /// for items of an array in the singular: `fileList` and `files` give `File`, `list` gives `Item`), nested in the
    /// type that holds the field; for a parameter, the method's name in upper camel case goes before it.
    public var name: String
    public var owner: TypeOwner
    public var fields: [FieldModel]
}

/// `"enum": ["a", "b"]` or `"enum": {"running": 1, "finished": 2}`; open: other values are kept.
public struct EnumerationModel: Sendable {
    public struct Case: Sendable {
        public var swiftName: String
        public var value: JSONNode
    }

    /// The Swift type's name, found as an object's is.
    public var name: String
    public var owner: TypeOwner
    public var isString: Bool
    public var cases: [Case]
}

/// A field of a parameter place or of an object.
public struct FieldModel: Sendable {
    /// The name on the wire.
    public var name: String
    /// Lower camel case, acronyms in one form; not escaped (a keyword such as `default` stays as it is).
    public var swiftName: String
    public var schema: SchemaModel
    /// `"optional": true`: may be absent. Never set together with `schema.nullAsEmpty`, which covers absence.
    public var isOptional: Bool
    /// Sent always, an argument with a default.
    public var defaultValue: JSONNode?
    /// Sent always, no argument.
    public var constant: JSONNode?
    public var description: String?
    /// What to do instead, where the field is deprecated.
    public var deprecated: String?
    /// Redacted wherever it could be seen.
    public var isSensitive: Bool
    /// Other spellings of the key in answers.
    public var aliases: [String]
    public var position: SourcePosition
}
