import Foundation

/// The call that makes a token out of a client's id and secret, as the service describes it.
struct TokenMint: Sendable {
    private let client: Client
    private let names: ClientCredentials
    private let clientID: String
    private let clientSecret: String

    /// Nil for a service that has no such call.
    init?(service: Service, clientID: String, clientSecret: String, configuration: ClientConfiguration) {
        guard let names = service.clientCredentials else { return nil }
        self.names = names
        self.clientID = clientID
        self.clientSecret = clientSecret
        // Without tokens: this call can never ask for one.
        client = Client(service: service, tokens: nil, configuration: configuration)
    }

    var endpointID: String { names.endpointID ?? "\(names.method) \(names.path)" }

    /// Not idempotent: each token that is made may end the life of an older one.
    private var endpoint: Endpoint<AccessToken> {
        let (names, now) = (names, client.configuration.clock.date)
        let zone = client.service.secondsFromGMT
        var endpoint = Endpoint<AccessToken>(
            names.method, names.path, id: endpointID,
            body: .json([
                Parameter(names.clientID, clientID, .string(minLength: 1)),
                Parameter(names.clientSecret, clientSecret, .string(minLength: 1, sensitive: true)),
            ]),
            response: .custom { decoder throws in
                try AccessToken(from: decoder, names: names, now: now(), secondsFromGMT: zone)
            })
        endpoint.isAuthenticated = false
        endpoint.isIdempotent = false
        endpoint.sensitiveFields = [names.clientSecret, names.token]
        endpoint.timeout = min(client.configuration.timeout, .seconds(60))
        return endpoint
    }

    func token() async throws(APIError) -> AccessToken {
        try await client.send(endpoint)
    }
}

extension AccessToken {
    /// An expiry that cannot be understood is none: the token is there, and has been paid for with one of the few that a
    /// service allows. It is used until it is refused.
    fileprivate init(from decoder: any Decoder, names: ClientCredentials, now: Date, secondsFromGMT: Int) throws {
        let payload = try decoder.container(keyedBy: AnyCodingKey.self)
        let value = try payload.decode(String.self, forKey: AnyCodingKey(names.token))
        guard !value.isEmpty else {
            throw DecodingError.dataCorruptedError(
                forKey: AnyCodingKey(names.token), in: payload, debugDescription: "the token is empty")
        }
        var expiry: Date?
        if let name = names.expiresAt, let text = try? payload.decode(JSONValue.self, forKey: AnyCodingKey(name)) {
            expiry =
                DateFormat.dateTime.date(from: text)
                ?? DateFormat.localDateTime(secondsFromGMT: secondsFromGMT).date(from: text)
        } else if let name = names.expiresIn,
            let seconds = try? payload.lenient(Double.self, forKey: AnyCodingKey(name)), seconds > 0
        {
            expiry = now.addingTimeInterval(seconds)
        }
        self.init(value, expiresAt: expiry, issuedAt: now)
    }
}
