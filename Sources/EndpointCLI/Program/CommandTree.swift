import EndpointDynamic
import EndpointSpec

/// All commands of a program.
struct CommandTree: Sendable {
    static let builtIn = ["list", "describe", "login", "logout", "doctor", "completions", "help"]

    let modules: [ProgramModule]
    /// Sorted by group and name.
    let entries: [CommandEntry]
    let groups: [String]

    init(_ modules: [ProgramModule]) {
        self.modules = modules
        entries = modules.flatMap(CommandEntry.all).sorted { ($0.group, $0.name) < ($1.group, $1.name) }
        var groups: [String] = []
        for entry in entries where groups.last != entry.group { groups.append(entry.group) }
        self.groups = groups
    }

    /// All commands with their options. Every spec is read for it.
    var commands: [Command] { entries.compactMap(\.command) }

    /// The word that distinguishes modules with the same command, such as `weather`.
    func selector(_ module: ProgramModule) -> String { SwiftName.kebab(module.name) }

    private func isWord(_ text: String) -> Bool {
        Self.builtIn.contains(text) || groups.contains(text) || modules.contains { selector($0) == text }
            || entries.contains { $0.name == text || $0.id == text }
    }

    /// The words of a command line, before it is known whose options it has. The value of an option is not a word.
    ///
    /// Specs are read as far as that needs them: those of the command that the line begins with; none if every option is one
    /// that all commands have; otherwise all.
    func words(of arguments: [String]) throws(CommandFailure) -> [String] {
        let leading = Array(arguments.prefix { !$0.hasPrefix("-") })
        let variables = modules.flatMap(\.variableOptions).map(\.entry.option)
        let options: [OptionDefinition]
        if case .command(let entry)? = try? target(leading), let command = entry.command {
            options = command.optionDefinitions
        } else if arguments.allSatisfy({ !$0.hasPrefix("-") || GlobalOptions.isOne($0) }) {
            options = GlobalOptions.definitions
        } else {
            options = GlobalOptions.definitions + variables + commands.flatMap { $0.options.map(\.definition) }
        }
        return try OptionParser(lenient: options, isWord: isWord).parse(arguments).words
    }

    /// What the words of a command line refer to.
    enum Target {
        case program
        case group(String)
        case command(CommandEntry)
    }

    /// Finds what words refer to: `GROUP NAME`, the ID, or either with the module's name before it.
    func target(_ words: [String]) throws(CommandFailure) -> Target {
        guard let first = words.first else { return .program }
        let rest = words.dropFirst()
        if let entry = try unique(entries.filter { $0.id == first }, words) {
            try refuseExtra(rest)
            return .command(entry)
        }
        if groups.contains(first) {
            guard let name = rest.first else { return .group(first) }
            let inGroup = entries.filter { $0.group == first }
            guard let entry = try unique(inGroup.filter { $0.name == name || $0.outline.methodName == name }, words)
            else {
                throw .usage(
                    "\(first) has no command \"\(name)\"; \(Suggestion.hint(for: name, in: inGroup.map(\.name)))")
            }
            try refuseExtra(rest.dropFirst())
            return .command(entry)
        }
        if let module = modules.first(where: { selector($0) == first }) {
            return try CommandTree(modules.filter { $0.name == module.name }).target(Array(rest))
        }
        throw .usage("unknown command \"\(first)\"; \(Suggestion.hint(for: first, in: groups + Self.builtIn))")
    }

    /// The command with an ID, or with the words `GROUP NAME`.
    func command(_ words: [String]) throws(CommandFailure) -> Command {
        if words.count == 1, let text = words.first, text.contains("."), !entries.contains(where: { $0.id == text }) {
            throw .usage("unknown endpoint \"\(text)\"; \(Suggestion.hint(for: text, in: entries.map(\.id)))")
        }
        guard case .command(let entry) = try target(words) else {
            throw .usage("name an endpoint, such as \(entries.first?.id ?? "group.name"); list shows all")
        }
        return try command(entry)
    }

    /// The command of an entry.
    func command(_ entry: CommandEntry) throws(CommandFailure) -> Command {
        guard let command = entry.command else { throw .usage("the spec of \(entry.id) cannot be read") }
        return command
    }

    private func unique(_ found: [CommandEntry], _ words: [String]) throws(CommandFailure) -> CommandEntry? {
        guard found.count > 1 else { return found.first }
        let choices = found.map { "\(selector($0.module)) \($0.words)" }
        throw .usage(
            "\"\(words.joined(separator: " "))\" is in several services; write \(choices.joined(separator: " or "))")
    }

    private func refuseExtra(_ words: ArraySlice<String>) throws(CommandFailure) {
        if let word = words.first { throw .usage("unexpected \"\(word)\"; arguments are options: --name VALUE") }
    }
}
