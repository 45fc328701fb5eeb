import EndpointDynamic
import EndpointSpec

/// An endpoint as a command.
struct Command: Sendable {
    var module: DynamicModule
    var endpoint: DynamicEndpoint
    /// `oss`
    var group: String
    /// `list-copy-failures`
    var name: String
    /// The option of each argument, in order.
    var options: [ArgumentOption]

    init(_ endpoint: DynamicEndpoint, of module: DynamicModule) {
        self.module = module
        self.endpoint = endpoint
        group = SwiftName.kebab(endpoint.model.group.propertyName)
        name = SwiftName.kebab(endpoint.model.methodName)
        options = endpoint.arguments.map(ArgumentOption.init)
    }

    var id: String { endpoint.id }
    var model: EndpointModel { endpoint.model }
    /// `oss list-copy-failures`
    var words: String { "\(group) \(name)" }
    /// `GET /v1/things`
    var requestLine: String { "\(model.method) \(model.path.isEmpty ? "(the URL is an argument)" : model.path)" }

    var optionDefinitions: [OptionDefinition] {
        GlobalOptions.definitions + options.map(\.definition)
    }
}

/// An argument as an option.
struct ArgumentOption: Sendable {
    var argument: DynamicArgument
    /// Without the dashes.
    var name: String

    init(_ argument: DynamicArgument) {
        self.argument = argument
        name = GlobalOptions.name(forArgument: SwiftName.kebab(argument.swiftName))
    }

    var definition: OptionDefinition {
        switch argument.schema.kind {
        case .boolean: OptionDefinition(name: name, form: .boolean)
        case .array: OptionDefinition(name: name, form: .value, isRepeatable: true)
        default: OptionDefinition(name: name, form: .value)
        }
    }
}
