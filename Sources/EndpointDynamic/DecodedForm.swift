import EndpointKit
import EndpointSpec

extension TypeTable {
    /// What a wire value means: `1` as a truth value is `true`, `"12"` as an integer is `12`. Conditions in specs, and
    /// people, speak of these.
    package func decoded(_ value: JSONValue, as schema: SchemaModel) -> JSONValue {
        let schema = resolved(schema)
        switch schema.kind {
        case .boolean: return Bool(lenient: value).map { .bool($0) } ?? value
        case .integer where schema.wire == .string: return Int64(lenient: value).map { .integer($0) } ?? value
        case .number where schema.wire == .string: return Double(lenient: value).map { .number($0) } ?? value
        default: return value
        }
    }

    /// Whether a field of an object has one of the (decoded) values.
    func field(_ name: String, of value: JSONValue, declared fields: [FieldModel], isOneOf values: [JSONValue]) -> Bool
    {
        guard let found = value[name] else { return values.contains(.null) }
        guard let field = fields.first(where: { $0.name == name }) else { return values.contains(found) }
        return values.contains(decoded(found, as: field.schema))
    }

    /// The fields of an object type; none for any other.
    package func fields(of schema: SchemaModel) -> [FieldModel] {
        if case .object(let object) = resolved(schema).kind { object.fields } else { [] }
    }

    /// The type of an array's items; nil for anything else.
    package func items(of schema: SchemaModel) -> SchemaModel? {
        if case .array(let items) = resolved(schema).kind { resolved(items) } else { nil }
    }
}
