import EndpointDynamic
import EndpointSpec

/// A command by its words, with what a list shows of its endpoint. The endpoint's spec is read for the ``Command``.
struct CommandEntry: Sendable {
    var module: ProgramModule
    var outline: EndpointOutline
    /// `oss`
    var group: String
    /// `list-copy-failures`
    var name: String

    /// All commands of a module. The word of a group is made once.
    static func all(of module: ProgramModule) -> [CommandEntry] {
        var groups: [String: String] = [:]
        return module.outlines.map { outline in
            let property = outline.group.propertyName
            let group = groups[property] ?? SwiftName.kebab(property)
            groups[property] = group
            return CommandEntry(
                module: module, outline: outline, group: group, name: SwiftName.kebab(outline.methodName))
        }
    }

    var id: String { outline.id }
    /// `oss list-copy-failures`
    var words: String { "\(group) \(name)" }
    /// The command with its options; nil if the spec cannot be read.
    var command: Command? { module.module.endpoint(id: id).map { Command(self, $0) } }
}

/// An endpoint as a command.
struct Command: Sendable {
    var entry: CommandEntry
    var endpoint: DynamicEndpoint
    /// The option of each argument, in order.
    var options: [ArgumentOption]

    fileprivate init(_ entry: CommandEntry, _ endpoint: DynamicEndpoint) {
        self.entry = entry
        self.endpoint = endpoint
        let taken = Set(entry.module.variableOptions.map(\.name))
        options = endpoint.arguments.map { ArgumentOption($0, besides: taken) }
    }

    var module: ProgramModule { entry.module }
    var group: String { entry.group }
    var name: String { entry.name }
    var words: String { entry.words }
    var id: String { endpoint.id }
    var model: EndpointModel { endpoint.model }
    /// Whether the response is bytes.
    var isDownload: Bool { if case .binary = model.response { true } else { false } }
    /// `GET /v1/things`
    var requestLine: String { "\(model.method) \(model.path.isEmpty ? "(the URL is an argument)" : model.path)" }

    var optionDefinitions: [OptionDefinition] {
        GlobalOptions.definitions + module.variableOptions.map(\.entry.option) + options.map(\.definition)
    }
}

/// An argument as an option.
struct ArgumentOption: Sendable {
    var argument: DynamicArgument
    /// Without the dashes.
    var name: String

    /// Creates the option of an argument, with another name than these and than the options of every command.
    init(_ argument: DynamicArgument, besides taken: Set<String>) {
        self.argument = argument
        let kebab = SwiftName.kebab(argument.swiftName)
        name = taken.contains(kebab) ? "arg-\(kebab)" : GlobalOptions.name(forArgument: kebab)
    }

    var definition: OptionDefinition {
        switch argument.schema.kind {
        case .boolean: OptionDefinition(name: name, form: .boolean)
        case .array: OptionDefinition(name: name, form: .value, isRepeatable: true)
        default: OptionDefinition(name: name, form: .value)
        }
    }
}
