/// Any JSON value. Integers of 64 bits are exact, other numbers are exact or as written; an object preserves the order of its members.
///
/// Two numbers are equal when they have the same value, as in JSON Schema 2020-12, 4.2.2: `.integer(1)` is `.number(1.0)`.
public enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    /// A number that neither `Int64` nor `Double` holds exactly, as written: `12345678901234567890`.
    case decimal(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue: Hashable {
    /// Compares values: an integer equals a number of the same value, and the order of members does not matter.
    @inline(never)  // Every search for a value would hold a copy of it.
    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.integer(let integer), .number(let number)), (.number(let number), .integer(let integer)):
            Int64(exactly: number) == integer
        case (.decimal(let left), .decimal(let right)): left == right
        case (.string(let left), .string(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    /// Hashes equal values equally: an integer as a number of the same value.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .integer(let value): hasher.combine(value)
        case .number(let value):
            if let integer = Int64(exactly: value) { hasher.combine(integer) } else { hasher.combine(value) }
        case .decimal(let text): hasher.combine(text)
        case .string(let value): hasher.combine(value)
        case .array(let items): hasher.combine(items)
        case .object(let object): hasher.combine(object)
        }
    }
}

/// The members of a JSON object, in order. Two objects are equal when they hold the same members in any order.
public struct JSONObject: Sendable {
    /// The members, in the order in which they were added; no key twice.
    public private(set) var members: [(key: String, value: JSONValue)] = []
    /// Where the members of a large object are: a small one is searched from its front, which is faster.
    private var indices: [String: Int] = [:]
    private static let small = 16

    /// Creates an object without members.
    public init() {}

    /// The keys, in the order in which they were added.
    public var keys: [String] { members.map(\.key) }
    /// The number of members.
    public var count: Int { members.count }
    /// Whether the object has no members.
    public var isEmpty: Bool { members.isEmpty }

    /// Setting appends a new key or replaces the value in its place; nil removes the member.
    public subscript(key: String) -> JSONValue? {
        get { index(of: key).map { members[$0].value } }
        set {
            switch (index(of: key), newValue) {
            case (let index?, let value?): members[index].value = value
            case (nil, let value?): append(key, value)
            case (let index?, nil):
                members.remove(at: index)
                indices = [:]
                if members.count > Self.small { indexAll() }
            case (nil, nil): break
            }
        }
    }

    /// The object with each value changed.
    func mapValues(_ change: (JSONValue) -> JSONValue) -> JSONObject {
        var copy = self
        for index in copy.members.indices { copy.members[index].value = change(copy.members[index].value) }
        return copy
    }

    /// Appends a member unless there is one of this key.
    mutating func appendIfNew(_ key: String, _ value: JSONValue) {
        if index(of: key) == nil { append(key, value) }
    }

    private mutating func append(_ key: String, _ value: JSONValue) {
        members.append((key, value))
        if members.count > Self.small + 1 {
            indices[key] = members.count - 1
        } else if members.count == Self.small + 1 {
            indexAll()
        }
    }

    private mutating func indexAll() {
        for (index, member) in members.enumerated() { indices[member.key] = index }
    }

    private func index(of key: String) -> Int? {
        if members.count > Self.small { return indices[key] }
        var index = 0
        while index < members.count {
            if members[index].key == key { return index }
            index += 1
        }
        return nil
    }
}

extension JSONObject: Hashable {
    /// Compares members; their order does not matter.
    public static func == (left: Self, right: Self) -> Bool {
        left.count == right.count && left.members.allSatisfy { right[$0.key] == $0.value }
    }

    /// Hashes the members; their order does not matter.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for (key, value) in members {
            var own = Hasher()
            own.combine(key)
            own.combine(value)
            sum &+= own.finalize()
        }
        hasher.combine(sum)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Creates an object with its members in this order; a duplicate key replaces the value before it.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        for (key, value) in elements { self[key] = value }
    }
}

extension JSONValue {
    /// The members if this is an object.
    public var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
    /// The items if this is an array.
    public var array: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
    /// The text if this is a string.
    public var string: String? { if case .string(let text) = self { text } else { nil } }
    /// The number if this is an integer.
    public var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
    /// The integer that this is, however it is written. JSON Schema 2020-12, Core, 4.2.3: a number with a zero fraction is an
    /// integer.
    public var integral: Int64? {
        switch self {
        case .integer(let number): number
        case .number(let number): Int64(exactly: number)
        default: nil
        }
    }
    /// The truth value if this is one.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// Whether this is null.
    public var isNull: Bool { if case .null = self { true } else { false } }

    /// The number if this is one, with or without a fraction.
    public var double: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .decimal(let text): Double(text)
        default: nil
        }
    }

    /// A member of an object; nil for anything else.
    public subscript(key: String) -> JSONValue? { object?[key] }
    /// An item of an array; nil for anything else, and beyond the end.
    public subscript(index: Int) -> JSONValue? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }

    /// What kind of value this is, in JSON Schema's words.
    public var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .number, .decimal: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Creates `null`.
    public init(nilLiteral: ()) { self = .null }
    /// Creates a boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Creates an integer.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// Creates a number.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// Creates a string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Creates an array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// Creates an object with its members in this order; a duplicate key replaces the value before it.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (key, value) in elements { object[key] = value }
        self = .object(object)
    }
}
