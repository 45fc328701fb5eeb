/// An endpoint as an expression of the run time's `Endpoint`.
final class DescriptorTranslation {
    private let translation: EndpointTranslation
    private let endpoint: EndpointModel
    private let context: ModuleContext
    private let literals: LiteralTranslation

    init(_ translation: EndpointTranslation) {
        self.translation = translation
        (endpoint, context, literals) = (translation.endpoint, translation.context, translation.literals)
    }

    var expression: Expression {
        settings.reduce(call) { expression, setting in
            .method(expression, "with", [.init(nil, .code("\\." + setting.name)), .init(nil, setting.value)])
        }
    }

    private var call: Expression {
        var arguments: [Expression.Argument] = [
            .init(nil, method), .init(nil, .string(endpoint.path)), .init("id", .string(endpoint.id)),
        ]
        let locations = [
            ("pathParameters", endpoint.pathParameters), ("query", endpoint.query), ("headers", endpoint.headers),
        ]
        for (label, fields) in locations where !fields.isEmpty {
            arguments.append(.init(label, translation.parameters.parameters(fields)))
        }
        if let body { arguments.append(.init("body", body)) }
        if let response { arguments.append(.init("response", response)) }
        return .call("Endpoint<\(translation.responseType)>", arguments)
    }

    private var method: Expression {
        .code("." + endpoint.method.rawValue.lowercased())
    }

    private var body: Expression? {
        let parameters = translation.parameters
        switch endpoint.body {
        case .none: return nil
        case .fields(let fields, let encoding):
            return .call(".\(encoding)", [.init(nil, parameters.parameters(fields))])
        case .value(let field, let encoding):
            return .call(encoding == .json ? ".jsonValue" : ".\(encoding)", [.init(nil, parameters.parameter(field))])
        }
    }

    /// How the payload is read, where it is not just decoded.
    private var response: Expression? {
        if let format = endpoint.stream {
            let streamed = Expression.method(payload ?? ".json", "streamed", [.init(nil, Self.stream(format))])
            return streamed
        }
        guard let headers = endpoint.responseHeaders else { return payload }
        // A chain of members begins with the type of its result, which is another one here.
        let base = Expression.affixed("ResponseDecoding<\(translation.payloadType)>", payload ?? ".json", "")
        let fields = context.table.schema(of: headers).properties
        return .method(
            base, "headers",
            [
                .init(nil, .code(translation.scope.type(of: headers) + ".self")),
                .init(nil, .array(fields.map(SchemaTranslation(for: .coding, in: context).property))),
            ])
    }

    private static func stream(_ format: StreamFormat) -> Expression {
        switch format {
        case .lines: ".lines"
        case .events(let end): .call(".events", end.map { [.init("end", .string($0))] } ?? [])
        }
    }

    /// How the payload itself is read; nil where its type says it.
    private var payload: Expression? {
        switch endpoint.response {
        case .none: return ".none"
        case .binary: return ".bytes"
        case .payload(let schema):
            let coding = FieldCoding(schema, in: context)
            if coding != .plain || !schema.leniency.sentinels.isEmpty {
                var form = SchemaTranslation(for: .coding, in: context).expression(context.table.schema(of: schema))
                if schema.leniency.nullAsEmpty { form = .affixed("", form, ".nullAsEmptyArray") }
                let decoding = Expression.call(".json", [.init("as", form)])
                return endpoint.admitsEmptyResponse ? .affixed("", decoding, ".orNothing") : decoding
            }
            if endpoint.admitsEmptyResponse { return ".json.orNothing" }
            return endpoint.nullPayloadAsEmpty ? ".jsonNullAsEmpty" : nil
        }
    }

    private var settings: [(name: String, value: Expression)] {
        var list: [(name: String, value: Expression)] = []
        switch endpoint.host {
        case .service: break
        case .announced: list.append(("host", .call(".announced", [.init(nil, "host")])))
        case .caller: list.append(("host", .call(".url", [.init(nil, "url")])))
        }
        if let type = endpoint.contentType { list.append(("contentType", .string(type))) }
        switch endpoint.envelope {
        case .service: break
        case .none: list.append(("envelope", ".none"))
        case .errors: list.append(("envelope", ".errors"))
        }
        if !endpoint.isAuthenticated { list.append(("isAuthenticated", "false")) }
        if endpoint.isIdempotent != endpoint.method.isIdempotent {
            list.append(("isIdempotent", .code("\(endpoint.isIdempotent)")))
        }
        if let rate = endpoint.rate { list.append(("rate", literals.rate(rate))) }
        if !endpoint.errors.isEmpty { list.append(("errors", .array(endpoint.errors.map(literals.errorRule)))) }
        let sensitive = context.table.sensitiveFields(of: endpoint).sorted()
        if !sensitive.isEmpty { list.append(("sensitiveFields", .array(sensitive.map { .string($0) }))) }
        return list
    }
}

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

    func arguments(_ host: HostModel, _ fields: [FieldModel]) -> [FunctionDeclaration.Parameter] {
        let address: [FunctionDeclaration.Parameter] =
            switch host {
            case .service: []
            case .announced: [.init(name: "host", type: "String")]
            case .caller: [.init(name: "url", type: "String")]
            }
        return address + fields.map(argument)
    }

    func argument(_ field: FieldModel) -> FunctionDeclaration.Parameter {
        let type = scope.type(of: field.schema)
        let name = SwiftText.name(field.swiftName)
        if let value = field.defaultValue {
            if let literal = literals.typed(value, field.schema) {
                return .init(name: name, type: field.schema.admitsNone ? type + "?" : type, defaultValue: literal)
            }
            // No literal of the type: nil stands for the default, which the descriptor fills in.
            return .init(name: name, type: type + "?", defaultValue: "nil")
        }
        if context.hasThreeStates(field) { return .init(name: name, type: "Nullable<\(type)>?", defaultValue: "nil") }
        return .init(
            name: name, type: field.isOptionalInSwift ? type + "?" : type,
            defaultValue: field.isOptional ? "nil" : nil)
    }

    /// Arguments that hand on what a function was given: `taskID: taskID`; `replaced` has other values for some, by Swift
    /// name.
    static func passing(
        _ arguments: [FunctionDeclaration.Parameter], replaced: [String: Expression] = [:]
    ) -> [Expression.Argument] {
        arguments.map { parameter in
            .init(parameter.name, replaced[parameter.name] ?? .code(parameter.name))
        }
    }

    // MARK: Parameters

    func parameters(_ fields: [FieldModel]) -> Expression { .array(fields.map(parameter)) }

    func parameter(_ field: FieldModel) -> Expression {
        let schema = SchemaTranslation(for: .sending, in: context).expression(context.table.schema(of: field))
        if let constant = field.constant {
            let value = literals.standalone(constant)
            let isPlain = !field.schema.hasWireForm && !field.isSensitive
            return .call(
                "Parameter",
                [.init(nil, .string(field.name)), .init(nil, value)] + (isPlain ? [] : [.init(nil, schema)]))
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
            "\(name).map", [],
            trailing: .init(
                parameter: "part", parameterType: "BinaryContent", result: "BinaryContent", body: content("part")))
    }

    private static func replacingNil(_ name: String, with value: Expression) -> Expression {
        .affixed("\(name).map { value -> any ParameterValue in value } ?? ", value, "")
    }
}

extension SchemaModel {
    /// Whether a value is written as something else than itself.
    fileprivate var hasWireForm: Bool {
        if encoding != .init() { return true }
        switch kind {
        case .date, .text, .array, .object, .map, .union: return true
        default: return false
        }
    }
}
