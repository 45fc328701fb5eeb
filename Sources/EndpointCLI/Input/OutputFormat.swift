/// The value of `--format`.
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
