import Foundation

/// The error of every call. Calls throw no other type, so `catch` needs no cast.
///
///     do { … } catch {                     // error is an APIError
///         if error.kind == .throttled, let wait = error.retryAfter { … }
///     }
///
/// The description is one line, without tokens and without fields that are declared sensitive.
public struct APIError: Error, Sendable {
    /// The kind of failure, which determines what can be done.
    public typealias Kind = ErrorKind

    /// The kind of failure.
    public var kind: Kind {
        get { facts.value.kind }
        set { facts.value.kind = newValue }
    }
    /// A description of the failure, without the endpoint and the facts below.
    public var message: String {
        get { facts.value.message }
        set { facts.value.message = newValue }
    }
    /// The id of the endpoint, such as `oss.listCopyFailures`; nil before a call.
    public var endpointID: String? {
        get { facts.value.endpointID }
        set { facts.value.endpointID = newValue }
    }
    /// The code in the service's envelope; nil without an envelope.
    public var code: ServiceCode? {
        get { facts.value.code }
        set { facts.value.code = newValue }
    }
    /// The service's id for this call, for its support.
    public var traceID: String? {
        get { facts.value.traceID }
        set { facts.value.traceID = newValue }
    }
    /// The HTTP status; nil without a response.
    public var status: Int? {
        get { facts.value.status }
        set { facts.value.status = newValue }
    }
    /// The header fields of the response, without secrets; empty without a response.
    public var headers: HTTPFields {
        get { facts.value.headers }
        set { facts.value.headers = newValue }
    }
    /// The body of the response as JSON, with `<redacted>` in place of secrets; nil without a response, for a body that is not
    /// JSON, and where ``isBodyTruncated`` is true. `body(as:)` reads it.
    public var body: JSONValue? {
        get { facts.value.body }
        set { facts.value.body = newValue }
    }
    /// Whether the response has a body of more than 64 KiB, which ``body`` does not hold.
    public var isBodyTruncated: Bool {
        get { facts.value.isBodyTruncated }
        set { facts.value.isBodyTruncated = newValue }
    }
    /// The number of requests that were sent.
    public var attempts: Int {
        get { facts.value.attempts }
        set { facts.value.attempts = newValue }
    }
    /// A sentence without its full stop that says what to do next.
    public var remedy: String? {
        get { facts.value.remedy }
        set { facts.value.remedy = newValue }
    }
    /// How long to wait before the next call: the service's `Retry-After`, or the time until the rate limiter's next slot.
    public var retryAfter: Duration? {
        get { facts.value.retryAfter }
        set { facts.value.retryAfter = newValue }
    }
    /// Whether the same call may succeed later, and repeating it does no harm.
    public var isRetryable: Bool {
        get { facts.value.isRetryable }
        set { facts.value.isRetryable = newValue }
    }
    /// The error that caused this one, such as a ``TransportError``; without secrets.
    public var underlying: (any Error)? {
        get { facts.value.underlying }
        set { facts.value.underlying = newValue }
    }
    /// Whether a new token may help. The client has attempted that already.
    var refreshesToken: Bool {
        get { facts.value.refreshesToken }
        set { facts.value.refreshesToken = newValue }
    }
    /// Whether the service may have acted on the call, so that only an idempotent one may be repeated.
    var needsIdempotence: Bool {
        get { facts.value.needsIdempotence }
        set { facts.value.needsIdempotence = newValue }
    }

    /// Creates an error. The client sets the properties that describe a call.
    public init(_ kind: Kind, _ message: String, remedy: String? = nil, underlying: (any Error)? = nil) {
        facts = Boxed(Facts(kind: kind, message: message, remedy: remedy, underlying: underlying))
    }

    private var facts: Boxed<Facts>

    private struct Facts: Sendable {
        var kind: Kind
        var message: String
        var endpointID: String?
        var code: ServiceCode?
        var traceID: String?
        var status: Int?
        var headers: HTTPFields = [:]
        var body: JSONValue?
        var isBodyTruncated: Bool = false
        var attempts: Int = 0
        var remedy: String?
        var retryAfter: Duration?
        var isRetryable: Bool = false
        var underlying: (any Error)?
        var refreshesToken: Bool = false
        var needsIdempotence: Bool = false
    }
}

extension APIError: CustomStringConvertible, LocalizedError {
    /// One line: `oss.listCopyFailures: no such task (code 1, HTTP 200, trace id abc)`.
    public var description: String {
        var facts: [String] = []
        if let code { facts.append("code \(code)") }
        if let status, status != 200 || code == nil && kind != .service { facts.append("HTTP \(status)") }
        if let traceID { facts.append("trace id \(traceID)") }
        if attempts > 1 { facts.append("\(attempts) attempts") }
        var line = message
        if let endpointID { line = "\(endpointID): \(line)" }
        if !facts.isEmpty { line += " (\(facts.joined(separator: ", ")))" }
        if let remedy { line += ". \(remedy)" }
        return line.split(whereSeparator: \.isNewline).joined(separator: " ").withoutControls
    }

    /// The description.
    public var errorDescription: String? { description }
}
