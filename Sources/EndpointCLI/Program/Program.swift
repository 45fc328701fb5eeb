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
            let loaded = try loadedModules(arguments)
            for text in loaded.notes { console.note(text) }
            for module in loaded.modules {
                if let token = environmentValue(module.service.environment.accessToken) {
                    for secret in module.service.authentication.secrets(of: token) { console.secrets.add(secret) }
                }
                console.secrets.add(environmentValue(module.service.environment.clientSecret))
            }
            return try await run(arguments, loaded, console).rawValue
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
        _ arguments: [String], _ loaded: LoadedModules, _ console: Console
    ) async throws(CommandFailure) -> ExitCode {
        let tree = CommandTree(loaded.modules)
        let words = try tree.words(of: arguments)
        let builtIn = words.first.flatMap { CommandTree.builtIn.contains($0) && !tree.groups.contains($0) ? $0 : nil }
        try settle(loaded.broken, words, builtIn, tree, console)
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

    /// What a command line can call.
    private struct LoadedModules {
        var modules: [ProgramModule] = []
        /// What the person should know of the folders.
        var notes: [String] = []
        /// The folders that cannot be used, and why.
        var broken: [(folder: String, failure: CommandFailure)] = []
    }

    /// The compiled-in modules, and those of `--endpoints` and `--trust`.
    private func loadedModules(_ arguments: [String]) throws(CommandFailure) -> LoadedModules {
        var loaded = LoadedModules()
        for module in modules {
            do throws(InvalidSpecs) {
                loaded.modules.append(ProgramModule(try DynamicModule(module)))
            } catch {
                throw CommandFailure(.usage, error.description)
            }
        }
        for (folder, isTrusted) in folders(arguments) {
            let module: ProgramModule
            do throws(CommandFailure) {
                module = try SpecFolder.module(folder, isTrusted: isTrusted, known: loaded.modules)
            } catch {
                loaded.broken.append((folder, error))
                continue
            }
            // A folder with a service of its own replaces the service of the same name.
            let name = module.specs.settings.name
            if !module.specs.isExtension, loaded.modules.contains(where: { $0.specs.settings.name == name }) {
                loaded.modules.removeAll { $0.specs.settings.name == name }
                loaded.notes.append("\(folder) stands in for the service \(name)")
            }
            loaded.modules.append(module)
        }
        return loaded
    }

    /// Goes on without the folders that cannot be used, where the command is known without them; otherwise they are what is
    /// wrong.
    private func settle(
        _ broken: [(folder: String, failure: CommandFailure)], _ words: [String], _ builtIn: String?,
        _ tree: CommandTree, _ console: Console
    ) throws(CommandFailure) {
        guard !broken.isEmpty else { return }
        let isKnown: Bool
        switch builtIn {
        case nil: if case .command? = try? tree.target(words) { isKnown = true } else { isKnown = false }
        case "describe"?, "help"?: isKnown = (try? tree.command(Array(words.dropFirst()))) != nil
        case let name?: isKnown = AccountCommand.Name(rawValue: name) != nil
        }
        guard isKnown else {
            throw CommandFailure(.usage, broken.map(\.failure.message).joined(separator: "\n"))
        }
        for (folder, failure) in broken {
            let first = failure.message.split(separator: "\n").first ?? ""
            console.note("\(folder) is left out: \(first)")
        }
    }

    /// The folders of `--endpoints` and `--trust`. They are read before the command line is parsed, since their endpoints are
    /// commands.
    private func folders(_ arguments: [String]) -> [(path: String, isTrusted: Bool)] {
        var folders = (environment[endpointsVariable] ?? "").split(separator: ":").map { (String($0), false) }
        var rest = arguments.prefix { $0 != "--" }
        while let argument = rest.popFirst() {
            for (option, isTrusted) in [("--endpoints", false), ("--trust", true)] {
                if argument == option, let folder = rest.popFirst() {
                    folders.append((folder, isTrusted))
                } else if argument.hasPrefix(option + "=") {
                    folders.append((String(argument.dropFirst(option.count + 1)), isTrusted))
                }
            }
        }
        return folders
    }
}
