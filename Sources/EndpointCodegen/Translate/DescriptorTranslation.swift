import EndpointSpec

/// An endpoint as an expression of the run time's `Endpoint`.
struct DescriptorTranslation {
    private let translation: EndpointTranslation
    private var endpoint: EndpointModel { translation.endpoint }
    private var context: ModuleContext { translation.context }
    private var literals: LiteralTranslation { translation.literals }

    init(_ translation: EndpointTranslation) {
        self.translation = translation
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
        let places = [
            ("pathParameters", endpoint.pathParameters), ("query", endpoint.query), ("headers", endpoint.headers),
        ]
        for (label, fields) in places where !fields.isEmpty {
            arguments.append(.init(label, translation.parameters.parameters(fields)))
        }
        if let body { arguments.append(.init("body", body)) }
        if let response { arguments.append(.init("response", response)) }
        return .call("Endpoint<\(translation.responseType)>", arguments)
    }

    private var method: Expression {
        let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
        return known.contains(endpoint.method)
            ? .code("." + endpoint.method.lowercased())
            : .call(".init", [.init("rawValue", .string(endpoint.method))])
    }

    private var body: Expression? {
        let parameters = translation.parameters
        switch endpoint.body {
        case .none: return nil
        case .json(let fields): return .call(".json", [.init(nil, parameters.parameters(fields))])
        case .multipart(let fields): return .call(".multipart", [.init(nil, parameters.parameters(fields))])
        case .jsonValue(let field): return .call(".jsonValue", [.init(nil, parameters.parameter(field))])
        case .binary(let field): return .call(".binary", [.init(nil, parameters.parameter(field))])
        }
    }

    /// How the payload is read, where it is not just decoded.
    private var response: Expression? {
        switch endpoint.response {
        case .none: return ".none"
        case .binary: return ".bytes"
        case .payload(let schema):
            let coding = FieldCoding(schema, in: context)
            if coding != .plain || !schema.sentinels.isEmpty {
                var form = SchemaTranslation(context, for: .coding).expression(schema)
                if schema.nullAsEmpty { form = .affixed("", form, ".nullAsEmptyArray") }
                return .call(".json", [.init("as", form)])
            }
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
        switch endpoint.envelope {
        case .service: break
        case .none: list.append(("envelope", ".none"))
        case .errors: list.append(("envelope", ".errors"))
        }
        if !endpoint.isAuthenticated { list.append(("isAuthenticated", "false")) }
        if endpoint.isIdempotent != ["GET", "HEAD"].contains(endpoint.method) {
            list.append(("isIdempotent", .code("\(endpoint.isIdempotent)")))
        }
        if let rate = endpoint.rate { list.append(("rate", literals.rate(rate))) }
        if !endpoint.errors.isEmpty { list.append(("errors", .array(endpoint.errors.map(literals.errorRule)))) }
        let sensitive = sensitiveFields
        if !sensitive.isEmpty { list.append(("sensitiveFields", .array(sensitive.map { .string($0) }))) }
        return list
    }

    /// Wire names, sorted, of everything in the request or the answer that must not be shown.
    private var sensitiveFields: [String] {
        var names: Set<String> = []
        var types: Set<String> = []
        func collect(_ schema: SchemaModel) {
            switch schema.kind {
            case .array(let items): collect(items)
            case .object(let object): object.fields.forEach(collect)
            case .reference(let name):
                if types.insert(name).inserted, let type = context.types[name] { collect(type.schema) }
            default: break
            }
        }
        func collect(_ field: FieldModel) {
            if field.isSensitive { names.formUnion([field.name] + field.aliases) }
            collect(field.schema)
        }
        (endpoint.pathParameters + endpoint.query + endpoint.headers + endpoint.body.fields).forEach(collect)
        if case .payload(let schema) = endpoint.response { collect(schema) }
        return names.sorted()
    }
}
