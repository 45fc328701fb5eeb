/// `"oneOf"`: a value of one of several types, with the Swift enumeration that it becomes. Open: a value of none of them is
/// preserved.
public struct UnionModel: Sendable {
    /// One of the types.
    public struct Member: Sendable {
        /// The case's name: of a type that has a name, that in lower camel case; of any other, the JSON type. Not escaped.
        public var swiftName: String
        /// The type, never null: null is a value of the whole union.
        public var schema: SchemaModel
        /// The texts of the discriminator that mean this type, in the order written; none without a discriminator.
        public var tags: [String]
    }

    /// The Swift type's name: of a file of `types/`, the file's; otherwise the one that the spec gives.
    public var name: String
    /// Where the Swift type is declared.
    public var owner: TypeOwner
    /// The types, in the order written.
    public var members: [Member]
    /// The field that tells objects apart (wire name); nil where none is named.
    public var tag: String?

    /// The case for a value of none of the types.
    public static let otherName = "other"
}

extension TypeTable {
    /// What tells each member of a union from all others; nil for a member that nothing tells.
    ///
    /// A member whose JSON types no other one has is told by these. Several objects are told by the discriminator or, without
    /// one, by a required field each that no other object has.
    public func marks(of union: UnionModel) -> [Schema.Union.Mark?] {
        let types = union.members.map { jsonTypes(resolved($0.schema)) }
        let objects = union.members.indices.filter { types[$0].contains(.object) }
        let names = objects.map { spellings(of: union.members[$0].schema) }
        // A map may have any field.
        let maps = objects.count { objectFields(union.members[$0].schema) == nil }
        let uses = Dictionary(names.flatMap { $0.map { ($0, 1) } }, uniquingKeysWith: +)
        let rivals = Dictionary(types.flatMap { $0.map { ($0, 1) } }, uniquingKeysWith: +)
        return union.members.indices.map { index in
            let member = union.members[index]
            guard types[index] == [.object], objects.count > 1 || union.tag != nil else {
                return types[index].allSatisfy { rivals[$0] == 1 } ? .types(types[index]) : nil
            }
            if union.tag != nil { return .tags(member.tags) }
            if maps > (objectFields(member.schema) == nil ? 1 : 0) { return nil }
            return ownField(member.schema, uses).map { .field($0) }
        }
    }

    /// The union as a schema. A member that nothing tells is no value's; the checker refuses it.
    public func union(_ model: UnionModel) -> Schema.Union {
        Schema.Union(
            tag: model.tag,
            zip(model.members, marks(of: model)).map { member, mark in
                Schema.Union.Member(mark ?? .types([]), schema(of: member.schema))
            })
    }

    /// The JSON types that values of a type have.
    private func jsonTypes(_ schema: SchemaModel) -> Set<Schema.JSONType> {
        switch schema.kind {
        case .string, .text, .date: [.string]
        case .integer: [.integer]
        case .number: [.integer, .number]
        case .boolean: [.boolean]
        case .array: [.array]
        case .object, .map: [.object]
        case .enumeration(let enumeration): enumeration.isString ? [.string] : [.integer]
        // The checker refuses these.
        case .any, .binary, .union, .reference: Set(Schema.JSONType.allCases)
        }
    }

    /// The names and aliases of the fields of a type.
    private func spellings(of schema: SchemaModel) -> Set<String> {
        Set(fields(of: schema).flatMap { [$0.name] + $0.aliases })
    }

    /// The spellings of the first field that every object of a type has and none of others.
    ///
    /// - Parameters:
    ///   - schema: The type.
    ///   - uses: How many of the types, this one among them, have a field of a name.
    /// - Returns: The field's name and aliases; nil if there is no such field.
    private func ownField(_ schema: SchemaModel, _ uses: [String: Int]) -> [String]? {
        fields(of: schema).first { field in
            field.isAlwaysThere && ([field.name] + field.aliases).allSatisfy { uses[$0] == 1 }
        }.map { [$0.name] + $0.aliases }
    }
}

extension FieldModel {
    /// Whether every object has the field, and a value in it, as an argument and in a response.
    var isAlwaysThere: Bool {
        !isOptional && defaultValue == nil && constant == nil && !schema.admitsNone && !schema.leniency.nullAsEmpty
    }
}
