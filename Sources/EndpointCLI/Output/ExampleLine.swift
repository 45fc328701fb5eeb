import EndpointDynamic
import EndpointKit

/// The command line for arguments given as JSON.
struct ExampleLine {
    let program: String
    let command: Command

    /// One command on one or more lines, broken between options.
    ///
    /// - Parameters:
    ///   - request: The arguments; nil shows every required argument with a placeholder.
    ///   - width: The most columns of a line, where its parts allow.
    ///   - indent: The columns before the command.
    /// - Returns: The lines, each but the last ending with a backslash.
    func text(_ request: JSONObject?, width: Int, indent: Int) -> String {
        var parts = ["\(program) \(command.words)"]
        if let request {
            for option in command.options {
                guard let value = request[option.argument.name] else { continue }
                parts += self.parts(option, value)
            }
        } else {
            parts.append(HelpText.usage(command))
        }
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        for part in parts {
            // Room for the backslash of a continued line.
            if let last = lines.last, DisplayWidth.of(last) + DisplayWidth.of(part) + 3 <= width {
                lines[lines.count - 1] = "\(last) \(part)"
            } else {
                lines.append(margin + (lines.isEmpty ? "" : "  ") + part)
            }
        }
        return lines.joined(separator: " \\\n") + "\n"
    }

    private func parts(_ option: ArgumentOption, _ value: JSONValue) -> [String] {
        if option.argument.isSensitive { return ["--\(option.name) \(SecretFilter.replacement)"] }
        if option.argument.model.isBinary { return ["--\(option.name) FILE"] }
        if option.argument.model.isFiles { return (value.array ?? []).map { _ in "--\(option.name) FILE" } }
        switch (option.definition.form, value) {
        case (.boolean, .bool(let truth)): return [truth ? "--\(option.name)" : "--no-\(option.name)"]
        case (_, .array(let items)) where option.definition.isRepeatable:
            return items.map { "--\(option.name) \(shown($0))" }
        default: return ["--\(option.name) \(shown(value))"]
        }
    }

    /// The value as a word of a shell, quoted where needed.
    private func shown(_ value: JSONValue) -> String {
        var text = SafeText.escaped(value.string ?? value.text())
        if text == "-" || text.hasPrefix("@") { text = text == "-" ? text : "@" + text }
        let isPlain = !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || "-_./:,+=@%".contains($0) }
        return isPlain ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
    }
}
