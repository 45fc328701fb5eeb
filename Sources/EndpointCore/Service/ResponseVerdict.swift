/// How a response becomes an error of a certain kind, with advice.
public struct ErrorRule: Sendable, Hashable {
    /// The code that must match; nil matches every code that is not success.
    public var code: ServiceCode?
    /// What the message must contain, compared without case.
    public var contains: String?
    /// A field of the payload that turns a success into an error when it has this value.
    public var payload: PayloadCondition?
    /// What the response becomes.
    public var kind: ErrorKind
    /// Whether the service did nothing, so that any call may be repeated after a wait.
    public var isRetryable: Bool
    /// Whether a new token may help.
    public var refreshesToken: Bool
    /// One line: what a person can do.
    public var remedy: String?

    /// A field of the payload, and the value that it has on the wire.
    public struct PayloadCondition: Sendable, Hashable {
        /// The name of the field.
        public var field: String
        /// The value that the field must have.
        public var value: JSONValue

        /// Creates a condition on a field.
        public init(_ field: String, _ value: JSONValue) {
            self.field = field
            self.value = value
        }
    }

    /// Creates a rule.
    ///
    /// - Parameters:
    ///   - code: The code that must match; nil matches every code that is not success.
    ///   - contains: What the message must contain, compared without case.
    ///   - payload: The field of a successful payload that makes it an error.
    ///   - kind: What the response becomes.
    ///   - retry: Whether the service did nothing; by default only for `throttled`.
    ///   - refresh: Whether a new token may help; by default only for `authentication`.
    ///   - remedy: One line: what a person can do.
    public init(
        code: ServiceCode? = nil, contains: String? = nil, payload: PayloadCondition? = nil, kind: ErrorKind,
        retry: Bool? = nil, refresh: Bool? = nil, remedy: String? = nil
    ) {
        self.code = code
        self.contains = contains
        self.payload = payload
        self.kind = kind
        self.isRetryable = retry ?? (kind == .throttled)
        self.refreshesToken = refresh ?? (kind == .authentication)
        self.remedy = remedy
    }
}

extension [ErrorRule] {
    /// The first rule that a failure in an envelope meets.
    public func match(code: ServiceCode, message: String) -> ErrorRule? {
        first { rule in
            if rule.payload != nil { return false }
            if let wanted = rule.code, wanted != code { return false }
            guard let text = rule.contains else { return true }
            return message.lowercased().contains(text.lowercased())
        }
    }

    /// The first rule that makes a success an error.
    ///
    /// - Parameters:
    ///   - code: The code in the envelope; nil where there is none.
    ///   - field: Looks up a field of the payload, as it is on the wire.
    /// - Returns: The rule; nil if the success stays one.
    public func match(code: ServiceCode?, payload field: (String) -> JSONValue?) -> ErrorRule? {
        first { rule in
            guard let condition = rule.payload, rule.code == nil || rule.code == code else { return false }
            return field(condition.field) == condition.value
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

/// The wrapper that a service puts round its responses, as names of its members.
public struct Envelope: Sendable, Hashable {
    /// The field with the service's code.
    public var code: String
    /// The codes that mean success.
    public var success: [ServiceCode]
    /// The field with the text for people.
    public var message: String?
    /// The member with the payload; nil where the members of the payload stand beside the code.
    public var payload: String?
    /// The field with the ID by which the service finds the request.
    public var traceID: String?

    /// Creates an envelope from the names of its fields.
    public init(
        code: String, success: [ServiceCode], message: String? = nil, payload: String? = nil, traceID: String? = nil
    ) {
        self.code = code
        self.success = success
        self.message = message
        self.payload = payload
        self.traceID = traceID
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
    /// Whatever it is, it is not read.
    case ignored
    /// The body is bytes; the service may still refuse with its envelope.
    case bytes
}

/// What a response means: by its HTTP status, its envelope and the error rules, before its payload is decoded.
public enum ResponseVerdict: Sendable, Hashable {
    /// A success, and whether its payload is where the envelope says; otherwise the body is the payload.
    case success(isEnveloped: Bool)
    /// A failure in the envelope, or a success that a rule makes one; with the envelope's text for people, or none.
    case failure(ErrorKind, code: ServiceCode?, message: String, rule: ErrorRule?)
    /// A failure that only the HTTP status tells.
    case http(ErrorKind)
    /// A success by its status that is not JSON, or lacks the envelope that it must have.
    case unreadable

    /// Judges a response.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - body: The body as JSON; nil where it is not JSON.
    ///   - envelope: The service's envelope.
    ///   - use: Whether the response has it.
    ///   - rules: The endpoint's error rules, then the service's.
    ///   - payload: What is done with the payload.
    public init(
        status: Int, body: JSONReader?, envelope: Envelope?, use: EnvelopeUse, rules: [ErrorRule],
        payload: PayloadUse = .decoded
    ) {
        let isSuccess = (200..<300).contains(status)
        guard let envelope, use != .none else {
            self = isSuccess ? Self.bare(body, payload, rules) : .http(ErrorKind(status: status))
            return
        }
        // RFC 9110, 15.3.5: there is no content that could hold an envelope.
        if status == 204, payload == .ignored {
            self = .success(isEnveloped: false)
            return
        }
        guard let body, let code = body.member(envelope.code).flatMap({ ServiceCode(JSONValue($0)) }) else {
            if !isSuccess {
                self = .http(ErrorKind(status: status))
            } else if payload == .bytes || use == .errors && body?.member(envelope.code) == nil {
                self = Self.bare(body, payload, rules)
            } else {
                self = .unreadable
            }
            return
        }
        let message = envelope.message.flatMap { body.member($0)?.text } ?? ""
        guard envelope.success.contains(code) else {
            let rule = rules.match(code: code, message: message)
            let kind = rule?.kind ?? ErrorKind(status: status, otherwise: .service)
            self = .failure(kind, code: code, message: message, rule: rule)
            return
        }
        // A bare success may have a field of the code's name.
        let isEnveloped = use == .service
        let inner: JSONReader? =
            if isEnveloped, let name = envelope.payload { body.member(name) } else { body }
        if let rule = rules.match(code: code, payload: { inner?.member($0).map { JSONValue($0) } }) {
            self = .failure(rule.kind, code: code, message: message, rule: rule)
        } else if isSuccess {
            self = .success(isEnveloped: isEnveloped)
        } else {
            self = .http(ErrorKind(status: status))
        }
    }

    /// A success without an envelope. Rules on the payload hold here too: one that is not followed would hide a failure.
    private static func bare(_ body: JSONReader?, _ payload: PayloadUse, _ rules: [ErrorRule]) -> ResponseVerdict {
        if body == nil, payload == .decoded { return .unreadable }
        if let rule = rules.match(code: nil, payload: { body?.member($0).map { JSONValue($0) } }) {
            return .failure(rule.kind, code: nil, message: "", rule: rule)
        }
        return .success(isEnveloped: false)
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
