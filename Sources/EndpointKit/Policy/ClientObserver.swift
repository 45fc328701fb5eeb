/// Hears what a client does: for logs, metrics and progress. Nothing that it hears holds a secret.
public protocol ClientObserver: Sendable {
    func observe(_ event: ClientEvent)
}

/// One thing that happened in a call.
public struct ClientEvent: Sendable {
    public enum Kind: Sendable {
        case started
        /// A try goes out.
        case attempt
        case waitingForRateLimit
        case retrying(in: Duration, after: APIError)
        case tokenRefused
        case finished(status: Int, bytesSent: Int64, bytesReceived: Int)
        case failed(APIError)
    }

    public var kind: Kind
    public var endpointID: String
    public var attempt: Int
    /// Since the call started.
    public var elapsed: Duration
}
