import Foundation
import Synchronization

/// The tries of one call.
final class AttemptLoop<Response: Sendable>: Sendable {
    private struct State {
        /// The last answer that was judged a success, so that it need not be decoded again after the middlewares.
        var decoded: (response: HTTPResponse, result: APIResponse<Response>)?
        /// Everything secret that the call sent.
        var redactor: Redactor
        /// Requests handed to the transport.
        var sent = 0
    }

    private let client: Client
    private let endpoint: Endpoint<Response>
    private let reader: ResponseReader<Response>
    private let deadline: Duration
    private let report: @Sendable (ClientEvent.Kind, Int) -> Void
    private let state: Mutex<State>

    init(
        client: Client, endpoint: Endpoint<Response>, deadline: Duration,
        report: @escaping @Sendable (ClientEvent.Kind, Int) -> Void
    ) {
        self.client = client
        self.endpoint = endpoint
        self.deadline = deadline
        self.report = report
        reader = ResponseReader(endpoint, service: client.service, date: client.configuration.clock.date)
        state = Mutex(State(redactor: Redactor(endpoint.sensitiveValues)))
    }

    private var configuration: ClientConfiguration { client.configuration }
    private var clock: ClientClock { client.configuration.clock }

    /// Takes out of texts what the call sent in secret, the tokens of all its tries included.
    var redactor: Redactor { state.withLock { $0.redactor } }

    /// How many requests were handed to the transport.
    var sent: Int { state.withLock { $0.sent } }

    /// The value of the answer that came out of the call middlewares, which may have put another in its place.
    func result(of response: HTTPResponse) throws(APIError) -> APIResponse<Response> {
        let known = state.withLock { $0.decoded }
        if let known, known.response == response { return known.result }
        return try read(response)
    }

    private func read(_ response: HTTPResponse) throws(APIError) -> APIResponse<Response> {
        var reader = reader
        let attempts = state.withLock { state in
            reader.redactor = state.redactor
            return state.sent
        }
        let (value, traceID) = try reader.read(response).get()
        return APIResponse(
            value: value, status: response.status, headers: response.headers, traceID: traceID, body: response.body,
            attempts: attempts)
    }

    /// Sends until there is an answer that counts.
    func run(_ request: HTTPRequest) async throws(APIError) -> HTTPResponse {
        var attempt = 0
        var hasReplayed = false
        var spent: Int?
        while true {
            attempt += 1
            // What fails here is not tried again: a token provider has a client with retries of its own.
            if Task.isCancelled { throw described(.cancelled) }
            try await waitForRateLimit(attempt)
            let token = try await token()
            do throws(APIError) {
                let response = try await send(request, token: token, attempt: attempt)
                let result = try read(response)
                state.withLock { $0.decoded = (response, result) }
                client.retryBudget.succeeded(spent: spent)
                return response
            } catch {
                let error = described(error)
                if error.refreshesToken, let token, let tokens = client.tokens {
                    report(.tokenRefused, attempt)
                    // The provider hears of every refusal, but a call is replayed once.
                    let isAnother = await clock.limit(to: deadline - clock.now(), late: false, cancelled: false) {
                        await tokens.tokenWasRefused(token)
                    }
                    guard isAnother, !hasReplayed else { throw error }
                    hasReplayed = true
                } else {
                    spent = try await waitToRetry(after: error, attempt: attempt)
                }
            }
        }
    }

    private func waitForRateLimit(_ attempt: Int) async throws(APIError) {
        guard let rate = client.rate(of: endpoint) else { return }
        let start = clock.now()
        do throws(APIError) {
            try await client.rateLimiter.acquire(client.rateKey(of: endpoint), rate: rate, patience: deadline - start)
        } catch {
            throw described(error)
        }
        let waited = clock.now() - start
        if waited >= .milliseconds(1) { report(.waitedForRateLimit(waited), attempt) }
    }

    private func token() async throws(APIError) -> AccessToken? {
        do throws(APIError) {
            return try await tokenOfProvider()
        } catch {
            // One of the call that makes tokens tells of that call.
            throw error.endpointID == nil ? described(error) : error
        }
    }

    private func tokenOfProvider() async throws(APIError) -> AccessToken? {
        guard endpoint.isAuthenticated, client.service.authentication != .none else { return nil }
        if case .url = endpoint.host { return nil }
        guard let tokens = client.tokens else {
            throw APIError(.authentication, "this call needs a token, and the client has none")
        }
        let token = try await token(of: tokens)
        guard !token.value.isEmpty, token.value.isHeaderValue else {
            throw APIError(.authentication, "the token is empty or holds characters that a header cannot carry")
        }
        state.withLock { $0.redactor.add(token.value) }
        return token
    }

