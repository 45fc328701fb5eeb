import EndpointSpec

/// Schemas as expressions of the run time's `Schema`.
struct SchemaTranslation {
    /// What a schema is for.
    enum Purpose {
        /// Arguments: all checks and wire forms; objects in full.
        case sending
        /// Payloads: wire forms and tolerance alone; objects decode themselves.
        case coding
    }

    let context: ModuleContext
    let purpose: Purpose
    private var literals: LiteralTranslation { LiteralTranslation(context: context) }

    init(_ context: ModuleContext, for purpose: Purpose) {
        self.context = context
        self.purpose = purpose
    }

    /// - Parameter isSensitive: Whether the field is.
    func expression(_ schema: SchemaModel, isSensitive: Bool = false) -> Expression {
        expression(schema, isSensitive: isSensitive, within: [])
    }

    /// - Parameter path: Names of the types that this is in, so that a type which holds itself comes to an end.
    private func expression(_ schema: SchemaModel, isSensitive: Bool = false, within path: [String]) -> Expression {
        var path = path
        var kind = schema.kind
        if case .reference(let name) = kind {
            guard !path.contains(name), let type = context.types[name] else { return ".any" }
            path.append(name)
            kind = type.schema.kind
            // Checks and wire forms stand with the type; what the reference itself says goes before.
            var merged = type.schema
            merged.wrap = schema.wrap
            merged.isNullable = schema.isNullable || merged.isNullable
            merged.accept += schema.accept
            return expression(merged, isSensitive: isSensitive, within: path)
        }
        var result = base(schema, kind, path)
        if purpose == .coding {
            if !schema.accept.isEmpty { result = .affixed("", result, ".lenient") }
            if !schema.sentinels.isEmpty {
                result = .method(result, "sentinels", [.init(nil, .array(schema.sentinels.map(literals.json)))])
            }
        }
        if let wrap = schema.wrap { result = .method(result, "wrapped", [.init("in", .string(wrap))]) }
        if isSensitive { result = .affixed("", result, ".sensitive") }
        return result
    }

    private func base(_ schema: SchemaModel, _ kind: SchemaModel.Kind, _ path: [String]) -> Expression {
        let checks = purpose == .sending
        var arguments: [Expression.Argument] = []
        func add(_ label: String, _ value: Expression?) {
            if let value { arguments.append(.init(label, value)) }
        }
        func addNullable() { add("nullable", schema.isNullable ? "true" : nil) }
        func addLengths() {
            guard checks else { return }
            add("minLength", schema.minLength.map { .number($0) })
            add("maxLength", schema.maxLength.map { .number($0) })
            add("pattern", schema.pattern.map { .string($0) })
        }
        func addRange() {
            if checks {
                add("minimum", schema.minimum.map(literals.number))
                add("maximum", schema.maximum.map(literals.number))
            }
            add("wire", schema.wire.map { .code(".\($0)") })
        }
        switch kind {
        case .string:
            addLengths()
            addNullable()
            return .call(".string", arguments)
        case .integer:
            addRange()
            addNullable()
            return .call(".integer", arguments)
        case .number:
            addRange()
            addNullable()
            return .call(".number", arguments)
        case .enumeration(let enumeration):
            if enumeration.isString { addLengths() } else { addRange() }
            addNullable()
            return .call(enumeration.isString ? ".string" : ".integer", arguments)
        case .boolean:
            add("wire", schema.wire.map { .code(".\($0)") })
            addNullable()
            return arguments.isEmpty ? ".boolean" : .call(".boolean", arguments)
        case .date(let format):
            arguments = [.init(nil, .code(context.dateFormat(format)))]
            addNullable()
            return .call(".date", arguments)
        case .binary: return ".binary"
        case .array(let items):
            arguments = [.init(nil, expression(items, within: path))]
            if checks {
                add("minItems", schema.minItems.map { .number($0) })
                add("maxItems", schema.maxItems.map { .number($0) })
            }
            add("join", schema.join.map { .string($0) })
            addNullable()
            return .call(".array", arguments)
        case .object(let object) where checks:
            arguments = [.init(nil, .array(object.fields.map { property($0, path) }))]
            add("template", schema.template.map { .string($0) })
            addNullable()
            return .call(".object", arguments)
        case .object, .any, .reference: return ".any"
        }
    }

    private func property(_ field: FieldModel, _ path: [String]) -> Expression {
        var arguments: [Expression.Argument] = [
            .init(nil, .string(field.name)),
            .init(nil, expression(field.schema, isSensitive: field.isSensitive, within: path)),
        ]
        if field.isOptional { arguments.append(.init("optional", "true")) }
        if let value = field.defaultValue { arguments.append(.init("default", literals.json(value))) }
        if let value = field.constant { arguments.append(.init("const", literals.json(value))) }
        return .call(".init", arguments)
    }
}
