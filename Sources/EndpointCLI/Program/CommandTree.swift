import EndpointDynamic
import EndpointSpec

/// All commands of a program.
struct CommandTree: Sendable {
    static let builtIn = ["list", "describe", "login", "logout", "doctor", "completions", "help"]

    let modules: [DynamicModule]
    /// Sorted by group and name.
    let commands: [Command]

    init(_ modules: [DynamicModule]) {
        self.modules = modules
        commands = modules.flatMap { module in module.endpoints.map { Command($0, of: module) } }
            .sorted { ($0.group, $0.name) < ($1.group, $1.name) }
    }

    var groups: [String] {
        var groups: [String] = []
        for command in commands where groups.last != command.group { groups.append(command.group) }
        return groups
    }

    /// The word that distinguishes modules with the same command, such as `weather`.
    func selector(_ module: DynamicModule) -> String { SwiftName.kebab(module.name) }

    func isWord(_ text: String) -> Bool {
        Self.builtIn.contains(text) || groups.contains(text) || modules.contains { selector($0) == text }
            || commands.contains { $0.name == text || $0.id == text }
    }

    /// The options of all commands, for finding the command in a command line.
    var allOptions: [OptionDefinition] {
        GlobalOptions.definitions + commands.flatMap { $0.options.map(\.definition) }
    }

    /// What the words of a command line refer to.
    enum Target {
        case program
        case group(String)
        case command(Command)
    }

    /// Finds what words refer to: `GROUP NAME`, the ID, or either with the module's name before it.
    func target(_ words: [String]) throws(CommandFailure) -> Target {
        guard let first = words.first else { return .program }
        let rest = words.dropFirst()
        if let command = try unique(commands.filter { $0.id == first }, words) {
            try refuseExtra(rest)
            return .command(command)
        }
        if groups.contains(first) {
            guard let name = rest.first else { return .group(first) }
            let inGroup = commands.filter { $0.group == first }
            guard let command = try unique(inGroup.filter { $0.name == name || $0.model.methodName == name }, words)
            else {
                throw .usage(
                    "\(first) has no command \"\(name)\"; \(Suggestion.hint(for: name, in: inGroup.map(\.name)))")
            }
            try refuseExtra(rest.dropFirst())
            return .command(command)
        }
        if let module = modules.first(where: { selector($0) == first }) {
            return try CommandTree(modules.filter { $0.name == module.name }).target(Array(rest))
        }
        throw .usage("unknown command \"\(first)\"; \(Suggestion.hint(for: first, in: groups + Self.builtIn))")
    }

    /// The command with an ID, or with the words `GROUP NAME`.
    func command(_ words: [String]) throws(CommandFailure) -> Command {
        if words.count == 1, let text = words.first, text.contains("."), !commands.contains(where: { $0.id == text }) {
            throw .usage("unknown endpoint \"\(text)\"; \(Suggestion.hint(for: text, in: commands.map(\.id)))")
        }
        guard case .command(let command) = try target(words) else {
            throw .usage("name an endpoint, such as \(commands.first?.id ?? "group.name"); list shows all")
        }
        return command
    }

    private func unique(_ found: [Command], _ words: [String]) throws(CommandFailure) -> Command? {
        guard found.count > 1 else { return found.first }
        let choices = found.map { "\(selector($0.module)) \($0.words)" }
        throw .usage(
            "\"\(words.joined(separator: " "))\" is in several services; write \(choices.joined(separator: " or "))")
    }

    private func refuseExtra(_ words: ArraySlice<String>) throws(CommandFailure) {
        if let word = words.first { throw .usage("unexpected \"\(word)\"; arguments are options: --name VALUE") }
    }
}