    /// Waits no longer than the call may take: a provider may have a vault, or another process's lock, to wait for.
    private func token(of tokens: any TokenProvider) async throws(APIError) -> AccessToken {
        if let token = (tokens as? any TokenAtHand)?.tokenAtHand() { return token }
        let late = APIError(.timeout, "no token came within the time that the call has")
        return try await clock.limit(to: deadline - clock.now(), late: .failure(late), cancelled: .failure(.cancelled))
        {
            do throws(APIError) {
                return Result<AccessToken, APIError>.success(try await tokens.token())
            } catch {
                return .failure(error)
            }
        }.get()
    }

    /// One try: token, middlewares, transport.
    private func send(_ request: HTTPRequest, token: AccessToken?, attempt: Int) async throws(APIError) -> HTTPResponse
    {
        var request = request
        if let token { client.service.authentication.authorize(&request, with: token) }
        let left = deadline - clock.now()
        guard left > .zero else { throw APIError(.timeout, "no time was left to send the request") }
        request.timeout = min(request.timeout ?? left, left)
        report(.attempt, attempt)
        let context = CallContext(endpointID: endpoint.id, isIdempotent: endpoint.isIdempotent, attempt: attempt)
        let (transport, clock) = (configuration.transport, clock)
        return try await client.wrap(context) { [self] request throws(APIError) in
            state.withLock { $0.sent += 1 }
            let start = clock.now()
            do throws(TransportError) {
                let response = try await transport.send(request)
                report(
                    .answered(
                        status: response.status, bytesReceived: response.body.count, after: clock.now() - start),
                    attempt)
                return response
            } catch {
                throw APIError(error)
            }
        }(request)
    }

    /// Returns after the wait that the policy asks for, with what the retry takes from the budget; throws the error if
    /// there is no further try. No slot of the rate limiter is held meanwhile.
    private func waitToRetry(after error: APIError, attempt: Int) async throws(APIError) -> Int {
        if error.kind == .throttled {
            report(.throttled(retryAfter: error.retryAfter), attempt)
            let pause = min(error.retryAfter ?? .seconds(1), configuration.retry.maxRetryAfter)
            await client.rateLimiter.slowDown(client.rateKey(of: endpoint), for: pause)
        }
        // What is pending is polled, by those who want to wait for it.
        guard error.kind != .pending,
            let delay = configuration.retry.delay(after: error, attempt: attempt, random: configuration.random()),
            clock.now() + delay < deadline, let cost = client.retryBudget.spend(after: error)
        else { throw error }
        report(.retrying(in: delay, after: error), attempt)
        do {
            try await clock.sleep(delay)
        } catch {
            throw described(.cancelled)
        }
        return cost
    }

    /// An error with what is known of this call, and without its secrets.
    private func described(_ error: APIError) -> APIError {
        var (error, state) = (error, state.withLock { (redactor: $0.redactor, sent: $0.sent) })
        error.attempts = state.sent
        error.isRetryable = error.isRetryable && (endpoint.isIdempotent || !error.needsIdempotence)
        return state.redactor.redact(error)
    }
}

extension AuthenticationScheme {
    func authorize(_ request: inout HTTPRequest, with token: AccessToken) {
        switch self {
        case .none: break
        case .bearer: request.headers["Authorization"] = "Bearer \(token.value)"
        case .header(let name): request.headers[name] = token.value
        }
    }
}

extension Client {
    func rateKey<Response>(of endpoint: Endpoint<Response>) -> RateKey {
        RateKey(
            credential: configuration.credential, group: endpoint.rate?.group ?? "\(endpoint.method) \(endpoint.path)")
    }

    /// The figure that holds for an endpoint: the profile's, otherwise its own.
    func rate<Response>(of endpoint: Endpoint<Response>) -> Rate? {
        guard let profile = configuration.rateProfile.flatMap({ service.rateProfiles[$0] }) else {
            return endpoint.rate
        }
        return endpoint.rate?.group.flatMap { profile[$0] } ?? profile[endpoint.id] ?? endpoint.rate ?? profile["*"]
    }
}

extension APIError {
    static let cancelled = APIError(.cancelled, "the call was cancelled")

    init(_ error: TransportError) {
        let kind: Kind =
            switch error.kind {
            case .cannotConnect, .certificateRefused, .connectionLost: .transport
            case .timeout: .timeout
            case .cancelled: .cancelled
            case .redirectRefused: .redirectRefused
            case .responseTooLarge: .responseTooLarge
            case .invalidRequest: .invalidParameter
            case .other: .other
            }
        self.init(kind, error.message, underlying: error)
        if case .redirectRefused(let status, _) = error.kind { self.status = status }
        isRetryable = kind == .transport || kind == .timeout
        if error.kind == .certificateRefused {
            isRetryable = false
            remedy = "Check the address, the machine's clock and its trusted certificates"
        }
        needsIdempotence = error.mayHaveBeenSent
    }
}
