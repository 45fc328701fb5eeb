/// Wraps calls, or the single tries that a call is made of.
///
/// `call` runs once for each call, outside everything else: a place for caching, tracing, or changing a request.
/// `attempt` runs once for each try, after the token is in place and right before the transport: a place for signing and
/// for logging what really goes out. Implement the one you need:
///
///     struct RequestID: Middleware {
///         func call(_ request: HTTPRequest, context: CallContext, next: Next) async throws(APIError) -> HTTPResponse {
///             var request = request
///             request.headers["X-Request-ID"] = UUID().uuidString
///             return try await next(request)
///         }
///     }
public protocol Middleware: Sendable {
    /// The rest of the pipeline.
    typealias Next = @Sendable (HTTPRequest) async throws(APIError) -> HTTPResponse

    func call(_ request: HTTPRequest, context: CallContext, next: Next) async throws(APIError) -> HTTPResponse
    func attempt(_ request: HTTPRequest, context: CallContext, next: Next) async throws(APIError) -> HTTPResponse
}

extension Middleware {
    public func call(_ request: HTTPRequest, context: CallContext, next: Next) async throws(APIError) -> HTTPResponse {
        try await next(request)
    }

    public func attempt(
        _ request: HTTPRequest, context: CallContext, next: Next
    ) async throws(APIError) -> HTTPResponse {
        try await next(request)
    }
}

/// What a middleware may know of the call that it wraps.
public struct CallContext: Sendable {
    public var endpointID: String
    public var isIdempotent: Bool
    /// Which try this is, from 1; 0 around the whole call.
    public var attempt: Int

    public init(endpointID: String, isIdempotent: Bool, attempt: Int = 0) {
        self.endpointID = endpointID
        self.isIdempotent = isIdempotent
        self.attempt = attempt
    }
}
