extension Schema {
    /// A value that has one of several types, and how these are told apart.
    public struct Union: Sendable, Hashable {
        /// The field that says which of the objects a value is; nil where none does.
        public var tag: String?
        /// The types, in the order written.
        public var members: [Member]

        /// One of the types.
        public struct Member: Sendable, Hashable {
            /// What tells the type from the others.
            public var mark: Mark
            /// The type.
            public var schema: Schema

            /// Creates a member.
            public init(_ mark: Mark, _ schema: Schema = .any) {
                self.mark = mark
                self.schema = schema
            }
        }

        /// What tells one type from the others.
        public enum Mark: Sendable, Hashable {
            /// JSON types that no other member has.
            case types(Set<JSONType>)
            /// Texts of the tag, of an object.
            case tags([String])
            /// A required field that no other member has, by its spellings, of an object.
            case field([String])
        }

        /// Creates a union.
        public init(tag: String? = nil, _ members: [Member]) {
            self.tag = tag
            self.members = members
        }
    }

    /// The JSON types of values other than null. An integer is a number that is whole.
    public enum JSONType: String, Sendable, Hashable, CaseIterable {
        case string, integer, number, boolean, array, object
    }

    /// A value that has one of several types.
    public static func oneOf(tag: String? = nil, _ members: [Union.Member], nullable: Bool = false) -> Schema {
        var schema = Schema(.union(Union(tag: tag, members)))
        schema.isNullable = nullable
        return schema
    }
}

extension Schema.Union {
    /// Which member a value is of; nil for a value of no member, which is read and sent as it is.
    public func index(of value: JSONValue) -> Int? { index(ofSource: value) }

    func index(ofSource value: some ResponseSource) -> Int? {
        guard let type = value.jsonType else { return nil }
        let tag = type == .object ? tag.flatMap { value.member($0)?.json.plainText } : nil
        return members.firstIndex { member in
            switch member.mark {
            case .types(let types): types.contains(type)
            // By bytes, as everything that names something on the wire.
            case .tags(let tags): tag.map { tag in tags.contains { $0.utf8.elementsEqual(tag.utf8) } } ?? false
            case .field(let names): type == .object && names.contains { value.member($0)?.isNull == false }
            }
        }
    }

    /// The type of a value; nil for a value of no member.
    func schema(of value: some ResponseSource) -> Schema? { index(ofSource: value).map { members[$0].schema } }
}
