/// How a response becomes an error of a certain kind, with advice.
public struct ErrorRule: Sendable, Hashable {
    /// The HTTP statuses that the rule is for; nil for all.
    public var status: ClosedRange<Int>?
    /// The code that must match; nil matches every code that is not success.
    public var code: ServiceCode?
    /// What the message must contain, compared without case.
    public var contains: String?
    /// A field of the payload that turns a success into an error when it has this value.
    public var payload: PayloadCondition?
    /// What the response becomes.
    public var kind: ErrorKind
    /// Whether the service did nothing, so that any call may be repeated after a wait; nil where the rule does not say.
    public var retry: Bool?
    /// Whether a new token may help.
    public var refreshesToken: Bool
    /// One line: what a person can do.
    public var remedy: String?

    /// A field of the payload, and the value that it has on the wire.
    public struct PayloadCondition: Sendable, Hashable {
        /// The field.
        public var field: FieldPath
        /// The value that the field must have.
        public var value: JSONValue

        /// Creates a condition on a field.
        public init(_ field: FieldPath, _ value: JSONValue) {
            self.field = field
            self.value = value
        }
    }

    /// Creates a rule.
    ///
    /// - Parameters:
    ///   - status: The HTTP statuses that the rule is for, such as `404...404`; nil for all. A rule with nothing else needs no
    ///     envelope.
    ///   - code: The code that must match; nil matches every code that is not success.
    ///   - contains: What the message must contain, compared without case.
    ///   - payload: The field of a successful payload that makes it an error.
    ///   - kind: What the response becomes.
    ///   - retry: Whether the service did nothing; by default only for `throttled`.
    ///   - refresh: Whether a new token may help; by default only for `authentication`.
    ///   - remedy: One line: what a person can do.
    public init(
        status: ClosedRange<Int>? = nil, code: ServiceCode? = nil, contains: String? = nil,
        payload: PayloadCondition? = nil, kind: ErrorKind, retry: Bool? = nil, refresh: Bool? = nil,
        remedy: String? = nil
    ) {
        self.status = status
        self.code = code
        self.contains = contains
        self.payload = payload
        self.kind = kind
        self.retry = retry
        self.refreshesToken = refresh ?? (kind == .authentication)
        self.remedy = remedy
    }
}

extension ErrorRule {
    /// Whether the service did nothing: what the rule says, otherwise for throttled calls.
    public var isRetryable: Bool { retry ?? (kind == .throttled) }
}

extension [ErrorRule] {
    /// The first rule that a response meets.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - code: The code in the envelope; nil where there is none.
    ///   - isRefused: Whether the code is not a success.
    ///   - message: The envelope's text for people.
    ///   - field: Looks up a field of the payload of a success, as it is on the wire.
    /// - Returns: The rule; nil if none is met.
    func match(
        status: Int, code: ServiceCode?, isRefused: Bool, message: String, payload field: (FieldPath) -> JSONValue?
    ) -> ErrorRule? {
        first { rule in
            if let statuses = rule.status, !statuses.contains(status) { return false }
            if let wanted = rule.code, wanted != code { return false }
            if let condition = rule.payload { return field(condition.field) == condition.value }
            if rule.status != nil, rule.code == nil, rule.contains == nil { return true }
            guard isRefused else { return false }
            guard let text = rule.contains else { return true }
            return message.lowercased().contains(text.lowercased())
        }
    }
}

/// What kind of failure, and so what can be done.
public enum ErrorKind: String, Sendable, Hashable, CaseIterable {
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
    /// The service refused for another reason; its code and message say which.
    case service
    /// An HTTP status that is not success, without a verdict of the service.
    case http
    /// No whole response came.
    case transport
    /// The call took longer than it may.
    case timeout
    /// The call was cancelled.
    case cancelled
    /// The response is not what the endpoint promises.
    case decoding
    /// A redirect would have carried the request to another origin.
    case redirectRefused
    /// The response is larger than the client takes.
    case responseTooLarge
    /// Something else.
    case other

    /// The kinds that an ``ErrorRule`` may name.
    public static let ofRules: [ErrorKind] = [
        .invalidParameter, .authentication, .throttled, .quotaExceeded, .service, .notFound, .conflict, .pending,
    ]

    /// What an HTTP status alone says of a failure.
    ///
    /// - Parameters:
    ///   - status: A status that is not success.
    ///   - other: The kind where the status says nothing more.
    public init(status: Int, otherwise other: ErrorKind = .http) {
        switch status {
        case 401: self = .authentication
        case 404: self = .notFound
        case 429: self = .throttled
        default: self = other
        }
    }
}

/// The verdict in a service's response: most services use integers, some strings or booleans.
public enum ServiceCode: Sendable, Hashable, CustomStringConvertible, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
    case integer(Int64)
    case string(String)
    case boolean(Bool)

    /// Creates an integer code.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// Creates a string code.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Creates a boolean code.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }

    /// Nil if the value is not a code.
    public init?(_ value: JSONValue) {
        switch value {
        case .integer, .number:
            guard let integer = value.integral else { return nil }
            self = .integer(integer)
        case .string(let string): self = .string(string)
        case .bool(let boolean): self = .boolean(boolean)
        default: return nil
        }
    }

    /// The code as text.
    public var description: String {
        switch self {
        case .integer(let value): String(value)
        case .string(let value): value
        case .boolean(let value): String(value)
        }
    }

    /// The code as a JSON value.
    public var value: JSONValue {
        switch self {
        case .integer(let value): .integer(value)
        case .string(let value): .string(value)
        case .boolean(let value): .bool(value)
        }
    }
}

