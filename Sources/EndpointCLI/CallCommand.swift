import EndpointDynamic
import EndpointKit
import EndpointSpec
import Foundation

/// Calls an endpoint and prints its answer.
struct CallCommand: Sendable {
    let program: Program
    let command: Command
    let line: ParsedLine
    let console: Console
    let format: OutputFormat

    init(program: Program, command: Command, line: ParsedLine, console: Console) throws(CommandFailure) {
        self.program = program
        self.command = command
        self.line = line
        format = try OutputFormat(line)
        var console = console
        console.secrets.fields = command.endpoint.sensitiveFields
        self.console = console
    }

    func run() async throws(CommandFailure) -> ExitCode {
        try checkOptions()
        let arguments = try ArgumentValues(command: command, terminal: console.terminal).read(line)
        let client = try CallClient(program: program, command: command, line: line, console: console)
        let previews = try previews(client, arguments)
        if line.has("dry-run") {
            try console.print(previews.joined(separator: "\n") + "\n")
            return .done
        }
        if line.has("verbose") { console.errorText(previews.joined(separator: "\n") + "\n") }
        if line.has("offline") {
            console.note("offline: nothing is sent; a simulator or the spec's example answers")
        } else if client.needsToken(for: command.model) {
            throw missingToken(client)
        }
        return try await send(client.client, arguments)
    }

    // MARK: Checks

    private func checkOptions() throws(CommandFailure) {
        let model = command.model
        func refuse(_ option: String, with others: [String]) throws(CommandFailure) {
            guard line.has(option), let other = others.first(where: line.has) else { return }
            throw .usage("--\(option) does not go with --\(other)")
        }
        try refuse("raw", with: ["all", "wait", "format"])
        try refuse("wait", with: ["all"])
        if line.has("all"), model.paging == nil {
            throw .usage("--all: \(command.id) gives everything in one answer")
        }
        if line.has("wait"), model.polling == nil {
            throw .usage("--wait: \(command.id) does not tell how far a job is")
        }
        if case .binary = model.response, console.terminal.isOutputTerminal, !line.has("dry-run"), !line.has("raw") {
            throw .usage("\(command.id) answers with bytes: send standard output to a file, or add --raw")
        }
    }

    /// The curl lines of what would be sent. Making them checks every argument, before anything is sent.
    private func previews(_ client: CallClient, _ arguments: JSONObject) throws(CommandFailure) -> [String] {
        let curl = CurlLine(command: command, authentication: client.client.service.authentication)
        var lines: [String] = []
        do throws(APIError) {
            let all = line.has("all") ? try command.endpoint.firstPage(arguments) : arguments
            for part in command.endpoint.batchParts(all) {
                let endpoint = try command.endpoint.endpoint(part)
                lines.append(curl.text(try client.client.request(for: endpoint), endpoint))
            }
        } catch {
            throw failure(error)
        }
        return lines
    }

    private func missingToken(_ client: CallClient) -> CommandFailure {
        let variable = client.client.service.environment.accessToken
        var ways = variable.map { ["set \($0) to an access token"] } ?? []
        if client.client.service.clientCredentials != nil { ways.append("run \(program.name) login") }
        let remedy = ways.isEmpty ? "service.json names no variable for one" : ways.joined(separator: ", or ")
        return CommandFailure(
            .authentication, "\(command.id) needs a token: \(remedy), or add --offline to try it without an account")
    }

    // MARK: Sending

    private func send(_ client: Client, _ arguments: JSONObject) async throws(CommandFailure) -> ExitCode {
        let endpoint = command.endpoint
        if line.has("all") { return try await sendAll(client, arguments) }
        if line.has("wait") { return try await wait(client, arguments) }
        if endpoint.batchParts(arguments).count > 1 { return try await sendBatch(client, arguments) }
        let response: APIResponse<JSONValue>
        do throws(APIError) {
            response = try await client.response(for: try endpoint.endpoint(arguments))
        } catch {
            throw failure(error)
        }
        if case .binary = command.model.response {
            try console.write(response.body)
            return .done
        }
        if line.has("raw") {
            try console.write(response.body)
        } else {
            try printer.print(response.value)
        }
        return verdict(on: response.value)
    }

