/// A value of a response: one that is read already, or one in its text.
protocol ResponseSource {
    /// The value with all that is in it.
    var json: JSONValue { get }
    var isNull: Bool { get }
    var isObject: Bool { get }
    var isArray: Bool { get }
    /// The number of members; a duplicate key may count twice.
    var memberCount: Int { get }
    /// The JSON type, in which an integer is a number too; nil for null.
    var jsonType: Schema.JSONType? { get }
    /// The first member of a key; nil if there is none, or if this is not an object.
    func member(_ name: String) -> Self?
    func eachMember(_ body: (String, Self) -> Void)
    func eachElement(_ body: (Self) -> Void)
}

extension JSONValue: ResponseSource {
    var json: JSONValue { self }
    var isObject: Bool { object != nil }
    var jsonType: Schema.JSONType? {
        switch self {
        case .null: nil
        case .bool: .boolean
        case .integer: .integer
        case .number, .decimal: integral == nil ? .number : .integer
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
    var isArray: Bool { array != nil }
    var memberCount: Int { object?.count ?? 0 }
    func member(_ name: String) -> JSONValue? { object?[name] }
    func eachMember(_ body: (String, JSONValue) -> Void) {
        for (key, value) in object?.members ?? [] { body(key, value) }
    }
    func eachElement(_ body: (JSONValue) -> Void) { array?.forEach(body) }
}

extension JSONReader: ResponseSource {
    var json: JSONValue { JSONValue(self) }
    var isArray: Bool { kind == .array }
    var jsonType: Schema.JSONType? {
        switch type {
        case .null: nil
        case .boolean: .boolean
        case .number: integer(entry) == nil ? .number : .integer
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
    var memberCount: Int {
        var count = 0
        forEachMember { _, _ in count += 1 }
        return count
    }
    // Not called `forEachMember`: a requirement that the generic method with a typed error fulfills crashes the compiler of 6.3.
    func eachMember(_ body: (String, JSONReader) -> Void) {
        forEachMember { key, value in body(key.keyText, value) }
    }
    func eachElement(_ body: (JSONReader) -> Void) { forEachElement { body($0) } }
}
