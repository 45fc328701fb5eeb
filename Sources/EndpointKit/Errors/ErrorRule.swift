/// How an answer becomes an error of a certain kind, with advice.
public struct ErrorRule: Sendable, Hashable {
    /// The code that must match; nil matches every code that is not success.
    public var code: ServiceCode?
    /// What the message must contain, compared without case.
    public var contains: String?
    /// A field of the payload that turns a success into an error when it has this value.
    public var payload: PayloadCondition?
    public var kind: APIError.Kind
    /// Whether the service did nothing, so that any call may be repeated after a wait.
    public var isRetryable: Bool
    /// Whether a new token may help.
    public var refreshesToken: Bool
    /// One line: what a person can do.
    public var remedy: String?

    public struct PayloadCondition: Sendable, Hashable {
        public var field: String
        public var value: JSONValue

        public init(_ field: String, _ value: JSONValue) {
            self.field = field
            self.value = value
        }
    }

    public init(
        code: ServiceCode? = nil, contains: String? = nil, payload: PayloadCondition? = nil, kind: APIError.Kind,
        retry: Bool = false, refresh: Bool? = nil, remedy: String? = nil
    ) {
        self.code = code
        self.contains = contains
        self.payload = payload
        self.kind = kind
        self.isRetryable = retry
        self.refreshesToken = refresh ?? (kind == .authentication)
        self.remedy = remedy
    }
}
