import EndpointKit
import EndpointSpec

/// The option for a variable of a service's base URL: `--region` for `https://{region}.example.com`.
struct VariableOption: Sendable {
    var model: VariableModel

    /// Without the dashes.
    var name: String {
        let kebab = SwiftName.kebab(model.swiftName)
        return GlobalOptions.names.contains(kebab) ? "base-\(kebab)" : kebab
    }

    var entry: GlobalOptions.Entry {
        var facts = model.variable.values.isEmpty ? [] : ["one of \(model.variable.values.joined(separator: ", "))"]
        facts.append("default \(model.variable.defaultValue)")
        let description = Sentence.closed(model.description ?? "Part of the service's base URL")
        return GlobalOptions.Entry(
            option: OptionDefinition(name: name, form: .value), placeholder: name.uppercased(),
            help: "\(description) \(Sentence.closed(facts.joined(separator: ", ").capitalizedFirst))")
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension ProgramModule {
    /// The options for the variables of the base URL, in the order of the spec.
    var variableOptions: [VariableOption] { module.specs.settings.variables.map { VariableOption(model: $0) } }
}

extension Program {
    /// The base URL of a command: that of `--base-url`, the service's with the values of the options for its variables, that of
    /// the environment; nil for the service's own.
    func baseURL(_ line: ParsedLine, of module: ProgramModule) throws(CommandFailure) -> String? {
        var values: [String: String] = [:]
        let options = module.variableOptions
        for option in options {
            guard let value = line.value(option.name) else { continue }
            if line.has("base-url") { throw .usage("--\(option.name) cannot be combined with --base-url") }
            values[option.model.variable.name] = value
        }
        if let url = line.value("base-url") { return url }
        if values.isEmpty { return environmentValue(module.service.environment.baseURL) }
        do throws(BaseURLTemplate.Problem) {
            return try BaseURLTemplate(module.service.baseURL, module.service.variables).filled(values)
        } catch {
            let option = options.first { $0.model.variable.name == error.name }
            throw .usage("--\(option?.name ?? error.name): \(error.message)")
        }
    }
}
