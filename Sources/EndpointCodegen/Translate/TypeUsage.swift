import EndpointSpec

/// Which types are sent and which are received: the first must be parameters, the second must decode.
struct TypeUsage: Sendable {
    private(set) var sent: Set<String> = []
    private(set) var received: Set<String> = []
    /// What is sent by the endpoints of the extended module, which has made it a parameter already.
    private(set) var sentByBase: Set<String> = []

    init(_ model: ServiceModel, client: String, types: [String: NamedTypeModel]) {
        var walk = Walk(client: client, types: types)
        for endpoint in model.baseEndpoints { walk.collectSent(endpoint) }
        sentByBase = walk.names
        for endpoint in model.endpoints { walk.collectSent(endpoint) }
        sent = walk.names
        walk.names = []
        for endpoint in model.endpoints + model.baseEndpoints {
            if case .payload(let schema) = endpoint.response { walk.collect(schema, enclosing: client) }
        }
        received = walk.names
    }

    private struct Walk {
        let client: String
        let types: [String: NamedTypeModel]
        var names: Set<String> = []

        mutating func collectSent(_ endpoint: EndpointModel) {
            for field in endpoint.arguments {
                collect(field.schema, enclosing: "\(client).\(endpoint.group.typeName)")
            }
        }

        mutating func collect(_ schema: SchemaModel, enclosing: String) {
            switch schema.kind {
            case .array(let items): collect(items, enclosing: enclosing)
            case .object(let object):
                let name = Scope(client: client, enclosing: enclosing).name(object.name, object.owner)
                guard names.insert(name).inserted else { return }
                for field in object.fields { collect(field.schema, enclosing: name) }
            case .reference(let name):
                if let type = types[name] { collect(type.schema, enclosing: client) }
            default: break
            }
        }
    }
}