    private func sendAll(_ client: Client, _ arguments: JSONObject) async throws(CommandFailure) -> ExitCode {
        var items: [JSONValue] = []
        var count = 0
        defer { console.progress(nil) }
        do {
            guard let pager = try command.endpoint.allItems(client, arguments) else { return .done }
            for try await page in pager.pages {
                count += page.count
                console.progress(nil)
                if format == .jsonl {
                    for item in page { try console.json(console.secrets.clean(item)) }
                } else {
                    items += page
                }
                console.progress("\(count) items")
            }
        } catch let error as APIError {
            console.progress(nil)
            // What came is shown where a person reads it; a script must not take a part for the whole.
            if format == .table, !items.isEmpty { try printer.printItems(items, isWhole: false) }
            var failure = failure(error)
            if count > 0 { failure.message += " (after \(count) items)" }
            throw failure
        } catch let error as CommandFailure {
            throw error
        } catch {
            throw CommandFailure(.network, "\(error)")
        }
        console.progress(nil)
        if format != .jsonl { try printer.printItems(items, isWhole: true) }
        return .done
    }

    private func wait(_ client: Client, _ arguments: JSONObject) async throws(CommandFailure) -> ExitCode {
        let timeout = try CallClient.timeout(line)
        let console = console
        defer { console.progress(nil) }
        var answer: JSONValue?
        do throws(APIError) {
            answer = try await command.endpoint.poll(client, arguments, timeout: timeout) { answer in
                console.progress("waiting: \(console.secrets.clean(answer).text())")
            }
        } catch {
            console.progress(nil)
            throw failure(error)
        }
        console.progress(nil)
        guard let answer else { return .done }
        try printer.print(answer)
        return verdict(on: answer)
    }

    private func sendBatch(_ client: Client, _ arguments: JSONObject) async throws(CommandFailure) -> ExitCode {
        var result: DynamicBatchOutcome?
        do throws(APIError) {
            result = try await command.endpoint.batch(client, arguments)
        } catch {
            throw failure(error)
        }
        guard let result else { return .done }
        if let payload = result.payload { try printer.print(payload) }
        guard let error = result.outcome.stoppedBy else { return result.payload.map(verdict) ?? .done }
        var failure = failure(error)
        let outcome = result.outcome
        failure.message +=
            "; \(outcome.done.count) items done, \(outcome.failed.count) failed, \(outcome.notSent.count) not sent"
        if !outcome.done.isEmpty, failure.code != .interrupted { failure.code = .partial }
        throw failure
    }

    // MARK: Outcome

    private var printer: PayloadPrinter { PayloadPrinter(command: command, format: format, console: console) }

    /// Whether the call was carried out for every item.
    private func verdict(on payload: JSONValue) -> ExitCode {
        guard let field = command.model.partialFailures, let failed = payload[field]?.array, !failed.isEmpty else {
            return .done
        }
        console.note("\(command.id): \(failed.count) \(failed.count == 1 ? "item" : "items") failed, see \(field)")
        return .partial
    }

    /// An error in the words of the command line: parameters by their options.
    private func failure(_ error: APIError) -> CommandFailure {
        let code = ExitCode(error)
        guard code == .usage else { return CommandFailure(error) }
        var problems = error.message.components(separatedBy: "; ")
        for option in command.options {
            let name = option.argument.name
            for index in problems.indices where problems[index].hasPrefix(name) {
                let rest = problems[index].dropFirst(name.count)
                if let next = rest.first, ":.[".contains(next) { problems[index] = "--\(option.name)\(rest)" }
            }
        }
        let remedy = error.remedy.map { ". \($0)" } ?? ""
        return CommandFailure(code, problems.joined(separator: "; ") + remedy)
    }
}
