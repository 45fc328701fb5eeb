import EndpointKit
import EndpointSpec

/// One argument of an endpoint that is known only as a spec.
public struct DynamicArgument: Sendable {
    /// Where an argument goes.
    public enum Location: Sendable, Hashable {
        case path
        case query
        case header
        case body
        /// The host that another response announced.
        case host
        /// The whole URL from another response.
        case url
    }

    /// The key in the arguments: the name on the wire; the name in Swift where two arguments have one name on the wire; for a body
    /// that is one value, the argument's own name.
    public var name: String
    /// The name on the wire.
    public var wireName: String
    /// The name in Swift, of which a command line makes its option.
    public var swiftName: String
    /// The part of the request that takes the value.
    public var location: Location
    /// Its type.
    public var schema: Schema
    /// Its type with the names that it has in Swift, references resolved.
    package var model: SchemaModel
    /// What the argument is for, in the words of the spec.
    public var description: String?
    /// Whether a call without it is refused.
    public var isRequired: Bool
    /// The value that is sent when none is given; nil if there is none.
    public var defaultValue: JSONValue?
    /// Whether the value is a secret, which logs must not show.
    public var isSensitive: Bool
    /// What to use instead of a deprecated argument; nil if it is not deprecated.
    public var deprecated: String?

    init(_ field: FieldModel, location: Location, types: TypeTable) {
        name = field.argumentName
        wireName = field.name
        swiftName = field.swiftName
        self.location = location
        schema = types.schema(of: field)
        model = types.resolved(field.schema)
        description = field.documentation
        isRequired = !field.isOptional && field.defaultValue == nil
        defaultValue = field.defaultValue
        isSensitive = field.isSensitive
        deprecated = field.deprecated
    }

    /// The `host` or `url` that an endpoint wants which is not at the service's base URL.
    init(location: Location, description: String, position: SourcePosition) {
        name = location == .host ? "host" : "url"
        wireName = name
        swiftName = name
        self.location = location
        schema = .string()
        model = SchemaModel(.string, position: position)
        self.description = description
        isRequired = true
        isSensitive = false
    }
}

extension EndpointModel {
    /// Every argument in the order of the Swift method's.
    func dynamicArguments(_ types: TypeTable) -> [DynamicArgument] {
        func list(_ fields: [FieldModel], _ location: DynamicArgument.Location) -> [DynamicArgument] {
            fields.filter { $0.constant == nil }.map { DynamicArgument($0, location: location, types: types) }
        }
        var arguments: [DynamicArgument] = []
        switch host {
        case .service: break
        case .announced(let ids):
            arguments.append(
                DynamicArgument(
                    location: .host, description: "The host that \(ids.joined(separator: " or ")) announced.",
                    position: position))
        case .caller:
            arguments.append(
                DynamicArgument(location: .url, description: "The URL from another response.", position: position))
        }
        return arguments + list(pathParameters, .path) + list(query, .query) + list(headers, .header)
            + list(body.fields, .body)
    }
}
