import EndpointKit
import EndpointSpec

/// A condition on a field of an object, with the field's schema.
struct PayloadCondition: Sendable {
    private let condition: FieldCondition
    private let schema: Schema?

    /// Creates a condition on one of these fields.
    init(_ condition: FieldCondition, on fields: [FieldModel], _ types: TypeTable) {
        self.condition = condition
        schema = types.route(condition.field, in: fields).map { types.schema(of: $0.last) }
    }

    /// Whether an object meets the condition.
    func holds(in object: JSONValue) -> Bool { condition.holds(in: object, as: schema) }
}
