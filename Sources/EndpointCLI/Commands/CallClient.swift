import EndpointDynamic
import EndpointKit
import EndpointSpec

/// The client that sends what a command line says.
struct CallClient: Sendable {
    let client: Client
    private let hasTokens: Bool

    init(program: Program, command: Command, line: ParsedLine, console: Console) throws(CommandFailure) {
        let service = command.module.service
        let isOffline = line.has("offline")
        var transport = try program.transport(line)
        if isOffline {
            transport = OfflineTransport(
                simulator: program.offline?(), service: service,
                examples: ExampleTransport(command.endpoint, of: command.module.module) { id in
                    console.note("\(id) has no example of a success: its response is made from its schema")
                })
        }
        let baseURL = try program.baseURL(line, of: command.module)
        var configuration = ClientConfiguration(
            baseURL: isOffline ? nil : baseURL, transport: transport,
            rateLimiter: isOffline ? NoRateLimit() : nil,
            observer: line.has("verbose") ? ConsoleObserver(console: console) : nil, clock: program.clock)
        if !line.has("wait"), let timeout = try Self.timeout(line) { configuration.timeout = timeout }
        let tokens: (any TokenProvider)? =
            isOffline
            ? FixedToken(service.authentication.placeholder("offline"))
            : try CredentialSource(
                program: program, module: command.module, configuration: configuration, console: console
            ).tokens
        hasTokens = tokens != nil
        client = Client(service: service, tokens: tokens, configuration: configuration)
    }

    /// Whether a call needs a token and there is none.
    func needsToken(for model: EndpointModel) -> Bool {
        guard !hasTokens, model.isAuthenticated, client.service.authentication != .none else { return false }
        return model.host != .caller
    }

    static func timeout(_ line: ParsedLine) throws(CommandFailure) -> Duration? { try seconds("timeout", line) }

    /// The value of an option that is a number of seconds; nil if it is not given.
    static func seconds(_ option: String, _ line: ParsedLine) throws(CommandFailure) -> Duration? {
        guard let text = line.value(option) else { return nil }
        guard let seconds = Double(text), seconds > 0, seconds <= 1e9 else {
            throw .usage("--\(option): \"\(text)\" is not a number of seconds greater than 0")
        }
        return .seconds(seconds)
    }
}
