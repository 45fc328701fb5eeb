import EndpointSpec

/// A completion script for a shell, with the commands of the program.
struct CompletionScript {
    let program: String
    let tree: CommandTree

    func text(shell words: [String]) throws(CommandFailure) -> String {
        guard let shell = words.first, words.count == 1 else {
            throw .usage("name a shell: completions bash, completions zsh or completions fish")
        }
        switch shell {
        case "bash": return bash
        case "zsh": return "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n" + bash
        case "fish": return fish
        default: throw .usage("unknown shell \"\(shell)\"; known: bash, zsh, fish")
        }
    }

    private var function: String {
        "_" + program.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "_" }.joined()
    }

    private var firstWords: String {
        (tree.groups + CommandTree.builtIn.filter { !tree.groups.contains($0) }).joined(separator: " ")
    }

    private func options(_ command: Command) -> String {
        let all =
            command.options.map(\.definition) + command.module.variableOptions.map(\.entry.option)
            + GlobalOptions.definitions
        return all.flatMap { $0.form == .boolean ? ["--\($0.name)", "--no-\($0.name)"] : ["--\($0.name)"] }
            .joined(separator: " ")
    }

    // MARK: bash and zsh

    private var bash: String {
        var groups = ""
        for group in tree.groups {
            let names = tree.entries.filter { $0.group == group }.map(\.name).joined(separator: " ")
            groups += "        \(group)) words=\"\(names)\" ;;\n"
        }
        var commands = ""
        for command in tree.commands {
            commands += "        \"\(command.words)\") words=\"\(options(command))\" ;;\n"
        }
        let global = GlobalOptions.definitions.map { "--\($0.name)" }.joined(separator: " ")
        let ids = tree.entries.map(\.id).joined(separator: " ")
        return """
            \(function)() {
                local current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words=""
                case "$before" in
                    --format) COMPREPLY=($(compgen -W "table json jsonl" -- "$current")); return ;;
                    --endpoints) COMPREPLY=($(compgen -d -- "$current")); return ;;
                    --input) COMPREPLY=($(compgen -f -- "$current")); return ;;
                esac
                if [[ $COMP_CWORD -eq 1 ]]; then
                    words="\(firstWords)"
                elif [[ $COMP_CWORD -eq 2 ]]; then
                    case "${COMP_WORDS[1]}" in
            \(groups.dropLast())
                    describe) words="\(ids)" ;;
                    completions) words="bash zsh fish" ;;
                    esac
                else
                    case "${COMP_WORDS[1]} ${COMP_WORDS[2]}" in
            \(commands.dropLast())
                    *) words="\(global)" ;;
                    esac
                fi
                COMPREPLY=($(compgen -W "$words" -- "$current"))
            }
            complete -o default -F \(function) \(program)

            """
    }

    // MARK: fish

    private var fish: String {
        var text = "complete -c \(program) -f\n"
        text += "complete -c \(program) -n __fish_use_subcommand -a '\(firstWords)'\n"
        text += "complete -c \(program) -n '__fish_seen_subcommand_from completions' -a 'bash zsh fish'\n"
        let ids = tree.entries.map(\.id).joined(separator: " ")
        text += "complete -c \(program) -n '__fish_seen_subcommand_from describe' -a '\(ids)'\n"
        for entry in GlobalOptions.all {
            let value = entry.option.form == .value ? " -r" : ""
            text += "complete -c \(program) -l \(entry.option.name)\(value) -d '\(quoted(entry.help))'\n"
        }
        for command in tree.commands {
            let inGroup = "__fish_seen_subcommand_from \(command.group)"
            let here = "\(inGroup); and __fish_seen_subcommand_from \(command.name)"
            let names = tree.entries.filter { $0.group == command.group }.map(\.name).joined(separator: " ")
            text +=
                "complete -c \(program) -n '\(inGroup); and not __fish_seen_subcommand_from \(names)' "
                + "-a \(command.name) -d '\(quoted(command.model.summary))'\n"
            for option in command.options {
                let value = option.definition.form == .value ? " -r" : ""
                let help = option.argument.description.map { " -d '\(quoted($0))'" } ?? ""
                text += "complete -c \(program) -n '\(here)' -l \(option.name)\(value)\(help)\n"
            }
        }
        return text
    }

    private func quoted(_ text: String) -> String {
        SafeText.escaped(text).replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    }
}
