import Foundation

/// The reason why no complete response was received.
public struct TransportError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Kind: Sendable, Hashable {
        /// No connection was made: refused, unreachable, name not found, TLS failure.
        case cannotConnect
        /// The server's certificate is not trusted (expired, for another name, of an unknown issuer), or the server requires
        /// one of the client. A retry does not help.
        case certificateRefused
        /// The connection ended before the complete response, or what was received is not HTTP.
        case connectionLost
        /// A time limit of the transport or the request was exceeded.
        case timeout
        /// The task that waits for the response was cancelled.
        case cancelled
        /// A redirect leads to another origin, or from `https` to `http`, and was not followed.
        case redirectRefused(status: Int, location: String)
        /// The body is larger than the limit for a response in memory, in bytes.
        case responseTooLarge(limit: Int64)
        /// The request cannot be sent: an `http` address that is not loopback, a body that cannot be read.
        case invalidRequest
        /// Any other failure; see ``TransportError/message``.
        case other
    }

    /// The kind of failure.
    public var kind: Kind {
        get { facts.value.kind }
        set { facts.value.kind = newValue }
    }
    /// Whether the server may have received the request. False only if it certainly has not.
    public var mayHaveBeenSent: Bool {
        get { facts.value.mayHaveBeenSent }
        set { facts.value.mayHaveBeenSent = newValue }
    }
    /// A description of the failure, without header fields and query.
    public var message: String {
        get { facts.value.message }
        set { facts.value.message = newValue }
    }
    /// The error that caused this one.
    public var underlying: (any Error)? {
        get { facts.value.underlying }
        set { facts.value.underlying = newValue }
    }

    /// Creates an error.
    public init(_ kind: Kind, mayHaveBeenSent: Bool, message: String, underlying: (any Error)? = nil) {
        facts = Boxed(
            Facts(kind: kind, mayHaveBeenSent: mayHaveBeenSent, message: message, underlying: underlying))
    }

    private var facts: Boxed<Facts>

    private struct Facts: Sendable {
        var kind: Kind
        var mayHaveBeenSent: Bool
        var message: String
        var underlying: (any Error)?
    }

    /// The message.
    public var description: String { message }
}
