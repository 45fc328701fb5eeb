import Foundation

/// Why no whole response came.
public struct TransportError: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// No connection: refused, unreachable, name not found, TLS failure.
        case cannotConnect
        /// The server's certificate is not good here: expired, for another name, of an unknown issuer; or it wants one.
        /// Trying again does not help.
        case certificateRefused
        /// The connection ended before the whole response came, or what came was not HTTP.
        case connectionLost
        case timeout
        case cancelled
        /// A redirect that would have carried the request to another origin, or from `https` to `http`.
        case redirectRefused(status: Int, location: String)
        /// The body is larger than the transport keeps in memory.
        case responseTooLarge(limit: Int64)
        /// The request itself cannot be sent: an `http` address that is not loopback, a body that cannot be read.
        case invalidRequest
        case other
    }

    public var kind: Kind
    /// Whether the server may have seen the request. False only if that is certain.
    public var mayHaveBeenSent: Bool
    /// What happened, for a person; no header and no query stands in it.
    public var message: String
    public var underlying: (any Error)?

    public init(_ kind: Kind, mayHaveBeenSent: Bool, message: String, underlying: (any Error)? = nil) {
        self.kind = kind
        self.mayHaveBeenSent = mayHaveBeenSent
        self.message = message
        self.underlying = underlying
    }

    public var description: String { message }
}
