/// A checked type: a ``Schema`` with what is about Swift: names, owners, positions.
public struct SchemaModel: Sendable {
    /// What a value is.
    public indirect enum Kind: Sendable {
        /// Text.
        case string
        /// A whole number.
        case integer(Schema.IntegerFormat)
        /// A number with a fraction.
        case number(isFloat: Bool)
        /// True or false.
        case boolean
        /// Text in a format.
        case text(TextFormat)
        /// A point in time.
        case date(DateFormat)
        /// Bytes: only as a multipart part, or as a whole binary body or response.
        case binary(filename: String?)
        /// A list of one type.
        case array(SchemaModel)
        /// Fields by name.
        case object(ObjectModel)
        /// Values of one type by any name: `additionalProperties` without `properties`. A Swift dictionary.
        case map(SchemaModel)
        /// A value of one of several types: `oneOf`.
        case union(UnionModel)
        /// A type of `types/` (this module's or the extended one's) that is an object, a union or an enumeration. Other types
        /// are written out.
        case reference(String)
        /// One of several values.
        case enumeration(EnumerationModel)
        /// Any JSON: `"type": "any"`.
        case any
    }

    /// What the value is.
    public var kind: Kind
    /// `"type": ["integer", "null"]`
    public var isNullable = false
    /// What is checked before a value is sent.
    public var constraints = Schema.Constraints()
    /// What a value becomes on the wire.
    public var encoding = Schema.Encoding()
    /// What a response may hold instead.
    public var leniency = Schema.Leniency()
    /// Where the type stands in its file.
    public var position: SourcePosition
    /// Stands for a type that could not be made out, so that one mistake is reported once. Never in a finished model.
    var isUnknown = false

    /// Makes a type without constraints.
    public init(_ kind: Kind, position: SourcePosition) {
        self.kind = kind
        self.position = position
    }

    /// The type of an array's items, or of a map's values; nil for any other type.
    public var element: SchemaModel? {
        switch kind {
        case .array(let items), .map(let items): items
        default: nil
        }
    }

    /// What is directly inside: the items of an array, the values of a map, the fields of an object, the types of a union.
    public var children: [SchemaModel] {
        switch kind {
        case .array(let items), .map(let items): [items]
        case .object(let object): object.fields.map(\.schema) + (object.additional.map { [$0] } ?? [])
        case .union(let union): union.members.map(\.schema)
        default: []
        }
    }

    /// Whether null, or a value that stands for none, may be there.
    public var admitsNone: Bool { isNullable || !leniency.sentinels.isEmpty }
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

/// An object with the Swift type that it becomes.
public struct ObjectModel: Sendable {
    /// The Swift type's name. Where the spec gives none: the field's name in upper camel case (`Type` becomes `Kind`;
    /// for items of an array in the singular: `fileList` and `files` give `File`, `list` gives `Item`), nested in the
    /// type that holds the field; for a parameter, the method's name in upper camel case precedes it.
    public var name: String
    /// Where the Swift type is declared.
    public var owner: TypeOwner
    /// The fields, in the order written.
    public var fields: [FieldModel]
    /// What values of any other name are, which the Swift property `additionalProperties` holds; nil for an object that has
    /// no such property.
    public var additional: SchemaModel?

    /// The Swift name of the property that holds the values of other names.
    public static let additionalName = "additionalProperties"

    /// That property, as a field; nil where there is none.
    public var additionalField: FieldModel? {
        guard let additional else { return nil }
        return FieldModel(
            name: Self.additionalName, swiftName: Self.additionalName,
            schema: SchemaModel(.map(additional), position: additional.position), position: additional.position,
            description: "The fields that have other names.")
    }
}

/// `"enum": ["a", "b"]` or `"enum": {"running": 1, "finished": 2}`; open: other values are preserved.
public struct EnumerationModel: Sendable {
    /// A value that is known, with its Swift name.
    public struct Case: Sendable {
        /// Lower camel case, not escaped.
        public var swiftName: String
        /// A string or an integer.
        public var value: JSONValue
    }

