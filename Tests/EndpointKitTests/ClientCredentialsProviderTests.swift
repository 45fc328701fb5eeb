import EndpointKit
import EndpointTesting
import Foundation
import Synchronization
import Testing
import TestSupport

@Suite("ClientCredentialsProvider")
struct ClientCredentialsProviderTests {
    static let endpoint = Endpoint<Int>(.get, "/item", id: "item.show")

    @Test("a call as the endpoint has it: its constants, its form, its header fields, its envelope")
    func wholeCall() async throws {
        var service = Service.test
        let call = Endpoint<Void>(
            .post, "/oauth/token", id: "auth.token", query: ["audience": "all"], headers: ["X-Kind": "app"],
            body: .form([
                Parameter("grant_type", "client_credentials"), Parameter("client_id", "", .string()),
                Parameter("client_secret", "", .string()),
            ]), response: .none
        ).with(\.envelope, .none)
        service.clientCredentials = ClientCredentials(
            call, clientID: "client_id", clientSecret: "client_secret", token: "access_token", expiresIn: "expires_in")
        let transport = RecordingTransport(json: #"{"access_token":"t-1","token_type":"bearer","expires_in":3600}"#)
        let provider = ClientCredentialsProvider(
            service: service, clientID: "me", clientSecret: "a b&c",
            configuration: ClientConfiguration(transport: transport))
        let token = try await provider.token()
        #expect(token.value == "t-1")
        #expect(token.expiresAt != nil)
        let request = try NormalizedRequest(try #require(transport.requests.first))
        #expect(request.path == "/oauth/token")
        #expect(request.query == [.init(name: "audience", value: "all")])
        #expect(request.headers["x-kind"] == "app")
        #expect(
            request.body
                == .form([
                    .init(name: "grant_type", value: "client_credentials"), .init(name: "client_id", value: "me"),
                    .init(name: "client_secret", value: "a b&c"),
                ]))
        let empty = ClientCredentialsProvider(
            service: service, clientID: "me", clientSecret: "", configuration: ClientConfiguration(transport: transport)
        )
        let error = await failure { () async throws(APIError) in try await empty.token() }
        #expect(error?.message == "client_secret: must not be empty")
    }

    /// A service that makes tokens and believes only the last so many of them.
    final class Issuer: Sendable {
        struct State {
            var made = 0
            var valid: Set<String> = []
            var calls = 0
            var secretsSeen: [String] = []
        }
        let state = Mutex(State())
        let clock: ManualClock
        let lifetime: Duration
        /// The response to a call with a wrong token.
        let refusal: String

        init(
            clock: ManualClock = ManualClock(), lifetime: Duration = .seconds(3600),
            refusal: String = #"{"code":401,"message":"token invalid"}"#
        ) {
            self.clock = clock
            self.lifetime = lifetime
            self.refusal = refusal
        }

        var made: Int { state.withLock { $0.made } }
        var calls: Int { state.withLock { $0.calls } }

        func make() -> (token: String, expiry: String) {
            let token = state.withLock { state in
                state.made += 1
                state.valid = ["token-\(state.made)"]
                return "token-\(state.made)"
            }
            let expiry = clock.date.addingTimeInterval(lifetime / .seconds(1))
            return (token, DateFormat.dateTime.value(of: expiry).text())
        }

        /// No token that was made so far is good any longer.
        func revoke() { state.withLock { $0.valid = [] } }

        func respond(to request: HTTPRequest) -> HTTPResponse {
            if request.url.path == "/token" {
                state.withLock { $0.secretsSeen.append(request.body.text) }
                let (token, expiry) = make()
                return .json(#"{"code":0,"data":{"accessToken":"\#(token)","expiresAt":\#(expiry)}}"#)
            }
            let token = request.headers["Authorization"]?.dropFirst("Bearer ".count) ?? ""
            let isGood = state.withLock { state in
                state.calls += 1
                return state.valid.contains(String(token))
            }
            return .json(isGood ? #"{"code":0,"data":42}"# : refusal)
        }

        var transport: RecordingTransport { RecordingTransport { request, _ in .success(self.respond(to: request)) } }
    }

    private func configuration(_ issuer: Issuer, _ transport: any Transport) -> ClientConfiguration {
        ClientConfiguration(transport: transport, clock: issuer.clock.clientClock)
    }

    private func provider(
        _ issuer: Issuer, _ transport: (any Transport)? = nil, store: any TokenStore = MemoryTokenStore()
    ) -> ClientCredentialsProvider {
        ClientCredentialsProvider(
            service: .test, clientID: "client-1", clientSecret: "planted-secret", store: store,
            configuration: configuration(issuer, transport ?? issuer.transport))
    }

    private func client(_ issuer: Issuer, _ tokens: any TokenProvider, _ transport: (any Transport)? = nil) -> Client {
        Client(service: .test, tokens: tokens, configuration: configuration(issuer, transport ?? issuer.transport))
    }

    @Test("the first call requests a token as the service describes; further calls use it")
    func first() async throws {
        let issuer = Issuer()
        let transport = issuer.transport
        let client = client(issuer, provider(issuer, transport), transport)
        #expect(try await client.send(Self.endpoint) == 42)
        #expect(try await client.send(Self.endpoint) == 42)
        #expect(transport.requests.map(\.url.path) == ["/token", "/item", "/item"])
        let request = transport.requests[0]
        #expect(request.method == .post)
        #expect(request.body.text == #"{"id":"client-1","secret":"planted-secret"}"#)
        #expect(request.headers["Authorization"] == nil)
        #expect(request.headers["X-Client"] == "tests")
    }

    @Test("a token is renewed the margin before it expires")
    func margin() async throws {
        let issuer = Issuer(lifetime: .seconds(3600))
        let tokens = provider(issuer)
        _ = try await tokens.token()
        issuer.clock.advance(by: .seconds(3299))
        #expect(try await tokens.token().value == "token-1")
        issuer.clock.advance(by: .seconds(2))
        #expect(try await tokens.token().value == "token-2")
    }

    @Test("a token whose lifetime is shorter than the margin is used for half its lifetime")
    func shortLife() async throws {
        let issuer = Issuer(lifetime: .seconds(100))
        let tokens = provider(issuer)
        _ = try await tokens.token()
        issuer.clock.advance(by: .seconds(49))
        #expect(try await tokens.token().value == "token-1")
        issuer.clock.advance(by: .seconds(2))
        #expect(try await tokens.token().value == "token-2")
    }

    @Test("a thousand concurrent calls with an expired token request one new token, and all succeed")
    func thousandExpired() async throws {
        let issuer = Issuer()
        let tokens = provider(issuer)
        _ = try await tokens.token()
        issuer.clock.advance(by: .seconds(7200))
        #expect(await successes(client(issuer, tokens), 1000) == 1000)
        #expect(issuer.made == 2)
        #expect(issuer.calls == 1000)
    }

    @Test(
        "a thousand concurrent calls with a token that the service has revoked request one new token, and all succeed")
    func thousandRefused() async throws {
        let issuer = Issuer()
        let tokens = provider(issuer)
        _ = try await tokens.token()
        issuer.revoke()
        issuer.clock.advance(by: .seconds(61))
        #expect(await successes(client(issuer, tokens), 1000) == 1000)
        #expect(issuer.made == 2)
    }

    private func successes(_ client: Client, _ count: Int) async -> Int {
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<count {
                group.addTask {
                    do throws(APIError) {
                        return try await client.send(Self.endpoint) == 42 ? 1 : 0
                    } catch {
                        return 0
                    }
                }
            }
            var sum = 0
            for await one in group { sum += one }
            return sum
        }
    }

    @Test(
        "a call is sent again once; a service that refuses every token gets at most one request for a token per minute")
    func alwaysRefused() async throws {
        let issuer = Issuer()
        let transport = RecordingTransport { request, _ in
            .success(request.url.path == "/token" ? issuer.respond(to: request) : .json(issuer.refusal, status: 401))
        }
        let tokens = provider(issuer, transport)
        let client = client(issuer, tokens, transport)
        for minute in 1...3 {
            for _ in 0..<3 {
                let error = await failure { () throws(APIError) in try await client.send(Self.endpoint) }
                #expect(error?.kind == .authentication)
                #expect(error?.code == 401)
                #expect((error?.attempts ?? 0) <= 2)
            }
            #expect(issuer.made == minute)
            issuer.clock.advance(by: .seconds(60))
        }
    }

    @Test("no token is requested when a rule says that a new one would not help")
    func noRefresh() async throws {
        let issuer = Issuer(refusal: #"{"code":401,"message":"Too many tokens are in use"}"#)
        let tokens = provider(issuer)
        _ = try await tokens.token()
        issuer.revoke()
        issuer.clock.advance(by: .seconds(600))
        let error = await failure { () throws(APIError) in try await client(issuer, tokens).send(Self.endpoint) }
        #expect(error?.kind == .authentication)
        #expect(error?.attempts == 1)
        #expect(issuer.made == 1)
    }

    @Test("the refusal of an old token does not affect the token in use")
    func compare() async throws {
        let issuer = Issuer()
        let tokens = provider(issuer)
        let old = try await tokens.token()
        issuer.clock.advance(by: .seconds(100))
        #expect(await tokens.tokenWasRefused(old))
        let new = try await tokens.token()
        #expect(new.value == "token-2")
        #expect(await tokens.tokenWasRefused(old))
        #expect(try await tokens.token() == new)
        #expect(issuer.made == 2)
    }

    @Test("a caller that is cancelled stops waiting; the request for a token continues for the others")
    func cancelledWaiter() async throws {
        let issuer = Issuer()
        let gate = Gate()
        let transport = RecordingTransport { request, _ in
            await gate.wait()
            return .success(issuer.respond(to: request))
        }
        let tokens = provider(issuer, transport)
        let first = Task { await failure { () throws(APIError) in try await tokens.token() } }
        while transport.requests.isEmpty { await Task.yield() }
        let second = Task { try await tokens.token() }
        first.cancel()
        #expect(await first.value?.kind == .cancelled)
        gate.open()
        #expect(try await second.value.value == "token-1")
        #expect(issuer.made == 1)
    }

    @Test("a call waits for a token until its deadline; the request for a token continues for the next call")
    func slowToken() async throws {
        let issuer = Issuer()
        let gate = Gate()
        let transport = RecordingTransport { request, _ in
            if request.url.path == "/token" { await gate.wait() }
            return .success(issuer.respond(to: request))
        }
        let client = client(issuer, provider(issuer, transport), transport)
        var hasty = Self.endpoint
        hasty.timeout = .seconds(2)
        let call = Task { [hasty] in
            await failure { () throws(APIError) in try await client.send(hasty) }
        }
        while transport.requests.isEmpty { await Task.yield() }
        await issuer.clock.waitForSleepers(1)
        issuer.clock.advance(by: .seconds(2))
        let error = await call.value
        #expect(error?.kind == .timeout)
        #expect(error?.message == "timed out waiting for a token")
        #expect(error?.attempts == 0)
        #expect(issuer.clock.sleeperCount == 0)
        gate.open()
        #expect(try await client.send(Self.endpoint) == 42)
        #expect(issuer.made == 1)
    }

    /// Never responds, and does not care that its caller has gone.
    private struct DeafProvider: TokenProvider {
        let gate = Gate()
        var first: AccessToken?

        func token() async throws(APIError) -> AccessToken {
            if let first { return first }
            await gate.wait()
            return AccessToken("late")
        }

        func tokenWasRefused(_ token: AccessToken) async -> Bool {
            await gate.wait()
            return true
        }
    }

    @Test("a provider that never returns and ignores cancellation does not block a call")
    func deafProvider() async {
        let issuer = Issuer()
        let tokens = DeafProvider()
        let client = client(issuer, tokens)
        let cancelled = Task { await failure { () throws(APIError) in try await client.send(Self.endpoint) } }
        await issuer.clock.waitForSleepers(1)
        cancelled.cancel()
        #expect(await cancelled.value?.kind == .cancelled)
        let late = Task { await failure { () throws(APIError) in try await client.send(Self.endpoint) } }
        await issuer.clock.waitForSleepers(1)
        issuer.clock.advanceToNextSleeper()
        #expect(await late.value?.kind == .timeout)
        #expect(issuer.calls == 0)
        tokens.gate.open()
    }

    @Test("a provider that never returns from tokenWasRefused leaves the call with the refusal")
    func deafToRefusal() async {
        let issuer = Issuer()
        let tokens = DeafProvider(first: AccessToken("old"))
        let client = client(issuer, tokens)
        let call = Task { await failure { () throws(APIError) in try await client.send(Self.endpoint) } }
        while issuer.calls == 0 { await Task.yield() }
        await issuer.clock.waitForSleepers(1)
        issuer.clock.advanceToNextSleeper()
        let error = await call.value
        #expect(error?.kind == .authentication)
        #expect(error?.code == 401)
        #expect(issuer.calls == 1)
        tokens.gate.open()
    }

    @Test("wrong credentials fail every waiting call with the service's message, without the secret")
    func wrongSecret() async {
        let issuer = Issuer()
        let transport = RecordingTransport(
            json: #"{"code":401,"message":"no such client, secret planted-secret","trace":"t"}"#)
        let client = client(issuer, provider(issuer, transport), transport)
        let error = await failure { () throws(APIError) in try await client.send(Self.endpoint) }
        #expect(
            error?.description
                == "POST /token: no such client, secret <redacted> (code 401, trace id t). Check the token, or log in again"
        )
        #expect(transport.requests.count == 1)
    }

    @Test(
        "a token in an invalid response does not appear in the error",
        arguments: [
            #"{"code":0,"data":{"accessToken":"planted-tok"#,
            #"{"code":0,"data":{"accessToken":{"v":"planted-token"}}}"#,
            #"{"code":0,"data":{"accessToken":""}}"#, #"{"code":0,"data":null}"#,
            #"{"code":0,"data":{"AccessToken":"planted-token"}}"#,
        ])
    func brokenResponse(body: String) async {
        let issuer = Issuer()
        let tokens = provider(issuer, RecordingTransport(json: body))
        let error = await failure { () throws(APIError) in try await tokens.token() }
        #expect(error?.kind == .decoding)
        var text = "\(error.debugDescription)"
        dump(error, to: &text)
        #expect(!text.contains("planted"))
    }

    @Test(
        "a token whose expiry date cannot be read is used",
        arguments: [
            #""soon""#, "null", "[]", #""2025-02-31T00:00:00Z""#,
        ])
    func oddExpiry(expiry: String) async throws {
        let body = #"{"code":0,"data":{"accessToken":"token-x","expiresAt":\#(expiry)}}"#
        let token = try await provider(Issuer(), RecordingTransport(json: body)).token()
        #expect(token.value == "token-x")
        #expect(token.expiresAt == nil)
    }

    @Test("an expiry in seconds from now is read", arguments: ["7200", #""7200""#])
    func expiresIn(text: String) async throws {
        var service = Service.test
        service.clientCredentials?.expiresAt = nil
        service.clientCredentials?.expiresIn = "expires_in"
        let clock = ManualClock()
        let transport = RecordingTransport(json: #"{"code":0,"data":{"accessToken":"t-1","expires_in":\#(text)}}"#)
        let tokens = ClientCredentialsProvider(
            service: service, clientID: "a", clientSecret: "b",
            configuration: ClientConfiguration(transport: transport, clock: clock.clientClock))
        #expect(try await tokens.token().expiresAt == clock.date.addingTimeInterval(7200))
    }

    @Test("when a renewal before expiry fails, the old token is used until it expires, without a flood of attempts")
    func renewalFails() async throws {
        let issuer = Issuer()
        let isDown = Mutex(false)
        let transport = RecordingTransport { request, _ in
            isDown.withLock { $0 } ? .success(.html("down", status: 500)) : .success(issuer.respond(to: request))
        }
        let tokens = provider(issuer, transport)
        _ = try await tokens.token()
        isDown.withLock { $0 = true }
        issuer.clock.advance(by: .seconds(3400))
        for _ in 0..<5 { #expect(try await tokens.token().value == "token-1") }
        #expect(transport.requests.count == 2)
        issuer.clock.advance(by: .seconds(61))
        #expect(try await tokens.token().value == "token-1")
        #expect(transport.requests.count == 3)
        issuer.clock.advance(by: .seconds(200))
        #expect(await failure { () throws(APIError) in try await tokens.token() }?.kind == .http)
        isDown.withLock { $0 = false }
        #expect(try await tokens.token().value == "token-2")
    }

    @Test("providers that share a store share a token, also after a restart")
    func shared() async throws {
        let issuer = Issuer()
        let store = MemoryTokenStore()
        let values = await withTaskGroup(of: String.self) { group in
            for _ in 0..<20 {
                group.addTask { (try? await self.provider(issuer, store: store).token().value) ?? "none" }
            }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(values == ["token-1"])
        issuer.clock.advance(by: .seconds(3500))
        #expect(try await provider(issuer, store: store).token().value == "token-2")
    }

    @Test("a token that was issued in the future, by a clock that was wrong, does not block its renewal")
    func issuedInTheFuture() async throws {
        let issuer = Issuer()
        let store = MemoryTokenStore()
        let tokens = provider(issuer, store: store)
        let future = issuer.clock.date.addingTimeInterval(1_000_000)
        try await store.updateToken(for: tokens.credential) { _ in
            AccessToken("stale", expiresAt: future.addingTimeInterval(9), issuedAt: future)
        }
        // It is used as long as nobody refuses it, and replaced at once then.
        #expect(try await client(issuer, tokens).send(Self.endpoint) == 42)
        #expect(issuer.made == 1)
        #expect(issuer.calls == 2)
        // A margin that counts from a date in the future would be negative: the token expired, and is not used.
        try await store.updateToken(for: tokens.credential) { _ in
            AccessToken("old", expiresAt: issuer.clock.date.addingTimeInterval(-1), issuedAt: future)
        }
        #expect(try await provider(issuer, store: store).token().value == "token-2")
    }

    @Test(
        "a token is understood with the scheme before it",
        arguments: ["abc", " abc\n", "Bearer abc", "bearer  abc", "BEARER\tabc\r\n"])
    func fixedToken(text: String) async throws {
        #expect(try await FixedToken(text).token().value == "abc")
    }

    @Test("a token that another process stored after the refusal is used instead of a new one")
    func adopted() async throws {
        let issuer = Issuer()
        let store = MemoryTokenStore()
        let (mine, theirs) = (provider(issuer, store: store), provider(issuer, store: store))
        let old = try await mine.token()
        _ = try await theirs.token()
        // Soon after it was made the first refusal makes nothing…
        #expect(await !mine.tokenWasRefused(old))
        // …unless there is another in the store.
        _ = try await theirs.renew()
        #expect(await mine.tokenWasRefused(old))
        #expect(try await mine.token().value == "token-2")
        #expect(issuer.made == 2)
    }

    @Test("a store that fails is not used, with a warning")
    func brokenStore() async throws {
        struct Broken: TokenStore {
            struct Failure: Error {}
            func token(for credential: String) async throws -> AccessToken? { throw Failure() }
            func updateToken(
                for credential: String, _ change: @Sendable (AccessToken?) async throws -> AccessToken?
            ) async throws -> AccessToken? {
                _ = try await change(nil)
                throw Failure()
            }
        }
        let (issuer, log) = (Issuer(), Log())
        let tokens = ClientCredentialsProvider(
            service: .test, clientID: "a", clientSecret: "planted-secret", store: Broken(),
            configuration: configuration(issuer, issuer.transport), onWarning: { log.add($0) })
        #expect(try await tokens.token().value == "token-1")
        #expect(try await tokens.token().value == "token-1")
        #expect(log.lines == ["the token store failed, so the token is not shared: Failure()"])
        #expect(issuer.made == 1)
    }

    @Test("renew always requests a token, and forget removes it from memory and store")
    func renewAndForget() async throws {
        let (issuer, store) = (Issuer(), MemoryTokenStore())
        let tokens = provider(issuer, store: store)
        _ = try await tokens.token()
        #expect(try await tokens.renew().value == "token-2")
        #expect(store.token(for: "client-1@api.depot.test")?.value == "token-2")
        try await tokens.forget()
        #expect(store.token(for: tokens.credential) == nil)
        #expect(try await tokens.token().value == "token-3")
    }

    @Test("a service without a call that issues tokens is an error")
    func noMint() async {
        var service = Service.test
        service.clientCredentials = nil
        let tokens = ClientCredentialsProvider(service: service, clientID: "a", clientSecret: "b")
        let error = await failure { () throws(APIError) in try await tokens.token() }
        #expect(error?.description == "Depot has no call that issues tokens")
    }

    @Test("a stored token is used without the secret until it expires")
    func stored() async throws {
        let (clock, store) = (ManualClock(), MemoryTokenStore())
        let tokens = StoredToken(store: store, credential: "c", clock: clock.clientClock)
        #expect(
            await failure { () throws(APIError) in try await tokens.token() }?.description
                == "there is no stored token. Log in first")
        let token = AccessToken("abc", expiresAt: clock.date.addingTimeInterval(10))
        _ = try await store.updateToken(for: "c") { _ in token }
        #expect(try await tokens.token() == token)
        #expect(await !tokens.tokenWasRefused(token))
        #expect(await tokens.tokenWasRefused(AccessToken("older")))
        clock.advance(by: .seconds(10))
        #expect(
            await failure { () throws(APIError) in try await tokens.token() }?.description
                == "the stored token has expired. Log in again")
    }
}

/// Holds whoever waits until it is opened.
final class Gate: Sendable {
    private let state = Mutex((isOpen: false, waiting: [CheckedContinuation<Void, Never>]()))

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
