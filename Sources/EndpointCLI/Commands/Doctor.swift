import EndpointDynamic
import EndpointKit
import Foundation

/// `doctor`: checks network, clock, token and account, and reports what keeps calls from working.
struct Doctor: Sendable {
    /// The result of one check.
    struct Diagnostic: Sendable {
        var subject: String
        /// Whether the check passed; nil for information alone.
        var passed: Bool?
        var text: String
        /// The program's exit status if this is the first check that failed.
        var code = ExitCode.done
    }

    let program: Program
    let target: AccountCommand.Target
    let console: Console

    func run(_ line: ParsedLine) async throws(CommandFailure) -> ExitCode {
        let format = try OutputFormat(line)
        let configuration = ClientConfiguration(
            baseURL: target.baseURL, transport: try program.transport(line), timeout: target.timeout,
            clock: program.clock)
        let credentials = try CredentialSource(
            program: program, module: target.module, configuration: configuration, console: console)
        let client = Client(service: target.service, tokens: credentials.tokens, configuration: configuration)
        var diagnostics = [
            Diagnostic(
                subject: "service", text: "\(target.service.name) at \(target.baseURL ?? target.service.defaultBaseURL)"
            )
        ]
        if program.transport == nil {
            diagnostics.append(Diagnostic(subject: "transport", text: SystemTransport.name))
        }
        diagnostics += try await network(client)
        if target.service.authentication == .none {
            diagnostics.append(Diagnostic(subject: "token", text: "not needed"))
        } else {
            diagnostics += await token(credentials, client)
        }
        try show(diagnostics, format)
        return diagnostics.first { $0.code != .done }?.code ?? .done
    }

    // MARK: Network and clock

    /// Requests the base URL without a token. Any response shows that the service is reachable.
    private func network(_ client: Client) async throws(CommandFailure) -> [Diagnostic] {
        let request: HTTPRequest
        do throws(APIError) {
            request = try client.request(for: Endpoint<JSONValue>(.get, "/"))
        } catch {
            throw CommandFailure(error)
        }
        var timed = request
        timed.timeout = target.timeout
        let (clock, start) = (client.configuration.clock, client.configuration.clock.now())
        do throws(TransportError) {
            let response = try await client.configuration.transport.send(timed)
            let spent = clock.now() - start
            let middle = clock.date().addingTimeInterval(-(spent / .seconds(2)))
            return [
                Diagnostic(
                    subject: "network", passed: true,
                    text: "HTTP \(response.status) after \(Int(spent / .milliseconds(1))) ms"),
                clockDiagnostic(response, middle),
            ]
        } catch {
            if case .redirectRefused(_, let location) = error.kind {
                return [
                    Diagnostic(
                        subject: "network", passed: false, text: "the service redirects to \(location)",
                        code: .network)
                ]
            }
            return [Diagnostic(subject: "network", passed: false, text: error.message, code: .network)]
        }
    }

    private func clockDiagnostic(_ response: HTTPResponse, _ now: Date) -> Diagnostic {
        guard let date = response.date else {
            return Diagnostic(subject: "clock", text: "the response has no Date header field")
        }
        // The header field has whole seconds.
        let ahead = Int(now.timeIntervalSince(date.addingTimeInterval(0.5)).rounded())
        if abs(ahead) <= 2 { return Diagnostic(subject: "clock", passed: true, text: "correct") }
        let text = "\(abs(ahead)) s \(ahead > 0 ? "ahead of" : "behind") the service's"
        // Tokens are renewed minutes early, so a difference below one minute is harmless.
        if abs(ahead) < 60 { return Diagnostic(subject: "clock", passed: true, text: text) }
        return Diagnostic(
            subject: "clock", passed: false, text: text + ": set the clock, or tokens are renewed too late or too often"
        )
    }

    // MARK: Token and account

