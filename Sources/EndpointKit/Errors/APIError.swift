import Foundation

/// Why a call failed. One type for every call, so that `catch` needs no cast.
///
///     do { … } catch {                     // error is an APIError
///         if error.kind == .throttled, let wait = error.retryAfter { … }
///     }
///
/// Its description is one line and never holds a token or a field declared sensitive.
public struct APIError: Error, Sendable {
    /// What kind of failure, and so what can be done.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A parameter was refused before anything was sent, or the service found one wrong.
        case invalidParameter
        /// The token is missing, wrong or expired.
        case authentication
        /// Too many requests.
        case throttled
        /// A quota is used up: waiting a moment does not help.
        case quotaExceeded
        /// What was asked for does not exist.
        case notFound
        /// It exists already, or is in a state that forbids this.
        case conflict
        /// The service has not finished yet: ask again later.
        case pending
        /// The service refused for another reason; see ``APIError/code`` and ``APIError/message``.
        case service
        /// An HTTP status that is not success, without an answer of the service.
        case http
        /// No whole response came.
        case transport
        case timeout
        case cancelled
        /// The answer is not what the endpoint promises.
        case decoding
        /// A redirect would have carried the request to another origin.
        case redirectRefused
        case responseTooLarge
        /// Something else; see ``APIError/underlying``.
        case other
    }

    public var kind: Kind
    /// What happened, for a person.
    public var message: String
    /// The endpoint that was called.
    public var endpointID: String?
    /// The service's own code.
    public var code: ServiceCode?
    /// The service's id for this very call, for its support.
    public var traceID: String?
    /// The HTTP status, if there was a response.
    public var status: Int?
    /// How many requests were sent.
    public var attempts = 0
    /// What to do next.
    public var remedy: String?
    /// How long the service asks to wait.
    public var retryAfter: Duration?
    /// Whether the same call may succeed when it is sent again later, and repeating it does no harm.
    public var isRetryable = false
    public var underlying: (any Error)?
    /// Whether a new token may help; the client has tried that already.
    var refreshesToken = false
    /// Whether the call may have been carried out, so that only an idempotent one may be repeated.
    var needsIdempotence = false

    public init(_ kind: Kind, _ message: String, remedy: String? = nil, underlying: (any Error)? = nil) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
        self.underlying = underlying
    }
}

extension APIError: CustomStringConvertible, LocalizedError {
    /// One line: `oss.listCopyFailures: no such task (code 1, HTTP 200, trace id abc)`.
    public var description: String {
        var facts: [String] = []
        if let code { facts.append("code \(code)") }
        if let status, status != 200 || code == nil { facts.append("HTTP \(status)") }
        if let traceID { facts.append("trace id \(traceID)") }
        if attempts > 1 { facts.append("\(attempts) attempts") }
        var line = message
        if let endpointID { line = "\(endpointID): \(line)" }
        if !facts.isEmpty { line += " (\(facts.joined(separator: ", ")))" }
        if let remedy { line += ". \(remedy)" }
        return line.split(whereSeparator: \.isNewline).joined(separator: " ").withoutControls
    }

    public var errorDescription: String? { description }
}
