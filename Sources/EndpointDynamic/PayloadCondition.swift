import EndpointKit

/// A field of an object and the values, decoded, that it is compared with.
struct PayloadCondition: Sendable {
    let field: String
    /// Nil where the field is not declared.
    let schema: Schema?
    let values: [JSONValue]

    /// Whether the field has one of the values. A field that is absent is null.
    func holds(in object: JSONValue) -> Bool {
        guard let found = object[field] else { return values.contains(.null) }
        return values.contains(schema?.decoded(found) ?? found)
    }
}
