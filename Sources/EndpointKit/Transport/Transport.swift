/// Sends an HTTP request and returns the HTTP response. A transport knows nothing of services, tokens or envelopes.
///
/// A transport returns a response with any status: 404 and 502 are responses, not errors. It throws only when no complete
/// response was received, and the error says whether the request may have reached the server, which decides whether a retry
/// is safe. It does not follow redirects to another origin, or from `https` to `http`, since the request may carry a token:
/// ``HTTPRequest/redirected(by:)`` implements these rules, and ``HTTPRequest/checkSendable()`` those for requests.
///
/// The smallest transport is a closure, with which tests run without a network:
///
///     let transport = ClosureTransport { _ throws(TransportError) in
///         HTTPResponse(status: 200, body: Data(#"{"code": 0, "data": null}"#.utf8))
///     }
public protocol Transport: Sendable {
    /// Sends a request and returns the complete response.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse

    /// Sends a request and returns the head of the response, and its body as it is received.
    ///
    /// ``HTTPRequest/timeout`` limits the wait for the head; for the body the transport has an idle limit, so that a transfer
    /// may take any time as long as bytes arrive. There is no limit for the size. By default, the response of ``send(_:)`` with
    /// its limits, whose body is complete.
    func stream(_ request: HTTPRequest) async throws(TransportError) -> HTTPStreamedResponse
}

extension Transport {
    /// Sends a request, and returns the complete response as a stream.
    public func stream(_ request: HTTPRequest) async throws(TransportError) -> HTTPStreamedResponse {
        HTTPStreamedResponse(try await send(request))
    }
}

/// A ``Transport`` from a closure.
public struct ClosureTransport: Transport {
    private let respond: @Sendable (HTTPRequest) async throws(TransportError) -> HTTPResponse

    /// Creates a transport that calls a closure for each request.
    public init(_ respond: @escaping @Sendable (HTTPRequest) async throws(TransportError) -> HTTPResponse) {
        self.respond = respond
    }

    /// Returns the closure's response to the request.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        try await respond(request)
    }
}
