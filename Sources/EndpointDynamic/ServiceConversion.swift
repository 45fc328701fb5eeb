import EndpointKit
import EndpointSpec

extension Service {
    /// A service as its specs describe it.
    package init(_ specs: ModuleSpecs) {
        let model = specs.settings
        self.init(
            name: model.name,
            baseURL: model.baseURL ?? "", variables: model.variables.map(\.variable),
            allowsInsecureHTTP: model.allowsInsecureHTTP,
            headers: HTTPFields(model.headers.map { HTTPFields.Field(name: $0.name, value: $0.value) }),
            authentication: model.authentication.scheme,
            clientCredentials: model.authentication.clientCredentials.flatMap {
                ClientCredentials($0, in: specs)
            },
            envelope: model.envelope, errors: model.errors,
            rateProfiles: Dictionary(model.rateProfiles.map { ($0.name, $0.rates) }, uniquingKeysWith: { $1 }),
            secondsFromGMT: model.timeZoneOffset, environment: model.environment)
    }
}

extension ClientCredentials {
    /// Nil if no endpoint has the id, which the checker does not let through.
    init?(_ model: ClientCredentialsModel, in specs: ModuleSpecs) {
        guard let endpoint = specs.endpoint(model.endpointID) else { return nil }
        self.init(
            Endpoint<JSONValue>(endpoint, types: specs.types), clientID: model.clientID,
            clientSecret: model.clientSecret, token: model.token, expiresAt: model.expiresAt,
            expiresIn: model.expiresIn, margin: .seconds(model.margin))
    }
}
