import EndpointCore
import EndpointSpec

/// An endpoint as an operation.
struct OperationExport {
    let endpoint: EndpointModel
    let service: ServiceExport
    let examples: ExampleExport

    var types: TypeTable { service.types }
    var wire: WireSchema { service.wire }

    init(_ endpoint: EndpointModel, _ service: ServiceExport) {
        self.endpoint = endpoint
        self.service = service
        examples = ExampleExport(endpoint, service.types)
    }

    var operation: JSONObject {
        var operation: JSONObject = [
            "operationId": .string(endpoint.id), "tags": [.string(endpoint.group.typeName)],
            "summary": .string(endpoint.title), "description": .string(description),
        ]
        operation["externalDocs"] = endpoint.documentation.map { ["url": .string($0)] }
        if endpoint.deprecated != nil { operation["deprecated"] = true }
        operation["servers"] = servers.map { [.object($0)] }
        if !endpoint.isAuthenticated, service.securityScheme != nil { operation["security"] = [] }
        let parameters = parameters
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        operation["requestBody"] = requestBody.map { .object($0) }
        operation["responses"] = .object(ResponseExport(self).responses)
        operation["x-file"] = .string(endpoint.file)
        if endpoint.methodName != fileName { operation["x-swiftName"] = .string(endpoint.methodName) }
        operation["x-summary"] = .string(endpoint.summary)
        if !endpoint.notes.isEmpty { operation["x-notes"] = .array(endpoint.notes.map { .string($0) }) }
        operation["x-advice"] = endpoint.deprecated.map { .string($0) }
        for (key, value) in service.form.behaviour(endpoint).members { operation["x-\(key)"] = value }
        operation["x-variantOf"] = endpoint.variantOf.map { .string($0) }
        if !endpoint.examples.isEmpty { operation["x-examples"] = .array(examples.names) }
        let requests = examples.requests
        if !requests.isEmpty { operation["x-requests"] = .object(requests) }
        return operation
    }

    private var fileName: String {
        String(endpoint.file.split(separator: "/").last?.dropLast(".json".count) ?? "")
    }

    private var description: String {
        ([endpoint.summary] + endpoint.notes + [endpoint.deprecated].compactMap(\.self)).joined(separator: "\n\n")
    }

    /// A server of its own; nil where the service's is meant.
    private var servers: JSONObject? {
        switch endpoint.host {
        case .service: return nil
        case .announced(let ids):
            return [
                "url": "{host}",
                "variables": [
                    "host": [
                        "default": .string(examples.address("host")),
                        "x-examples": .object(examples.addresses("host")),
                        "description": .string(
                            "The scheme and the host that a response of \(ids.joined(separator: " or ")) names."),
                    ]
                ],
            ]
        case .caller:
            return [
                "url": "{url}",
                "variables": [
                    "url": [
                        "default": .string(examples.address("url")),
                        "x-examples": .object(examples.addresses("url")),
                        "description": "The whole URL, from another response. Nothing is appended to it.",
                    ]
                ],
            ]
        }
    }

    // MARK: Parameters

    private var parameters: [JSONValue] {
        var parameters: [JSONValue] = []
        if endpoint.host != .caller {
            for (name, _) in service.model.headers {
                parameters.append(["$ref": .string("#/components/parameters/\(ServiceExport.parameterName(name))")])
            }
        }
        parameters += endpoint.pathParameters.map { .object(parameter($0, "path")) }
        parameters += endpoint.query.map { .object(parameter($0, "query")) }
        return parameters + endpoint.headers.map { .object(parameter($0, "header")) }
    }

    private func parameter(_ field: FieldModel, _ location: String) -> JSONObject {
        var schema = wire.field(field)
        var parameter: JSONObject = ["name": .string(field.name), "in": .string(location)]
        parameter["description"] = schema["description"]
        schema["description"] = nil
        if location == "path" || !field.isOptional { parameter["required"] = true }
        if field.deprecated != nil {
            parameter["deprecated"] = true
            schema["deprecated"] = nil
        }
        if field.schema.encoding.style == .deepObject {
            parameter["style"] = "deepObject"
            parameter["explode"] = true
        }
        if location == "query", isText(field.schema) {
            parameter["content"] = ["application/json": ["schema": .object(schema)]]
        } else {
            parameter["schema"] = .object(schema)
        }
        let values = examples.values(of: field)
        if !values.isEmpty { parameter["examples"] = .object(values) }
        return parameter
    }

    /// Whether an object stands as JSON in one text of a query or of a form.
    private func isText(_ schema: SchemaModel) -> Bool {
        let schema = types.resolved(schema)
        if schema.encoding.template != nil || schema.encoding.style != nil { return false }
        switch schema.kind {
        case .object, .map: return true
        default: return false
        }
    }

    // MARK: Body

    private var requestBody: JSONObject? {
        guard let encoding = endpoint.body.encoding else { return nil }
        var media: JSONObject
        switch endpoint.body {
        case .none: return nil
        case .fields(let fields, .binary):
            media = ["schema": .object(fields.first.map { wire.field($0) } ?? [:])]
            if let field = fields.first { media["x-field"] = .string(field.name) }
        case .fields(let fields, _):
            media = ["schema": .object(wire.object(fields))]
            let encodings = self.encodings(fields, encoding)
            if !encodings.isEmpty { media["encoding"] = .object(encodings) }
        case .value(let field, _):
            media = ["schema": .object(wire.field(field)), "x-argument": .string(field.name)]
        }
        let values = examples.bodies
        if !values.isEmpty { media["examples"] = .object(values) }
        let type = endpoint.contentType ?? encoding.contentType
        if endpoint.contentType != nil { media["x-contentType"] = .string(type) }
        var body: JSONObject = ["required": true, "content": .object([type: .object(media)])]
        if encoding != .json { body["x-encoding"] = .string(encoding.rawValue) }
        return body
    }

    /// How the parts of a form are written, where OpenAPI's default is another way.
    private func encodings(_ fields: [FieldModel], _ encoding: BodyEncoding) -> JSONObject {
        var encodings = JSONObject()
        guard encoding == .form || encoding == .multipart else { return encodings }
        for field in fields {
            if let type = field.schema.encoding.contentType {
                encodings[field.name] = ["contentType": .string(type)]
            } else if field.schema.encoding.style == .deepObject {
                encodings[field.name] = ["style": "deepObject", "explode": true]
            } else if isText(field.schema) {
                encodings[field.name] = ["contentType": "application/json", "x-implied": true]
            }
        }
        return encodings
    }
}
