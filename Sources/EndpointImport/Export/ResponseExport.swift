import EndpointCore
import EndpointSpec

/// The responses of an operation, with the envelope written out.
struct ResponseExport {
    let operation: OperationExport

    private var endpoint: EndpointModel { operation.endpoint }
    private var service: ServiceExport { operation.service }
    private var envelope: Envelope? { endpoint.envelope == .none ? nil : service.model.envelope }

    init(_ operation: OperationExport) {
        self.operation = operation
    }

    var responses: JSONObject {
        var responses: JSONObject = ["200": .object(success)]
        if endpoint.admitsEmptyResponse || statuses.contains(204) {
            responses["204"] = ["description": "Done; there is no content."]
        }
        for rule in endpoint.errors + service.model.errors {
            guard let range = rule.status, rule.code == nil, rule.contains == nil else { continue }
            let key = range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound / 100)XX"
            if responses[key] != nil { continue }
            let remedy = rule.remedy.map { ". \($0)" } ?? ""
            responses[key] = .object(failure("\(rule.kind.rawValue)\(remedy)", { range.contains($0) }))
        }
        for status in statuses.sorted() where !(200..<300).contains(status) {
            let key = "\(status)"
            if responses[key] != nil || responses["\(status / 100)XX"] != nil { continue }
            responses[key] = .object(failure("Refused.", { $0 == status }))
        }
        if let schema = endpoint.errorResponse {
            var response = failure("Refused.", { _ in false })
            if schema.position != service.model.errorResponse?.position { response["x-own"] = true }
            responses["default"] = .object(response)
        }
        return responses
    }

    private var statuses: Set<Int> { Set(endpoint.examples.filter { $0.response != nil }.map(\.status)) }

    // MARK: Successes

    private var success: JSONObject {
        var response: JSONObject = ["description": "Done."]
        let headers = headers
        if !headers.isEmpty { response["headers"] = .object(headers) }
        if endpoint.method == .head { return response }
        var content = JSONObject()
        let values = operation.examples.responses { (200..<300).contains($0) && $0 != 204 }
        switch endpoint.response {
        case .binary:
            content["application/octet-stream"] = .object(
                withExamples(["schema": .object(["type": "string", "format": "binary"])], values.bytes))
            if envelope != nil {
                content["application/json"] = .object(withExamples(["schema": refusalReference], values.json))
            }
        case .none:
            if envelope != nil {
                content["application/json"] = .object(withExamples(media(nil), values.json))
            } else if !values.json.isEmpty {
                content["*/*"] = .object(withExamples([:], values.json))
            }
        case .payload(let schema):
            var media = media(schema)
            var type = "application/json"
            if let stream = endpoint.stream {
                type = stream.contentType
                media["x-stream"] = service.form.behaviour(endpoint)["stream"]
            }
            content[type] = .object(withExamples(media, values.json))
        }
        if !content.isEmpty { response["content"] = .object(content) }
        return response
    }

    private func media(_ payload: SchemaModel?) -> JSONObject {
        let schema = payload.map { self.payload($0) } ?? [:]
        guard let envelope else { return ["schema": .object(schema)] }
        let isBare = endpoint.envelope == .errors
        let success = isBare ? schema : wrapped(schema, payload, envelope)
        var media: JSONObject = ["schema": ["anyOf": [.object(success), refusalReference]]]
        media["x-envelope"] = isBare ? "errors" : "both"
        if payload == nil { media["x-payload"] = "none" }
        return media
    }

    private func payload(_ payload: SchemaModel) -> JSONObject {
        var schema = service.wire.schema(payload)
        if endpoint.nullPayloadAsEmpty { WireSchema.admitNull(&schema) }
        return schema
    }

    /// The envelope of a success. Without a field for it, the members of the payload stand beside the code.
    private func wrapped(_ schema: JSONObject, _ payload: SchemaModel?, _ envelope: Envelope) -> JSONObject {
        var wrapper = EnvelopeSchema()
        wrapper.set(["enum": .array(envelope.success.map(\.value)), "description": "Success."], at: envelope.code)
        if let message = envelope.message { wrapper.set(["type": "string"], at: message, isRequired: false) }
        if let trace = envelope.traceID { wrapper.set(ServiceExport.trace, at: trace, isRequired: false) }
        guard let path = envelope.payload else {
            return payload == nil ? wrapper.object : ["allOf": [.object(wrapper.object), .object(schema)]]
        }
        let isRequired =
            payload.map { !$0.leniency.nullAsEmpty && !$0.isNullable && !endpoint.nullPayloadAsEmpty } ?? false
        wrapper.set(schema, at: path, isRequired: isRequired)
        return wrapper.object
    }

    private var headers: JSONObject {
        var headers = JSONObject()
        guard case .object(let object)? = endpoint.responseHeaders?.kind else { return headers }
        for field in object.fields {
            var schema = service.wire.field(field)
            var header = JSONObject()
            header["description"] = schema["description"]
            schema["description"] = nil
            if !field.isOptional { header["required"] = true }
            header["schema"] = .object(schema)
            headers[field.name] = .object(header)
        }
        return headers
    }

    // MARK: Failures

    private var refusalReference: JSONValue { ["$ref": .string("#/components/schemas/\(service.refusalName)")] }

    private func failure(_ description: String, _ isMeant: (Int) -> Bool) -> JSONObject {
        var response: JSONObject = ["description": .string(description)]
        if endpoint.method == .head { return response }
        let values = operation.examples.responses(isMeant)
        let schema: JSONValue? =
            endpoint.errorResponse.map { failureSchema($0) } ?? (envelope == nil ? nil : refusalReference)
        guard let schema else {
            if !values.json.isEmpty {
                response["content"] = ["application/json": .object(withExamples([:], values.json))]
            }
            return response
        }
        // A failure of something in between, such as a proxy, is text.
        var (json, text) = (JSONObject(), JSONObject())
        for (key, example) in values.json.members {
            if example["value"]?.string == nil { json[key] = example } else { text[key] = example }
        }
        var content: JSONObject = ["application/json": .object(withExamples(["schema": schema], json))]
        if !text.isEmpty { content["text/plain"] = .object(withExamples(["schema": ["type": "string"]], text)) }
        response["content"] = .object(content)
        return response
    }

    private func failureSchema(_ schema: SchemaModel) -> JSONValue {
        if case .object(let object) = schema.kind, object.owner == .type(ServiceModel.errorResponseName) {
            return ["$ref": .string("#/components/schemas/\(ServiceExport.failure)")]
        }
        return .object(service.wire.schema(schema))
    }

    private func withExamples(_ media: JSONObject, _ examples: JSONObject) -> JSONObject {
        var media = media
        if !examples.isEmpty { media["examples"] = .object(examples) }
        return media
    }
}
