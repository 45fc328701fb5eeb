import Foundation

/// Sends endpoints of one service.
///
///     validate → encode → [call middleware] → attempt loop {
///         rate limiter → authentication → [attempt middleware] → transport → classify
///     } → envelope → decode
///
/// A client is cheap to pass around and safe to use from many tasks at once.
public final class Client: Sendable {
    public let service: Service
    public let configuration: ClientConfiguration
    let tokens: (any TokenProvider)?
    let rateLimiter: any RateLimiter
    let retryBudget: RetryBudget
    private let builder: RequestBuilder

    /// - Parameter tokens: Where tokens come from; nil for a client that calls only endpoints without authentication.
    public init(
        service: Service, tokens: (any TokenProvider)? = nil, configuration: ClientConfiguration = ClientConfiguration()
    ) {
        self.service = service
        self.tokens = tokens
        self.configuration = configuration
        rateLimiter = configuration.rateLimiter ?? TokenBucketLimiter(clock: configuration.clock)
        retryBudget = RetryBudget(capacity: configuration.retry.budget)
        builder = RequestBuilder(service: service, baseURL: configuration.baseURL ?? service.baseURL)
    }

    /// Sends a call and returns the value of its answer.
    public func send<Response>(_ endpoint: Endpoint<Response>) async throws(APIError) -> Response {
        try await response(for: endpoint).value
    }

    /// Sends a call and returns its answer with status, headers and trace id.
    public func response<Response>(
        for endpoint: Endpoint<Response>
    ) async throws(APIError) -> APIResponse<Response> {
        let clock = configuration.clock
        let start = clock.now()
        let report: @Sendable (ClientEvent.Kind, Int) -> Void = { [configuration] kind, attempt in
            configuration.observer?.observe(
                ClientEvent(kind: kind, endpointID: endpoint.id, attempt: attempt, elapsed: clock.now() - start))
        }
        report(.started, 0)
        let loop = AttemptLoop(
            client: self, endpoint: endpoint, deadline: start + (endpoint.timeout ?? configuration.timeout),
            report: report)
        do throws(APIError) {
            let request = try builder.request(for: endpoint)
            let context = CallContext(endpointID: endpoint.id, isIdempotent: endpoint.isIdempotent)
            let response = try await wrap(context) { request throws(APIError) in try await loop.run(request) }(request)
            let result = try loop.result(of: response)
            report(
                .finished(status: response.status, bytesSent: request.body.length, bytesReceived: response.body.count),
                result.attempts)
            return result
        } catch {
            let error = described(error, endpoint, loop.redactor)
            // Not the error's own count: one that came with the token counts the requests for that.
            report(.failed(error), loop.sent)
            throw error
        }
    }

    /// The request that a call would send, checked and encoded; nothing is sent, and no token is in it.
    public func request<Response>(for endpoint: Endpoint<Response>) throws(APIError) -> HTTPRequest {
        do throws(APIError) {
            return try builder.request(for: endpoint)
        } catch {
            throw described(error, endpoint, Redactor(endpoint.sensitiveValues))
        }
    }

    private func described<Response>(
        _ error: APIError, _ endpoint: Endpoint<Response>, _ redactor: Redactor
    ) -> APIError {
        var error = error
        if error.endpointID == nil { error.endpointID = endpoint.id }
        if error.remedy == nil { error.remedy = error.kind.remedy }
        return redactor.redact(error)
    }

    /// Puts the middlewares round a function, the first outermost: round the whole call, or round one attempt of it.
    ///
    /// A loop, because the compiler crashes on the same thing written with `reduce` and typed throws.
    func wrap(_ context: CallContext, _ innermost: @escaping Middleware.Next) -> Middleware.Next {
        var next = innermost
        for middleware in configuration.middleware.reversed() {
            let rest = next
            if context.attempt == 0 {
                next = { request throws(APIError) in try await middleware.call(request, context: context, next: rest) }
            } else {
                next = { request throws(APIError) in try await middleware.attempt(request, context: context, next: rest)
                }
            }
        }
        return next
    }
}

extension Endpoint {
    /// The texts in the request that must never be shown.
    var sensitiveValues: [String] {
        var parameters = pathParameters.list + query.list + headers.list
        switch body {
        case .json(let fields), .multipart(let fields): parameters += fields.list
        case .jsonValue(let parameter): parameters.append(parameter)
        case .none, .binary: break
        }
        var texts: [String] = []
        for parameter in parameters {
            guard case .json(let value) = parameter.content else { continue }
            let isSensitive = sensitiveFields.contains(parameter.name)
            texts += parameter.schema.sensitiveTexts(in: value, hiding: sensitiveFields, isSensitive: isSensitive)
        }
        return texts
    }
}

extension Schema {
    /// The scalars in a value that this schema, one inside it, or a field's name declares sensitive.
    fileprivate func sensitiveTexts(in value: JSONValue, hiding names: Set<String>, isSensitive: Bool) -> [String] {
        let isSensitive = isSensitive || self.isSensitive
        var texts: [String] = []
        switch (value, kind) {
        case (.array(let values), let kind):
            let items = if case .array(let items) = kind { items } else { Schema.any }
            for value in values {
                texts += items.sensitiveTexts(in: value, hiding: names, isSensitive: isSensitive)
            }
        case (.object(let object), let kind):
            let properties = if case .object(let properties) = kind { properties } else { [Property]() }
            for (name, value) in object.members {
                let schema = properties.first { $0.name == name }?.schema ?? .any
                texts += schema.sensitiveTexts(
                    in: value, hiding: names, isSensitive: isSensitive || names.contains(name))
            }
        default:
            if isSensitive { texts = [value.plainText, wireForm(of: value).plainText] }
        }
        return texts
    }
}
