import Foundation
import Testing
import TestSupport

@testable import EndpointKit
import EndpointTesting

/// Values that a descriptor or a configuration written by hand can contain. None of them may end the process.
@Suite("Extreme values")
struct ExtremeValueTests {
    static let endpoint = Endpoint<Int>(.get, "/g", id: "g")
    static let good = #"{"code":0,"data":1}"#
    /// Beyond what `Task.sleep` accepts, and near the limit of `Duration` itself.
    private static let endless: [Duration] = [.seconds(Int64.max), .seconds(1e20)]

    /// A folder of its own for each test.
    private let folder = FileManager.default.temporaryDirectory.appending(path: "extreme-\(UUID().uuidString)")

    // MARK: Polling, batches, pages

    @Test(
        "a polling interval or timeout out of range is refused before anything is sent",
        arguments: [.zero, .seconds(-1), .seconds(2_592_001)] + endless)
    func polling(time: Duration) async {
        for (name, interval, timeout) in [("interval", time, .seconds(1)), ("timeout", .seconds(1), time)] {
            let transport = RecordingTransport(json: Self.good)
            let error = await failure { () throws(APIError) in
                try await Client(transport).poll(
                    Self.endpoint, interval: interval, timeout: timeout, until: { _ in false })
            }
            #expect(error?.kind == .invalidParameter)
            #expect(error?.description == "g: the polling \(name) must be at least a nanosecond and at most 30 days")
            #expect(transport.requests.isEmpty)
        }
    }

    @Test("a batch size below 1 is refused before anything is sent", arguments: [0, -1, .min])
    func batch(size: Int) async {
        let transport = RecordingTransport(json: Self.good)
        let outcome = await Client(transport).batch([1, 2], size: size) { _ in Self.endpoint }
        #expect(outcome.stoppedBy?.kind == .invalidParameter)
        #expect(outcome.notSent == [1, 2])
        #expect(transport.requests.isEmpty)
    }

