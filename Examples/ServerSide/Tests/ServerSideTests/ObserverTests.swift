import EndpointKit
import Foundation
import InMemoryLogging
import Logging
import LoopbackService
import MetricsTestKit
import ServerSide
import Testing

struct ObserverTests {
    private static let service = Service(
        name: "Depot", baseURL: "https://depot.test",
        envelope: Envelope(code: "code", success: [0], message: "message", payload: "data"),
        errors: [ErrorRule(code: 401, kind: .authentication)])

    private struct Thing: Decodable, Sendable {
        var ok: Bool
    }

    private let call = Endpoint<Thing>(.get, "/thing", id: "depot.thing", query: ["secret": "planted-parameter"])
        .with(\.sensitiveFields, ["secret"])

    /// Logs and metrics of one call over the real transport, and whether it succeeded.
    private func observe(
        _ respond: @escaping @Sendable (HTTPRequest) async throws(TransportError) -> HTTPResponse
    ) async throws -> (logs: InMemoryLogHandler, metrics: TestMetrics, succeeded: Bool) {
        let (logs, metrics) = (InMemoryLogHandler(), TestMetrics())
        var logger = Logger(label: "test") { _ in logs }
        logger.logLevel = .trace
        let observer = ServerObserver(logger: logger, metrics: metrics)
        let call = call
        let succeeded = try await LoopbackService.run(Script(respond)) { base in
            let client = Client(
                service: Self.service, tokens: FixedToken("planted-token"),
                configuration: ClientConfiguration(
                    baseURL: base, transport: AsyncHTTPClientTransport(),
                    retry: RetryPolicy(maxAttempts: 2, baseDelay: .milliseconds(1)), observer: observer))
            return (try? await client.send(call)) != nil
        }
        return (logs, metrics, succeeded)
    }

    @Test func aCallLeavesATimeAndTheNumberOfItsRequests() async throws {
        let seen = try await observe { _ throws(TransportError) in reply(200, #"{"code":0,"data":{"ok":true}}"#) }
        #expect(seen.succeeded)
        let dimensions = [("endpoint", "depot.thing"), ("outcome", "success")]
        #expect(try seen.metrics.expectTimer("api_call_duration", dimensions).values.count == 1)
        #expect(try seen.metrics.expectCounter("api_requests", dimensions).values == [1])
        #expect(seen.logs.entries.last?.level == .info)
        #expect(seen.logs.entries.last?.metadata["endpoint"] == "depot.thing")
    }

    @Test func aFailedCallIsAnErrorInTheLogAndCountsAllItsRequests() async throws {
        let seen = try await observe { _ throws(TransportError) in reply(503, "<html>busy</html>") }
        #expect(!seen.succeeded)
        let dimensions = [("endpoint", "depot.thing"), ("outcome", "http")]
        #expect(try seen.metrics.expectCounter("api_requests", dimensions).values == [2])
        #expect(seen.logs.entries.map(\.level).filter { $0 >= .notice } == [.notice, .error])
    }

    /// The service repeats the token and the parameter in a message, a page and a redirect: none gets into the logs.
    @Test func noSecretIsLogged() async throws {
        let echo = "Bearer planted-token for planted-parameter"
        let responses: [HTTPResponse] = [
            reply(200, #"{"code":401,"message":"refused: \#(echo)"}"#),
            reply(502, "<html>\(echo)</html>"),
            reply(302, headers: ["Location": "https://elsewhere.test/planted-token?secret=planted-parameter"]),
            reply(200, #"{"code":0,"data":{"ok":"\#(echo)"}}"#),
        ]
        for response in responses {
            let seen = try await observe { _ throws(TransportError) in response }
            #expect(!seen.succeeded)
            let text = seen.logs.entries.map { "\($0.message) \($0.metadata)" }.joined(separator: "\n")
            #expect(text.contains("depot.thing"))
            #expect(!text.contains("planted"), "\(text)")
        }
    }
}
