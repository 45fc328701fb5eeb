/// A JSON value that knows where it stands.
public struct JSONNode: Sendable {
    /// What a value is.
    public indirect enum Value: Sendable {
        case null
        case boolean(Bool)
        /// Exact: no fraction, no exponent, fits 64 bits.
        case integer(Int64)
        /// Everything else that is a number.
        case double(Double)
        case string(String)
        case array([JSONNode])
        /// Members in the order written; no key twice.
        case object([JSONMember])
    }

    /// The value itself.
    public var value: Value
    /// Where the value begins.
    public var position: SourcePosition

    /// Makes a value at a position.
    public init(_ value: Value, position: SourcePosition) {
        self.value = value
        self.position = position
    }
}

/// A member of an object: the key knows where it stands, too.
public struct JSONMember: Sendable {
    /// All in one object: members are looked up, filtered and handed on all the time, and a copy retains one thing so.
    private final class Storage: Sendable {
        let key: String
        let keyPosition: SourcePosition
        let value: JSONNode

        init(key: String, keyPosition: SourcePosition, value: JSONNode) {
            (self.key, self.keyPosition, self.value) = (key, keyPosition, value)
        }
    }

    private let storage: Storage

    /// Makes a member.
    public init(key: String, keyPosition: SourcePosition, value: JSONNode) {
        storage = Storage(key: key, keyPosition: keyPosition, value: value)
    }

    /// The key, without escapes.
    public var key: String {
        get { storage.key }
        set { self = JSONMember(key: newValue, keyPosition: keyPosition, value: value) }
    }

    /// Where the key begins.
    public var keyPosition: SourcePosition {
        get { storage.keyPosition }
        set { self = JSONMember(key: key, keyPosition: newValue, value: value) }
    }

    /// The value of the key.
    public var value: JSONNode {
        get { storage.value }
        set { self = JSONMember(key: key, keyPosition: keyPosition, value: newValue) }
    }
}

/// Reading a value whose shape is known, or guessed: nil where it is another one.
extension JSONNode {
    /// Whether this is `null`.
    public var isNull: Bool {
        if case .null = value { true } else { false }
    }

    /// The value of a boolean; nil for anything else.
    public var boolean: Bool? {
        if case .boolean(let boolean) = value { boolean } else { nil }
    }

    /// The value of a number that Int64 holds exactly; nil for anything else.
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

    /// The value of a string; nil for anything else.
    public var string: String? {
        if case .string(let string) = value { string } else { nil }
    }

    /// The elements of an array; nil for anything else.
    public var elements: [JSONNode]? {
        if case .array(let elements) = value { elements } else { nil }
    }

    /// The members of an object, in the order written; nil for anything else.
    public var members: [JSONMember]? {
        if case .object(let members) = value { members } else { nil }
    }

    /// The value of a member; nil where there is none, or where this is not an object.
    public subscript(_ key: String) -> JSONNode? {
        guard case .object(let members) = value, let index = Self.index(of: key, in: members) else { return nil }
        return members[index].value
    }

    /// The value at a path; nil where there is none.
    func node(at path: FieldPath) -> JSONNode? {
        if let name = path.name, let value = self[name] { return value }
        var node = self
        for step in path.steps {
            let items = node.elements ?? []
            guard let next = node[step] ?? Int(step).flatMap({ items.indices.contains($0) ? items[$0] : nil }) else {
                return nil
            }
            node = next
        }
        return node
    }

    /// The member of this key; nil if this is not an object with such a key.
    public func member(_ key: String) -> JSONMember? {
        guard case .object(let members) = value, let index = Self.index(of: key, in: members) else { return nil }
        return members[index]
    }

    /// By index, so that no member is copied on the way: most of a check is looking up keys.
    static func index(of key: String, in members: [JSONMember]) -> Int? {
        var index = 0
        while index < members.count {
            if members[index].key == key { return index }
            index += 1
        }
        return nil
    }

    /// The value as JSON without blanks, members in the order they stand.
    public var compactText: String {
        var text = ""
        write(to: &text)
        return text
    }

    /// Appends the compact text.
    func write(to text: inout String) {
        switch value {
        case .null, .boolean, .double: text += json.text()
        case .integer(let integer): text += integer.description
        case .string(let string): text += JSONWriter.quoted(string)
        case .array(let elements):
            text += "["
            var isFirst = true
            for element in elements {
                if !isFirst { text += "," }
                isFirst = false
                element.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            var isFirst = true
            for member in members {
                if !isFirst { text += "," }
                isFirst = false
                text += JSONWriter.quoted(member.key)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    /// The value with the members of all objects sorted by key.
    public var sorted: JSONNode {
        switch value {
        case .array(let elements): JSONNode(.array(elements.map(\.sorted)), position: position)
        case .object(let members):
            JSONNode(
                .object(
                    members.sorted { $0.key < $1.key }.map {
                        JSONMember(key: $0.key, keyPosition: $0.keyPosition, value: $0.value.sorted)
                    }), position: position)
        default: self
        }
    }

    /// The value without its positions.
    public var json: JSONValue {
        switch value {
        case .null: return .null
        case .boolean(let boolean): return .bool(boolean)
        case .integer(let integer): return .integer(integer)
        case .double(let double): return .number(double)
        case .string(let string): return .string(string)
        case .array(let elements): return .array(elements.map(\.json))
        case .object(let members):
            var object = JSONObject()
            for member in members { object[member.key] = member.value.json }
            return .object(object)
        }
    }

    /// `a string`, for messages.
    var kindName: String { json.noun }
}
