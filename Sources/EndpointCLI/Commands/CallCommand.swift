import EndpointDynamic
import EndpointKit
import EndpointSpec
import Foundation

/// Calls an endpoint and prints its response.
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
        console.secrets.fields = line.has("show-secrets") ? [] : command.endpoint.hiddenFields
        console.secrets.shownFields = command.endpoint.sensitiveFields
        self.console = console
    }

    func run() async throws(CommandFailure) -> ExitCode {
        try checkOptions()
        let target = try downloadTarget()
        let arguments = try ArgumentValues(command: command, terminal: console.terminal).read(line)
        let client = try CallClient(program: program, command: command, line: line, console: console)
        let calls = try calls(client.client, arguments)
        if line.has("dry-run") {
            try console.print(curlLines(calls, client.client.service))
            return .done
        }
        if line.has("verbose") { console.errorText(curlLines(calls, client.client.service)) }
        if line.has("offline") {
            console.note("offline: nothing is sent; the response is a simulator's or an example's")
        } else if client.needsToken(for: command.model) {
            throw missingToken(client)
        }
        try confirm()
        if command.isDownload, let call = calls.first {
            let download = Download(
                client: client.client, call: call, console: console, failure: failure,
                md5: line.value("md5").flatMap { MD5.digest(written: $0) }, md5Header: command.model.md5Header,
                isOffline: line.has("offline"))
            if let target { try await download.to(target) } else { try await download.toOutput() }
            return .done
        }
        return try await send(calls, client.client)
    }

    /// What `--output` names, before anything is sent.
    private func downloadTarget() throws(CommandFailure) -> DownloadTarget? {
        guard let path = line.value("output") else { return nil }
        return try DownloadTarget(path, replaces: line.has("force"))
    }

    // MARK: Checks

    private func checkOptions() throws(CommandFailure) {
        let model = command.model
        func refuse(_ option: String, with others: [String]) throws(CommandFailure) {
            guard line.has(option), let other = others.first(where: line.has) else { return }
            throw .usage("--\(option) cannot be combined with --\(other)")
        }
        try refuse("raw", with: ["all", "wait", "format"])
        try refuse("wait", with: ["all"])
        try refuse("include", with: ["all", "wait", "output"])
        if line.has("all"), model.paging == nil {
            throw .usage("--all: \(command.id) is not paged")
        }
        if line.has("wait"), model.polling == nil {
            throw .usage("--wait: \(command.id) does not return the status of a job")
        }
        if line.has("include"), command.isDownload || command.model.stream != nil {
            throw .usage("--include: \(command.id) returns no JSON value; add --verbose")
        }
        guard command.isDownload else {
            for option in ["output", "force", "md5"] where line.has(option) {
                throw .usage("--\(option): \(command.id) returns no bytes; redirect standard output instead")
            }
            return
        }
        for option in ["force", "md5"] where line.has(option) && !line.has("output") {
            throw .usage("--\(option) needs --output FILE")
        }
        if let text = line.value("md5"), text.utf8.count != 32 || !text.allSatisfy(\.isHexDigit) {
            throw .usage("--md5: \"\(text)\" is not an MD5; write its 32 hexadecimal digits")
        }
        if console.terminal.isOutputTerminal, !line.has("dry-run"), !line.has("raw"), !line.has("output") {
            throw .usage("\(command.id) returns bytes: add --output FILE, redirect standard output, or add --raw")
        }
    }

    private func calls(_ client: Client, _ arguments: JSONObject) throws(CommandFailure) -> [PreparedCall] {
        let timeout = line.has("wait") ? nil : try CallClient.timeout(line)
        do throws(APIError) {
            return try PreparedCall.calls(
                of: command.endpoint, with: arguments, using: client, isFirstPage: line.has("all"), timeout: timeout)
        } catch {
            throw failure(error)
        }
    }

    private func curlLines(_ calls: [PreparedCall], _ service: Service) -> String {
        calls.map { CurlLine(call: $0, authentication: service.authentication).text + "\n" }.joined()
    }

    private func missingToken(_ client: CallClient) -> CommandFailure {
        if let folder = command.module.folder, !command.module.isTrusted {
            return CommandFailure(
                .authentication,
                "\(command.id) needs a token, and specs of a folder get none unless you trust them and what they extend: "
                    + "write --trust \(folder) in place of --endpoints, or add --offline to try it without an account")
        }
        let service = client.client.service
        let what = service.authentication == .basic ? "user:password" : "an access token"
        var ways = service.environment.accessToken.map { ["set \($0) to \(what)"] } ?? []
        if service.takesLogin { ways.append("run \(program.name) login") }
        let remedy = ways.isEmpty ? "service.json names no variable for one" : ways.joined(separator: ", or ")
        return CommandFailure(
            .authentication, "\(command.id) needs a token: \(remedy), or add --offline to try it without an account")
    }

    /// Asks before a destructive call.
    private func confirm() throws(CommandFailure) {
        guard command.model.isDestructive, !line.has("yes"), !line.has("offline") else { return }
        guard console.terminal.isInputTerminal else {
            throw .usage(
                "--yes is needed: \(command.id) is destructive, and standard input is not a terminal to ask at")
        }
        let question = "\(command.id) is destructive: \(Sentence.closed(command.model.summary)) Send it? [y/N] "
        let answer = console.terminal.ask(SafeText.escaped("\(program.name): \(question)"), false) ?? ""
        guard ["y", "yes"].contains(answer.trimmingCharacters(in: .whitespaces).lowercased()) else {
            throw CommandFailure(.interrupted, "\(command.id): nothing was sent")
        }
    }

    // MARK: Sending

    private func send(_ calls: [PreparedCall], _ client: Client) async throws(CommandFailure) -> ExitCode {
        guard let call = calls.first, calls.count == 1 else { return try await sendBatch(calls, client) }
        if line.has("all") { return try await sendAll(call, client) }
        if command.model.stream != nil { return try await sendStream(call, client) }
        if line.has("wait") { return try await wait(call, client) }
        let response: APIResponse<JSONValue>
        do throws(APIError) {
            response = try await client.response(for: call.endpoint, sending: call.request)
        } catch {
            throw failure(error)
        }
        if line.has("include") {
            let fields = response.headers.map { SafeText.escaped("\($0.name): \($0.value)") + "\n" }
            try console.print(fields.joined() + "\n")
        }
        if line.has("raw") {
            try console.write(response.body)
        } else {
            try printer.print(response.value)
        }
        return verdict(on: response.value)
    }

    private func sendAll(_ call: PreparedCall, _ client: Client) async throws(CommandFailure) -> ExitCode {
        var items: [JSONValue] = []
        var count = 0
        defer { console.progress(nil) }
        do {
            guard let pager = command.endpoint.allItems(from: call.endpoint, using: client) else { return .done }
            for try await page in pager.pages {
                count += page.count
                console.progress(nil)
                if format == .jsonl {
                    try console.lines(page)
                } else {
                    items += page
                }
                console.progress("\(count) items")
            }
        } catch let error as APIError {
            console.progress(nil)
            // A table shows the items that were read; a script must not mistake them for the whole list.
            // The call's own failure is the one that is reported.
            if format == .table, !items.isEmpty { try? printer.printItems(items, isWhole: false) }
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

    /// Prints the elements of a stream as they arrive, one JSON value on a line.
    private func sendStream(_ call: PreparedCall, _ client: Client) async throws(CommandFailure) -> ExitCode {
        do {
            if line.has("raw") {
                let response = try await client.stream(call.endpoint.asBytes, sending: call.request)
                for try await chunk in response.body { try console.write(chunk) }
            } else {
                for try await element in client.elements(of: call.endpoint, sending: call.request) {
                    try console.lines([element])
                }
            }
        } catch let error as APIError {
            throw failure(error)
        } catch let error as TransportError {
            throw failure(APIError(error))
        } catch let error as CommandFailure {
            throw error
        } catch {
            throw CommandFailure(.network, "\(error)")
        }
        return .done
    }

    private func wait(_ call: PreparedCall, _ client: Client) async throws(CommandFailure) -> ExitCode {
        let timeout = try CallClient.timeout(line)
        let console = console
        defer { console.progress(nil) }
        var payload: JSONValue?
        do throws(APIError) {
            payload = try await command.endpoint.poll(call.endpoint, using: client, timeout: timeout) { payload in
                console.progress("waiting: \(console.secrets.clean(payload).text())")
            }
        } catch {
            console.progress(nil)
            throw failure(error)
        }
        console.progress(nil)
        guard let payload else { return .done }
        try printer.print(payload)
        return verdict(on: payload)
    }

    private func sendBatch(_ calls: [PreparedCall], _ client: Client) async throws(CommandFailure) -> ExitCode {
        guard let result = await command.endpoint.batch(calls.map(\.endpoint), using: client) else { return .done }
        var unwritten: CommandFailure?
        do throws(CommandFailure) {
            for payload in result.payloads { try printer.print(payload) }
        } catch {
            unwritten = error
        }
        guard let error = result.outcome.stoppedBy else {
            if let unwritten { throw unwritten }
            return result.payloads.map(verdict).contains(.partial) ? .partial : .done
        }
        var failure = failure(error)
        let outcome = result.outcome
        failure.message +=
            "; \(outcome.done.count) items done, \(outcome.failed.count) failed, \(outcome.notSent.count) not sent"
        if !outcome.done.isEmpty, failure.code != .interrupted {
            if let unwritten, unwritten.code == .local { throw unwritten }
            failure.code = .partial
        }
        throw failure
    }

    // MARK: Outcome

    private var printer: PayloadPrinter { PayloadPrinter(command: command, format: format, console: console) }

    /// The exit status of a response, which may list items that failed.
    private func verdict(on payload: JSONValue) -> ExitCode {
        guard let field = command.model.partialFailures, let failed = payload[field]?.array, !failed.isEmpty else {
            return .done
        }
        console.note("\(command.id): \(failed.count) \(failed.count == 1 ? "item" : "items") failed, see \(field)")
        return .partial
    }

    /// An error in the terms of the command line, with options instead of parameters.
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
