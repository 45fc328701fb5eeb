/// A checked service: everything that a generator, a dynamic call or a document needs to know. Names are settled,
/// references and variants are resolved, defaults are filled in.
public struct ServiceModel: Sendable {
    /// The service's name as `service.json` gives it, such as `Weather`: the client is `WeatherClient`. When the specs
    /// extend another service, the name of that one.
    public var name: String
    public var title: String?
    public var summary: String?
    public var documentation: String?
    /// Whether this is `{ "extends": … }`: then all below except `types`, `groups` and `endpoints` is the base's.
    public var isExtension: Bool
    public var baseURL: String?
    /// Fixed headers of every request, in the order written.
    public var headers: [(name: String, value: String)]
    public var authentication: AuthenticationModel
    public var envelope: EnvelopeModel?
    public var errors: [ErrorRuleModel]
    /// Rate profiles by name, in the order written: for a rate group (an endpoint's id where it has none), its figures.
    public var rateProfiles: [RateProfileModel]
    /// Offset from UTC in seconds for times that carry none; 0 where `timeZone` is not given.
    public var timeZoneOffset: Int
    public var environment: EnvironmentModel
    public var account: AccountModel?
    /// The types of this module's `types/` folder, sorted by name. Scalar ones are inlined wherever they are used and
    /// stand here only so that documents can list them.
    public var types: [NamedTypeModel]
    /// The types of the extended service, which endpoints here may refer to. Empty unless `isExtension`.
    public var baseTypes: [NamedTypeModel]
    /// Groups that hold at least one endpoint of this module, sorted by name.
    public var groups: [GroupModel]
    /// The endpoints of this module, sorted by id; variants are resolved.
    public var endpoints: [EndpointModel]
    /// The endpoints of the extended service. Empty unless `isExtension`.
    public var baseEndpoints: [EndpointModel]
    /// `service.json` in canonical compact form (keys sorted except where order means something).
    public var canonicalText: String
    public var position: SourcePosition
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
    public enum Scheme: Sendable, Hashable {
        case none
        /// `Authorization: Bearer …`
        case bearer
        /// The token, bare, in a header of the given name.
        case header(String)
    }

    public var scheme: Scheme
    public var clientCredentials: ClientCredentialsModel?
}

/// `"clientCredentials": {"endpoint": "auth.createAccessToken", "clientID": "clientID", "clientSecret": "clientSecret",
/// "token": "accessToken", "expiresAt": "expiredAt", "margin": 300}`: the endpoint that makes a token, which of its
/// arguments take the credentials (wire names), and which fields of its payload (wire names) hold token and expiry.
public struct ClientCredentialsModel: Sendable, Hashable {
    public var endpointID: String
    public var clientID: String
    public var clientSecret: String
    public var token: String
    /// A `date-time` field with the expiry, or…
    public var expiresAt: String?
    /// … an integer field with seconds to live.
    public var expiresIn: String?
    /// How many seconds before expiry a token is renewed.
    public var margin: Int
}

/// `"envelope": {"code": "code", "success": [0], "message": "message", "payload": "data", "traceID": "x-traceID"}`
public struct EnvelopeModel: Sendable, Hashable {
    public var code: String
    public var success: [SpecCode]
    public var message: String?
    public var payload: String?
    public var traceID: String?
}

/// A service code: most services use integers, some strings or booleans.
public enum SpecCode: Sendable, Hashable {
    case integer(Int64)
    case string(String)
    case boolean(Bool)
}

/// `{"code": 1, "contains": "请慢一点", "kind": "throttled", "retry": true, "remedy": "…"}`: how an answer becomes an error.
public struct ErrorRuleModel: Sendable {
    /// The kinds that a rule may name.
    public enum Kind: String, Sendable, CaseIterable {
        case invalidParameter, authentication, throttled, quotaExceeded, service, notFound, conflict, pending
    }

    /// The code that must match; nil matches any code that is not success.
    public var code: SpecCode?
    /// A text that the message must contain, compared without case.
    public var contains: String?
    /// A field of the payload (wire name) and the value that makes a success answer an error: `"payload": {"isFull": true}`.
    public var payload: (field: String, value: JSONNode)?
    public var kind: Kind
    /// Whether the same call may be sent again after a wait even though it is not idempotent (the service did nothing).
    public var isRetryable: Bool
    /// Whether a new token may help; only for `authentication`, default true there.
    public var refreshesToken: Bool
    /// One line: what a person can do.
    public var remedy: String?
    public var position: SourcePosition
}

public struct RateProfileModel: Sendable, Hashable {
    public var name: String
    /// Sorted. A key is a rate group or an endpoint id; "*" is everything that has no figure of its own.
    public var keys: [String]
    /// The figure of each key, in the order of the keys.
    public var figures: [RateModel]

    /// The keys with their figures.
    public var limits: [(key: String, rate: RateModel)] { zip(keys, figures).map { ($0, $1) } }

    /// The same for looking up.
    public var rates: [String: RateModel] { Dictionary(zip(keys, figures)) { first, _ in first } }
}

/// `{"limit": 15, "per": "second"}`
public struct RateModel: Sendable, Hashable {
    public enum Unit: String, Sendable, CaseIterable {
        case second, minute
    }

    public var limit: Double
    public var per: Unit
    public var group: String?

    public init(limit: Double, per: Unit, group: String? = nil) {
        self.limit = limit
        self.per = per
        self.group = group
    }
}

/// Names of environment variables: `"environment": {"baseURL": "…", "accessToken": "…", "clientID": "…", "clientSecret": "…"}`.
public struct EnvironmentModel: Sendable, Hashable {
    public var baseURL: String?
    public var accessToken: String?
    public var clientID: String?
    public var clientSecret: String?
}

/// `"account": {"endpoint": "user.info", "show": ["spaceUsed"]}`: the call that tells how the caller's account stands, and
/// which fields of its payload (wire names) a person wants to see.
public struct AccountModel: Sendable, Hashable {
    public var endpointID: String
    public var show: [String]
}

/// A file of `types/`.
public struct NamedTypeModel: Sendable {
    /// The Swift name, which is the file's name without `.json`, such as `DriveFile`.
    public var name: String
    public var schema: SchemaModel
    public var summary: String?
    public var canonicalText: String
    /// Relative to the module's folder: `types/DriveFile.json`.
    public var file: String
    public var position: SourcePosition
}
