import EndpointKit
import EndpointTesting
import Foundation
import Testing
import TestSupport

@Suite("ClientObserver")
struct ClientObserverTests {
    struct Scribe: ClientObserver {
        let log: Log
        func observe(_ event: ClientEvent) {
            let what =
                switch event.kind {
                case .started: "started"
                case .waitedForRateLimit(let time): "waited \(time)"
                case .attempt: "attempt"
                case .responded(let status, let bytes, let time): "responded \(status) \(bytes) \(time)"
                case .throttled(let wait): "throttled \(wait.map { "\($0)" } ?? "-")"
                case .retrying(let delay, let error): "retrying \(delay) \(error.kind)"
                case .tokenRefused: "token refused"
                case .tokenRefreshed: "token refreshed"
                case .finished(let status, let sent, let received): "finished \(status) \(sent) \(received)"
                case .failed(let error): "failed \(error.kind)"
                }
            log.add("\(event.endpointID) \(event.attempt) @\(event.elapsed / .seconds(1)) \(what)")
        }
    }

    @Test("the events of a call come in order, with times and bytes")
    func story() async throws {
        let (clock, log) = (ManualClock(isImpatient: true), Log())
        let transport = RecordingTransport { request, number in
            try? await clock.clientClock.sleep(.seconds(1))
            return switch number {
            case 1: .success(.json(#"{"code":429}"#, headers: ["Retry-After": "4"]))
            case 2: .failure(TransportError(.connectionLost, mayHaveBeenSent: true, message: "cut"))
            default: .success(.json(#"{"code":0,"data":null}"#))
            }
        }
        let client = Client(transport) {
            $0.clock = clock.clientClock
            $0.random = { 1 }
            $0.observer = Scribe(log: log)
        }
        var endpoint = Endpoint<Void>(.put, "/x", id: "x", body: .json(["a": 1]), response: .none)
        endpoint.isIdempotent = true
        endpoint.rate = Rate(1, per: .minute)
        try await client.send(endpoint)
        #expect(
            log.lines == [
                "x 0 @0.0 started", "x 1 @0.0 attempt", "x 1 @1.0 responded 200 12 1.0 seconds",
                "x 1 @1.0 throttled 4.0 seconds", "x 1 @1.0 retrying 4.0 seconds throttled",
                "x 2 @60.0 waited 55.0 seconds", "x 2 @60.0 attempt", "x 2 @61.0 retrying 1.0 seconds transport",
                "x 3 @120.0 waited 58.0 seconds", "x 3 @120.0 attempt", "x 3 @121.0 responded 200 22 1.0 seconds",
                "x 3 @121.0 finished 200 7 22",
            ])
    }

    @Test("there are events for a failed call and for refused and new tokens")
    func tokens() async {
        let (issuer, log) = (ClientCredentialsProviderTests.Issuer(), Log())
        let configuration = ClientConfiguration(
            transport: issuer.transport, observer: Scribe(log: log), clock: issuer.clock.clientClock)
        let tokens = ClientCredentialsProvider(
            service: .test, clientID: "c", clientSecret: "planted", configuration: configuration)
        _ = try? await tokens.token()
        issuer.revoke()
        issuer.clock.advance(by: .seconds(100))
        let client = Client(service: .test, tokens: tokens, configuration: configuration)
        _ = try? await client.send(ClientCredentialsProviderTests.endpoint)
        let made = [
            "POST /token 0 @0.0 started", "POST /token 1 @0.0 attempt",
            "POST /token 1 @0.0 responded 200 78 0.0 seconds",
            "POST /token 1 @0.0 finished 200 29 78", "POST /token 0 @0.0 token refreshed",
        ]
        #expect(
            log.lines == made + [
                "item.show 0 @0.0 started", "item.show 1 @0.0 attempt",
                "item.show 1 @0.0 responded 200 38 0.0 seconds", "item.show 1 @0.0 token refused",
            ] + made + [
                "item.show 2 @0.0 attempt", "item.show 2 @0.0 responded 200 20 0.0 seconds",
                "item.show 2 @0.0 finished 200 0 20",
            ])
        let refused = Log()
        let failing = Client(RecordingTransport(json: #"{"code":404}"#)) { $0.observer = Scribe(log: refused) }
        _ = await failure { () throws(APIError) in try await failing.send(ClientCredentialsProviderTests.endpoint) }
        #expect(refused.lines.last?.hasSuffix("failed notFound") == true)
    }

    @Test("a call without a token has sent no request of its own")
    func noToken() async {
        let log = Log()
        let configuration = ClientConfiguration(
            transport: RecordingTransport(json: #"{"code":404}"#), observer: Scribe(log: log),
            clock: ManualClock().clientClock)
        let tokens = ClientCredentialsProvider(
            service: .test, clientID: "c", clientSecret: "planted", configuration: configuration)
        let client = Client(service: .test, tokens: tokens, configuration: configuration)
        let error = await failure { () throws(APIError) in
            try await client.send(ClientCredentialsProviderTests.endpoint)
        }
        #expect(error?.endpointID == "POST /token")
        #expect(error?.attempts == 1)
        #expect(log.lines.last == "item.show 0 @0.0 failed notFound")
    }
}
