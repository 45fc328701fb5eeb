import EndpointKit
import EndpointSpec

/// `list [WORD …]`: the endpoints of the program.
struct ListCommand {
    let tree: CommandTree
    let console: Console

    func run(_ words: [String], format: OutputFormat) throws(CommandFailure) {
        let found = tree.entries.filter { entry in
            words.allSatisfy { word in searched(entry).contains { $0.lowercased().contains(word.lowercased()) } }
        }
        .sorted { $0.id < $1.id }
        switch format {
        case .json: try console.json(.array(found.map(json)))
        case .jsonl: try console.lines(found.map(json))
        case .table:
            guard !found.isEmpty else {
                console.note("nothing found for \(words.joined(separator: " "))")
                return
            }
            try console.print(table(found).text(width: console.tableWidth))
        }
    }

    /// The table, without methods and paths where they would leave too little width for the titles.
    private func table(_ found: [CommandEntry]) -> TextTable {
        let isNarrow = console.tableWidth.map { $0 < 120 } ?? false
        var table = TextTable(
            [TextTable.Column(title: "ID", isWhole: true)]
                + (isNarrow ? ["Title", "Summary"] : ["Method", "Path", "Title", "Summary"])
                .map { TextTable.Column(title: $0) })
        for entry in found {
            let outline = entry.outline
            table.add(
                [entry.id] + (isNarrow ? [] : [outline.method.rawValue, outline.path])
                    + [outline.title, outline.summary])
        }
        return table
    }

    /// The texts that are searched for a word.
    private func searched(_ entry: CommandEntry) -> [String] {
        let outline = entry.outline
        return [
            entry.id, entry.words, outline.path, outline.title, outline.summary, outline.group.title ?? "",
            entry.module.name,
        ] + outline.notes
    }

    private func json(_ entry: CommandEntry) -> JSONValue {
        let outline = entry.outline
        return [
            "id": .string(entry.id), "group": .string(outline.group.propertyName),
            "name": .string(outline.methodName), "method": .string(outline.method.rawValue),
            "path": .string(outline.path), "title": .string(outline.title), "summary": .string(outline.summary),
        ]
    }
}
