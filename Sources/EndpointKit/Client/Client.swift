import Foundation

/// Sends the calls of one service.
///
///     validate → encode → [call middleware] → attempt loop {
///         rate limiter → authentication → [attempt middleware] → transport → classify
///     } → envelope → decode
///
/// A client can be shared by any number of tasks. Calls share its rate limiter and its retry budget.
public final class Client: Sendable {
    /// The service that the client calls.
    public let service: Service
    /// How the client sends calls.
    public let configuration: ClientConfiguration
    let tokens: (any TokenProvider)?
    /// The source of tokens, if it may have one in memory.
    let cachedTokens: (any CachedTokenProvider)?
    let rateLimiter: any RateLimiter
    let retryBudget: RetryBudget
    private let builder: RequestBuilder

    /// Creates a client.
    ///
    /// - Parameters:
    ///   - service: The service.
    ///   - tokens: The source of tokens; nil for a client that calls only endpoints without authentication.
    ///   - configuration: How the client sends calls.
    public init(
        service: Service, tokens: (any TokenProvider)? = nil, configuration: ClientConfiguration = ClientConfiguration()
    ) {
        self.service = service
        self.tokens = tokens
        cachedTokens = tokens as? any CachedTokenProvider
        self.configuration = configuration
        rateLimiter = configuration.rateLimiter ?? TokenBucketLimiter(clock: configuration.clock)
        retryBudget = RetryBudget(capacity: configuration.retry.budget)
        builder = RequestBuilder(service: service, configuration: configuration)
    }

    /// Sends a call and returns the value of its response.
    public func send<Response>(_ endpoint: Endpoint<Response>) async throws(APIError) -> Response {
        let (loop, reader) = try parts(of: endpoint)
        let (response, bytesSent) = try await run(loop, reader, nil)
        return try finish(loop, response, bytesSent) { () throws(APIError) in try loop.read(response, reader).value }
    }

    /// Sends a call and returns the value of its response with status, header fields and trace id.
    public func response<Response>(
        for endpoint: Endpoint<Response>
    ) async throws(APIError) -> APIResponse<Response> {
        try await response(for: endpoint, sending: nil)
    }

    /// Sends a call with the request that ``request(for:)`` made for it; with nil, makes the request.
    package func response<Response>(
        for endpoint: Endpoint<Response>, sending prepared: HTTPRequest?
    ) async throws(APIError) -> APIResponse<Response> {
        let (loop, reader) = try parts(of: endpoint)
        let (response, bytesSent) = try await run(loop, reader, prepared)
        return try finish(loop, response, bytesSent) { () throws(APIError) in
            let read = try loop.read(response, reader)
            return APIResponse(
                value: read.value, status: response.status, headers: response.headers, traceID: read.traceID,
                body: response.body, attempts: loop.sent, url: response.url)
        }
    }

    /// The attempts of a call, and what reads its response.
    private func parts<Response>(
        of endpoint: Endpoint<Response>
    ) throws(APIError) -> (AttemptLoop, ResponseReader<Response>) {
        if case .stream = endpoint.response.form { throw described(.isStream, endpoint.id, Redactor()) }
        let loop = AttemptLoop(client: self, endpoint: endpoint.untyped)
        return (loop, ResponseReader(endpoint.response, of: loop))
    }

    /// Sends a call and returns the head of its response, with a body that is received while it is read: for responses of any
    /// size. Errors, retries and tokens are those of ``send(_:)``; the time limit of the call ends with the head, and for the
    /// body the transport has an idle limit. An error of the body is a ``TransportError``.
    public func stream(_ endpoint: Endpoint<Data>) async throws(APIError) -> HTTPStreamedResponse {
        try await stream(endpoint, sending: nil)
    }

    /// Returns the elements of a stream. Nothing is sent before the first one is asked for.
    ///
    ///     for try await change in client.stream(endpoint) { print(change) }
    ///
    /// Each iteration is a call of its own. It is retried, as ``send(_:)`` is, before its first element and not after it; the
    /// time limit of the call ends with the head of the response, and for the body the transport has an idle limit.
    public func stream<Element>(_ endpoint: Endpoint<Element>) -> APIStream<Element> {
        APIStream(client: self, endpoint: endpoint)
    }

