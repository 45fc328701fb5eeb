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
