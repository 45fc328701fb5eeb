import Foundation

/// The value of a response together with the response that it was decoded from.
public struct APIResponse<Value: Sendable>: Sendable {
    /// The decoded payload.
    public var value: Value
    /// The HTTP status, 200 to 299.
    public var status: Int
    /// The header fields.
    public var headers: HTTPFields
    /// The service's id for this call, for its support; nil if it sends none.
    public var traceID: String?
    /// The body as received, envelope included.
    public var body: Data
    /// The number of requests that were sent, retries included.
    public var attempts: Int
    /// The URL that sent the response, after redirects; nil if the transport does not tell.
    package var url: URL?
}
