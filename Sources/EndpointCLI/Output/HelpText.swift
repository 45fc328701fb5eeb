import EndpointDynamic
import EndpointKit
import EndpointSpec

/// The text of `--help`.
struct HelpText {
    let program: Program
    let tree: CommandTree
    let width: Int

    private var name: String { program.name }

    /// Help for the command, group or program that words refer to.
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
        case .command(let entry): return self.command(try tree.command(entry))
        }
    }

    var overview: String {
        var text = "Usage: \(name) GROUP COMMAND [--option VALUE …]\n\n"
        for module in tree.modules {
            let summary = module.specs.settings.summary ?? module.specs.settings.title
            if let summary, !module.specs.isExtension { text += paragraph("\(module.service.name): \(summary)") }
        }
        text += "\nGroups:\n"
        text += TextLayout.rows(
            tree.groups.map { group in
                let names = tree.entries.filter { $0.group == group }.map(\.name).joined(separator: ", ")
                return (group, (title(ofGroup: group).map { "\($0): " } ?? "") + names)
            }, width: width)
        text += "\nOther commands:\n"
        text += TextLayout.rows(
            [
                ("list [WORD]", "List the endpoints, or those that contain a word."),
                ("describe ID", "Show everything about one endpoint."),
                ("login, logout", "Store a token on this machine, or remove it."),
                ("doctor", "Check what calls need: network, clock, token, account."),
                ("completions SHELL", "Print a completion script for bash, zsh or fish."),
            ], width: width)
        let variables = tree.modules.filter { !$0.specs.isExtension }.flatMap(\.variableOptions).map(\.entry)
        return text + "\nOptions:\n" + options(GlobalOptions.all + variables) + "\n" + surroundings
    }

    private func title(ofGroup group: String) -> String? {
        tree.entries.first { $0.group == group && $0.outline.group.title != nil }?.outline.group.title
    }

    private func group(_ group: String) -> String {
        let entries = tree.entries.filter { $0.group == group }
        let rows = entries.map { ($0.name, Sentence.closed($0.outline.summary) + " " + $0.outline.title) }
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
        if model.isDestructive { text += paragraph("Destructive: asks before it is sent, unless --yes is given.") }
        text += command.requestLine + "\n"
        if let link = model.documentation { text += SafeText.escaped(link) + "\n" }
        if !command.options.isEmpty {
            text += "\nArguments:\n" + ArgumentRows(command: command).text(width: width)
        }
        let entries = GlobalOptions.all.filter { entry in
            switch entry.option.name {
            case "all": model.paging != nil
            case "wait": model.polling != nil
            case "null": command.options.contains(where: \.argument.schema.isNullable)
            case "output", "force", "md5": command.isDownload
            case "yes": model.isDestructive
            default: true
            }
        }
        .map { entry in
            guard entry.option.name == "timeout", model.polling == nil else { return entry }
            return GlobalOptions.Entry(
                option: entry.option, placeholder: entry.placeholder, help: "Time limit of the call, 300 by default.")
        }
        text += "\nOptions:\n" + options(command.module.variableOptions.map(\.entry) + entries)
        if !command.options.isEmpty {
            text +=
                "\n" + paragraph("@FILE reads a value from a file, - from standard input; @@ begins a text with @.")
        }
        return text
    }

    var list: String {
        "Usage: \(name) list [WORD …] [--format table|json|jsonl]\n\n"
            + paragraph("Lists the endpoints, or those that contain every word in ID, path, title, summary or notes.")
    }

    var describe: String {
        "Usage: \(name) describe ID\n\n"
            + paragraph("Shows everything about an endpoint: arguments, response, paging, limits, errors, examples.")
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
        let logins = LoginStore(program: program)
        let modules = tree.modules.filter { !$0.specs.isExtension }
        let service = modules.count > 1 ? " SERVICE" : ""
        var text = "Usage: \(self.name) \(name)\(service) [--option VALUE …]\n\n"
        switch name {
        case .login:
            text += paragraph(
                "Makes a token from a client ID and secret and stores it in \(logins?.tokens.path ?? "a file"), which only "
                    + "you can read. At a terminal the command asks for both and does not show the secret; elsewhere it "
                    + "reads them as two lines of standard input. Values in the environment are used first.")
            if modules.contains(where: { $0.service.authentication == .basic }) {
                text +=
                    "\n"
                    + paragraph(
                        "For a service with basic authentication it stores user and password there, and asks for them likewise."
                    )
            }
        case .logout: text += paragraph("Removes the token that login stored, and the secret if it was stored too.")
        case .doctor:
            text += paragraph(
                "Checks network, clock, token and account, and reports what is wrong. The exit status is that of the first "
                    + "check that failed.")
        }
        if let order = tokenOrder(modules) { text += "\n" + paragraph(order) }
        return text + "\nOptions:\n"
            + options(AccountCommand.options(name) + modules.flatMap(\.variableOptions).map(\.entry))
    }

    /// The order in which sources of a token are tried.
    private func tokenOrder(_ modules: [ProgramModule]) -> String? {
        guard let module = modules.first(where: { $0.service.takesLogin }) else { return nil }
        let isBasic = module.service.authentication == .basic
        let names = module.service.environment
        var ways: [String] = []
        if let variable = names.accessToken { ways.append("\(variable)") }
        if let id = names.clientID, let secret = names.clientSecret {
            ways.append(isBasic ? "\(id) and \(secret)" : "one made with \(id) and \(secret), stored and renewed")
        }
        return "Calls use the first token of: " + (ways + ["the one that login stored"]).joined(separator: "; ") + "."
    }

    // MARK: Parts

    /// `--task-id STRING [--limit INTEGER] …`
    static func usage(_ command: Command) -> String {
        let types = TypeText(types: command.endpoint.types)
        let parts = command.options.filter(\.argument.isRequired).map { option in
            let value = types.placeholder(option.argument.model)
            return "--\(option.name)" + (value.isEmpty ? "" : " \(value)")
        }
        return (parts + ["[--option VALUE …]"]).joined(separator: " ")
    }

    private func options(_ entries: [GlobalOptions.Entry]) -> String {
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
        for module in tree.modules where !module.specs.isExtension {
            let names = module.service.environment
            let isBasic = module.service.authentication == .basic
            if let variable = names.accessToken {
                rows.append((variable, "\(isBasic ? "user:password" : "Access token") for \(module.service.name)."))
            }
            if module.service.takesLogin, let id = names.clientID, let secret = names.clientSecret {
                rows.append((id, isBasic ? "User of \(module.service.name)." : "Client ID to make tokens with."))
                rows.append((secret, isBasic ? "The user's password." : "Client secret to make tokens with."))
            }
            if let variable = names.baseURL { rows.append((variable, "Replaces \(module.service.baseURL).")) }
        }
        rows.append((program.endpointsVariable, "Folders for --endpoints, separated by colons."))
        let order = tokenOrder(tree.modules).map {
            "\n" + TextLayout.wrapped($0, to: width - 2).map { "  \($0)\n" }.joined()
        }
        return "Environment:\n" + TextLayout.rows(rows, width: width) + (order ?? "") + "\nExit status:\n"
            + TextLayout.wrapped(ExitCode.summary, to: width - 2).map { "  \($0)\n" }.joined()
    }
}
