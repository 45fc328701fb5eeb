import EndpointDynamic
import EndpointKit
import Foundation

/// `doctor`: whether calls can work, from the network to the account, and if not, what is in the way.
struct Doctor: Sendable {
    /// One thing that was looked at.
    struct Finding: Sendable {
        var subject: String
        /// Nil for what is neither right nor wrong.
        var isFine: Bool?
        var text: String
        /// The program's exit status if this is the first thing that is wrong.
        var code = ExitCode.done
    }

    let program: Program
    let place: AccountCommand.Place
    let console: Console

    func run(_ line: ParsedLine) async throws(CommandFailure) -> ExitCode {
        let format = try OutputFormat(line)
        let configuration = ClientConfiguration(
            baseURL: place.baseURL, transport: program.transport, timeout: place.timeout, clock: program.clock)
        let account = try Account(
            program: program, service: place.service, configuration: configuration, console: console)
        let client = Client(service: place.service, tokens: account.tokens, configuration: configuration)
        var findings = [
            Finding(
                subject: "service", text: "\(place.service.name) at \(place.baseURL ?? place.service.baseURL)")
        ]
        findings += try await network(client)
        if place.service.authentication == .none {
            findings.append(Finding(subject: "token", text: "none is needed"))
        } else {
            findings += await token(account, client)
        }
        try show(findings, format)
        return findings.first { $0.code != .done }?.code ?? .done
    }

    // MARK: Network and clock

    /// Asks the base URL, with no token: any answer at all shows that the service is there.
    private func network(_ client: Client) async throws(CommandFailure) -> [Finding] {
        let request: HTTPRequest
        do throws(APIError) {
            request = try client.request(for: Endpoint<JSONValue>(.get, "/"))
        } catch {
            throw CommandFailure(error)
        }
        var timed = request
        timed.timeout = place.timeout
        let (clock, start) = (client.configuration.clock, client.configuration.clock.now())
        do throws(TransportError) {
            let response = try await client.configuration.transport.send(timed)
            let spent = clock.now() - start
            let middle = clock.date().addingTimeInterval(-(spent / .seconds(2)))
            return [
                Finding(
                    subject: "network", isFine: true,
                    text: "HTTP \(response.status) after \(Int(spent / .milliseconds(1))) ms"),
                clockFinding(response, middle),
            ]
        } catch {
            if case .redirectRefused(_, let location) = error.kind {
                return [
                    Finding(
                        subject: "network", isFine: false, text: "the service sends callers on to \(location)",
                        code: .network)
                ]
            }
            return [Finding(subject: "network", isFine: false, text: error.message, code: .network)]
        }
    }

    private func clockFinding(_ response: HTTPResponse, _ now: Date) -> Finding {
        guard let date = response.date else {
            return Finding(subject: "clock", text: "the service does not tell the time")
        }
        // The header has whole seconds.
        let ahead = Int(now.timeIntervalSince(date.addingTimeInterval(0.5)).rounded())
        if abs(ahead) <= 2 { return Finding(subject: "clock", isFine: true, text: "right") }
        let text = "\(abs(ahead)) s \(ahead > 0 ? "ahead of" : "behind") the service's"
        // Tokens are renewed minutes early, so that less than one does no harm.
        if abs(ahead) < 60 { return Finding(subject: "clock", isFine: true, text: text) }
        return Finding(
            subject: "clock", isFine: false, text: text + ": set it, or tokens are renewed too late or too often")
    }

    // MARK: Token and account

    private func token(_ account: Account, _ client: Client) async -> [Finding] {
        guard let tokens = account.tokens, let source = account.source else {
            return [Finding(subject: "token", isFine: false, text: missing, code: .authentication)]
        }
        let token: AccessToken
        do throws(APIError) {
            token = try await tokens.token()
        } catch {
            return [Finding(subject: "token", isFine: false, text: error.description, code: ExitCode(error))]
        }
        let now = client.configuration.clock.date()
        var findings = [Finding(subject: "token", isFine: true, text: source)]
        if let end = token.expiresAt ?? token.claimedExpiry {
            let hint = token.expiresAt == nil ? ", by what stands in it" : ""
            let isOver = end <= now
            findings.append(
                Finding(
                    subject: "expiry", isFine: !isOver,
                    text: "\(isOver ? "expired at" : "good until") \(Self.text(end))\(hint)",
                    code: isOver ? .authentication : .done))
        } else {
            findings.append(Finding(subject: "expiry", text: "not known"))
        }
        return findings + (await state(client))
    }

    private var missing: String {
        let names = place.service.environment
        var ways: [String] = []
        if place.service.clientCredentials != nil { ways.append("run \(program.name) login") }
        if let variable = names.accessToken { ways.append("set \(variable)") }
        return "there is none" + (ways.isEmpty ? "" : ": \(ways.joined(separator: " or "))")
    }

    /// Makes the call that the service names for it.
    private func state(_ client: Client) async -> [Finding] {
        guard let model = place.module.model.account, let endpoint = place.module.endpoint(model.endpointID) else {
            return [Finding(subject: "account", text: "not tried: the service names no call for it")]
        }
        do throws(APIError) {
            let answer = try await client.send(try endpoint.endpoint([:]))
            var secrets = console.secrets
            secrets.fields = endpoint.sensitiveFields
            let clean = secrets.clean(answer)
            let facts = model.show.compactMap { name in
                clean[name].map { "\(name) \($0.string ?? $0.text())" }
            }
            return [
                Finding(
                    subject: "account", isFine: true,
                    text: "the token is accepted" + (facts.isEmpty ? "" : "; \(facts.joined(separator: ", "))"))
            ]
        } catch {
            return [Finding(subject: "account", isFine: false, text: error.description, code: ExitCode(error))]
        }
    }

    // MARK: Output

    private func show(_ findings: [Finding], _ format: OutputFormat) throws(CommandFailure) {
        guard format == .table else {
            let list: [JSONValue] = findings.map { finding in
                [
                    "subject": .string(finding.subject), "ok": finding.isFine.map { .bool($0) } ?? .null,
                    "text": .string(finding.text),
                ]
            }
            if format == .json { return try console.json(console.secrets.clean(.array(list))) }
            for finding in list { try console.json(console.secrets.clean(finding)) }
            return
        }
        let rows = findings.map { finding in
            let mark = finding.isFine.map { $0 ? "ok" : "WRONG" } ?? "-"
            return ("\(TextLayout.padded(mark, to: 6))\(finding.subject)", SafeText.escaped(finding.text))
        }
        try console.print(TextLayout.rows(rows, width: console.textWidth, indent: 0))
    }

    static func text(_ date: Date) -> String { DateFormat.dateTime.value(of: date).string ?? "" }
}

extension HTTPResponse {
    /// The server's time.
    fileprivate var date: Date? { headers["Date"].flatMap(HTTPDate.date) }
}

extension AccessToken {
    /// When a JSON Web Token says of itself that it expires: a hint only, for nobody has checked its signature.
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
