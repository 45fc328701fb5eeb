import Foundation

/// What the endpoints of one API share: where it is, what every request carries, and how its answers are wrapped.
public struct Service: Sendable {
    /// The service's name, for people.
    public var name: String
    public var baseURL: String
    /// Headers of every request.
    public var headers: HTTPFields
    public var authentication: AuthenticationScheme
    public var clientCredentials: ClientCredentials?
    public var envelope: Envelope?
    /// From the most specific to the least: the first rule that matches an answer decides.
    public var errors: [ErrorRule]
    /// Rates by profile, then by rate group or endpoint id; `*` is for all that have no figure of their own.
    public var rateProfiles: [String: [String: Rate]]
    /// For times without a zone.
    public var secondsFromGMT: Int
    public var environment: EnvironmentNames

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

/// How a request carries the token.
public enum AuthenticationScheme: Sendable, Hashable {
    case none
    /// `Authorization: Bearer …`
    case bearer
    /// The bare token in a header of this name.
    case header(String)
}

/// The call that turns a client's id and secret into a token.
public struct ClientCredentials: Sendable, Hashable {
    public var method: HTTPRequest.Method
    public var path: String
    /// Names of the two JSON members of the request.
    public var clientID: String
    public var clientSecret: String
    /// The payload's fields with the token, and with its expiry in RFC 3339 or in seconds from now.
    public var token: String
    public var expiresAt: String?
    public var expiresIn: String?
    /// How long before its expiry a token is renewed.
    public var margin: Duration
    /// The id of that call among the endpoints, for messages and rates; by default its method and path.
    public var endpointID: String?

    public init(
        _ method: HTTPRequest.Method, _ path: String, clientID: String, clientSecret: String, token: String,
        expiresAt: String? = nil, expiresIn: String? = nil, margin: Duration = .seconds(300),
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

/// The wrapper that a service puts round its answers, as names of its members.
public struct Envelope: Sendable, Hashable {
    public var code: String
    /// The codes that mean success.
    public var success: [ServiceCode]
    public var message: String?
    public var payload: String?
    public var traceID: String?

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

/// Names of environment variables that a terminal program reads.
public struct EnvironmentNames: Sendable, Hashable {
    public var baseURL: String?
    public var accessToken: String?
    public var clientID: String?
    public var clientSecret: String?

    public init(
        baseURL: String? = nil, accessToken: String? = nil, clientID: String? = nil, clientSecret: String? = nil
    ) {
        self.baseURL = baseURL
        self.accessToken = accessToken
        self.clientID = clientID
        self.clientSecret = clientSecret
    }
}

/// A service with its endpoints as a value: what a terminal program, a registry or a simulator takes.
///
/// Generated modules offer theirs as a static member named after the target.
public struct EndpointModule: Sendable {
    /// The module's name, such as the target's.
    public var name: String
    public var service: Service
    /// The specs, as one JSON object from file name to content; `service.json` among them.
    public var specs: String
    /// The module that this one extends.
    public var base: [EndpointModule]

    public init(name: String, service: Service, specs: String, extending base: EndpointModule? = nil) {
        self.name = name
        self.service = service
        self.specs = specs
        self.base = base.map { [$0] } ?? []
    }
}
