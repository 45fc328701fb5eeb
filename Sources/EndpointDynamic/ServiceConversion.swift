import EndpointKit
import EndpointSpec

extension Service {
    /// A service as its specs describe it.
    public init(_ model: ServiceModel) {
        self.init(
            name: model.name,
            baseURL: model.baseURL ?? "",
            headers: HTTPFields(model.headers.map { HTTPFields.Field(name: $0.name, value: $0.value) }),
            authentication: AuthenticationScheme(model.authentication.scheme),
            clientCredentials: model.authentication.clientCredentials.flatMap {
                ClientCredentials($0, endpoints: model.endpoints + model.baseEndpoints)
            },
            envelope: model.envelope.map(Envelope.init),
            errors: model.errors.map(ErrorRule.init),
            rateProfiles: Dictionary(
                model.rateProfiles.map { ($0.name, $0.rates.mapValues(Rate.init)) }, uniquingKeysWith: { $1 }),
            secondsFromGMT: model.timeZoneOffset,
            environment: EnvironmentNames(
                baseURL: model.environment.baseURL, accessToken: model.environment.accessToken,
                clientID: model.environment.clientID, clientSecret: model.environment.clientSecret))
    }
}

extension AuthenticationScheme {
    init(_ scheme: AuthenticationModel.Scheme) {
        switch scheme {
        case .none: self = .none
        case .bearer: self = .bearer
        case .header(let name): self = .header(name)
        }
    }
}

extension ClientCredentials {
    /// Nil if no endpoint has the id, which the checker does not let through.
    init?(_ model: ClientCredentialsModel, endpoints: [EndpointModel]) {
        guard let endpoint = endpoints.first(where: { $0.id == model.endpointID }) else { return nil }
        self.init(
            HTTPRequest.Method(rawValue: endpoint.method), endpoint.path, clientID: model.clientID,
            clientSecret: model.clientSecret, token: model.token, expiresAt: model.expiresAt,
            expiresIn: model.expiresIn, margin: .seconds(model.margin), endpointID: endpoint.id)
    }
}

extension Envelope {
    init(_ model: EnvelopeModel) {
        self.init(
            code: model.code, success: model.success.map(ServiceCode.init), message: model.message,
            payload: model.payload, traceID: model.traceID)
    }
}

extension ErrorRule {
    init(_ model: ErrorRuleModel) {
        self.init(
            code: model.code.map(ServiceCode.init), contains: model.contains,
            payload: model.payload.map { PayloadCondition($0.field, JSONValue($0.value)) },
            kind: APIError.Kind(model.kind), retry: model.isRetryable, refresh: model.refreshesToken,
            remedy: model.remedy)
    }
}

extension APIError.Kind {
    init(_ kind: ErrorRuleModel.Kind) {
        switch kind {
        case .invalidParameter: self = .invalidParameter
        case .authentication: self = .authentication
        case .throttled: self = .throttled
        case .quotaExceeded: self = .quotaExceeded
        case .service: self = .service
        case .notFound: self = .notFound
        case .conflict: self = .conflict
        case .pending: self = .pending
        }
    }
}

extension Rate {
    init(_ model: RateModel) {
        self.init(model.limit, per: model.per == .second ? .second : .minute, group: model.group)
    }
}
