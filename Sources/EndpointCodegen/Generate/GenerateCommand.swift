/// What the build-tool plugin and `endpoint-tool generate` run: specs in, Swift files out.
///
/// Exit codes: 0 done, 1 mistakes in specs or files that cannot be read, 2 wrong usage, 7 a file that cannot be written.
public struct GenerateCommand {
    /// Receives diagnostics, one line a call.
    public var errorOutput: (String) -> Void

    /// Makes a command that reports to `errorOutput`.
    public init(errorOutput: @escaping (String) -> Void) {
        self.errorOutput = errorOutput
    }

    /// Runs a command line, given without the program's name, and returns the exit code.
    public func run(_ words: [String]) -> Int32 {
        Self.exitCode(of: "EndpointPlugin", usage: "usage: EndpointPlugin \(Self.usage)", errorOutput: errorOutput) {
            try Self.generate(words)
        }
    }

    /// Runs a command and reports the error that it ends with.
    ///
    /// - Parameters:
    ///   - program: The program's name, which precedes messages about its use.
    ///   - usage: What is printed after a command line that is not understood.
    ///   - errorOutput: Receives diagnostics, one line a call.
    ///   - command: The command.
    /// - Returns: 0 done, 1 mistakes in specs or files that cannot be read, 2 wrong usage, 7 a file that cannot be written.
    public static func exitCode(
        of program: String, usage: String, errorOutput: (String) -> Void, _ command: () throws -> Void
    ) -> Int32 {
        do {
            try command()
            return 0
        } catch let misuse as Arguments.Misuse {
            errorOutput("\(program): \(misuse.message)")
            errorOutput(usage)
            return 2
        } catch let failure as Failure {
            for diagnostic in failure.diagnostics { errorOutput(diagnostic.description) }
            return failure.code
        } catch {
            errorOutput("\(program): error: \(error)")
            return 1
        }
    }

    /// Writes the Swift files that a command line asks for.
    public static func generate(_ words: [String]) throws {
        let arguments = try Arguments(
            words, options: ["output", "module", "base", "base-module", "exclude", "emptied"], flags: ["contract"])
        let emptied = arguments.values["emptied"] ?? []
        for name in emptied where !name.hasSuffix(".swift") || name.utf8.contains(UInt8(ascii: "/")) {
            throw Arguments.Misuse(message: "--emptied takes the name of a Swift file without its folder, not \(name)")
        }
        let output = OutputFolder(try arguments.required("output"), emptied: emptied)
        let path = try arguments.path("folder with specs")
        let bases = try arguments.bases
        let module = try CheckedModule(arguments.folder(path), moduleName: arguments.value("module"), bases: bases)
        let baseModule = try arguments.value("base-module")
        if arguments.flags.contains("contract") {
            try output.write([SwiftGenerator.contract(for: module.model, module: module.name, baseModule: baseModule)])
        } else {
            try output.write(SwiftGenerator.files(for: module.model, module: module.name, baseModule: baseModule))
        }
    }

    /// The options, and what they mean.
    public static let usage = """
        --output DIR [--module NAME] [--base DIR] [--base-module NAME] [--exclude PATH]… [--emptied FILE]… [--contract] SPECS
            Writes one Swift file for each spec, and service.swift; nothing if any spec is wrong. --module is the name of
            the module in Swift, --base-module that of the one that is extended (by default the services' names).
            --emptied names a generated file in DIR that stays, without declarations, when its spec has gone. --contract
            writes every example as a typed call instead, for tests.
        """
}

/// The words of a command line: options with and without values, and paths.
public struct Arguments {
    /// A word that is not understood; the message says what to write.
    public struct Misuse: Error {
        /// What is wrong, and what to write.
        public var message: String

        /// Makes a misuse with this message.
        public init(message: String) {
            self.message = message
        }
    }

    /// The values of each option, in the order given.
    public private(set) var values: [String: [String]] = [:]
    /// The options without value that were given.
    public private(set) var flags: Set<String> = []
    /// The words that are not options, in the order given.
    public private(set) var paths: [String] = []

    /// Splits the words of a command line.
    ///
    /// - Parameters:
    ///   - words: The words after the command's name.
    ///   - options: Names of options that take a value: `output` for `--output DIR` and `--output=DIR`.
    ///   - flags: Names of options that take none.
    /// - Throws: `Misuse` for an unknown option and for one without its value.
    public init(_ words: [String], options: [String], flags: [String] = []) throws(Misuse) {
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                paths += rest
                return
            }
            guard word.hasPrefix("--") else {
                paths.append(word)
                continue
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts.first ?? "")
            if flags.contains(name), parts.count == 1 {
                self.flags.insert(name)
            } else if options.contains(name) {
                guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst(), !value.isEmpty else {
                    throw Misuse(message: "--\(name) needs a value")
                }
                values[name, default: []].append(value)
            } else {
                let known = (options + flags).map { "--\($0)" }.joined(separator: ", ")
                throw Misuse(
                    message: "unknown option \(word); " + (known.isEmpty ? "there is none" : "known: \(known)"))
            }
        }
    }

    /// The value of an option that may be given once.
    public func value(_ name: String) throws(Misuse) -> String? {
        guard let all = values[name] else { return nil }
        guard all.count == 1 else { throw Misuse(message: "--\(name) is given \(all.count) times") }
        return all[0]
    }

    /// The value of an option that must be given once.
    public func required(_ name: String) throws(Misuse) -> String {
        guard let value = try value(name) else { throw Misuse(message: "--\(name) is missing") }
        return value
    }

    /// The only path; `what` names it in messages.
    public func path(_ what: String) throws(Misuse) -> String {
        guard let path = paths.first else { throw Misuse(message: "\(what) is missing") }
        guard paths.count == 1 else { throw Misuse(message: "one \(what), not \(paths.count)") }
        return path
    }
}

extension Arguments {
    /// A folder of specs, without what `--exclude` names.
    public func folder(_ path: String) throws(Failure) -> SpecFolder {
        try SpecFolder(path, excluding: values["exclude"] ?? [])
    }

    /// The folders that `--base` names.
    public var bases: [SpecFolder] {
        get throws(Failure) { try (values["base"] ?? []).map { path throws(Failure) in try folder(path) } }
    }
}
