/// The path of a field within a value: a name, names with dots between them, or a JSON Pointer (RFC 6901).
///
///     FieldPath("message")           // the field of this name
///     FieldPath("error.message")     // the field of exactly this name; without one, "message" in the object "error"
///     FieldPath("/errors/0/text")    // "text" of the first item of "errors"
public struct FieldPath: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The path as it is written.
    public let text: String
    /// The names from the outermost field to the innermost; an item of an array by its position from 0.
    public let steps: [String]

    /// Creates a path from its text: a text that begins with `/` is a JSON Pointer, in any other one dots separate names.
    public init(_ text: String) {
        self.text = text
        if text.utf8.first == UInt8(ascii: "/") {
            steps = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(Self.unescaped)
        } else if text.utf8.contains(UInt8(ascii: ".")) {
            steps = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        } else {
            steps = [text]
        }
    }

    /// Creates a path from its text.
    public init(stringLiteral text: String) { self.init(text) }

    /// Creates the path that leads through exactly these fields, whatever other names a value has.
    public init(steps: [String]) {
        let isName = steps.count == 1 && steps.allSatisfy { !$0.utf8.contains(UInt8(ascii: ".")) && !$0.hasPrefix("/") }
        text = isName ? steps[0] : steps.map { "/" + Self.escaped($0) }.joined()
        self.steps = steps
    }

    /// The field's name, where the text is none of a pointer: a field of exactly this name takes precedence.
    public var name: String? { text.utf8.first == UInt8(ascii: "/") ? nil : text }

    /// The names with dots between them.
    public var description: String { steps.joined(separator: ".") }

    /// What is wrong with the text of a path; nil if nothing is.
    public static func problem(of text: String) -> String? {
        let path = FieldPath(text)
        if path.name != nil {
            return path.steps.contains("")
                ? "has a dot without a name beside it; write names with single dots between" : nil
        }
        var rest = text[...]
        while let tilde = rest.firstIndex(of: "~") {
            rest = rest[rest.index(after: tilde)...]
            if rest.first != "0", rest.first != "1" {
                return "is not a JSON Pointer: \"~\" is written ~0, and \"/\" within a name ~1"
            }
        }
        return nil
    }

    // RFC 6901, 3 and 4: ~1 first, so that ~01 becomes ~1.
    private static func unescaped(_ token: Substring) -> String {
        guard token.utf8.contains(UInt8(ascii: "~")) else { return String(token) }
        return token.replacingText("~1", with: "/").replacingText("~0", with: "~")
    }

    private static func escaped(_ name: String) -> String {
        name[...].replacingText("~", with: "~0").replacingText("/", with: "~1")
    }
}

extension StringProtocol {
    fileprivate func replacingText(_ old: String, with new: String) -> String {
        String(self).parts(separatedBy: old).joined(separator: new)
    }
}

// MARK: Looking up

extension JSONReader {
    /// The value at a path; nil if there is none.
    public func value(at path: FieldPath) -> JSONReader? {
        if let name = path.name {
            if let value = member(name) { return value }
            if path.steps.count == 1 { return nil }
        }
        var value = self
        for step in path.steps {
            guard let next = value.member(step) ?? value.element(step) else { return nil }
            value = next
        }
        return value
    }

    /// The item of an array whose position is written in a pointer.
    private func element(_ step: String) -> JSONReader? {
        guard type.isArray, let wanted = FieldPath.position(step) else { return nil }
        var (position, found) = (0, JSONReader?.none)
        forEachElement { element in
            if position == wanted { found = element }
            position += 1
        }
        return found
    }
}

extension JSONReader.ValueType {
    fileprivate var isArray: Bool { if case .array = self { true } else { false } }
}

extension FieldPath {
    /// RFC 6901, 4: digits without leading zeros.
    fileprivate static func position(_ step: String) -> Int? {
        guard !step.isEmpty, step.utf8.allSatisfy({ (0x30...0x39).contains($0) }), step == "0" || !step.hasPrefix("0")
        else { return nil }
        return Int(step)
    }
}

extension JSONValue {
    /// The value at a path; nil if there is none.
    public func value(at path: FieldPath) -> JSONValue? {
        if let name = path.name {
            if let value = self[name] { return value }
            if path.steps.count == 1 { return nil }
        }
        var value = self
        for step in path.steps {
            guard let next = value[step] ?? FieldPath.position(step).flatMap({ value[$0] }) else { return nil }
            value = next
        }
        return value
    }

    /// Sets the value at a path, and makes the objects that lead there.
    public mutating func set(_ value: JSONValue, at path: FieldPath) { set(value, at: path.steps[...]) }

    private mutating func set(_ value: JSONValue, at steps: ArraySlice<String>) {
        guard let step = steps.first else {
            self = value
            return
        }
        if var items = array, let position = FieldPath.position(step), items.indices.contains(position) {
            items[position].set(value, at: steps.dropFirst())
            self = .array(items)
        } else {
            var object = object ?? [:]
            var inner = object[step] ?? .object([:])
            inner.set(value, at: steps.dropFirst())
            object[step] = inner
            self = .object(object)
        }
    }
}

/// A field of an object, and the values that it must have, or must not have.
public struct FieldCondition: Sendable, Hashable {
    /// The field.
    public var field: FieldPath
    /// What the field is compared with, as values mean: `true`, not the 1 that stands for it.
    public var values: [JSONValue]
    /// Whether the field must have none of the values; otherwise one of them.
    public var isNegated: Bool

    /// Creates a condition on a field.
    public init(_ field: FieldPath, _ values: [JSONValue], isNegated: Bool = false) {
        self.field = field
        self.values = values
        self.isNegated = isNegated
    }

    /// Whether an object meets the condition. A field that is absent, and one that has a sentinel, is null.
    ///
    /// - Parameters:
    ///   - object: The object as a response has it.
    ///   - schema: The field's schema; nil where the field is not declared.
    /// - Returns: Whether it holds.
    public func holds(in object: JSONValue, as schema: Schema?) -> Bool {
        let found = schema.meaning(of: object.value(at: field) ?? .null)
        return values.contains { schema.meaning(of: $0) == found } != isNegated
    }
}

extension Schema {
    /// What a scalar of a response means, to be compared: decoded, and null for a sentinel.
    public func meaning(of value: JSONValue) -> JSONValue {
        resolved.leniency.sentinels.contains(value) ? .null : decoded(value)
    }
}

extension Schema? {
    fileprivate func meaning(of value: JSONValue) -> JSONValue { self?.meaning(of: value) ?? value }
}
