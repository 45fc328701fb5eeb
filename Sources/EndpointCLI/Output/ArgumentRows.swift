import EndpointDynamic
import EndpointKit
import EndpointSpec

/// The arguments of a command with their types, limits, defaults and descriptions.
struct ArgumentRows {
    let command: Command

    func text(width: Int) -> String {
        TextLayout.rows(command.options.map(row), width: width, maxLeft: 28)
    }

    private func row(_ option: ArgumentOption) -> (String, String) {
        let argument = option.argument
        let types = TypeText(types: command.endpoint.types)
        let placeholder = types.placeholder(argument.model)
        let name = option.definition.form == .boolean ? "--[no-]\(option.name)" : "--\(option.name) \(placeholder)"
        var facts: [String] = []
        if argument.isRequired { facts.append("required") }
        if option.definition.isRepeatable { facts.append("repeatable") }
        if argument.model.isBinary || argument.model.isFiles {
            facts.append("a file, or {\"$file\": \"path\", \"offset\": 0, \"length\": 16}")
        }
        facts += types.limits(argument.model)
        if let value = argument.defaultValue {
            facts.append("default \(types.text(value, argument.model))")
        }
        if argument.isSensitive { facts.append("secret: use @FILE rather than the command line") }
        if SwiftName.kebab(argument.swiftName) != option.name { facts.append("sent as \"\(argument.wireName)\"") }
        if argument.name != argument.wireName { facts.append("in --input \"\(argument.name)\"") }
        var text = facts.isEmpty ? "" : Sentence.closed(facts.joined(separator: ", "))
        if let description = argument.description { text += (text.isEmpty ? "" : " ") + Sentence.closed(description) }
        if let advice = argument.deprecated { text += " Deprecated: \(advice)" }
        return (name, text)
    }
}