    /// The Swift type's name, found as an object's is.
    public var name: String
    /// Where the Swift type is declared.
    public var owner: TypeOwner
    /// Whether the values are strings; otherwise integers.
    public var isString: Bool
    /// The known values, in the order written.
    public var cases: [Case]
}

/// A field of a parameter location or of an object.
public struct FieldModel: Sendable {
    /// The name on the wire.
    public var name: String
    /// Lower camel case, acronyms in one form; not escaped (a keyword such as `default` stays as it is).
    public var swiftName: String
    /// The type of the value.
    public var schema: SchemaModel
    /// Where the field stands in its file.
    public var position: SourcePosition
    /// `"optional": true`: may be absent. Never set together with `schema.nullAsEmpty`, which covers absence.
    public var isOptional = false
    /// Sent always, an argument with a default.
    public var defaultValue: JSONValue?
    /// Sent always, no argument.
    public var constant: JSONValue?
    /// What the spec says about the field.
    public var description: String?
    /// What to do instead, where the field is deprecated.
    public var deprecated: String?
    /// Where its value is redacted.
    public var sensitivity = Sensitivity.none
    /// Whether its value is redacted anywhere.
    public var isSensitive: Bool { sensitivity != .none }
    /// Other spellings of the key in responses.
    public var aliases: [String] = []
    /// Whether another argument of the call, in another location, has the same name on the wire.
    public var isNameShared = false
    /// The name under which examples, untyped calls and `--input` give an argument: the name on the wire, which is the Swift name
    /// where two arguments share that one.
    public var argumentName: String { isNameShared ? swiftName : name }

    /// `"sensitive"`: where values are redacted.
    public enum Sensitivity: String, Sendable, Hashable {
        /// Nowhere.
        case none
        /// In messages and logs, not in the result that a person asked for.
        case messages
        /// Wherever it could be seen.
        case everywhere
    }

    /// What documentation says about the field besides its type: sentences, made of the keywords that are meant to be read.
    public var documentation: String? { description.map(Sentence.closed) }
}

/// Named types by name, and the schemas that models stand for.
public struct TypeTable: Sendable {
    private var types: [String: SchemaModel]

    /// Makes a table of these types.
    public init(_ types: [String: SchemaModel] = [:]) {
        self.types = types
    }

    /// Makes a table of a module's types and of those of the service that it extends.
    public init(_ model: ServiceModel) {
        self.init(Dictionary((model.baseTypes + model.types).map { ($0.name, $0.schema) }) { $1 })
    }

    /// The type of this name; nil if there is none.
    public subscript(_ name: String) -> SchemaModel? {
        get { types[name] }
        set { types[name] = newValue }
    }

    /// The names of all types.
    var names: [String] { Array(types.keys) }

    /// Adds the types of another table; what stands here takes precedence.
    mutating func merge(_ other: TypeTable) {
        types.merge(other.types) { own, _ in own }
    }

    // MARK: Models

    /// The type with a reference replaced by what it refers to; what is said beside the reference takes precedence.
    public func resolved(_ schema: SchemaModel) -> SchemaModel {
        var schema = schema
        var depth = 0
        while case .reference(let name) = schema.kind, var target = types[name], depth < 32 {
            target.isNullable = target.isNullable || schema.isNullable
            target.encoding = target.encoding.overlaid(by: schema.encoding)
            target.leniency = target.leniency.merged(with: schema.leniency)
            schema = target
            depth += 1
        }
        return schema
    }

    /// The fields of an object, or of a named type that is one; nil for any other type.
    public func objectFields(_ schema: SchemaModel) -> [FieldModel]? {
        if case .object(let object) = resolved(schema).kind { object.fields } else { nil }
    }

    /// The fields of an object; none for any other type.
    public func fields(of schema: SchemaModel) -> [FieldModel] { objectFields(schema) ?? [] }

    /// The type of a member: a field's, or that of a map's values; nil where the type says nothing of it.
    public func member(_ name: String, of schema: SchemaModel) -> SchemaModel? {
        switch resolved(schema).kind {
        case .object(let object): object.fields.first { $0.name == name }?.schema ?? object.additional
        case .map(let values): values
        default: nil
        }
    }

    /// The member of a union that a value is of; nil for a value of none, and where the type is not a union.
    public func member(of schema: SchemaModel, for value: JSONValue) -> UnionModel.Member? {
        guard case .union(let union) = resolved(schema).kind else { return nil }
        return self.union(union).index(of: value).map { union.members[$0] }
    }

