/// The options of every command. An argument of an endpoint with the name of one of them is written `--arg-NAME`.
enum GlobalOptions {
    struct Entry: Sendable {
        var option: OptionDefinition
        /// The placeholder of the value in help.
        var placeholder = ""
        var help: String
    }

    static let all: [Entry] = [
        flag("all", "Fetch every page of a list, not only one."),
        flag("wait", "Poll until the job is done; for calls that return a job's status."),
        value("format", "FORMAT", "table (default), json, or jsonl with one item per line."),
        flag("raw", "The whole response, as received."),
        flag("include", "Print the header fields of the response before the payload."),
        flag("show-secrets", "Show the secrets that the response holds, such as tokens."),
        value(
            "input", "FILE",
            "Read the arguments from a JSON object, by their names in the request; - is standard input."),
        value(
            "null", "NAME", "Send null for an argument that may be null, by its option or its name; repeatable.",
            repeatable: true),
        flag("dry-run", "Print the request as a curl command without secrets; send nothing."),
        flag("yes", "Send a destructive call without asking; needed where standard input is not a terminal."),
        flag("offline", "Use a simulator or the specs' examples: nothing is sent, no token is needed."),
        value("base-url", "URL", "Replace the service's base URL: https, or http to this machine."),
        value(
            "output", "FILE",
            "Write the bytes of a download to a file; a download that was interrupted goes on where it stopped."),
        flag("force", "Let --output replace a file that exists."),
        value("md5", "HEX", "The MD5 that the file of --output must have."),
        value(
            "timeout", "SECONDS",
            "Time limit of a call, 300 by default; with --wait of the whole wait, which has none by default."),
        value(
            "idle-timeout", "SECONDS", "Time limit between two bytes, 60 by default. Files take as long as they move."),
        value("cacert", "FILE", "Trust the certificate authorities of a PEM file in place of the machine's."),
        value(
            "endpoints", "DIR",
            "Add the endpoints of a folder with a service.json. They get no token and no environment; repeatable.",
            repeatable: true),
        value(
            "trust", "DIR", "Like --endpoints, with the token and environment of their service; repeatable.",
            repeatable: true),
        flag("verbose", "Report each step on standard error."),
        flag("help", "Show help."),
        flag("version", "Show the version."),
    ]

    static let definitions = all.map(\.option)
    static let names = Set(definitions.map(\.name))

    /// Whether an argument of a command line is one of these options: `--format=json`, `-h`.
    static func isOne(_ argument: String) -> Bool {
        argument == "-h" || argument == "-" || argument == "--"
            || argument.hasPrefix("--") && names.contains(String(argument.dropFirst(2).prefix { $0 != "=" }))
    }

    /// The name of the option for an argument with this name in kebab case.
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
