import EndpointDynamic
import EndpointKit
import EndpointSpec
import TestSupport
import Testing

/// What a call does besides its values: a spec's and a hand-written descriptor's agree.
@Suite("Behaviour: specs and hand-written descriptors agree")
struct BehaviourTests {
    @Test(
        "idempotence is RFC 9110's, 9.2.2",
        arguments: [
            (HTTPMethod.get, true), (.head, true), (.post, false), (.put, true), (.patch, false), (.delete, true),
            (.options, true),
        ])
    func idempotence(method: HTTPMethod, isIdempotent: Bool) throws {
        let calls = ["", #""idempotent": true, "#, #""idempotent": false, "#].map {
            SpecModule.Call(rest: $0 + #""response": null"#, method: method.rawValue)
        }
        let endpoints = try SpecModule(calls: calls).load().endpoints
        #expect(endpoints.map(\.model.isIdempotent) == [isIdempotent, true, false])
        #expect(try endpoints.map { try $0.endpoint(with: [:]).isIdempotent } == [isIdempotent, true, false])
        #expect(Endpoint<JSONValue>(method, "/call").isIdempotent == isIdempotent)
    }

    @Test("all methods that a spec may name are here") func methods() {
        #expect(HTTPMethod.known == [.get, .head, .post, .put, .patch, .delete, .options])
    }

    @Test(
        "rates that cannot be followed are mistakes in specs, and errors in calls",
        arguments: [
            ("1e-300", 1e-300, false), ("0", 0, false), ("-1", -1, false), ("1e12", 1e12, false), ("1e10", 1e10, false),
            ("1e9", 1e9, true), ("1", 1, true), ("0.5", 0.5, true), ("0.00001", 0.00001, false),
        ])
    func rates(text: String, limit: Double, isValid: Bool) async throws {
        for unit in Rate.Unit.allCases where unit == .second || isValid {
            let rest = #""rate": { "limit": \#(text), "per": "\#(unit.rawValue)" }, "response": null"#
            #expect(SpecModule(calls: [.init(rest: rest)]).check().mistakes.isEmpty == isValid)
            let profile = #""rateProfiles": { "p": { "*": { "limit": \#(text), "per": "\#(unit.rawValue)" } } }"#
            let module = SpecModule(
                service: [SpecModule.envelope, profile], calls: [.init(rest: #""response": null"#)])
            #expect(module.check().mistakes.isEmpty == isValid)
            let call = Endpoint<JSONValue>(.get, "/call").with(\.rate, Rate(limit, per: unit))
            let error = await failure { () throws(APIError) in try await client().send(call) }
            #expect(error?.kind == (isValid ? nil : .invalidParameter))
        }
    }

    @Test(
        "rates that are not numbers are errors in calls",
        arguments: [Double.nan, .infinity, -.infinity, .leastNonzeroMagnitude])
    func rates(limit: Double) async {
        let call = Endpoint<JSONValue>(.get, "/call").with(\.rate, Rate(limit, per: .second))
        let error = await failure { () throws(APIError) in try await client().send(call) }
        #expect(error?.kind == .invalidParameter)
    }

    @Test(
        "times of a wait that cannot be waited for are mistakes in specs, and errors in calls",
        arguments: [
            ("1e30", 1e30, false), ("0", 0, false), ("-1", -1, false), ("2592001", 2_592_001, false),
            ("2592000", 2_592_000, true), ("0.5", 0.5, true), ("1e-300", 1e-300, false), ("1e-9", 1e-9, true),
        ])
    func polling(text: String, seconds: Double, isValid: Bool) async throws {
        for name in ["interval", "timeout"] {
            let rest =
                #""polling": { "until": { "done": true }, "\#(name)": \#(text) }, "response": { "done": { "type": "boolean" } }"#
            #expect(SpecModule(calls: [.init(rest: rest)]).check().mistakes.isEmpty == isValid)
        }
        // `Duration.seconds` itself ends the process for 1e30 seconds: a caller can name at most 1.7e20.
        let time = Duration.seconds(min(seconds, 1e18))
        let call = Endpoint<JSONValue>(.get, "/call")
        for (interval, timeout) in [(time, Duration.seconds(600)), (.seconds(1), time)] {
            let error = await failure { () throws(APIError) in
                try await client().poll(call, interval: interval, timeout: timeout, until: { _ in true })
            }
            #expect(error?.kind == (isValid ? nil : .invalidParameter))
        }
    }

    @Test("parts of a batch have an item at least", arguments: [(0, false), (-1, false), (1, true), (2, true)])
    func batch(size: Int, isValid: Bool) async {
        let array = #"{ "type": "array", "items": { "type": "integer" }, "maxItems": \#(size) }"#
        let rest = #""body": { "ids": \#(array) }, "batch": { "over": "ids" }, "response": null"#
        #expect(SpecModule(calls: [.init(rest: rest)]).check().mistakes.isEmpty == isValid)
        let outcome = await client().batch([1, 2, 3], size: size) { _ in Endpoint<JSONValue>(.post, "/call") }
        #expect(outcome.stoppedBy?.kind == (isValid ? nil : .invalidParameter))
        #expect(outcome.done == (isValid ? [1, 2, 3] : []))
        #expect(outcome.notSent == (isValid ? [] : [1, 2, 3]))
    }

    /// A client whose calls all succeed, on a clock that waits for nobody.
    private func client() -> Client {
        let transport = ClosureTransport { _ throws(TransportError) in
            HTTPResponse(
                status: 200, headers: ["Content-Type": "application/json"], body: .init(#"{"code":0,"data":{}}"#.utf8))
        }
        return Client(transport) { $0.clock = ManualClock(isImpatient: true).clientClock }
    }
}
