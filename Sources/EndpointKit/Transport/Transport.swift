/// Moves one HTTP request and brings back one HTTP response. Knows nothing of any service.
///
/// A transport answers with whatever status the server sent: 404 and 502 are responses, not errors. It throws only when
/// no whole response came, and then it says whether the request may have reached the server: without that no retry is
/// safe. It does not follow redirects to another origin, or from `https` to `http`: the request may carry a token.
///
/// The smallest transport is a closure, which is how tests answer without a network:
///
///     let transport = ClosureTransport { _ throws(TransportError) in
///         HTTPResponse(status: 200, body: Data(#"{"code": 0, "data": null}"#.utf8))
///     }
public protocol Transport: Sendable {
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}

/// A ``Transport`` made of a function.
public struct ClosureTransport: Transport {
    private let answer: @Sendable (HTTPRequest) async throws(TransportError) -> HTTPResponse

    public init(_ answer: @escaping @Sendable (HTTPRequest) async throws(TransportError) -> HTTPResponse) {
        self.answer = answer
    }

    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        try await answer(request)
    }
}
