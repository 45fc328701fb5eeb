import EndpointSpec

/// Fields of a request as arguments of a function and as parameters of a descriptor.
struct ParameterTranslation {
    let context: ModuleContext
    let scope: Scope
    private var literals: LiteralTranslation { LiteralTranslation(context: context) }

    init(_ context: ModuleContext, scope: Scope) {
        self.context = context
        self.scope = scope
    }

    // MARK: Arguments

    func arguments(_ endpoint: EndpointModel) -> [FunctionDeclaration.Parameter] {
        let host: [FunctionDeclaration.Parameter] =
            switch endpoint.host {
            case .service: []
            case .announced: [.init(name: "host", type: "String")]
            case .caller: [.init(name: "url", type: "String")]
            }
        return host + endpoint.arguments.map(argument)
    }

    func argument(_ field: FieldModel) -> FunctionDeclaration.Parameter {
        let type = scope.type(of: field.schema)
        let name = SwiftText.name(field.swiftName)
        if let value = field.defaultValue {
            if let literal = literals.typed(value, field.schema) {
                return .init(name: name, type: field.schema.admitsNil ? type + "?" : type, defaultValue: literal)
            }
            // No literal of the type: nil stands for the default, which the descriptor fills in.
            return .init(name: name, type: type + "?", defaultValue: "nil")
        }
        return .init(
            name: name, type: field.isOptionalInSwift ? type + "?" : type,
            defaultValue: field.isOptional ? "nil" : nil)
    }

    /// Arguments that hand on what a function was given: `taskID: taskID`.
    ///
    /// - Parameter replaced: Other values for some, by Swift name.
    func passing(_ endpoint: EndpointModel, replaced: [String: Expression] = [:]) -> [Expression.Argument] {
        arguments(endpoint).map { parameter in
            .init(parameter.name, replaced[parameter.name] ?? .code(parameter.name))
        }
    }

    // MARK: Parameters

    func parameters(_ fields: [FieldModel]) -> Expression { .array(fields.map(parameter)) }

    func parameter(_ field: FieldModel) -> Expression {
        let schema = SchemaTranslation(context, for: .sending).expression(field.schema, isSensitive: field.isSensitive)
        if let constant = field.constant {
            let value = literals.standalone(constant)
            let isPlain = !field.schema.hasWireForm && !field.isSensitive
            return .call(
                "Parameter", [.init(nil, .string(field.name)), .init(nil, value)] + (isPlain ? [] : [.init(nil, schema)]))
        }
        var value = Self.value(field, SwiftText.name(field.swiftName))
        if let node = field.defaultValue, literals.typed(node, field.schema) == nil {
            value = Self.replacingNil(
                SwiftText.name(field.swiftName), with: .affixed("(", literals.json(node), " as JSONValue)"))
        }
        if case .binary(let filename?) = field.schema.kind { value = Self.named(filename, field) }
        return .call(
            "Parameter",
            [.init(nil, .string(field.name)), .init(nil, value)] + (schema == ".any" ? [] : [.init(nil, schema)]))
    }

    /// What is sent for a property or an argument. Nil is left out, but where only null can say it, null is sent.
    static func value(_ field: FieldModel, _ name: String) -> Expression {
        let sendsNull = field.schema.isNullable && !field.isOptional
        return sendsNull ? replacingNil(name, with: "JSONValue.null") : .code(name)
    }

    /// Bytes with the file name that the endpoint wants.
    private static func named(_ filename: String, _ field: FieldModel) -> Expression {
        let name = SwiftText.name(field.swiftName)
        func content(_ name: String) -> Expression {
            .call("BinaryContent", [.init(nil, .code("\(name).body")), .init("filename", .string(filename))])
        }
        guard field.isOptionalInSwift else { return content(name) }
        return .call(
            "\(name).map", [], trailing: .init(
                parameter: "part", parameterType: "BinaryContent", result: "BinaryContent", body: content("part")))
    }

    private static func replacingNil(_ name: String, with value: Expression) -> Expression {
        .affixed("\(name).map { value -> any ParameterValue in value } ?? ", value, "")
    }
}

extension SchemaModel {
    /// Whether a value is written as something else than itself.
    fileprivate var hasWireForm: Bool {
        if wire != nil || join != nil || template != nil || wrap != nil { return true }
        switch kind {
        case .date, .array, .object: return true
        default: return false
        }
    }
}
