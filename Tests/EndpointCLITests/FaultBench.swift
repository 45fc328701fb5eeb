import EndpointDynamic
import EndpointKit
import Foundation
import Synchronization
import TestSupport

@testable import EndpointCLI

/// A service with one idempotent call and one that is not, called with every policy of a client turned on. Calls go over real
/// sockets; only the waits between attempts are skipped.
struct FaultBench {
    /// The outcome of a call.
    struct Outcome: Sendable, Hashable {
        /// The kind of the error; nil for success.
        var kind: APIError.Kind?
        /// The requests that the service received, except those for tokens.
        var seen: Int
        var newTokens: Int
        var exit: Int32
    }

    let fault: Fault
    let network: NetworkTransport
    private let home = FileManager.default.temporaryDirectory.appendingPathComponent("faults-\(UUID().uuidString)")

    init(_ fault: Fault, over network: NetworkTransport) {
        self.fault = fault
        self.network = network
    }

    /// Makes the call twice, each time with a new service: through a client, and as a command.
    func outcome(_ call: String) async throws -> (client: Outcome, program: Outcome, attempts: Int, waited: Duration) {
        defer { try? FileManager.default.removeItem(at: home) }
        let module = try DynamicModule(Self.module)
        let (clock, stage) = (HastyClock(), try Stage(fault, network))
        let clientClock = fault.timeout == nil ? clock.clientClock : .continuous
        let configuration = ClientConfiguration(
            baseURL: stage.baseURL, transport: stage.transport, timeout: fault.timeout ?? .seconds(1000),
            clock: clientClock)
        // A token that the service accepted an hour ago.
        let store = FileTokenStore(url: home.appendingPathComponent("faults/tokens.json"))
        let tokens = ClientCredentialsProvider(
            service: module.service, clientID: "id", clientSecret: "planted-secret", store: store,
            configuration: configuration)
        try await storeOldToken(store, tokens.credential)
        let client = Client(service: module.service, tokens: tokens, configuration: configuration)
        var (kind, attempts): (APIError.Kind?, Int)
        do throws(APIError) {
            guard let endpoint = try module.endpoint(id: "things.\(call)")?.endpoint(with: [:]) else {
                throw APIError(.other, "no such endpoint")
            }
            (kind, attempts) = (nil, try await client.response(for: endpoint).attempts)
        } catch {
            (kind, attempts) = (error.kind, error.attempts)
        }
        let code = kind.map { kind in
            var error = APIError(kind, "")
            error.attempts = attempts
            return ExitCode(error)
        }
        let ofClient = Outcome(
            kind: kind, seen: stage.seen, newTokens: stage.newTokens, exit: (code ?? .done).rawValue)
        stage.end()
        let waited = clock.skipped

        let second = try Stage(fault, network)
        try await storeOldToken(
            store,
            ClientCredentialsProvider.credential(
                service: module.service, clientID: "id", baseURL: second.baseURL))
        let output = Mutex("")
        let terminal = Terminal(
            writeOutput: { data in
                output.withLock { $0 += String(decoding: data, as: UTF8.self) }
            }, writeError: { data in output.withLock { $0 += String(decoding: data, as: UTF8.self) } })
        let program = Program(
            name: "faults", modules: [Self.module], transport: second.transport, clock: clientClock,
            environment: [
                "XDG_CONFIG_HOME": home.path, "FAULTS_URL": second.baseURL, "FAULTS_ID": "id",
                "FAULTS_SECRET": "planted-secret",
            ], terminal: terminal)
        let timeout = (fault.timeout ?? .seconds(1000)) / .seconds(1)
        let status = await program.run(["things", call, "--verbose", "--timeout", "\(timeout)"])
        let isClean = output.withLock { !$0.contains("planted") }
        let ofProgram = Outcome(
            kind: kind, seen: second.seen, newTokens: second.newTokens, exit: isClean ? status : -1)
        second.end()
        return (ofClient, ofProgram, attempts, waited)
    }

    private func storeOldToken(_ store: FileTokenStore, _ credential: String) async throws {
        let now = Date()
        let token = AccessToken(
            "planted-old", expiresAt: now.addingTimeInterval(1_000_000), issuedAt: now.addingTimeInterval(-3600))
        try await store.updateToken(for: credential) { _ in token }
    }

    // MARK: The service

    static let good = #"{"code":0,"message":"ok","data":{"n":1}}"#

