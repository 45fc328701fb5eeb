import EndpointDynamic
import EndpointKit
import EndpointSpec
import Foundation

/// A terminal program made of modules. Its terminal, transport, clock and environment are values, so that tests can run it.
package struct Program: Sendable {
    package var name: String
    package var version: String?
    package var modules: [EndpointModule]
    package var offline: (@Sendable () -> any Transport)?
    /// Replaces the default transport.
    package var transport: (any Transport)?
    package var clock: ClientClock
    package var environment: [String: String]
    package var terminal: Terminal

    package init(
        name: String, version: String? = nil, modules: [EndpointModule],
        offline: (@Sendable () -> any Transport)? = nil, transport: (any Transport)? = nil,
        clock: ClientClock = .continuous, environment: [String: String], terminal: Terminal
    ) {
        self.name = name
        self.version = version
        self.modules = modules
        self.offline = offline
        self.transport = transport
        self.clock = clock
        self.environment = environment
        self.terminal = terminal
    }

    /// Runs one command line, without the program's own name, and returns the exit status.
    package func run(_ arguments: [String]) async -> Int32 {
        let console = Console(name: name, terminal: terminal)
        do throws(CommandFailure) {
            let modules = try loadedModules(arguments)
            for module in modules {
                console.secrets.add(environmentValue(module.service.environment.accessToken))
                console.secrets.add(environmentValue(module.service.environment.clientSecret))
            }
            return try await run(arguments, CommandTree(modules), console).rawValue
        } catch {
            report(error, console)
            return error.code.rawValue
        }
    }

    private func report(_ failure: CommandFailure, _ console: Console) {
        guard !failure.message.isEmpty else { return }
        let lines = failure.message.split(separator: "\n")
        // Diagnostics of specs have the compiler's form, one per line, so that editors find them.
        guard lines.count > 1 || failure.message.contains(": error: ") else { return console.note(failure.message) }
        for line in lines { console.errorText(SafeText.escaped(String(line)) + "\n") }
    }

    private func run(
        _ arguments: [String], _ tree: CommandTree, _ console: Console
    ) async throws(CommandFailure) -> ExitCode {
        let words = try tree.words(of: arguments)
        let builtIn = words.first.flatMap { CommandTree.builtIn.contains($0) && !tree.groups.contains($0) ? $0 : nil }
        if builtIn == nil, case .command(let entry) = try tree.target(words) {
            let command = try tree.command(entry)
            let line = try OptionParser(command.optionDefinitions).parse(arguments)
            if line.has("help") {
                try console.print(HelpText(program: self, tree: tree, width: console.textWidth).command(command))
                return .done
            }
            return try await CallCommand(program: self, command: command, line: line, console: console).run()
        }
        if let builtIn = builtIn.flatMap(AccountCommand.Name.init) {
            return try await AccountCommand(program: self, tree: tree, console: console).run(builtIn, arguments)
        }
        let line = try OptionParser(GlobalOptions.definitions).parse(arguments)
        let help = HelpText(program: self, tree: tree, width: console.textWidth)
        if line.has("version") {
            try console.print([name, version].compactMap(\.self).joined(separator: " ") + "\n")
            return .done
        }
        switch builtIn {
        case "list"?:
            if line.has("help") { return try printed(help.list, console) }
            try ListCommand(tree: tree, console: console).run(Array(words.dropFirst()), format: OutputFormat(line))
        case "describe"?:
            if line.has("help") { return try printed(help.describe, console) }
            let command = try tree.command(Array(words.dropFirst()))
            try console.print(DescribeText(program: name, command: command, width: console.textWidth).text)
        case "completions"?:
            if line.has("help") { return try printed(help.completions, console) }
            try console.print(CompletionScript(program: name, tree: tree).text(shell: Array(words.dropFirst())))
        case "help"?: return try printed(try help.text(for: Array(words.dropFirst())), console)
        default:
            let text = try help.text(for: words)
            if line.has("help") { return try printed(text, console) }
            console.errorText(text)
            return .usage
        }
        return .done
    }

    private func printed(_ text: String, _ console: Console) throws(CommandFailure) -> ExitCode {
        try console.print(text)
        return .done
    }

    /// The value of an environment variable; nil if it is unset or empty.
    func environmentValue(_ name: String?) -> String? {
        name.flatMap { environment[$0] }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// `PAN_ENDPOINTS` for a program called `pan`.
    var endpointsVariable: String {
        name.uppercased().map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined() + "_ENDPOINTS"
    }

    // MARK: Modules

    /// The compiled-in modules, and those of `--endpoints`.
    private func loadedModules(_ arguments: [String]) throws(CommandFailure) -> [DynamicModule] {
        var loaded: [DynamicModule] = []
        for module in modules {
            do throws(InvalidSpecs) {
                loaded.append(try DynamicModule(module))
            } catch {
                throw CommandFailure(.usage, error.description)
            }
        }
        for folder in folders(arguments) {
            let module = try SpecFolder.module(folder, known: loaded)
            // A folder with a service of its own replaces the compiled-in service of the same name.
            if !module.specs.isExtension { loaded.removeAll { $0.specs.settings.name == module.specs.settings.name } }
            loaded.append(module)
        }
        return loaded
    }

    /// The folders of `--endpoints`. They are read before the command line is parsed, since their endpoints are commands.
    private func folders(_ arguments: [String]) -> [String] {
        var folders = (environment[endpointsVariable] ?? "").split(separator: ":").map(String.init)
        var rest = arguments.prefix { $0 != "--" }
        while let argument = rest.popFirst() {
            if argument == "--endpoints", let folder = rest.popFirst() {
                folders.append(folder)
            } else if argument.hasPrefix("--endpoints=") {
                folders.append(String(argument.dropFirst("--endpoints=".count)))
            }
        }
        return folders
    }
}