    /// The type of an array's items; nil for any other type.
    public func items(of schema: SchemaModel) -> SchemaModel? {
        if case .array(let items) = resolved(schema).kind { resolved(items) } else { nil }
    }

    /// Visits a type and everything inside it, each named type once.
    public func walk(_ schema: SchemaModel, _ visit: (SchemaModel) -> Void) {
        var seen: Set<String> = []
        func walk(_ schema: SchemaModel) {
            if case .reference(let name) = schema.kind, !seen.insert(name).inserted { return }
            let schema = resolved(schema)
            visit(schema)
            schema.children.forEach(walk)
        }
        walk(schema)
    }

    /// The wire names of all fields in an endpoint's request and response that must not be shown.
    public func sensitiveFields(of endpoint: EndpointModel) -> Set<String> {
        names(of: endpoint) { $0.isSensitive }
    }

    /// Those of them that must not be shown in a result either.
    public func hiddenFields(of endpoint: EndpointModel) -> Set<String> {
        names(of: endpoint) { $0.sensitivity == .everywhere }
    }

    private func names(of endpoint: EndpointModel, where condition: (FieldModel) -> Bool) -> Set<String> {
        var names: Set<String> = []
        func collect(_ field: FieldModel) {
            if condition(field) { names.formUnion([field.name] + field.aliases) }
        }
        func collect(in schema: SchemaModel) {
            walk(schema) { if case .object(let object) = $0.kind { object.fields.forEach(collect) } }
        }
        for field in endpoint.fields {
            collect(field)
            collect(in: field.schema)
        }
        if case .payload(let schema) = endpoint.response { collect(in: schema) }
        for schema in [endpoint.errorResponse, endpoint.responseHeaders].compactMap(\.self) { collect(in: schema) }
        return names
    }

    // MARK: Schemas

    /// The schema of a field, the same that generated code has.
    public func schema(of field: FieldModel) -> Schema {
        var schema = schema(of: field.schema)
        schema.isSensitive = field.isSensitive
        return schema
    }

    /// The arguments of a call as properties, by the names under which they are given.
    public func arguments(_ fields: [FieldModel]) -> [Schema.Property] {
        fields.map { field in
            var property = property(field)
            property.name = field.argumentName
            return property
        }
    }

    /// The schema of a type. Named types are written out; one that holds itself is a reference, also where it begins.
    public func schema(of model: SchemaModel) -> Schema {
        var resolved = model
        var kind: Schema.Kind?
        if case .reference(let name) = model.kind {
            if isRecursive(name) {
                kind = .reference(SchemaReference(name) { types[name].map { self.schema(of: $0) } ?? .any })
            } else {
                resolved = self.resolved(model)
            }
        }
        var schema = Schema(kind ?? self.kind(of: resolved))
        schema.isNullable = resolved.isNullable
        schema.constraints = resolved.constraints
        schema.encoding = resolved.encoding
        schema.leniency = resolved.leniency
        return schema
    }

    /// The properties of an object with these fields.
    public func properties(_ fields: [FieldModel]) -> [Schema.Property] { fields.map(property) }

    private func kind(of model: SchemaModel) -> Schema.Kind {
        switch model.kind {
        case .string: .string
        case .text(let format): .text(format)
        case .integer(let format): .integer(format)
        case .number: .number
        case .boolean: .boolean
        case .date(let format): .date(format)
        case .binary: .binary
        case .array(let items): .array(schema(of: items))
        case .object(let object):
            .object(object.fields.map(property), additional: object.additional.map { schema(of: $0) })
        case .map(let values): .object([], additional: schema(of: values))
        case .union(let union): .union(self.union(union))
        // Open both ways: a value that is not listed round-trips.
        case .enumeration(let enumeration): enumeration.isString ? .string : .integer(.native)
        case .any, .reference: .any
        }
    }

    private func property(_ field: FieldModel) -> Schema.Property {
        Schema.Property(
            field.name, schema(of: field), optional: field.isOptional, default: field.defaultValue,
            const: field.constant, aliases: field.aliases)
    }
}
