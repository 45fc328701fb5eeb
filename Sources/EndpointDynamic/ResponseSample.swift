import EndpointKit
import EndpointSpec

/// A response that is made from the schema of an endpoint, where no example shows one: a success, a job that is done, a last page.
struct ResponseSample {
    private let endpoint: DynamicEndpoint
    private let service: ServiceSettings

    init(_ endpoint: DynamicEndpoint, service: ServiceSettings) {
        self.endpoint = endpoint
        self.service = service
    }

    /// The body: the payload in the service's envelope, where the endpoint has it.
    var body: JSONValue {
        let payload = payload
        guard let envelope = service.envelope, endpoint.model.envelope == .service else { return payload }
        if case .binary = endpoint.model.response { return payload }
        var body: JSONObject = [:]
        if let code = envelope.success.first { body[envelope.code] = code.value }
        if let message = envelope.message { body[message] = "" }
        if let name = envelope.payload {
            body[name] = payload
        } else {
            for (key, value) in payload.object?.members ?? [] { body[key] = value }
        }
        return .object(body)
    }

    private var payload: JSONValue {
        switch endpoint.model.response {
        case .none: return .null
        case .binary: return ["$text": "example"]
        case .payload(let schema):
            var value = sample(schema, depth: 0)
            if var object = value.object {
                settle(&object)
                value = .object(object)
            }
            return endpoint.types.schema(of: schema).encoded(value)
        }
    }

    /// Sets what makes a payload the last one.
    private func settle(_ payload: inout JSONObject) {
        for condition in endpoint.model.polling?.until ?? [] where !condition.isNegated {
            if let value = condition.values.first { payload[condition.field] = value }
        }
        guard let paging = endpoint.model.paging else { return }
        switch paging.style {
        case .page(_, _, let total?, _): payload[total] = .integer(Int64(payload[paging.items]?.array?.count ?? 0))
        case .page: break
        case .cursor(_, let field, let end): payload[field] = end.isNull ? nil : end
        }
    }

    private static let maximumDepth = 4
    /// 2025-01-31T08:30:00Z
    private static let time: Int64 = 1_738_312_200

    /// A value as an argument would be given.
    private func sample(_ schema: SchemaModel, depth: Int) -> JSONValue {
        let schema = endpoint.types.resolved(schema)
        switch schema.kind {
        case .string: return "text"
        case .integer: return 1
        case .number: return 1
        case .boolean: return true
        case .date(let format): return format.value(of: Timestamp(seconds: Self.time))
        case .binary: return ["$text": "example"]
        case .enumeration(let enumeration): return enumeration.cases.first?.value ?? .null
        case .any, .reference: return .null
        case .array(let items): return depth < Self.maximumDepth ? [sample(items, depth: depth + 1)] : []
        case .object(let object):
            var members = JSONObject()
            for field in object.fields where !(field.isOptional && depth >= Self.maximumDepth) {
                members[field.name] = sample(field.schema, depth: depth + 1)
            }
            return .object(members)
        }
    }
}
