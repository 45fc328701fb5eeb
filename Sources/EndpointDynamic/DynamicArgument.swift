import EndpointSpec

/// One argument of an endpoint that is known only as a spec.
public struct DynamicArgument: Sendable {
    /// Where the argument goes.
    public enum Place: Sendable, Hashable {
        case path
        case query
        case header
        case body
        /// The host that another answer announced.
        case host
        /// The whole URL from another answer.
        case url
    }

    /// The key in the arguments: the name on the wire; for a body that is one value, the argument's own name.
    public var name: String
    /// The name in Swift, of which a command line makes its option.
    public var swiftName: String
    public var place: Place
    /// Its type, references resolved.
    public var schema: SchemaModel
    public var description: String?
    /// Whether a call without it is refused.
    public var isRequired: Bool
    public var defaultValue: JSONNode?
    public var isSensitive: Bool
    public var deprecated: String?

    init(_ field: FieldModel, place: Place, types: TypeTable) {
        name = field.name
        swiftName = field.swiftName
        self.place = place
        schema = types.resolved(field.schema)
        description = field.description
        isRequired = !field.isOptional && field.defaultValue == nil
        defaultValue = field.defaultValue
        isSensitive = field.isSensitive
        deprecated = field.deprecated
    }

    /// The `host` or `url` that an endpoint wants which is not at the service's base URL.
    init(place: Place, description: String, position: SourcePosition) {
        name = place == .host ? "host" : "url"
        swiftName = name
        self.place = place
        schema = SchemaModel(.string, position: position)
        self.description = description
        isRequired = true
        isSensitive = false
    }
}

extension EndpointModel {
    /// Every argument in the order of the Swift method's.
    func dynamicArguments(_ types: TypeTable) -> [DynamicArgument] {
        func list(_ fields: [FieldModel], _ place: DynamicArgument.Place) -> [DynamicArgument] {
            fields.filter { $0.constant == nil }.map { DynamicArgument($0, place: place, types: types) }
        }
        var arguments: [DynamicArgument] = []
        switch host {
        case .service: break
        case .announced(let ids):
            arguments.append(
                DynamicArgument(
                    place: .host, description: "The host that \(ids.joined(separator: " or ")) announced.",
                    position: position))
        case .caller:
            arguments.append(
                DynamicArgument(place: .url, description: "The URL from another answer.", position: position))
        }
        return arguments + list(pathParameters, .path) + list(query, .query) + list(headers, .header)
            + list(body.fields, .body)
    }
}
