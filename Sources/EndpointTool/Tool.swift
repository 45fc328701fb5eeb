import EndpointCodegen
import EndpointCore

/// The program for spec authors.
///
/// Exit codes: 0 done, 1 mistakes in specs or files that cannot be read (and a major change that `diff` finds), 2 wrong
/// usage, 6 imported in part, 7 output that cannot be written.
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
            case "generate": try GenerateCommand.generate(words)
            case "schema": try schema(words)
            case "list": try list(words)
            case "docs": try docs(words)
            case "import": try importDocument(words)
            case "export": try export(words)
            case "diff": try diff(words)
            default:
                let known = "lint, new, generate, schema, list, docs, import, export, diff"
                throw Arguments.Misuse(message: "unknown command \"\(command)\"; known: \(known)")
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
        generate \(GenerateCommand.usage)
        schema [endpoint|service|type] [--output DIR]
            Prints the JSON Schema that an editor checks specs with, or writes all three.
        import openapi DOCUMENT --output DIR [--operations GLOB] [--group-by tag|path] [--loose]
            Writes specs made of an OpenAPI document (3.0 or 3.1, JSON), or, in folders of their own, of each in a folder.
            --operations takes those alone whose operationId, or method and path, match. --loose writes as any value what
            a spec cannot say, in place of refusing it.
        import page FILE.md… --group GROUP --output DIR [--name NAME] [--skip] [--base DIR]…
                    [--exclude PATH]…
            Writes a spec for each call that pages in Markdown, or folders with pages, describe in tables. --name is for one
            call. --skip leaves out pages that describe none.
        export openapi [--output FILE] [--api-version VERSION] [--base DIR]… [--exclude PATH]… SPECS
            Prints the specs as one OpenAPI 3.1 document, or writes it to a file.
        diff [--format text|json] [--base DIR]… [--exclude PATH]… OLD NEW
            Says what changed between two folders of specs, and whether it is major, minor or a patch.

        SPECS is a folder that holds a service.json. Where that extends another module, --base is the folder of that one.
        --exclude is a file or a folder below SPECS that holds no specs, such as resources, and begins like SPECS.
        Exit codes: 0 done, 1 mistakes in specs or files (diff: a major change), 2 wrong usage, 6 imported in part, 7 output
        that cannot be written.
        """
}
