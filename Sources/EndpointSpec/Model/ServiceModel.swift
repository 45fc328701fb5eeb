/// A checked service: everything that a generator, a dynamic call or a document needs to know. Names are settled,
/// references and variants are resolved, defaults are filled in.
@dynamicMemberLookup
public struct ServiceModel: Sendable {
    /// What `service.json` says of the service; for specs that extend another service, what that one's says.
    public var settings: ServiceSettings
    /// Whether this is `{ "extends": … }`.
    public var isExtension: Bool
    /// The types of this module's `types/` folder, sorted by name. Scalar ones are inlined wherever they are used and
    /// stand here only so that documents can list them.
    public var types: [NamedTypeModel]
    /// The types of the extended service, which endpoints here may refer to. Empty unless `isExtension`.
    public var baseTypes: [NamedTypeModel]
    /// Groups that hold at least one endpoint of this module, sorted by name.
    public var groups: [GroupModel]
    /// What the service says of the JSON bodies of failures; nil where it says nothing.
    public var errorResponse: SchemaModel?
    /// The endpoints of this module, sorted by id; variants are resolved.
    public var endpoints: [EndpointModel]
    /// The endpoints of the extended service. Empty unless `isExtension`.
    public var baseEndpoints: [EndpointModel]
    /// `service.json` in canonical compact form (keys sorted except where order means something).
    public var canonicalText: String
    /// Where `service.json` begins.
    public var position: SourcePosition

    /// The Swift type of ``errorResponse``, nested in the client, where it is written out.
    public static let errorResponseName = "ErrorResponse"

    /// A setting of the service, such as `model.baseURL`.
    public subscript<Value>(dynamicMember keyPath: KeyPath<ServiceSettings, Value>) -> Value {
        settings[keyPath: keyPath]
    }
}

/// What a full `service.json` says of its service.
public struct ServiceSettings: Sendable {
    /// The service's name, such as `Weather`: the client is `WeatherClient`.
    public var name = ""
    /// What people call the service, in its own language.
    public var title: String?
    /// One sentence in English.
    public var summary: String?
    /// The address of the official documentation.
    public var documentation: String?
    /// The address that paths are appended to; a template where there are variables.
    public var baseURL: String?
    /// The variables of the base URL, in the order written.
    public var variables: [VariableModel] = []
    /// Whether `http` is allowed to other addresses than loopback ones.
    public var allowsInsecureHTTP = false
    /// Fixed headers of every request, in the order written.
    public var headers: [(name: String, value: String)] = []
    /// How calls are authenticated.
    public var authentication = AuthenticationModel(scheme: .bearer, clientCredentials: nil)
    /// The object around every response; nil where the service has none.
    public var envelope: Envelope?
    /// What makes a response an error, in the order of precedence.
    public var errors: [ErrorRule] = []
    /// Rate profiles by name, in the order written: for a rate group (an endpoint's id where it has none), its figures.
    public var rateProfiles: [RateProfileModel] = []
    /// Offset from UTC in seconds for times that carry none; 0 where `timeZone` is not given.
    public var timeZoneOffset = 0
    /// The environment variables that a terminal program reads.
    public var environment = EnvironmentNames()
    /// The endpoint that returns the account's state.
    public var account: AccountModel?

    init() {}
}

/// A variable of the base URL.
public struct VariableModel: Sendable {
    /// Its name on the wire, its default and its values.
    public var variable: BaseURLVariable
    /// The argument of the client.
    public var swiftName: String
    /// What the value is.
    public var description: String?
}

/// A folder of endpoints: `OSS`, property `oss`.
public struct GroupModel: Sendable, Hashable {
    /// The Swift type, such as `DirectLink`.
    public var typeName: String
    /// The Swift property, and the first part of an endpoint's id, such as `directLink`.
    public var propertyName: String
    /// What people call it, in the service's own language.
    public var title: String?
    /// Whether the extended service already has this group, so that it must not be declared again.
    public var isInBase: Bool
}

/// How calls are authenticated: `"authentication": "none"`, `{"scheme": "bearer"}`, or with where a token comes from.
public struct AuthenticationModel: Sendable {
    /// How a request carries the token.
    public var scheme: AuthenticationScheme
    /// The endpoint that makes a token; nil where the caller brings one.
    public var clientCredentials: ClientCredentialsModel?
}

/// `"clientCredentials": {"endpoint": "auth.createAccessToken", "clientID": "clientID", "clientSecret": "clientSecret",
/// "token": "accessToken", "expiresAt": "expiredAt", "margin": 300}`: the endpoint that makes a token, which of its
/// arguments take the credentials (wire names), and which fields of its payload (wire names) hold token and expiry.
public struct ClientCredentialsModel: Sendable, Hashable {
    /// The id of the endpoint that makes a token.
    public var endpointID = ""
    /// The argument that takes the client's id.
    public var clientID = ""
    /// The argument that takes the client's secret.
    public var clientSecret = ""
    /// The field of the payload with the token.
    public var token = ""
    /// A `date-time` field with the expiry, or…
    public var expiresAt: String?
    /// … an integer field with seconds to live.
    public var expiresIn: String?
    /// How many seconds before expiry a token is renewed.
    public var margin = TokenTimes.defaultMargin
}

/// The rates of one kind of account.
public struct RateProfileModel: Sendable, Hashable {
    /// The name in `rateProfiles`.
    public var name: String
    /// Sorted. A key is a rate group or an endpoint id; "*" is everything that has no figure of its own.
    public var keys: [String]
    /// The figure of each key, in the order of the keys.
    public var figures: [Rate]

    /// The keys with their figures.
    public var limits: [(key: String, rate: Rate)] { zip(keys, figures).map { ($0, $1) } }

    /// The same for looking up.
    public var rates: [String: Rate] { Dictionary(zip(keys, figures)) { first, _ in first } }
}

/// `"account": {"endpoint": "user.info", "show": ["spaceUsed"]}`: the endpoint that returns the account's state, and
/// which fields of its payload (wire names) a person wants to see.
public struct AccountModel: Sendable, Hashable {
    /// The id of the endpoint that returns the account's state.
    public var endpointID = ""
    /// The fields of its payload that a person wants to see.
    public var show: [String] = []
}

/// A file of `types/`.
public struct NamedTypeModel: Sendable {
    /// The Swift name, which is the file's name without `.json`, such as `DriveFile`.
    public var name: String
    /// The type.
    public var schema: SchemaModel
    /// One sentence in English.
    public var summary: String?
    /// The file in canonical compact form.
    public var canonicalText: String
    /// Relative to the module's folder: `types/DriveFile.json`.
    public var file: String
    /// Where the file begins.
    public var position: SourcePosition
}
