/// A function around calls, or around the attempts of a call.
///
/// `call` runs once for each call, around everything else: for caching, tracing, or changing a request. `attempt` runs once
/// for each attempt, after the token is set and right before the transport: for signing, and for logging what is sent. Both
/// pass the request on unless you implement them:
///
///     struct RequestID: Middleware {
///         func call(_ request: HTTPRequest, context: CallContext, next: Next) async throws(APIError) -> HTTPResponse {
///             var request = request
///             request.headers["X-Request-ID"] = UUID().uuidString
///             return try await next(request)
///         }
///     }
public protocol Middleware: Sendable {
    /// Sends the request through the rest of the pipeline.
    typealias Next = @Sendable (HTTPRequest) async throws(APIError) -> HTTPResponse

    /// Handles a whole call.
    ///
    /// - Parameters:
    ///   - request: The request, without a token.
    ///   - context: The call.
    ///   - next: The rest of the pipeline, retries included.
    /// - Returns: The response to decode: the one of `next`, or another one.
    /// - Throws: The error of `next`, or one of the middleware's own.
    func call(_ request: HTTPRequest, context: CallContext, next: Next) async throws(APIError) -> HTTPResponse
    /// Handles one attempt of a call.
    ///
    /// - Parameters:
    ///   - request: The request, with its token.
    ///   - context: The call and the number of the attempt.
    ///   - next: The rest of the pipeline, which ends with the transport.
    /// - Returns: The response of the attempt: the one of `next`, or another one.
    /// - Throws: The error of `next`, or one of the middleware's own, which may be retried.
    func attempt(_ request: HTTPRequest, context: CallContext, next: Next) async throws(APIError) -> HTTPResponse
}

extension Middleware {
    /// Passes the call on.
    public func call(_ request: HTTPRequest, context: CallContext, next: Next) async throws(APIError) -> HTTPResponse {
        try await next(request)
    }

    /// Passes the attempt on.
    public func attempt(
        _ request: HTTPRequest, context: CallContext, next: Next
    ) async throws(APIError) -> HTTPResponse {
        try await next(request)
    }
}

/// The call that a middleware handles.
public struct CallContext: Sendable {
    /// The id of the endpoint, such as `oss.listCopyFailures`.
    public var endpointID: String
    /// Whether the call may be repeated without harm.
    public var isIdempotent: Bool
    /// The number of the attempt, from 1; 0 for the whole call.
    public var attempt: Int

    /// Creates a context.
    public init(endpointID: String, isIdempotent: Bool, attempt: Int = 0) {
        self.endpointID = endpointID
        self.isIdempotent = isIdempotent
        self.attempt = attempt
    }
}
