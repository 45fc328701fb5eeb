import Foundation
import Synchronization

/// The attempts of one call.
final class AttemptLoop: Sendable {
    private struct State {
        /// The tokens that the call sent.
        var tokens: [String] = []
        /// The number of requests that were passed to the transport.
        var sent = 0
        /// The body of the last response, if it is received while it is read.
        var body: ResponseBody?
        /// The last ``ReadResponse``, so that a response is not decoded again after the middleware.
        var read: (any AnyObject & Sendable)?
    }

    let client: Client
    let endpoint: Endpoint<Data>
    let start: Duration
    private let deadline: Duration
    /// Whether the body of a success is left to the caller to read.
    private let streamsBody: Bool
    /// Guards what the attempts have sent and read so far. Never held across a call of a middleware or the transport.
    private let state = Mutex(State())

    init(client: Client, endpoint: Endpoint<Data>, streamsBody: Bool = false) {
        self.client = client
        self.endpoint = endpoint
        self.streamsBody = streamsBody
        start = client.configuration.clock.now()
        // A file may take any time to send, as long as it moves: the transport has an idle limit.
        let limit: Duration = endpoint.sendsFile ? .longest : client.configuration.timeout
        deadline = start + (endpoint.timeout ?? limit).clamped
    }

    /// The body of the response, if it is to be read.
    var body: ResponseBody? { state.withLock { $0.body } }

    // Neither the configuration nor its clock is copied for one of its functions.
    private func now() -> Duration { client.configuration.clock.now() }

    /// Replaces the secrets that the call sent, the tokens of all attempts included. Only an error needs it.
    var redactor: Redactor {
        let tokens = state.withLock { $0.tokens }.flatMap(client.service.authentication.secrets)
        return Redactor(endpoint.sensitiveValues + tokens)
    }

    /// The number of requests that were passed to the transport.
    var sent: Int { state.withLock { $0.sent } }

    /// Tells the observer what happened, and when; by default now.
    func report(_ kind: consuming ClientEvent.Kind, _ attempt: Int, at time: Duration? = nil) {
        // The observer is asked where it is, and not copied.
        if client.configuration.observer == nil { return }
        let elapsed = (time ?? now()) - start
        client.configuration.observer?.observe(
            ClientEvent(kind: kind, endpointID: endpoint.id, attempt: attempt, elapsed: elapsed))
    }

    /// What was read of the response that the call middleware returned, which may not be the one that was received.
    func read<Response>(
        _ response: HTTPResponse, _ reader: ResponseReader<Response>
    ) throws(APIError) -> ReadResponse<Response> {
        if let last = state.withLock({ $0.read }) as? ReadResponse<Response>,
            client.configuration.middleware.isEmpty || last.response == response
        {
            return last
        }
        return try reader.read(response)
    }

