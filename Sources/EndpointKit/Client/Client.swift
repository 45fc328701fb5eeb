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
    private let builder: RequestBuilder

    /// - Parameter tokens: Where tokens come from; nil for a client that calls only endpoints without authentication.
    public init(
        service: Service, tokens: (any TokenProvider)? = nil, configuration: ClientConfiguration = ClientConfiguration()
    ) {
        self.service = service
        self.tokens = tokens
        self.configuration = configuration
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
        do throws(APIError) {
            let request = try request(for: endpoint)
            let loop = AttemptLoop(
                client: self, endpoint: endpoint, deadline: start + (endpoint.timeout ?? configuration.timeout),
                report: report)
            let context = CallContext(endpointID: endpoint.id, isIdempotent: endpoint.isIdempotent)
            let response = try await wrap(context) { request throws(APIError) in try await loop.run(request) }(request)
            let result = try loop.result(of: response)
            report(
                .finished(status: response.status, bytesSent: request.body.length, bytesReceived: response.body.count),
                result.attempts)
            return result
        } catch {
            let error = described(error, endpoint)
            report(.failed(error), error.attempts)
            throw error
        }
    }

    /// The request that a call would send, checked and encoded; nothing is sent, and no token is in it.
    public func request<Response>(for endpoint: Endpoint<Response>) throws(APIError) -> HTTPRequest {
        do throws(APIError) {
            return try builder.request(for: endpoint)
        } catch {
            throw described(error, endpoint)
        }
    }

    private func described<Response>(_ error: APIError, _ endpoint: Endpoint<Response>) -> APIError {
        var error = error
        if error.endpointID == nil { error.endpointID = endpoint.id }
        var redactor = Redactor()
        for secret in endpoint.sensitiveValues { redactor.add(secret) }
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
    /// The values of parameters that must never be shown.
    var sensitiveValues: [String] {
        var parameters = pathParameters.list + query.list + headers.list
        switch body {
        case .json(let fields), .multipart(let fields): parameters += fields.list
        case .jsonValue(let parameter): parameters.append(parameter)
        case .none, .binary: break
        }
        return parameters.filter { $0.schema.isSensitive || sensitiveFields.contains($0.name) }
            .compactMap { $0.wireValue?.plainText }
    }
}