    static var module: EndpointModule {
        let specs = [
            "service.json": """
            { "name": "Faults", "baseURL": "https://faults.example.com",
              "authentication": { "scheme": "bearer", "clientCredentials": { "endpoint": "auth.token",
                "clientID": "id", "clientSecret": "secret", "token": "token", "expiresIn": "life" } },
              "envelope": { "code": "code", "success": [0], "message": "message", "payload": "data" },
              "errors": [{ "code": 401, "contains": "exceeded", "kind": "authentication", "refresh": false },
                         { "code": 401, "kind": "authentication" }, { "code": 429, "kind": "throttled" }],
              "environment": { "baseURL": "FAULTS_URL", "clientID": "FAULTS_ID", "clientSecret": "FAULTS_SECRET" } }
            """,
            "Auth/token.json": """
            { "title": "t", "summary": "Makes a token.", "method": "POST", "path": "/token", "authentication": "none",
              "body": { "id": { "type": "string" }, "secret": { "type": "string", "sensitive": true } },
              "response": { "token": { "type": "string", "sensitive": true }, "life": { "type": "integer" } } }
            """,
            "Things/read.json": """
            { "title": "t", "summary": "Reads.", "method": "GET", "path": "/thing",
              "response": { "n": { "type": "integer" } } }
            """,
            "Things/change.json": """
            { "title": "t", "summary": "Changes.", "method": "POST", "path": "/thing",
              "body": { "to": { "type": "integer", "default": 1 } }, "response": { "n": { "type": "integer" } } }
            """,
        ]
        let service = Service(
            name: "Faults", baseURL: "https://faults.example.com",
            clientCredentials: ClientCredentials(
                .post, "/token", clientID: "id", clientSecret: "secret", token: "token", expiresIn: "life",
                endpointID: "auth.token"),
            envelope: Envelope(code: "code", success: [0], message: "message", payload: "data"),
            errors: [
                ErrorRule(code: 401, contains: "exceeded", kind: .authentication, refresh: false),
                ErrorRule(code: 401, kind: .authentication), ErrorRule(code: 429, kind: .throttled),
            ],
            environment: EnvironmentNames(baseURL: "FAULTS_URL", clientID: "FAULTS_ID", clientSecret: "FAULTS_SECRET"))
        let members = specs.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
        return EndpointModule(name: "Faults", service: service, specs: "{\(members)}")
    }
}

/// The server of a fault, or what replaces it, and the requests that it received.
private struct Stage {
    let baseURL: String
    let transport: any Transport
    private let server: LoopbackServer?
    private let port: RefusingPort?
    private let closureCalls: CallCount

    init(_ fault: Fault, _ network: NetworkTransport) throws {
        let calls = CallCount()
        closureCalls = calls
        let network = network.make(
            connectTimeout: .seconds(20), idleTimeout: fault.idleTimeout, maximumResponseBytes: 1 << 20)
        switch fault.source {
        case .server(let reply):
            let server = try LoopbackServer { request in
                guard request.path != "/token" else {
                    return .json(#"{"code":0,"data":{"token":"planted-new","life":100000}}"#)
                }
                return reply(calls.next(), request)
            }
            (self.server, port, transport) = (server, nil, network)
            baseURL = "http://127.0.0.1:\(server.port)"
        case .refusal:
            let port = try RefusingPort()
            (server, self.port, transport) = (nil, port, network)
            baseURL = "http://127.0.0.1:\(port.port)"
        case .noSuchHost:
            (server, port, transport) = (nil, nil, network)
            baseURL = "https://no-such-host.invalid"
        case .secure(let response):
            // URLSession on Linux trusts only the machine's certificates (SSL_CERT_FILE and CURL_CA_BUNDLE have no
            // effect), so no test server speaks TLS here. The response is made here and checked by the rule for every
            // transport; `.ci/tls` does it over TLS.
            (server, port) = (nil, nil)
            baseURL = "https://faults.example.com"
            transport = ClosureTransport { request throws(TransportError) in
                _ = calls.next()
                let next = try request.redirected(by: response)
                return next == nil ? response : HTTPResponse(status: 599)
            }
        }
    }

    var seen: Int { closureCalls.count }
    var newTokens: Int { server?.requests.count { $0.path == "/token" } ?? 0 }
    func end() { server?.stop() }
}

private final class CallCount: Sendable {
    private let state = Mutex(0)

    var count: Int { state.withLock { $0 } }

    func next() -> Int {
        state.withLock { count in
            count += 1
            return count
        }
    }
}

/// The machine's clock, except that a short sleep advances it at once. A long sleep only watches a time limit, so it is a
/// real one. The lock guards the skipped time.
final class HastyClock: Sendable {
    private let state = Mutex(Duration.zero)

    var skipped: Duration { state.withLock { $0 } }

    var clientClock: ClientClock {
        let real = ClientClock.continuous
        return ClientClock(
            now: { real.now() + self.skipped }, date: { real.date().addingTimeInterval(self.skipped / .seconds(1)) },
            sleep: { duration in
                if duration > .seconds(100) { return try await Task.sleep(for: duration) }
                try Task.checkCancellation()
                self.state.withLock { $0 += max(.zero, duration) }
            })
    }
}