    /// Sends the request until it succeeds or may not be repeated.
    func run(_ request: HTTPRequest, _ reader: any ResponseReading) async throws(APIError) -> HTTPResponse {
        var attempt = 0
        var hasReplayed = false
        var spent: Int?
        while true {
            attempt += 1
            // Failures of the rate limiter and the token provider are not retried: a provider has retries of its own.
            if Task.isCancelled { throw described(.cancelled) }
            try await waitForRateLimit(attempt)
            let token = try await token()
            do throws(APIError) {
                let response = try await send(request, token: token, attempt: attempt, reader)
                let read = try reader.readAny(response)
                state.withLock { $0.read = read }
                client.retryBudget.succeeded(spent: spent)
                return response
            } catch {
                let error = described(error)
                if !request.body.isRepeatable { throw error }
                if error.refreshesToken, let token, let tokens = client.tokens {
                    report(.tokenRefused, attempt)
                    // The provider is told of every refusal, but a call is sent again only once.
                    let isAnother = await client.configuration.clock.limit(
                        to: deadline - now(), late: false, cancelled: false
                    ) {
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
        let start = now()
        do throws(APIError) {
            try await client.rateLimiter.acquire(client.rateKey(of: endpoint), rate: rate, timeout: deadline - start)
        } catch {
            throw described(error)
        }
        let waited = now() - start
        if waited >= .milliseconds(1) { report(.waitedForRateLimit(waited), attempt) }
    }

    private func token() async throws(APIError) -> AccessToken? {
        guard endpoint.isAuthenticated, client.service.authentication != .none else { return nil }
        if case .url = endpoint.host { return nil }
        do throws(APIError) {
            let token =
                if let cached = client.cachedTokens?.cachedToken() { cached } else { try await tokenOfProvider() }
            try client.service.authentication.check(token.value)
            state.withLock { if $0.tokens.last != token.value { $0.tokens.append(token.value) } }
            return token
        } catch {
            // An error of the call that issues tokens keeps that call's id.
            throw error.endpointID == nil ? described(error) : error
        }
    }

    /// Waits for a token until the call's deadline: a provider may wait for a vault or for another process's lock.
    private func tokenOfProvider() async throws(APIError) -> AccessToken {
        guard let tokens = client.tokens else {
            throw APIError(.authentication, "this call needs a token, and the client has no token provider")
        }
        let late = APIError(.timeout, "timed out waiting for a token")
        let limit = deadline - now()
        if let cached = client.cachedTokens {
            return try await cached.token(
                by: TokenLimit(duration: limit, clock: client.configuration.clock, error: late))
        }
        return try await client.configuration.clock.limit(
            to: limit, late: .failure(late), cancelled: .failure(.cancelled)
        ) {
            do throws(APIError) {
                return Result<AccessToken, APIError>.success(try await tokens.token())
            } catch {
                return .failure(error)
            }
        }.get()
    }

    /// One attempt: token, middleware, transport.
    private func send(
        _ request: HTTPRequest, token: AccessToken?, attempt: Int, _ reader: any ResponseReading
    ) async throws(APIError) -> HTTPResponse {
        var request = request
        if let token { try client.service.authentication.authorize(&request, with: token) }
        let now = now()
        let left = deadline - now
        guard left > .zero else { throw APIError(.timeout, "timed out before the request was sent") }
        request.timeout = min(request.timeout ?? left, left)
        report(.attempt, attempt, at: now)
        if client.configuration.middleware.isEmpty { return try await exchange(request, attempt, reader) }
        let context = CallContext(endpointID: endpoint.id, isIdempotent: endpoint.isIdempotent, attempt: attempt)
        return try await client.wrap(context) { [self] request throws(APIError) in
            try await exchange(request, attempt, reader)
        }(request)
    }

    private func exchange(
        _ request: HTTPRequest, _ attempt: Int, _ reader: any ResponseReading
    ) async throws(APIError) -> HTTPResponse {
        state.withLock { $0.sent += 1 }
        let start = now()
        do throws(TransportError) {
            let response =
                streamsBody
                ? try await open(request, reader) : try await client.configuration.transport.send(request)
            let end = now()
            report(
                .responded(status: response.status, bytesReceived: response.body.count, after: end - start), attempt,
                at: end)
            return response
        } catch {
            throw APIError(error)
        }
    }

    /// Sends a request and leaves the body of a success to the caller. Any other is collected, for it says what is wrong.
    private func open(
        _ request: HTTPRequest, _ reader: any ResponseReading
    ) async throws(TransportError) -> HTTPResponse {
        let streamed = try await client.configuration.transport.stream(request)
        var response = HTTPResponse(
            status: streamed.status, headers: streamed.headers, url: streamed.url, interim: streamed.interim)
        if reader.leavesBody(of: response) {
            state.withLock { $0.body = streamed.body }
        } else {
            response.body = try await streamed.body.collect(upTo: Self.collectedBytes)
            response.trailers = streamed.trailers
        }
        return response
    }

    /// The greatest size of a response that is collected although it is streamed, in bytes.
    private static var collectedBytes: Int64 { 64 << 20 }

    /// Waits for the policy's delay and returns the retry's cost; throws the error if there is no further attempt. No slot of
    /// the rate limiter is held meanwhile.
    private func waitToRetry(after error: APIError, attempt: Int) async throws(APIError) -> Int {
        if error.kind == .throttled {
            report(.throttled(retryAfter: error.retryAfter), attempt)
            let pause = min(error.retryAfter ?? .seconds(1), client.configuration.retry.maxRetryAfter)
            await client.rateLimiter.slowDown(client.rateKey(of: endpoint), for: pause)
        }
        // A pending job is polled by `poll`, and not retried here.
        guard error.kind != .pending,
            let delay = client.configuration.retry.delay(
                after: error, attempt: attempt, random: client.configuration.random()),
            now() + delay < deadline, let cost = client.retryBudget.spend(after: error)
        else { throw error }
        report(.retrying(in: delay, after: error), attempt)
        do {
            try await client.configuration.clock.sleep(delay)
        } catch {
            throw described(.cancelled)
        }
        return cost
    }

    /// The error with what is known of this call, and without its secrets.
    private func described(_ error: APIError) -> APIError {
        var error = error
        error.attempts = sent
        error.isRetryable = error.isRetryable && (endpoint.isIdempotent || !error.needsIdempotence)
        return redactor.redact(error)
    }
}

extension Client {
    func rateKey<Response>(of endpoint: Endpoint<Response>) -> RateKey {
        RateKey(
            credential: configuration.credential, group: endpoint.rate?.group ?? "\(endpoint.method) \(endpoint.path)")
    }

    /// The figure that holds for an endpoint: the profile's, otherwise its own.
    func rate<Response>(of endpoint: Endpoint<Response>) -> Rate? {
        Rate.choice(
            own: endpoint.rate, id: endpoint.id, profile: configuration.rateProfile.flatMap { service.rateProfiles[$0] }
        )
    }
}

extension APIError {
    static let cancelled = APIError(.cancelled, "the call was cancelled")

    /// The error of a call whose transport failed.
    package init(_ error: TransportError) {
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

extension Endpoint {
    /// Whether the request holds bytes of a file.
    fileprivate var sendsFile: Bool {
        switch body {
        case .none, .json, .jsonValue, .form: false
        case .multipart, .binary:
            body.parameters.list.contains { parameter in
                parameter.content.files.contains { content in
                    content.body.chunks.contains { if case .file = $0 { true } else { false } }
                }
            }
        }
    }
}