extension ServiceCode: Decodable {
    /// Decodes an integer, a string or a boolean; any other value is an error.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else {
            self = .string(try container.decode(String.self))
        }
    }
}

/// The wrapper that a service puts round its responses, as paths of its fields.
public struct Envelope: Sendable, Hashable {
    /// The field with the service's code.
    public var code: FieldPath
    /// The codes that mean success.
    public var success: [ServiceCode]
    /// The field with the text for people.
    public var message: FieldPath?
    /// The field with the payload; nil where the members of the payload stand beside the code.
    public var payload: FieldPath?
    /// The field with the ID by which the service finds the request.
    public var traceID: FieldPath?

    /// Creates an envelope from the paths of its fields.
    public init(
        code: FieldPath, success: [ServiceCode], message: FieldPath? = nil, payload: FieldPath? = nil,
        traceID: FieldPath? = nil
    ) {
        self.code = code
        self.success = success
        self.message = message
        self.payload = payload
        self.traceID = traceID
    }
}

extension Envelope {
    /// The body of a success with this payload.
    public func wrapping(_ payload: JSONValue) -> JSONValue {
        var body: JSONValue = self.payload == nil ? payload : .object([:])
        if let path = self.payload { body.set(payload, at: path) }
        if let success = success.first { body.set(success.value, at: code) }
        if let message { body.set("", at: message) }
        return body
    }
}

/// Whether a response has the service's envelope.
public enum EnvelopeUse: Sendable, Hashable {
    /// The service's envelope, if it has one.
    case service
    /// The response is the payload.
    case none
    /// A success is the payload alone, a failure has the envelope.
    case errors
}

/// What is done with the payload of a response.
public enum PayloadUse: Sendable, Hashable {
    /// It is JSON and becomes a value.
    case decoded
    /// The same, but a response without content is a success, too.
    case decodedIfAny
    /// Whatever it is, it is not read.
    case ignored
    /// The body is bytes; the service may still refuse with its envelope.
    case bytes

    /// Whether a response without content may be a success.
    public var admitsNothing: Bool { self == .ignored || self == .decodedIfAny }
    /// Whether the payload becomes a value.
    public var isDecoded: Bool { self == .decoded || self == .decodedIfAny }
}

/// What a response means: by its HTTP status, its envelope and the error rules, before its payload is decoded.
public enum ResponseVerdict: Sendable, Hashable {
    /// A success, and whether its payload is where the envelope says; otherwise the body is the payload.
    case success(isEnveloped: Bool)
    /// A failure in the envelope, or a response that a rule makes one; with the envelope's text for people, or none.
    indirect case failure(ErrorKind, code: ServiceCode?, message: String, rule: ErrorRule?)
    /// A failure that only the HTTP status tells.
    case http(ErrorKind)
    /// A success by its status that is not JSON, or lacks the envelope that it must have.
    case unreadable

    /// Judges a response.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - body: The body as JSON; nil where it is not JSON.
    ///   - isEmpty: Whether the body has no bytes.
    ///   - envelope: The service's envelope.
    ///   - use: Whether the response has it.
    ///   - rules: The endpoint's error rules, then the service's.
    ///   - payload: What is done with the payload.
    public init(
        status: Int, body: JSONReader?, isEmpty: Bool = false, envelope: Envelope?, use: EnvelopeUse,
        rules: [ErrorRule], payload: PayloadUse = .decoded
    ) {
        let isSuccess = (200..<300).contains(status)
        let envelope = use == .none ? nil : envelope
        let field = envelope.flatMap { body?.value(at: $0.code) }
        let code = field.flatMap { ServiceCode(JSONValue($0)) }
        let isRefused = code.map { envelope?.success.contains($0) == false } ?? false
        let message = code == nil ? "" : envelope?.message.flatMap { body?.value(at: $0)?.text } ?? ""
        // A bare success may have a field of the code's name.
        let isEnveloped = code != nil && use == .service
        let isBare = code == nil && (envelope == nil || payload == .bytes || use == .errors && field == nil)
        // A response without content has neither an envelope nor a payload; RFC 9110, 15.3.5, for 204.
        let isNothing = payload.admitsNothing && (isEmpty || status == 204)
        let isReadable = code != nil || isNothing || isBare && (body != nil || !payload.isDecoded)
        let inner = if isEnveloped, let path = envelope?.payload { body?.value(at: path) } else { body }
        // Rules on the payload hold without an envelope too: one that is not followed would hide a failure.
        let hasPayload = !isRefused && (code != nil || isBare && isSuccess && isReadable)
        let rule = rules.match(status: status, code: code, isRefused: isRefused, message: message) { path in
            hasPayload ? inner?.value(at: path).map { JSONValue($0) } : nil
        }
        if let rule {
            self = .failure(rule.kind, code: code, message: message, rule: rule)
        } else if isRefused {
            self = .failure(ErrorKind(status: status, otherwise: .service), code: code, message: message, rule: nil)
        } else if !isSuccess {
            self = .http(ErrorKind(status: status))
        } else {
            self = isReadable ? .success(isEnveloped: isEnveloped) : .unreadable
        }
    }

    /// The kind of the error; nil for a success.
    public var kind: ErrorKind? {
        switch self {
        case .success: nil
        case .failure(let kind, _, _, _), .http(let kind): kind
        case .unreadable: .decoding
        }
    }
}
