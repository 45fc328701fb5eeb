import EndpointCodegen
import EndpointCore

/// The program for spec authors.
///
/// Exit codes: 0 done, 1 mistakes in specs or files that cannot be read, 2 wrong usage, 7 output that cannot be written.
package struct Tool: Sendable {
    /// Where text goes; a line a call.
    package var output: @Sendable (String) -> Void
    package var errorOutput: @Sendable (String) -> Void

    package init(output: @escaping @Sendable (String) -> Void, errorOutput: @escaping @Sendable (String) -> Void) {
        self.output = output
        self.errorOutput = errorOutput
    }

    /// Runs a command line, without the program's name.
    package func run(_ words: [String]) -> Int32 {
        guard let command = words.first else {
            errorOutput(Self.help)
            return 2
        }
        if words.contains("--help") || command == "help" {
            output(Self.help)
            return 0
        }
        if command == "--version" {
            output("endpoint-tool \(ToolkitVersion.current)")
            return 0
        }
        let usage = "endpoint-tool --help says how it is used"
        return GenerateCommand.exitCode(of: "endpoint-tool", usage: usage, errorOutput: errorOutput) {
            let words = Array(words.dropFirst())
            switch command {
            case "lint": try lint(words)
            case "new": try new(words)
            case "schema": try schema(words)
            case "list": try list(words)
            case "docs": try docs(words)
            default:
                throw Arguments.Misuse(
                    message: "unknown command \"\(command)\"; known: lint, new, schema, list, docs")
            }
        }
    }

    static let help = """
        endpoint-tool: check, list and document endpoint specs

        lint [--format text|json|github] [--base DIR]… [--exclude PATH]… SPECS…
            Says all that is wrong with specs.
        list [--format text|json] [--base DIR]… [--exclude PATH]… SPECS…
            Lists the endpoints.
        docs [--output FILE] [--program NAME] [--base DIR] [--exclude PATH]… SPECS
            Prints tables of the endpoints in Markdown, with the commands of a program, or writes them to a file.
        docs reference DIR
            Writes the tables of keywords into the pages of the language reference.
        new GROUP/NAME --method METHOD --path PATH [--directory SPECS] [--base DIR] [--exclude PATH]…
            Writes a spec to start from.
        new service NAME --base-url URL [--directory DIR]
        new service --extends MODULE [--directory DIR]
            Writes a service.json to start from: a service of its own, or further endpoints of another module.
        schema [endpoint|service|type] [--output DIR]
            Prints the JSON Schema that an editor checks specs with, or writes all three.

        SPECS is a folder that holds a service.json. Where that extends another module, --base is the folder of that one.
        --exclude is a file or a folder below SPECS that holds no specs, such as resources, and begins like SPECS.
        Exit codes: 0 done, 1 mistakes in specs or files, 2 wrong usage, 7 output that cannot be written.
        """
}
