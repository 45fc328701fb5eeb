/// Hears what a client does: for logs, metrics and progress. Nothing that it hears holds a secret: events carry names,
/// numbers, and errors that the client has cleaned.
///
///     struct Printer: ClientObserver {
///         func observe(_ event: ClientEvent) {
///             if case .retrying(let delay, let error) = event.kind {
///                 print("\(event.endpointID): again in \(delay), since \(error)")
///             }
///         }
///     }
public protocol ClientObserver: Sendable {
    /// Called in order for one call, on the task of the call; it must be quick.
    func observe(_ event: ClientEvent)
}

/// One thing that happened in a call.
public struct ClientEvent: Sendable {
    public enum Kind: Sendable {
        case started
        /// The rate limiter held the call back for so long.
        case waitedForRateLimit(Duration)
        /// A try goes out.
        case attempt
        /// A response came to this try, so long after it went out.
        case answered(status: Int, bytesReceived: Int, after: Duration)
        /// The service said that there were too many requests.
        case throttled(retryAfter: Duration?)
        case retrying(in: Duration, after: APIError)
        case tokenRefused
        /// A new token was made; comes from the token provider, under the id of the call that makes tokens.
        case tokenRefreshed
        /// The call succeeded. The bytes are those of the last try.
        case finished(status: Int, bytesSent: Int64, bytesReceived: Int)
        case failed(APIError)
    }

    public var kind: Kind
    public var endpointID: String
    /// Which try, from 1; 0 before the first. For the end of a call, how many requests were sent.
    public var attempt: Int
    /// Since the call started.
    public var elapsed: Duration

    public init(kind: Kind, endpointID: String, attempt: Int = 0, elapsed: Duration = .zero) {
        self.kind = kind
        self.endpointID = endpointID
        self.attempt = attempt
        self.elapsed = elapsed
    }
}
