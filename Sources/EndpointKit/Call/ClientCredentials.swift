import Foundation

/// The call that exchanges a client's id and secret for a token.
public struct ClientCredentials: Sendable {
    /// The call, whose parameters for id and secret have no value yet.
    public var call: Endpoint<Void>
    /// The name of the parameter with the client's id.
    public var clientID: String
    /// The name of the parameter with the client's secret.
    public var clientSecret: String
    /// The payload's field with the token.
    public var token: String
    /// The payload's field with the expiry date, in RFC 3339 or in the service's local time; nil if there is none.
    public var expiresAt: String?
    /// The payload's field with the lifetime in seconds; nil if there is none.
    public var expiresIn: String?
    /// How long before its expiry a token is renewed.
    public var margin: Duration

    /// Creates a description from the call as an endpoint has it: with its constants, in its encoding.
    ///
    ///     ClientCredentials(
    ///         Endpoint<Void>(
    ///             .post, "/oauth/token",
    ///             body: .form(["grant_type": "client_credentials", "client_id": "", "client_secret": ""]), response: .none),
    ///         clientID: "client_id", clientSecret: "client_secret", token: "access_token", expiresIn: "expires_in")
    public init<Response>(
        _ call: Endpoint<Response>, clientID: String, clientSecret: String, token: String, expiresAt: String? = nil,
        expiresIn: String? = nil, margin: Duration = .seconds(TokenTimes.defaultMargin)
    ) {
        self.call = call.responding(.none)
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.token = token
        self.expiresAt = expiresAt
        self.expiresIn = expiresIn
        self.margin = margin
    }

    /// Creates a description of a call that sends id and secret as the members of a JSON object, and nothing else.
    public init(
        _ method: HTTPRequest.Method, _ path: String, clientID: String, clientSecret: String, token: String,
        expiresAt: String? = nil, expiresIn: String? = nil, margin: Duration = .seconds(TokenTimes.defaultMargin),
        endpointID: String? = nil
    ) {
        let fields: Parameters = [Parameter(clientID, "", .string()), Parameter(clientSecret, "", .string())]
        self.init(
            Endpoint<Void>(method, path, id: endpointID, body: .json(fields), response: .none), clientID: clientID,
            clientSecret: clientSecret, token: token, expiresAt: expiresAt, expiresIn: expiresIn, margin: margin)
    }
}

extension ClientCredentials {
    /// The call with id and secret, neither of which may be empty.
    func endpoint<Response>(
        clientID id: String, clientSecret secret: String, response: ResponseDecoding<Response>
    ) -> Endpoint<Response> {
        var endpoint = call.responding(response)
        endpoint.changeParameters(named: clientID) { parameter in
            parameter.content = id.parameterContent
            parameter.schema.constraints.minLength = max(1, parameter.schema.constraints.minLength ?? 1)
        }
        endpoint.changeParameters(named: clientSecret) { parameter in
            parameter.content = secret.parameterContent
            parameter.schema.constraints.minLength = max(1, parameter.schema.constraints.minLength ?? 1)
            parameter.schema.isSensitive = true
        }
        endpoint.sensitiveFields.formUnion([clientSecret, token])
        endpoint.isAuthenticated = false
        // Each new token may invalidate an older one.
        endpoint.isIdempotent = false
        // Callers wait for one token together, and not for the slot of a rate that is meant for people's calls.
        endpoint.rate = nil
        return endpoint
    }
}