    /// The same with the request that ``request(for:)`` made for the call.
    package func elements<Element>(of endpoint: Endpoint<Element>, sending request: HTTPRequest) -> APIStream<Element> {
        APIStream(client: self, endpoint: endpoint, prepared: request)
    }

    /// The same for an endpoint whose response is bytes in another form.
    package func stream<Response>(
        _ endpoint: Endpoint<Response>, sending prepared: HTTPRequest?
    ) async throws(APIError) -> HTTPStreamedResponse {
        let loop = AttemptLoop(client: self, endpoint: endpoint.untyped, streamsBody: true)
        let reader = ResponseReader(endpoint.response, of: loop)
        let (response, bytesSent) = try await run(loop, reader, prepared)
        return try finish(loop, response, bytesSent) { () throws(APIError) in
            _ = try loop.read(response, reader)
            var streamed = HTTPStreamedResponse(response)
            if response.body.isEmpty, let body = loop.body { streamed.body = body }
            return streamed
        }
    }

    /// Runs a call from its request to its response, whatever its type.
    private func run(
        _ loop: AttemptLoop, _ reader: any ResponseReading, _ prepared: HTTPRequest?
    ) async throws(APIError) -> (HTTPResponse, bytesSent: Int64) {
        let endpoint = loop.endpoint
        loop.report(.started, 0, at: loop.start)
        do throws(APIError) {
            let request =
                if let prepared { prepared } else { try builder.request(for: endpoint, accept: reader.accept) }
            let bytesSent = request.body.length
            if configuration.middleware.isEmpty { return (try await loop.run(request, reader), bytesSent) }
            let context = CallContext(endpointID: endpoint.id, isIdempotent: endpoint.isIdempotent)
            let response = try await wrap(context) { request throws(APIError) in
                try await loop.run(request, reader)
            }(request)
            return (response, bytesSent)
        } catch {
            throw failed(error, loop)
        }
    }

    /// Ends a call with what is made of its response.
    private func finish<Result>(
        _ loop: AttemptLoop, _ response: HTTPResponse, _ bytesSent: Int64, _ result: () throws(APIError) -> Result
    ) throws(APIError) -> Result {
        do throws(APIError) {
            let result = try result()
            loop.report(
                .finished(status: response.status, bytesSent: bytesSent, bytesReceived: response.body.count), loop.sent)
            return result
        } catch {
            throw failed(error, loop)
        }
    }

    private func failed(_ error: APIError, _ loop: AttemptLoop) -> APIError {
        let error = described(error, loop.endpoint.id, loop.redactor)
        // Not the error's own count, which may be that of the call that issues tokens.
        loop.report(.failed(error), loop.sent)
        return error
    }

    /// Returns the request that a call would send, without its token. Nothing is sent. Throws `.invalidParameter` if the call
    /// is not valid.
    public func request<Response>(for endpoint: Endpoint<Response>) throws(APIError) -> HTTPRequest {
        do throws(APIError) {
            return try builder.request(for: endpoint.untyped, accept: endpoint.response.accept)
        } catch {
            throw described(error, endpoint.id, Redactor(endpoint.sensitiveValues))
        }
    }

    func described(_ error: APIError, _ endpointID: String, _ redactor: Redactor) -> APIError {
        var error = error
        if error.endpointID == nil { error.endpointID = endpointID }
        if error.remedy == nil { error.remedy = error.kind.remedy }
        return redactor.redact(error)
    }

    /// Wraps a function in the middleware, the first one outermost: around the whole call, or around one attempt.
    ///
    /// A loop, because the compiler crashes on the same code written with `reduce` and typed throws.
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
        var texts: [String] = []
        forEachParameter { parameter, _ in
            guard case .json(let value) = parameter.content else { return }
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
        case (.array(let values), _):
            let items = if case .array(let items) = resolved.kind { items } else { Schema.any }
            for value in values {
                texts += items.sensitiveTexts(in: value, hiding: names, isSensitive: isSensitive)
            }
        case (.object(let object), _):
            let whole = resolved
            for (name, value) in object.members {
                let schema = whole.member(name) ?? .any
                texts += schema.sensitiveTexts(
                    in: value, hiding: names, isSensitive: isSensitive || names.contains(name))
            }
        default:
            if isSensitive { texts = [value.plainText, encoded(value).plainText] }
        }
        return texts
    }
}
