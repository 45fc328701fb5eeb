import Foundation

/// What the endpoints of one API share: its base URL, authentication, envelope and error rules.
public struct Service: Sendable {
    /// The service's name, for people.
    public var name: String
    /// The base URL, such as `https://api.example.com/v1`: `https`, or `http` to a loopback address.
    public var baseURL: String
    /// The header fields of every request.
    public var headers: HTTPFields
    /// How requests carry the token.
    public var authentication: AuthenticationScheme
    /// The call that issues tokens; nil if there is none.
    public var clientCredentials: ClientCredentials?
    /// The envelope of responses; nil if there is none.
    public var envelope: Envelope?
    /// The error rules. The first rule that matches a response decides.
    public var errors: [ErrorRule]
    /// Rates by profile, then by rate group or endpoint id; `*` is the profile's default.
    public var rateProfiles: [String: [String: Rate]]
    /// The time zone of times without one, in seconds east of Greenwich.
    public var secondsFromGMT: Int
    /// The names of the environment variables that a terminal program reads.
    public var environment: EnvironmentNames

    /// Creates a service.
    public init(
        name: String, baseURL: String, headers: HTTPFields = [:], authentication: AuthenticationScheme = .bearer,
        clientCredentials: ClientCredentials? = nil, envelope: Envelope? = nil, errors: [ErrorRule] = [],
        rateProfiles: [String: [String: Rate]] = [:], secondsFromGMT: Int = 0, environment: EnvironmentNames = .init()
    ) {
        self.name = name
        self.baseURL = baseURL
        self.headers = headers
        self.authentication = authentication
        self.clientCredentials = clientCredentials
        self.envelope = envelope
        self.errors = errors
        self.rateProfiles = rateProfiles
        self.secondsFromGMT = secondsFromGMT
        self.environment = environment
    }
}

/// The call that exchanges a client's id and secret for a token.
public struct ClientCredentials: Sendable, Hashable {
    /// The request method.
    public var method: HTTPRequest.Method
    /// The path below the base URL.
    public var path: String
    /// The name of the JSON member with the client's id.
    public var clientID: String
    /// The name of the JSON member with the client's secret.
    public var clientSecret: String
    /// The payload's field with the token.
    public var token: String
    /// The payload's field with the expiry date, in RFC 3339 or in the service's local time; nil if there is none.
    public var expiresAt: String?
    /// The payload's field with the lifetime in seconds; nil if there is none.
    public var expiresIn: String?
    /// How long before its expiry a token is renewed.
    public var margin: Duration
    /// The id of the call among the endpoints, for messages and rates; nil for its method and path.
    public var endpointID: String?

    /// Creates a description of the call.
    public init(
        _ method: HTTPRequest.Method, _ path: String, clientID: String, clientSecret: String, token: String,
        expiresAt: String? = nil, expiresIn: String? = nil, margin: Duration = .seconds(TokenTimes.defaultMargin),
        endpointID: String? = nil
    ) {
        self.endpointID = endpointID
        self.method = method
        self.path = path
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.token = token
        self.expiresAt = expiresAt
        self.expiresIn = expiresIn
        self.margin = margin
    }
}
