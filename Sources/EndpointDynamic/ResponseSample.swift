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
        return envelope.wrapping(payload)
    }

    /// The declared header fields.
    var headers: JSONObject {
        var headers = JSONObject()
        for field in endpoint.model.responseHeaders.map({ endpoint.types.fields(of: $0) }) ?? [] {
            guard let value = sample(field.schema, depth: 0) else { continue }
            headers[field.name] = .string(value.array?.map(\.plainText).joined(separator: ", ") ?? value.plainText)
        }
        return headers
    }

    private var payload: JSONValue {
        if endpoint.model.stream != nil, case .payload(let schema) = endpoint.model.response {
            return .array(sample(schema, depth: 0).map { [endpoint.types.schema(of: schema).encoded($0)] } ?? [])
        }
        switch endpoint.model.response {
        case .none: return .null
        case .binary: return ["$text": "example"]
        case .payload(let schema):
            var value = sample(schema, depth: 0) ?? .null
            if value.object != nil { settle(&value) }
            return endpoint.types.schema(of: schema).encoded(value)
        }
    }

    /// Sets what makes a payload the last one.
    private func settle(_ payload: inout JSONValue) {
        for condition in endpoint.model.polling?.until ?? [] where !condition.isNegated {
            if let value = condition.values.first { payload.set(value, at: condition.field) }
        }
        guard let paging = endpoint.model.paging else { return }
        switch paging.style {
        case .page(_, _, let total?, _), .offset(_, _, let total?):
            let items = paging.items.flatMap { payload.value(at: $0)?.array } ?? []
            payload.set(.integer(Int64(items.count)), at: total)
        case .page, .offset, .lastItem, .next(nil): break
        case .cursor(_, let field, let end): payload.set(end, at: field)
        case .next(let field?): payload.set(.null, at: field)
        }
    }

    private static let maximumDepth = 4
    /// 2025-01-31T08:30:00Z
    private static let time: Int64 = 1_738_312_200

    /// A value as an argument would be given, in which no named type is inside itself; nil where there is none such.
    private func sample(_ schema: SchemaModel, depth: Int, within open: Set<String> = []) -> JSONValue? {
        var open = open
        if case .reference(let name) = schema.kind, !open.insert(name).inserted { return nil }
        let schema = endpoint.types.resolved(schema)
        let isDeep = depth >= Self.maximumDepth
        func inner(_ schema: SchemaModel) -> JSONValue? { sample(schema, depth: depth + 1, within: open) }
        switch schema.kind {
        case .string: return "text"
        case .integer: return 1
        case .number: return 1
        case .boolean: return true
        case .text(let format): return .string(format.example)
        case .date(let format): return format.value(of: Timestamp(seconds: Self.time))
        case .binary: return ["$text": "example"]
        case .enumeration(let enumeration): return enumeration.cases.first?.value ?? .null
        case .any, .reference: return .null
        case .array(let items): return .array(isDeep ? [] : inner(items).map { [$0] } ?? [])
        case .map(let values): return .object(isDeep ? [:] : inner(values).map { ["name": $0] } ?? [:])
        case .union(let union):
            for member in union.members {
                guard let value = inner(member.schema) else { continue }
                guard let tag = union.tag, var object = value.object, let name = member.tags.first else { return value }
                object[tag] = .string(name)
                return .object(object)
            }
            return schema.isNullable ? .null : nil
        case .object(let object):
            var members = JSONObject()
            for field in object.fields where !(field.isOptional && isDeep) {
                if let value = inner(field.schema) {
                    members[field.name] = value
                } else if field.schema.isNullable {
                    members[field.name] = .null
                } else if !field.isOptional {
                    return schema.isNullable ? .null : nil
                }
            }
            return .object(members)
        }
    }
}
