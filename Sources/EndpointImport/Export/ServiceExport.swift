import EndpointCore
import EndpointSpec

/// What a document says of the service as a whole.
struct ServiceExport {
    let model: ServiceModel
    let types: TypeTable
    let form: SpecForm
    let wire: WireSchema

    /// The name of the security scheme.
    static let scheme = "token"
    /// The schema of a refusal in the service's envelope; no type has this name.
    let refusalName: String
    /// The schema of the body of a failure, where it is written out.
    static let failure = ServiceModel.errorResponseName

    init(_ model: ServiceModel) {
        self.model = model
        types = TypeTable(model)
        form = SpecForm(model)
        wire = WireSchema(types: types, form: form)
        var name = "Refusal"
        while types[name] != nil { name += "_" }
        refusalName = name
    }

    // MARK: Head

    func info(_ version: String) -> JSONObject {
        var info: JSONObject = ["title": .string(model.title ?? model.name)]
        info["description"] = model.summary.map { .string($0) }
        info["version"] = .string(version)
        return info
    }

    /// The server; nil where the service has no base URL of its own.
    var servers: JSONObject? {
        guard let url = model.baseURL else { return nil }
        var server: JSONObject = ["url": .string(url)]
        if model.variables.isEmpty { return server }
        var variables = JSONObject()
        for each in model.variables {
            var variable: JSONObject = ["default": .string(each.variable.defaultValue)]
            if !each.variable.values.isEmpty { variable["enum"] = .array(each.variable.values.map { .string($0) }) }
            variable["description"] = each.description.map { .string($0) }
            variables[each.variable.name] = .object(variable)
        }
        server["variables"] = .object(variables)
        return server
    }

    var tags: [JSONValue] {
        model.groups.map { group in
            var tag: JSONObject = ["name": .string(group.typeName)]
            tag["description"] = group.title.map { .string($0) }
            return .object(tag)
        }
    }

    /// How calls carry the token; nil where they carry none.
    var securityScheme: JSONObject? {
        var scheme: JSONObject
        switch model.authentication.scheme {
        case .none: return nil
        case .bearer: scheme = ["type": "http", "scheme": "bearer"]
        case .basic: scheme = ["type": "http", "scheme": "basic"]
        case .header(let name): scheme = ["type": "apiKey", "in": "header", "name": .string(name)]
        case .query(let name): scheme = ["type": "apiKey", "in": "query", "name": .string(name)]
        }
        if let maker = model.authentication.clientCredentials {
            scheme["description"] = .string(
                "The operation \(maker.endpointID) makes a token: the field \"\(maker.token)\" of its payload.")
        }
        return scheme
    }

    // MARK: Components

    /// The parameter of a fixed header field.
    static func parameterName(_ header: String) -> String { "\(header)Header" }

    var components: JSONObject {
        var components = JSONObject()
        var schemas = JSONObject()
        for type in model.baseTypes + model.types where isReferred(type.name) { schemas[type.name] = named(type) }
        if model.envelope != nil { schemas[refusalName] = .object(refusal) }
        if let schema = model.errorResponse, case .object(let object) = schema.kind {
            var failure = wire.object(object.fields)
            failure["x-made"] = true
            schemas[Self.failure] = .object(failure)
        }
        if !schemas.isEmpty { components["schemas"] = .object(schemas) }
        if !model.headers.isEmpty {
            var parameters = JSONObject()
            for (name, value) in model.headers {
                parameters[Self.parameterName(name)] = [
                    "name": .string(name), "in": "header", "required": true,
                    "description": "The same in every request.",
                    "schema": ["type": "string", "const": .string(value)],
                ]
            }
            components["parameters"] = .object(parameters)
        }
        if let scheme = securityScheme { components["securitySchemes"] = .object([Self.scheme: .object(scheme)]) }
        return components
    }

    /// Scalars are written out wherever they are used.
    private func isReferred(_ name: String) -> Bool {
        switch types[name]?.kind {
        case .object, .union, .enumeration: true
        default: false
        }
    }

    private func named(_ type: NamedTypeModel) -> JSONValue {
        var schema = wire.schema(type.schema)
        schema["description"] = type.summary.map { .string($0) }
        return .object(schema)
    }

    /// A response whose code is not one of success.
    private var refusal: JSONObject {
        guard let envelope = model.envelope else { return [:] }
        let codes = envelope.success + model.errors.compactMap(\.code)
        var kinds: [String] = []
        for code in codes where !kinds.contains(code.value.typeName) { kinds.append(code.value.typeName) }
        var schema = EnvelopeSchema()
        schema.isMade = true
        schema.set(
            [
                "type": kinds.count == 1 ? .string(kinds[0]) : .array(kinds.map { .string($0) }),
                "not": ["enum": .array(envelope.success.map(\.value))],
                "description": .string(Self.kinds(model.errors)),
            ], at: envelope.code)
        if let message = envelope.message {
            schema.set(
                ["type": "string", "description": "What went wrong, for people."], at: message, isRequired: false)
        }
        if let payload = envelope.payload { schema.set([:], at: payload, isRequired: false) }
        if let trace = envelope.traceID { schema.set(Self.trace, at: trace, isRequired: false) }
        return schema.object
    }

    static let trace: JSONObject = ["type": "string", "description": "What the service finds the request by."]

    /// The codes that the service is known to refuse with, for people.
    static func kinds(_ rules: [ErrorRule]) -> String {
        let lines = rules.compactMap { rule -> String? in
            guard rule.code != nil || rule.contains != nil else { return nil }
            let code = rule.code.map { "\($0)" }
            let text = rule.contains.map { "with the text \(JSONValue.string($0).text())" }
            let remedy = rule.remedy.map { " (\($0))" } ?? ""
            return [code, text].compactMap(\.self).joined(separator: " ") + ": \(rule.kind.rawValue)\(remedy)"
        }
        return (["The service's code; never one of success."] + lines).joined(separator: "\n- ")
    }

    /// What OpenAPI has no word for, in the language of `service.json`.
    var extras: JSONObject {
        var form = form.service(model)
        for key in ["baseURL", "variables"] { form[key] = nil }
        // Fields are a schema of their own.
        if form["errorResponse"]?["$ref"] == nil { form["errorResponse"] = nil }
        if model.isExtension { form["isExtension"] = true }
        return form
    }
}

/// The schema of an envelope, made of the schemas of its fields.
struct EnvelopeSchema {
    private(set) var object: JSONObject = ["type": "object", "properties": [:]]
    /// Whether an import must not take it for a type.
    var isMade: Bool {
        get { object["x-made"] == true }
        set { object["x-made"] = newValue ? true : nil }
    }

    /// Puts the schema of a field where its path leads, and the objects round it.
    mutating func set(_ schema: JSONObject, at path: FieldPath, isRequired: Bool = true) {
        Self.set(.object(schema), path.steps[...], isRequired, &object)
    }

    private static func set(
        _ schema: JSONValue, _ steps: ArraySlice<String>, _ isRequired: Bool, _ object: inout JSONObject
    ) {
        guard let step = steps.first else { return }
        var properties = object["properties"]?.object ?? JSONObject()
        if steps.count == 1 {
            properties[step] = schema
        } else {
            var inner = properties[step]?.object ?? ["type": "object", "properties": [:]]
            set(schema, steps.dropFirst(), isRequired, &inner)
            properties[step] = .object(inner)
        }
        object["properties"] = .object(properties)
        guard isRequired else { return }
        var required = object["required"]?.array ?? []
        if !required.contains(.string(step)) { required.append(.string(step)) }
        object["required"] = .array(required)
    }
}
