import EndpointKit
import EndpointSpec

extension TypeTable {
    /// The run-time schema of a parameter, the same that generated code carries.
    func schema(of field: FieldModel) -> Schema {
        var schema = schema(of: field.schema)
        schema.isSensitive = field.isSensitive
        return schema
    }

    /// - Parameter open: Named types that are being converted: where a type holds itself, its inner values are sent as
    ///   they are.
    func schema(of model: SchemaModel, within open: Set<String> = []) -> Schema {
        var open = open
        if case .reference(let name) = model.kind, !open.insert(name).inserted { return .any }
        let model = resolved(model)
        var schema = Schema(kind(of: model, within: open))
        schema.isNullable = model.isNullable
        schema.minLength = model.minLength
        schema.maxLength = model.maxLength
        schema.pattern = model.pattern
        schema.minimum = model.minimum?.double
        schema.maximum = model.maximum?.double
        schema.minItems = model.minItems
        schema.maxItems = model.maxItems
        schema.wire = model.wire.map { $0 == .string ? .string : .integer }
        schema.join = model.join
        schema.template = model.template
        schema.wrap = model.wrap
        if case .enumeration(let enumeration) = model.kind {
            schema.known = Dictionary(
                enumeration.cases.map { ($0.swiftName, JSONValue($0.value)) }, uniquingKeysWith: { $1 })
        }
        return schema
    }

    private func kind(of model: SchemaModel, within open: Set<String>) -> Schema.Kind {
        switch model.kind {
        case .string: .string
        case .integer: .integer
        case .number: .number
        case .boolean: .boolean
        case .date(let format): .date(dateFormat(format))
        case .binary: .binary
        case .array(let items): .array(schema(of: items, within: open))
        case .object(let object): .object(object.fields.map { property($0, within: open) })
        case .enumeration(let enumeration): enumeration.isString ? .string : .integer
        case .any, .reference: .any
        }
    }

    private func property(_ field: FieldModel, within open: Set<String>) -> Schema.Property {
        var schema = schema(of: field.schema, within: open)
        schema.isSensitive = field.isSensitive
        return Schema.Property(
            field.name, schema, optional: field.isOptional, default: field.defaultValue.map(JSONValue.init),
            const: field.constant.map(JSONValue.init))
    }
}