    private func token(_ credentials: CredentialSource, _ client: Client) async -> [Diagnostic] {
        guard let tokens = credentials.tokens, let summary = credentials.summary else {
            return [Diagnostic(subject: "token", passed: false, text: missing, code: .authentication)]
        }
        let token: AccessToken
        do throws(APIError) {
            token = try await tokens.token()
        } catch {
            return [Diagnostic(subject: "token", passed: false, text: error.description, code: ExitCode(error))]
        }
        let now = client.configuration.clock.date()
        var diagnostics = [Diagnostic(subject: "token", passed: true, text: summary)]
        if let end = token.expiresAt ?? token.claimedExpiry {
            let hint = token.expiresAt == nil ? ", according to the token itself" : ""
            let isOver = end <= now
            diagnostics.append(
                Diagnostic(
                    subject: "expiry", passed: !isOver,
                    text: "\(isOver ? "expired at" : "valid until") \(Self.text(end))\(hint)",
                    code: isOver ? .authentication : .done))
        } else {
            diagnostics.append(Diagnostic(subject: "expiry", text: "unknown"))
        }
        return diagnostics + (await state(client))
    }

    private var missing: String {
        let names = target.service.environment
        var ways: [String] = []
        if target.service.takesLogin { ways.append("run \(program.name) login") }
        if let variable = names.accessToken {
            ways.append("set \(variable)" + (target.service.authentication == .basic ? " to user:password" : ""))
        }
        return "no token" + (ways.isEmpty ? "" : ": \(ways.joined(separator: " or "))")
    }

    /// Makes the call that `service.json` names for this check.
    private func state(_ client: Client) async -> [Diagnostic] {
        let module = target.module
        guard let model = module.specs.settings.account, let endpoint = module.module.endpoint(id: model.endpointID)
        else {
            return [Diagnostic(subject: "account", text: "not checked: service.json names no endpoint for it")]
        }
        do throws(APIError) {
            let response = try await client.send(try endpoint.endpoint(with: [:]))
            var secrets = console.secrets
            secrets.fields = endpoint.sensitiveFields
            let clean = secrets.clean(response)
            let facts = model.show.compactMap { name in
                clean[name].map { "\(name) \($0.string ?? $0.text())" }
            }
            return [
                Diagnostic(
                    subject: "account", passed: true,
                    text: "the token is accepted" + (facts.isEmpty ? "" : "; \(facts.joined(separator: ", "))"))
            ]
        } catch {
            return [Diagnostic(subject: "account", passed: false, text: error.description, code: ExitCode(error))]
        }
    }

    // MARK: Output

    private func show(_ diagnostics: [Diagnostic], _ format: OutputFormat) throws(CommandFailure) {
        guard format == .table else {
            let list: [JSONValue] = diagnostics.map { diagnostic in
                [
                    "subject": .string(diagnostic.subject), "ok": diagnostic.passed.map { .bool($0) } ?? .null,
                    "text": .string(diagnostic.text),
                ]
            }
            return format == .json ? try console.json(.array(list)) : try console.lines(list)
        }
        let rows = diagnostics.map { diagnostic in
            let status = diagnostic.passed.map { $0 ? "ok" : "WRONG" } ?? "-"
            return ("\(TextLayout.padded(status, to: 6))\(diagnostic.subject)", diagnostic.text)
        }
        try console.print(TextLayout.rows(rows, width: console.textWidth, indent: 0))
    }

    static func text(_ date: Date) -> String { DateFormat.dateTime.value(of: date).string ?? "" }
}

extension HTTPResponse {
    /// The time in the `Date` header field.
    fileprivate var date: Date? { headers["Date"].flatMap(HTTPDate.date) }
}

extension AccessToken {
    /// The expiry in the claims of a JSON Web Token. Its signature is not checked, so this is only a hint.
    fileprivate var claimedExpiry: Date? {
        let parts = value.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var text = parts[1].replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        guard let data = Data(base64Encoded: String(text)), let claims = try? JSONValue(parsing: data) else {
            return nil
        }
        return claims["exp"].flatMap(DateFormat.unixSeconds.date)
    }
}
