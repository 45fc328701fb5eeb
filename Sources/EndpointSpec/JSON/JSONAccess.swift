/// Reading a value whose shape is known, or guessed: nil where it is another one.
extension JSONNode {
    public var isNull: Bool {
        if case .null = value { true } else { false }
    }

    public var boolean: Bool? {
        if case .boolean(let boolean) = value { boolean } else { nil }
    }

    public var integer: Int64? {
        if case .integer(let integer) = value { integer } else { nil }
    }

    /// Any number.
    public var double: Double? {
        switch value {
        case .integer(let integer): Double(integer)
        case .double(let double): double
        default: nil
        }
    }

    public var string: String? {
        if case .string(let string) = value { string } else { nil }
    }

    public var elements: [JSONNode]? {
        if case .array(let elements) = value { elements } else { nil }
    }

    public var members: [JSONMember]? {
        if case .object(let members) = value { members } else { nil }
    }

    /// The value of a member; nil where there is none, or where this is no object.
    public subscript(_ key: String) -> JSONNode? {
        guard case .object(let members) = value, let index = Self.index(of: key, in: members) else { return nil }
        return members[index].value
    }

    public func member(_ key: String) -> JSONMember? {
        guard case .object(let members) = value, let index = Self.index(of: key, in: members) else { return nil }
        return members[index]
    }

    /// By index, so that no member is copied on the way: most of a check is looking up keys.
    private static func index(of key: String, in members: [JSONMember]) -> Int? {
        var index = 0
        while index < members.count {
            if members[index].key == key { return index }
            index += 1
        }
        return nil
    }

    /// Whether both are the same JSON value, wherever they stand; members are compared in any order, and 1 is 1.0.
    public func isSame(as other: JSONNode) -> Bool {
        switch (value, other.value) {
        case (.null, .null): true
        case (.boolean(let left), .boolean(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.string(let left), .string(let right)): left == right
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.object(let left), .object(let right)):
            left.count == right.count
                && left.allSatisfy { member in other[member.key].map { member.value.isSame(as: $0) } ?? false }
        default: double.map { $0 == other.double } ?? false
        }
    }

    /// `a string`, for messages.
    var kindName: String {
        switch value {
        case .null: "null"
        case .boolean: "a boolean"
        case .integer: "an integer"
        case .double: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
