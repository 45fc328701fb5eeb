import Foundation

/// An answer with what came around its value.
public struct APIResponse<Value: Sendable>: Sendable {
    public var value: Value
    public var status: Int
    public var headers: HTTPFields
    /// The service's id for this very call; nil where it gives none.
    public var traceID: String?
    /// The whole answer as received, envelope included.
    public var body: Data
    /// How many requests were sent.
    public var attempts: Int
}
