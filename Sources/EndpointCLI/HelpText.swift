import EndpointDynamic
import EndpointKit
import EndpointSpec

/// What `--help` prints.
struct HelpText {
    let program: Program
    let tree: CommandTree
    let width: Int

    private var name: String { program.name }

    /// Help for what some words name.
    func text(for words: [String]) throws(CommandFailure) -> String {
        switch words.first {
        case "list"? where !tree.groups.contains("list"): return list
        case "describe"? where !tree.groups.contains("describe"): return describe
        case "completions"? where !tree.groups.contains("completions"): return completions
        case let word? where !tree.groups.contains(word):
            if let name = AccountCommand.Name(rawValue: word) { return account(name) }
        default: break
        }
        switch try tree.target(words) {
        case .program: return overview
        case .group(let group): return self.group(group)
        case .command(let command): return self.command(command)
        }
    }

    var overview: String {
        var text = "Usage: \(name) GROUP COMMAND [--option VALUE …]\n\n"
        for module in tree.modules {
            let summary = module.model.summary ?? module.model.title
            if let summary, !module.model.isExtension { text += paragraph("\(module.service.name): \(summary)") }
        }
        text += "\nGroups:\n"
        text += TextLayout.rows(
            tree.groups.map { group in
                let names = tree.commands.filter { $0.group == group }.map(\.name).joined(separator: ", ")
                return (group, (title(ofGroup: group).map { "\($0): " } ?? "") + names)
            }, width: width)
        text += "\nOther commands:\n"
        text += TextLayout.rows(
            [
                ("list [WORD]", "Every endpoint, or those that a word is found in."),
                ("describe ID", "All about one endpoint."),
                ("login, logout", "Keep a token on this machine, and forget it."),
                ("doctor", "Find out why calls fail: network, clock, token, account."),
                ("completions SHELL", "A completion script for bash, zsh or fish."),
            ], width: width)
        return text + "\nOptions:\n" + options(StandingOptions.all) + "\n" + surroundings
    }

    private func title(ofGroup group: String) -> String? {
        tree.commands.first { $0.group == group && $0.model.group.title != nil }?.model.group.title
            .map(SafeText.escaped)
    }

    private func group(_ group: String) -> String {
        let commands = tree.commands.filter { $0.group == group }
        let rows = commands.map { ($0.name, Self.sentence($0.model.summary) + " " + $0.model.title) }
        let title = title(ofGroup: group).map { "\n" + paragraph($0) } ?? ""
        return "Usage: \(name) \(group) COMMAND [--option VALUE …]\n\(title)\nCommands:\n"
            + TextLayout.rows(rows, width: width)
            + "\n\(name) \(group) COMMAND --help shows a command's options.\n"
    }

    func command(_ command: Command) -> String {
        let model = command.model
        var text = paragraph("Usage: \(name) \(command.words) \(Self.usage(command))") + "\n"
        text += paragraph(model.title) + paragraph(model.summary)
        if let advice = model.deprecated { text += paragraph("Deprecated: \(advice)") }
        text += "\(model.method) \(model.path)\n"
        if let link = model.documentation { text += "\(link)\n" }
        if !command.options.isEmpty {
            text += "\nArguments:\n" + ArgumentRows(command: command).text(width: width)
        }
        let entries = StandingOptions.all.filter { entry in
            switch entry.option.name {
            case "all": model.paging != nil
            case "wait": model.polling != nil
            default: true
            }
        }
        .map { entry in
            guard entry.option.name == "timeout", model.polling == nil else { return entry }
            return StandingOptions.Entry(
                option: entry.option, placeholder: entry.placeholder, help: "How long the call may take.")
        }
        text += "\nOptions:\n" + options(entries)
        if !command.options.isEmpty {
            text +=
                "\n" + paragraph("@FILE reads a value from a file and - from standard input; @@ begins a text with @.")
        }
        return text
    }

    var list: String {
        "Usage: \(name) list [WORD …] [--format table|json|jsonl]\n\n"
            + paragraph("Lists the endpoints, or those where every word is found: in id, path, title or summary.")
    }

    var describe: String {
        "Usage: \(name) describe ID\n\n"
            + paragraph("Tells all about an endpoint: arguments, answer, paging, limits, errors, examples.")
    }

    var completions: String {
        "Usage: \(name) completions bash|zsh|fish\n\n"
            + TextLayout.rows(
                [
                    ("bash", "source <(\(name) completions bash)"),
                    ("zsh", "source <(\(name) completions zsh)"),
                    ("fish", "\(name) completions fish | source"),
                ], width: width)
    }

