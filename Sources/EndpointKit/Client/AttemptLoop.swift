import Foundation
import Synchronization

/// The tries of one call.
final class AttemptLoop<Response: Sendable>: Sendable {
    private let client: Client
    private let endpoint: Endpoint<Response>
    private let reader: ResponseReader<Response>
    private let deadline: Duration
    private let report: @Sendable (ClientEvent.Kind, Int) -> Void
    /// The last answer that was judged a success, so that it need not be decoded again after the middlewares.
    private let decoded = Mutex<(response: HTTPResponse, result: APIResponse<Response>)?>(nil)

    init(
        client: Client, endpoint: Endpoint<Response>, deadline: Duration,
        report: @escaping @Sendable (ClientEvent.Kind, Int) -> Void
    ) {
        self.client = client
        self.endpoint = endpoint
        self.deadline = deadline
        self.report = report
        reader = ResponseReader(endpoint, service: client.service)
    }

    private var configuration: ClientConfiguration { client.configuration }
    private var clock: ClientClock { client.configuration.clock }

    /// The value of the answer that came out of the call middlewares, which may have put another in its place.
    func result(of response: HTTPResponse) throws(APIError) -> APIResponse<Response> {
        let known = decoded.withLock { $0 }
        if let known, known.response == response { return known.result }
        return try result(of: response, attempts: known?.result.attempts ?? 0)
    }

    private func result(of response: HTTPResponse, attempts: Int) throws(APIError) -> APIResponse<Response> {
        let (value, traceID) = try reader.read(response).get()
        return APIResponse(
            value: value, status: response.status, headers: response.headers, traceID: traceID, body: response.body,
            attempts: attempts)
    }

    /// Sends until there is an answer that counts.
    func run(_ request: HTTPRequest) async throws(APIError) -> HTTPResponse {
        var attempt = 0
        var refused: AccessToken?
        while true {
            attempt += 1
            let token = try await token()
            do throws(APIError) {
                let response = try await send(request, token: token, attempt: attempt)
                let result = try result(of: response, attempts: attempt)
                decoded.withLock { $0 = (response, result) }
                return response
            } catch {
                var error = error
                error.attempts = attempt
                if let token {
                    var redactor = Redactor()
                    redactor.add(token.value)
                    error = redactor.redact(error)
                }
                if error.refreshesToken, refused == nil, let token, let tokens = client.tokens {
                    refused = token
                    report(.tokenRefused, attempt)
                    if await tokens.tokenWasRefused(token) { continue }
                    throw error
                }
                try await waitToRetry(after: error, attempt: attempt)
            }
        }
    }

    /// One try: limiter, token, middlewares, transport.
    private func send(_ request: HTTPRequest, token: AccessToken?, attempt: Int) async throws(APIError) -> HTTPResponse
    {
        if let limiter = configuration.rateLimiter, let rate = client.rate(of: endpoint) {
            try await limiter.acquire(client.rateKey(of: endpoint), rate: rate)
        }
        var request = request
        if let token { client.service.authentication.authorize(&request, with: token) }
        let left = deadline - clock.now()
        guard left > .zero else { throw APIError(.timeout, "no time was left to send the request") }
        request.timeout = min(request.timeout ?? left, left)
        report(.attempt, attempt)
        let context = CallContext(endpointID: endpoint.id, isIdempotent: endpoint.isIdempotent, attempt: attempt)
        let transport = configuration.transport
        let isIdempotent = endpoint.isIdempotent
        return try await client.wrap(context) { request throws(APIError) in
            do throws(TransportError) {
                return try await transport.send(request)
            } catch {
                throw APIError(error, isIdempotent: isIdempotent)
            }
        }(request)
    }

    private func token() async throws(APIError) -> AccessToken? {
        guard endpoint.isAuthenticated, client.service.authentication != .none else { return nil }
        if case .url = endpoint.host { return nil }
        guard let tokens = client.tokens else {
            throw APIError(.authentication, "this call needs a token, and the client has none")
        }
        return try await tokens.token()
    }

    /// Returns after the wait that the policy asks for, or throws the error if there is no further try.
    private func waitToRetry(after error: APIError, attempt: Int) async throws(APIError) {
        var error = error
        // A status such as 503 leaves open whether the call was carried out; a throttled one was not.
        if error.kind == .http, !endpoint.isIdempotent { error.isRetryable = false }
        if error.kind == .throttled, let limiter = configuration.rateLimiter {
            await limiter.slowDown(client.rateKey(of: endpoint), for: error.retryAfter ?? .seconds(1))
        }
        guard
            let delay = configuration.retry.delay(after: error, attempt: attempt, random: .random(in: 0...1)),
            clock.now() + delay < deadline
        else { throw error }
        report(.retrying(in: delay, after: error), attempt)
        do {
            try await clock.sleep(delay)
        } catch {
            throw APIError(.cancelled, "the call was cancelled")
        }
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
    init(_ error: TransportError, isIdempotent: Bool) {
        let kind: Kind =
            switch error.kind {
            case .cannotConnect, .connectionLost: .transport
            case .timeout: .timeout
            case .cancelled: .cancelled
            case .redirectRefused: .redirectRefused
            case .responseTooLarge: .responseTooLarge
            case .invalidRequest: .invalidParameter
            case .other: .other
            }
        self.init(kind, error.message, underlying: error)
        if case .redirectRefused(let status, _) = error.kind { self.status = status }
        isRetryable = (kind == .transport || kind == .timeout) && (isIdempotent || !error.mayHaveBeenSent)
    }
}
