import EndpointDynamic
import EndpointKit
import EndpointSpec

/// The client that a command line asks for.
struct CallClient: Sendable {
    let client: Client
    private let hasTokens: Bool

    init(program: Program, command: Command, line: ParsedLine, console: Console) throws(CommandFailure) {
        let service = command.module.service
        let isOffline = line.has("offline")
        var transport = program.transport
        if isOffline {
            transport = OfflineTransport(
                simulator: program.offline?(), examples: ExampleTransport([command.module]))
        }
        let baseURL = line.value("base-url") ?? program.environmentValue(service.environment.baseURL)
        var configuration = ClientConfiguration(
            baseURL: isOffline ? nil : baseURL, transport: transport,
            rateLimiter: isOffline ? NoRateLimit() : nil,
            observer: line.has("verbose") ? ConsoleObserver(console: console) : nil, clock: program.clock)
        if !line.has("wait"), let timeout = try Self.timeout(line) { configuration.timeout = timeout }
        let tokens: (any TokenProvider)? =
            isOffline
            ? FixedToken("offline")
            : try Account(program: program, service: service, configuration: configuration, console: console).tokens
        hasTokens = tokens != nil
        client = Client(service: service, tokens: tokens, configuration: configuration)
    }

    /// Whether the call would need a token that is not there.
    func needsToken(for model: EndpointModel) -> Bool {
        guard !hasTokens, model.isAuthenticated, client.service.authentication != .none else { return false }
        return model.host != .caller
    }

    static func timeout(_ line: ParsedLine) throws(CommandFailure) -> Duration? {
        guard let text = line.value("timeout") else { return nil }
        guard let seconds = Double(text), seconds > 0, seconds <= 1e9 else {
            throw .usage("--timeout: \"\(text)\" is not a number of seconds above 0")
        }
        return .seconds(seconds)
    }
}

/// Tells on standard error what a client does.
struct ConsoleObserver: ClientObserver {
    let console: Console

    func observe(_ event: ClientEvent) {
        console.note("\(event.endpointID): \(text(event)) [\(text(event.elapsed))]")
    }

    private func text(_ duration: Duration) -> String {
        duration.formatted(.units(allowed: [.seconds, .milliseconds], width: .narrow))
    }

    private func text(_ event: ClientEvent) -> String {
        switch event.kind {
        case .started: "started"
        case .attempt: "attempt \(event.attempt)"
        case .waitedForRateLimit(let time): "waited \(text(time)) for the rate limit"
        case .answered(let status, let bytes, let time): "HTTP \(status), \(bytes) bytes, after \(text(time))"
        case .throttled: "the service says that there are too many requests"
        case .tokenRefreshed: "a new token was made"
        case .retrying(let delay, let error):
            "retrying in \(text(delay)): \(error)"
        case .tokenRefused: "the token was refused"
        case .finished(let status, let sent, let received):
            "HTTP \(status), \(sent) bytes sent, \(received) bytes received"
        case .failed(let error): "failed: \(error)"
        }
    }
}
