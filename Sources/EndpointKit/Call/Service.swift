import Foundation

/// What the endpoints of one API share: its base URL, authentication, envelope and error rules.
public struct Service: Sendable {
    /// The service's name, for people.
    public var name: String
    /// The base URL, such as `https://api.example.com/v1`: `https`, or `http` to a loopback address. It may be a template with
    /// ``variables``: `https://{region}.example.com`.
    public var baseURL: String
    /// The variables of the base URL.
    public var variables: [BaseURLVariable]
    /// Whether `http` is allowed to other addresses than loopback ones: with it, the token and everything else is sent
    /// unencrypted.
    public var allowsInsecureHTTP: Bool
    /// The header fields of every request.
    public var headers: HTTPFields
    /// How requests carry the token.
    public var authentication: AuthenticationScheme
    /// The call that issues tokens; nil if there is none.
    public var clientCredentials: ClientCredentials? {
        get { tokens?.value }
        set { tokens = newValue.map(Boxed.init) }
    }
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
    private var tokens: Boxed<ClientCredentials>?

    /// Creates a service.
    public init(
        name: String, baseURL: String, variables: [BaseURLVariable] = [], allowsInsecureHTTP: Bool = false,
        headers: HTTPFields = [:], authentication: AuthenticationScheme = .bearer,
        clientCredentials: ClientCredentials? = nil, envelope: Envelope? = nil, errors: [ErrorRule] = [],
        rateProfiles: [String: [String: Rate]] = [:], secondsFromGMT: Int = 0, environment: EnvironmentNames = .init()
    ) {
        self.name = name
        self.baseURL = baseURL
        self.variables = variables
        self.allowsInsecureHTTP = allowsInsecureHTTP
        self.headers = headers
        self.authentication = authentication
        self.envelope = envelope
        self.errors = errors
        self.rateProfiles = rateProfiles
        self.secondsFromGMT = secondsFromGMT
        self.environment = environment
        self.clientCredentials = clientCredentials
    }
}

extension Service {
    /// Returns the base URL with values for its variables, and with the defaults of the others. Throws `.invalidParameter` for a
    /// value that is not allowed, such as one that would lead to another host.
    public func baseURL(with values: [String: String]) throws(APIError) -> String {
        do throws(BaseURLTemplate.Problem) {
            return try BaseURLTemplate(baseURL, variables).filled(values)
        } catch {
            throw APIError(.invalidParameter, "\(error.name): \(error.message)")
        }
    }

    /// The base URL with the defaults of its variables.
    package var defaultBaseURL: String { (try? baseURL(with: [:])) ?? baseURL }
}
