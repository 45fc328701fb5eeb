import EndpointKit
import EndpointSpec

/// `list [WORD …]`: the endpoints of the program.
struct ListCommand {
    let tree: CommandTree
    let console: Console

    func run(_ words: [String], format: OutputFormat) throws(CommandFailure) {
        let found = tree.commands.filter { command in
            words.allSatisfy { word in searched(command).contains { $0.lowercased().contains(word.lowercased()) } }
        }
        .sorted { $0.id < $1.id }
        switch format {
        case .json: try console.json(.array(found.map(entry)))
        case .jsonl: for command in found { try console.json(entry(command)) }
        case .table:
            guard !found.isEmpty else {
                console.note("nothing found for \(words.joined(separator: " "))")
                return
            }
            try console.print(table(found).text(width: console.tableWidth))
        }
    }

    /// The table, without methods and paths where they would leave too little width for the titles.
    private func table(_ found: [Command]) -> TextTable {
        let isNarrow = console.tableWidth.map { $0 < 120 } ?? false
        var table = TextTable(
            [TextTable.Column(title: "ID", isWhole: true)]
                + (isNarrow ? ["Title", "Summary"] : ["Method", "Path", "Title", "Summary"])
                .map { TextTable.Column(title: $0) })
        for command in found {
            let model = command.model
            table.add(
                [command.id] + (isNarrow ? [] : [model.method.rawValue, model.path]) + [model.title, model.summary])
        }
        return table
    }

    /// The texts that are searched for a word.
    private func searched(_ command: Command) -> [String] {
        let model = command.model
        return [
            command.id, command.words, model.path, model.title, model.summary, model.group.title ?? "",
            command.module.name,
        ] + model.notes
    }

    private func entry(_ command: Command) -> JSONValue {
        let model = command.model
        return [
            "id": .string(command.id), "group": .string(model.group.propertyName), "name": .string(model.methodName),
            "method": .string(model.method.rawValue), "path": .string(model.path), "title": .string(model.title),
            "summary": .string(model.summary),
        ]
    }
}
