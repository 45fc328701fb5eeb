import Foundation
import Testing
import TestSupport

@testable import EndpointKit
import EndpointTesting

@Suite("Retries")
struct RetryTests {
    static let get = Endpoint<Int>(.get, "/g", id: "g")
    static let post = Endpoint<Int>(.post, "/p", id: "p")
    static let good = HTTPResponse.json(#"{"code":0,"data":1}"#)

    private func run(
        _ results: [Result<HTTPResponse, TransportError>], _ endpoint: Endpoint<Int>, random: Double = 1,
        _ configure: (inout ClientConfiguration) -> Void = { _ in }
    ) async -> (error: APIError?, sent: Int, slept: [Duration]) {
        let clock = ManualClock(isImpatient: true)
        let transport = RecordingTransport(results)
        let client = Client(transport) {
            $0.clock = clock.clientClock
            $0.random = { random }
            configure(&$0)
        }
        let error = await failure { () throws(APIError) in try await client.send(endpoint) }
        return (error, transport.requests.count, clock.slept)
    }

    private static func lost(sent: Bool) -> Result<HTTPResponse, TransportError> {
        .failure(TransportError(.connectionLost, mayHaveBeenSent: sent, message: "the connection ended"))
    }

    @Test(
        "retries a GET after transient failures, and a POST only if the service certainly did not act on it",
        arguments: [
            ("connection lost", lost(sent: true), true, false), ("never connected", lost(sent: false), true, true),
            ("timeout", .failure(TransportError(.timeout, mayHaveBeenSent: true, message: "")), true, false),
            ("connect timeout", .failure(TransportError(.timeout, mayHaveBeenSent: false, message: "")), true, true),
            ("HTTP 502", .success(.html("", status: 502)), true, false),
            ("HTTP 503", .success(.html("", status: 503)), true, false),
            ("HTTP 504", .success(.html("", status: 504)), true, false),
            ("HTTP 429", .success(.html("", status: 429)), true, true),
            ("HTTP 503 in the envelope", .success(.json(#"{"code":9}"#, status: 503)), true, false),
            ("429 in the envelope", .success(.json(#"{"code":429}"#)), true, true),
            ("busy", .success(.json(#"{"code":1,"message":"busy"}"#)), true, true),
            ("HTTP 500", .success(.html("", status: 500)), false, false),
            ("HTTP 400", .success(.html("", status: 400)), false, false),
            ("refused", .success(.json(#"{"code":1,"message":"no"}"#)), false, false),
            ("pending", .success(.json(#"{"code":77}"#)), false, false),
            ("truncated", .success(.json(#"{"code":"#)), false, false),
            (
                "redirect",
                .failure(
                    TransportError(.redirectRefused(status: 302, location: ""), mayHaveBeenSent: true, message: "")),
                false, false
            ),
            (
                "too large", .failure(TransportError(.responseTooLarge(limit: 1), mayHaveBeenSent: true, message: "")),
                false, false
            ),
        ] as [(String, Result<HTTPResponse, TransportError>, Bool, Bool)])
    func table(name: String, result: Result<HTTPResponse, TransportError>, getRetries: Bool, postRetries: Bool) async {
        for (endpoint, isRetried) in [(Self.get, getRetries), (Self.post, postRetries)] {
            let once = await run([result, .success(Self.good)], endpoint)
            #expect(once.sent == (isRetried ? 2 : 1), "\(endpoint.id)")
            #expect((once.error == nil) == isRetried, "\(endpoint.id)")
            let always = await run([result], endpoint)
            #expect(always.sent == (isRetried ? 4 : 1), "\(endpoint.id)")
            #expect(always.error?.attempts == always.sent, "\(endpoint.id)")
            #expect(always.error?.isRetryable == (isRetried || name == "pending"), "\(endpoint.id)")
        }
    }

    @Test("a POST declared idempotent is retried like a GET, and a GET declared otherwise is not")
    func declared() async {
        #expect(await run([Self.lost(sent: true)], Self.post.with(\.isIdempotent, true)).sent == 4)
        #expect(await run([Self.lost(sent: true)], Self.get.with(\.isIdempotent, false)).sent == 1)
    }

    @Test("delays double up to their limit, and are random between zero and that")
    func backoff() async {
        let policy: (inout ClientConfiguration) -> Void = { $0.retry = RetryPolicy(maxAttempts: 7) }
        #expect(
            await run([Self.lost(sent: false)], Self.get, policy).slept
                == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(8)])
        #expect(
            await run([Self.lost(sent: false)], Self.get, random: 0.25).slept
                == [.milliseconds(125), .milliseconds(250), .milliseconds(500)])
        #expect(RetryPolicy().delay(after: retryable, attempt: 3, random: 0) == .zero)
        #expect(RetryPolicy(maxAttempts: .max).delay(after: retryable, attempt: 5000, random: 1) == .seconds(8))
    }

    private var retryable: APIError {
        var error = APIError(.transport, "")
        error.isRetryable = true
        return error
    }

    @Test(
        "Retry-After in seconds or as a date is the delay; above the limit the call fails",
        arguments: [
            ("3", Duration.seconds(3), 2), ("0", .zero, 2), ("60", .seconds(60), 2), ("61", nil, 1),
            ("99999999999999999999", nil, 1),
            ("Sun, 15 Jun 2025 15:06:45 GMT", .seconds(5), 2), ("Sunday, 15-Jun-25 15:06:45 GMT", .seconds(5), 2),
            ("Sun Jun 15 15:06:45 2025", .seconds(5), 2), ("Sun, 15 Jun 2025 15:00:00 GMT", .zero, 2),
            ("Sun, 15 Jun 2026 15:06:45 GMT", nil, 1),
        ] as [(String, Duration?, Int)])
    func retryAfter(header: String, wait: Duration?, sent: Int) async {
        // The manual clock starts at Sun, 15 Jun 2025 15:06:40 GMT.
        for response in [
            HTTPResponse.html("", status: 429, headers: ["Retry-After": header]),
            .json(#"{"code":429}"#, headers: ["Retry-After": header]),
        ] {
            let result = await run([.success(response), .success(Self.good)], Self.post)
            #expect(result.sent == sent)
            if let wait { #expect(result.slept == [wait]) }
            #expect((result.error?.retryAfter ?? .zero > .seconds(60)) == (wait == nil))
        }
    }

    @Test("an invalid Retry-After is ignored", arguments: ["-5", "soon", "", "1.5.2", "٣"])
    func oddRetryAfter(header: String) async {
        let response = HTTPResponse.html("", status: 429, headers: ["Retry-After": header])
        #expect(await run([.success(response), .success(Self.good)], Self.get).slept == [.milliseconds(500)])
    }

    @Test("no retry begins after the deadline, and each request has the remaining time as its limit")
    func deadline() async {
        let clock = ManualClock(isImpatient: true)
        let transport = RecordingTransport([.success(.html("", status: 503))])
        let client = Client(transport) {
            $0.clock = clock.clientClock
            $0.random = { 1 }
        }
        let error = await failure { () throws(APIError) in
            try await client.send(Self.get.with(\.timeout, .seconds(3)))
        }
        #expect(error?.kind == .http)
        #expect(transport.requests.map(\.timeout) == [.seconds(3), .milliseconds(2500), .milliseconds(1500)])
    }

    @Test("the calls of a client share its retry budget; successes refund it")
    func budget() async {
        let clock = ManualClock(isImpatient: true)
        let transport = RecordingTransport { request, number in
            .success(request.url.path == "/good" ? Self.good : .html("", status: 503))
        }
        let client = Client(transport) {
            $0.clock = clock.clientClock
            $0.retry = RetryPolicy(maxAttempts: 3, budget: 20)
        }
        func sent(_ endpoint: Endpoint<Int>) async -> Int {
            let before = transport.requests.count
            _ = await failure { () throws(APIError) in try await client.send(endpoint) }
            return transport.requests.count - before
        }
        for expected in [3, 3, 1, 1] { #expect(await sent(Self.get) == expected) }
        for _ in 0..<5 { #expect(await sent(Endpoint<Int>(.get, "/good")) == 1) }
        for expected in [2, 1] { #expect(await sent(Self.get) == expected) }
    }

    @Test("the cost of a retry that succeeds is refunded")
    func refund() async {
        let clock = ManualClock(isImpatient: true)
        let transport = RecordingTransport { _, number in .success(number % 2 == 1 ? .html("", status: 503) : Self.good)
        }
        let client = Client(transport) {
            $0.clock = clock.clientClock
            $0.retry = RetryPolicy(budget: 5)
        }
        for _ in 0..<10 {
            #expect(await failure { () throws(APIError) in try await client.send(Self.get) } == nil)
        }
    }

    @Test("the policy `never` sends each call once")
    func never() async {
        #expect(await run([Self.lost(sent: false)], Self.get) { $0.retry = .never }.sent == 1)
    }

    @Test("a retry waits for the rate limiter, and a throttled group is slowed down for all calls")
    func limiter() async {
        struct Recorder: RateLimiter {
            let log: Log
            func acquire(_ key: RateKey, rate: Rate, timeout: Duration) async throws(APIError) {
                log.add("acquire \(key.credential) \(key.group) \(rate.limit)")
            }
            func slowDown(_ key: RateKey, for duration: Duration) async { log.add("slow \(key.group) \(duration)") }
        }
        let log = Log()
        let throttled = HTTPResponse.html("", status: 429, headers: ["Retry-After": "7"])
        var endpoint = Self.post
        endpoint.rate = Rate(4, per: .second, group: "writes")
        _ = await run([.success(throttled), .success(Self.good)], endpoint) {
            $0.rateLimiter = Recorder(log: log)
            $0.credential = "me"
        }
        #expect(log.lines == ["acquire me writes 4.0", "slow writes 7.0 seconds", "acquire me writes 4.0"])
    }

    @Test("the rate of a call is the profile's for its group, for its id, its own, then the profile's default")
    func rates() {
        var service = Service.test
        service.rateProfiles = [
            "free": ["writes": Rate(1, per: .second), "b": Rate(2, per: .second), "*": Rate(3, per: .minute)]
        ]
        let client = Client(RecordingTransport(json: ""), service: service) { $0.rateProfile = "free" }
        func endpoint(_ id: String, _ rate: Rate?) -> Endpoint<Int> {
            Endpoint<Int>(.get, "/x", id: id).with(\.rate, rate)
        }
        #expect(client.rate(of: endpoint("a", Rate(9, per: .second, group: "writes"))) == Rate(1, per: .second))
        #expect(client.rate(of: endpoint("b", Rate(9, per: .second))) == Rate(2, per: .second))
        #expect(client.rate(of: endpoint("c", Rate(9, per: .second))) == Rate(9, per: .second))
        #expect(client.rate(of: endpoint("d", nil)) == Rate(3, per: .minute))
        let plain = Client(RecordingTransport(json: ""), service: service)
        #expect(plain.rate(of: endpoint("b", Rate(9, per: .second))) == Rate(9, per: .second))
        #expect(plain.rate(of: endpoint("d", nil)) == nil)
    }

    @Test("by default, calls of a group are sent at even intervals")
    func defaultLimiter() async throws {
        let clock = ManualClock(isImpatient: true)
        let client = Client(RecordingTransport([.success(Self.good)])) { $0.clock = clock.clientClock }
        let endpoint = Self.get.with(\.rate, Rate(2, per: .second))
        for _ in 0..<4 { _ = try await client.send(endpoint) }
        #expect(clock.now == .milliseconds(1500))
        let free = Client(RecordingTransport([.success(Self.good)])) {
            $0.clock = clock.clientClock
            $0.rateLimiter = NoRateLimit()
        }
        for _ in 0..<4 { _ = try await free.send(endpoint) }
        #expect(clock.now == .milliseconds(1500))
    }

    @Test("a call whose slot is after its deadline fails at once, and nothing is sent")
    func rateBeyondDeadline() async throws {
        let clock = ManualClock(isImpatient: true)
        let transport = RecordingTransport([.success(Self.good)])
        let client = Client(transport) { $0.clock = clock.clientClock }
        let endpoint = Self.get.with(\.rate, Rate(1, per: .minute)).with(\.timeout, .seconds(10))
        _ = try await client.send(endpoint)
        let error = await failure { () throws(APIError) in try await client.send(endpoint) }
        #expect(error?.kind == .timeout)
        #expect(error?.attempts == 0)
        #expect(transport.requests.count == 1)
        #expect(clock.now == .zero)
    }
}
