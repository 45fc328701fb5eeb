/// Receives events about a client's calls, for logs, metrics and progress.
///
/// Events contain no secrets: they carry names, numbers, and errors from which the client has removed secrets.
///
///     struct Printer: ClientObserver {
///         func observe(_ event: ClientEvent) {
///             if case .retrying(let delay, let error) = event.kind {
///                 print("\(event.endpointID): retrying in \(delay) after \(error)")
///             }
///         }
///     }
public protocol ClientObserver: Sendable {
    /// Receives an event. The events of one call come in order, on the call's task; the function should return quickly.
    func observe(_ event: ClientEvent)
}

/// An event of a call.
public struct ClientEvent: Sendable {
    /// What happened.
    public enum Kind: Sendable {
        /// The call started.
        case started
        /// The rate limiter delayed the call for this long.
        case waitedForRateLimit(Duration)
        /// An attempt is about to be sent.
        case attempt
        /// A response to the attempt was received, this long after it was sent.
        case responded(status: Int, bytesReceived: Int, after: Duration)
        /// The service refused the attempt because of too many requests.
        case throttled(retryAfter: Duration?)
        /// The attempt failed, and another one follows after the delay.
        case retrying(in: Duration, after: APIError)
        /// The service refused the token.
        case tokenRefused
        /// A new token was issued. The token provider sends this event, with the id of the call that issues tokens.
        case tokenRefreshed
        /// The call succeeded. The byte counts are those of the last attempt.
        case finished(status: Int, bytesSent: Int64, bytesReceived: Int)
        /// The call failed.
        case failed(APIError)
    }

    /// What happened.
    public var kind: Kind
    /// The id of the endpoint, such as `oss.listCopyFailures`.
    public var endpointID: String
    /// The number of the attempt, from 1; 0 before the first. At the end of a call, the number of requests that were sent.
    public var attempt: Int
    /// The time since the call started.
    public var elapsed: Duration

    /// Creates an event.
    public init(kind: Kind, endpointID: String, attempt: Int = 0, elapsed: Duration = .zero) {
        self.kind = kind
        self.endpointID = endpointID
        self.attempt = attempt
        self.elapsed = elapsed
    }
}