    func account(_ name: AccountCommand.Name) -> String {
        let files = AccountFiles(program: program)
        let modules = tree.modules.filter { !$0.model.isExtension }
        let service = modules.count > 1 ? " SERVICE" : ""
        var text = "Usage: \(self.name) \(name)\(service) [--option VALUE …]\n\n"
        switch name {
        case .login:
            text += paragraph(
                "Makes a token out of a client's id and secret and keeps it in \(files?.tokens.path ?? "a file"), for your "
                    + "eyes only. Both are asked for at a terminal, the secret unseen; elsewhere they are the two lines of "
                    + "standard input; what the environment says is not asked for.")
        case .logout: text += paragraph("Forgets the token of login, and the secret if that was kept.")
        case .doctor:
            text += paragraph(
                "Looks at network, clock, token and account, and says what is wrong. The exit status is that of the first "
                    + "thing that is.")
        }
        if let order = tokenOrder(modules) { text += "\n" + paragraph(order) }
        return text + "\nOptions:\n" + options(AccountCommand.options(name))
    }

    /// Which token a call carries.
    private func tokenOrder(_ modules: [DynamicModule]) -> String? {
        guard let module = modules.first(where: { $0.service.clientCredentials != nil }) else { return nil }
        let names = module.service.environment
        var ways: [String] = []
        if let variable = names.accessToken { ways.append("the one in \(variable)") }
        if let id = names.clientID, let secret = names.clientSecret {
            ways.append("one made with \(id) and \(secret), which is kept and renewed")
        }
        return "Calls carry the first token that there is: " + (ways + ["the one of login"]).joined(separator: "; ")
            + "."
    }

    // MARK: Parts

    /// `--task-id STRING [--limit INTEGER] …`
    static func usage(_ command: Command) -> String {
        let types = TypeText(types: command.endpoint.types)
        let parts = command.options.filter(\.argument.isRequired).map { option in
            let value = types.placeholder(option.argument.schema)
            return "--\(option.name)" + (value.isEmpty ? "" : " \(value)")
        }
        return (parts + ["[--option VALUE …]"]).joined(separator: " ")
    }

    static func sentence(_ text: String) -> String {
        text.hasSuffix(".") || text.hasSuffix("。") ? text : text + "."
    }

    private func options(_ entries: [StandingOptions.Entry]) -> String {
        TextLayout.rows(
            entries.map { entry in
                let value = entry.placeholder.isEmpty ? "" : " \(entry.placeholder)"
                return ("--\(entry.option.name)\(value)", entry.help)
            }, width: width)
    }

    private func paragraph(_ text: String) -> String {
        TextLayout.wrapped(SafeText.escaped(text), to: width).joined(separator: "\n") + "\n"
    }

    private var surroundings: String {
        var rows: [(String, String)] = []
        for module in tree.modules where !module.model.isExtension {
            let names = module.service.environment
            if let variable = names.accessToken { rows.append((variable, "Access token for \(module.service.name).")) }
            if module.service.clientCredentials != nil, let id = names.clientID, let secret = names.clientSecret {
                rows.append((id, "Client's id, to make tokens with, …"))
                rows.append((secret, "… and the secret that belongs to it."))
            }
            if let variable = names.baseURL { rows.append((variable, "Instead of \(module.service.baseURL).")) }
        }
        rows.append((program.endpointsVariable, "Folders of specs, separated by colons, as --endpoints takes them."))
        let codes =
            "0 done, 1 the service refused, 2 wrong usage, 3 authentication, 4 throttled or out of quota, "
            + "5 network, 6 some items failed, 130 interrupted"
        let order = tokenOrder(tree.modules).map {
            "\n" + TextLayout.wrapped($0, to: width - 2).map { "  \($0)\n" }.joined()
        }
        return "Environment:\n" + TextLayout.rows(rows, width: width) + (order ?? "") + "\nExit status:\n"
            + TextLayout.wrapped(codes, to: width - 2).map { "  \($0)\n" }.joined()
    }
}

/// The arguments of a command with everything there is to know about each.
struct ArgumentRows {
    let command: Command

    func text(width: Int) -> String {
        TextLayout.rows(command.options.map(row), width: width, maxLeft: 28)
    }

    private func row(_ option: ArgumentOption) -> (String, String) {
        let argument = option.argument
        let types = TypeText(types: command.endpoint.types)
        let placeholder = types.placeholder(argument.schema)
        let name = option.definition.form == .truth ? "--[no-]\(option.name)" : "--\(option.name) \(placeholder)"
        var facts: [String] = []
        if argument.isRequired { facts.append("required") }
        if option.definition.isRepeatable { facts.append("repeatable") }
        if argument.schema.isBinary { facts.append("a file, or {\"$file\": \"path\", \"offset\": 0, \"length\": 16}") }
        facts += types.limits(argument.schema)
        if let value = argument.defaultValue.map({ JSONValue($0) }) {
            facts.append("default \(types.text(value, argument.schema))")
        }
        if argument.isSensitive { facts.append("secret: better given as @FILE") }
        if SwiftName.kebab(argument.swiftName) != option.name { facts.append("\"\(argument.name)\" on the wire") }
        var text = facts.isEmpty ? "" : HelpText.sentence(facts.joined(separator: ", "))
        if let description = argument.description { text += (text.isEmpty ? "" : " ") + HelpText.sentence(description) }
        if let advice = argument.deprecated { text += " Deprecated: \(advice)" }
        return (name, SafeText.escaped(text))
    }
}

extension SchemaModel {
    var isBinary: Bool { if case .binary = kind { true } else { false } }
}
