import EndpointKit
import EndpointSpec

/// Prints the payload of a response.
struct PayloadPrinter: Sendable {
    let command: Command
    let format: OutputFormat
    let console: Console

    /// Where tables of payloads go. They are without secrets already, those aside that the user asked for.
    private var results: Console {
        var results = console
        results.secrets = SecretFilter()
        return results
    }

    /// Prints the payload of one response.
    func print(_ payload: JSONValue) throws(CommandFailure) {
        switch format {
        case .json: try console.json(payload)
        case .jsonl: try console.lines(items(of: payload) ?? [payload])
        case .table:
            guard case .payload(let schema) = command.model.response else { return }
            let table = PayloadTable(types: command.endpoint.types, width: console.tableWidth)
            try results.print(table.text(console.secrets.clean(payload), schema))
        }
    }

    /// Prints the items of all pages.
    ///
    /// - Parameters:
    ///   - items: The items, in order.
    ///   - isWhole: False after an error: the items that were read before it.
    /// - Throws: ``CommandFailure`` if the output cannot be written.
    func printItems(_ items: [JSONValue], isWhole: Bool) throws(CommandFailure) {
        guard format == .table else { return try console.json(.array(items)) }
        let table = PayloadTable(types: command.endpoint.types, width: console.tableWidth)
        let items = items.map { console.secrets.clean($0) }
        try results.print(table.list(items, of: command.endpoint.pagedItem))
        if isWhole { try console.print("total: \(items.count)\n") }
    }

    /// The items of a payload that is a list or a page of one; nil for any other payload.
    private func items(of payload: JSONValue) -> [JSONValue]? {
        command.endpoint.pagedItems(of: payload) ?? payload.array
    }
}