    @Test("with a page size below 1, an empty page ends the list", arguments: [0, -1, .min])
    func pageSize(size: Int) async throws {
        let transport = RecordingTransport(
            json: #"{"code":0,"data":[1,2]}"#, #"{"code":0,"data":[3]}"#, #"{"code":0,"data":[]}"#)
        let pager = Pager<Int>.pages(Client(transport), size: size, items: { (page: [Int]) in page }) { _ in
            Endpoint(.get, "/l", id: "l")
        }
        #expect(try await pager.collect() == [1, 2, 3])
    }

    @Test("after the greatest page number there is no next page")
    func lastPageNumber() async {
        let transport = RecordingTransport(json: #"{"code":0,"data":[1]}"#)
        let pager = Pager<Int>.pages(Client(transport), first: .max, items: { (page: [Int]) in page }) { _ in
            Endpoint(.get, "/l", id: "l")
        }
        let error = await failure { () throws(APIError) in try await pager.collect() }
        #expect(error?.kind == .service)
        #expect(error?.message == "the list is incomplete: page \(Int.max) is the last that has a number")
    }

    // MARK: Rates

    @Test("a rate out of range is refused", arguments: [0, -1, .infinity, .nan, 1e-300, 1e300])
    func rate(limit: Double) async {
        let key = RateKey(credential: "a", group: "g")
        let limiter = TokenBucketLimiter(clock: ManualClock().clientClock)
        let error = await failure { () throws(APIError) in
            try await limiter.acquire(key, rate: Rate(limit, per: .second), timeout: .zero)
        }
        #expect(error?.kind == .invalidParameter)
        #expect(error?.message == "\(limit) calls per second is not a valid rate")
        #expect(limiter.waiting(key) == 0)

        let transport = RecordingTransport(json: Self.good)
        let call = await failure { () throws(APIError) in
            try await Client(transport) { $0.rateLimiter = limiter }
                .send(Self.endpoint.with(\.rate, Rate(limit, per: .minute)))
        }
        #expect(call?.kind == .invalidParameter)
        #expect(call?.endpointID == "g")
        #expect(transport.requests.isEmpty)
    }

    @Test("a burst, a pause and a timeout of a limiter are clamped", arguments: endless)
    func limiter(time: Duration) async throws {
        let limiter = TokenBucketLimiter(burst: .max, clock: ManualClock().clientClock)
        let (key, rate) = (RateKey(credential: "a", group: "g"), Rate(1, per: .minute))
        for _ in 0..<100 { try await limiter.acquire(key, rate: rate, timeout: time) }
        await limiter.slowDown(key, for: time)
        let error = await failure { () throws(APIError) in
            try await limiter.acquire(key, rate: rate, timeout: .seconds(10))
        }
        #expect(error?.kind == .timeout)
        #expect(error?.retryAfter == .longest)
        await limiter.slowDown(key, for: .seconds(-1e20))
        #expect(limiter.waiting(key) == 0)
    }

    // MARK: Time limits and retries

    @Test("a time limit of a call is clamped to 100 years", arguments: endless)
    func callTimeout(time: Duration) async throws {
        for (endpoint, configured) in [(Self.endpoint, time), (Self.endpoint.with(\.timeout, time), .seconds(1))] {
            let transport = RecordingTransport(json: Self.good)
            let client = Client(transport) {
                $0.clock = ManualClock().clientClock
                $0.timeout = configured
            }
            #expect(try await client.send(endpoint) == 1)
            #expect(transport.requests.map(\.timeout) == [.seconds(3_155_760_000)])
        }
    }

    @Test(
        "a time limit of zero or less fails the call before it is sent",
        arguments: [Duration.zero, .seconds(-1), .seconds(-1e20)])
    func noTime(time: Duration) async {
        let transport = RecordingTransport(json: Self.good)
        let error = await failure { () throws(APIError) in
            try await Client(transport).send(Self.endpoint.with(\.timeout, time))
        }
        #expect(error?.kind == .timeout)
        #expect(transport.requests.isEmpty)
    }

    @Test("a call waits for a token on the system's clock with any time limit", arguments: endless)
    func tokenTimeout(time: Duration) async throws {
        struct Provider: TokenProvider {
            func token() async throws(APIError) -> AccessToken { AccessToken("t") }
            func tokenWasRefused(_ token: AccessToken) async -> Bool { false }
        }
        let transport = RecordingTransport(json: Self.good)
        let configuration = ClientConfiguration(transport: transport, timeout: time)
        #expect(
            try await Client(service: .test, tokens: Provider(), configuration: configuration).send(Self.endpoint) == 1)
    }

    @Test("delays of a retry policy are clamped")
    func retryDelays() {
        var error = APIError(.transport, "lost")
        error.isRetryable = true
        for time in Self.endless {
            let policy = RetryPolicy(maxAttempts: .max, baseDelay: time, maxDelay: time, maxRetryAfter: time)
            #expect(policy.delay(after: error, attempt: 1, random: 1).isLongest)
            #expect(policy.delay(after: error, attempt: .max - 1, random: .nan).isLongest)
            #expect(policy.delay(after: error, attempt: 1, random: .infinity).isLongest)
            #expect(policy.delay(after: error, attempt: 1, random: -1) == .zero)
            var asked = error
            asked.retryAfter = time
            #expect(policy.delay(after: asked, attempt: 1, random: 1).isLongest)
        }
        let negative = RetryPolicy(baseDelay: .seconds(-1e20), maxDelay: .seconds(-1e20))
        #expect(negative.delay(after: error, attempt: 1, random: 1) == .zero)
        for attempts in [0, -1, .min] {
            #expect(RetryPolicy(maxAttempts: attempts).delay(after: error, attempt: 1, random: 1) == nil)
        }
    }

    @Test("a retry budget never exceeds its capacity, and one below zero allows no retry")
    func budget() {
        let full = RetryBudget(capacity: .max)
        full.succeeded(spent: nil)
        #expect(full.spend(after: APIError(.transport, "")) == 5)
        full.succeeded(spent: .max)
        let none = RetryBudget(capacity: .min)
        none.succeeded(spent: nil)
        #expect(none.spend(after: APIError(.transport, "")) == nil)
    }

    // MARK: Transports and files

    @Test("a transport takes any time limit", arguments: NetworkTransport.all, endless)
    func transport(network: NetworkTransport, time: Duration) async throws {
        let server = try LoopbackServer(reply: .response())
        defer { server.stop() }
        let transport = network.make(
            connectTimeout: time, idleTimeout: time, totalTimeout: time, maximumConnectionsPerHost: .min)
        var request = HTTPRequest(.post, server.url(), body: .data(Data("x".utf8)))
        #expect(try await transport.send(request).status == 200)
        request.timeout = time
        #expect(try await transport.send(request).status == 200)
        let silent = try LoopbackServer(reply: .stalled())
        defer { silent.stop() }
        request = HTTPRequest(.get, silent.url(), timeout: .seconds(-1e20))
        let error: TransportError? = await failure { try await transport.send(request) }
        #expect(error?.kind == .timeout)
    }

    @Test("the length of a body does not overflow")
    func bodyLength() {
        let file = URL(filePath: "/none")
        let body = HTTPBody(chunks: [
            .file(file, offset: 0, length: .max), .file(file, offset: 0, length: .max), .data(Data("x".utf8)),
        ])
        #expect(body.length == .max)
        #expect(throws: BodyReadError.self) { try BodyReader(body) }
    }

    @Test("a token store waits for its lock with any timeout", arguments: endless)
    func lockTimeout(time: Duration) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = FileTokenStore(url: folder.appending(path: "tokens.json"), lockTimeout: time)
        #expect(try await store.updateToken(for: "a") { _ in AccessToken("t") }?.value == "t")
    }

    @Test("dates of stored tokens may be any", arguments: [-1e300, -1e18, 1e18, 1e300])
    func tokenDates(time: TimeInterval) async throws {
        let date = Date(timeIntervalSince1970: time)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = FileTokenStore(url: folder.appending(path: "tokens.json"))
        try await file.updateToken(for: "a") { _ in AccessToken("t", expiresAt: date, issuedAt: date) }
        #expect(try await FileTokenStore(url: file.url).token(for: "a")?.value == "t")

        let store = MemoryTokenStore()
        let transport = RecordingTransport(json: #"{"code":0,"data":{"accessToken":"new"}}"#)
        let tokens = ClientCredentialsProvider(
            service: .test, clientID: "a", clientSecret: "planted-secret", store: store,
            configuration: ClientConfiguration(transport: transport))
        try await store.updateToken(for: tokens.credential) { _ in AccessToken("t", issuedAt: date) }
        #expect(try await tokens.token().value == "t")
    }
}

extension Duration? {
    /// Whether this is 100 years, to the second: a duration times 1.0 is not exact.
    fileprivate var isLongest: Bool {
        guard let self else { return false }
        return self > .longest - .seconds(1) && self < .longest + .seconds(1)
    }
}
