/// The options that every command has. An argument of an endpoint that is called like one is offered as `--arg-NAME`.
enum StandingOptions {
    struct Entry: Sendable {
        var option: OptionDefinition
        /// What stands for the value in help.
        var placeholder = ""
        var help: String
    }

    static let all: [Entry] = [
        flag("all", "Every page of a list, not only one."),
        flag("wait", "Ask until the job is done, for calls that tell how far one is."),
        value("format", "FORMAT", "table (default), json, or jsonl with one item a line."),
        flag("raw", "The whole answer, as received."),
        value("input", "FILE", "All arguments as a JSON object by their names on the wire; - is standard input."),
        flag("dry-run", "Print the request as a curl line without secrets; send nothing."),
        flag("offline", "Answer from a simulator or the specs' examples: nothing is sent, no token is needed."),
        value("base-url", "URL", "Instead of the service's own: https, or http to this machine."),
        value("timeout", "SECONDS", "How long a call, or with --wait the whole wait, may take."),
        value("endpoints", "DIR", "Add the endpoints of a folder of specs; may be repeated.", repeatable: true),
        flag("verbose", "Tell on standard error what is done."),
        flag("help", "Show help."),
        flag("version", "Show the version."),
    ]

    static let definitions = all.map(\.option)
    static let names = Set(definitions.map(\.name))

    /// The option of an argument.
    static func name(forArgument kebab: String) -> String {
        names.contains(kebab) ? "arg-\(kebab)" : kebab
    }

    private static func flag(_ name: String, _ help: String) -> Entry {
        Entry(option: OptionDefinition(name: name, form: .flag), help: help)
    }

    private static func value(_ name: String, _ placeholder: String, _ help: String, repeatable: Bool = false) -> Entry
    {
        Entry(
            option: OptionDefinition(name: name, form: .value, isRepeatable: repeatable), placeholder: placeholder,
            help: help)
    }
}

enum OutputFormat: String, Sendable, CaseIterable {
    case table, json, jsonl

    init(_ line: ParsedLine) throws(CommandFailure) {
        guard let text = line.value("format") else {
            self = .table
            return
        }
        guard let format = OutputFormat(rawValue: text) else {
            throw .usage("--format: \"\(text)\" is not one of table, json, jsonl")
        }
        self = format
    }
}
