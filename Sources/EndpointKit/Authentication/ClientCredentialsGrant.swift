@_spi(Generated) import EndpointCore
import Foundation

/// The call that exchanges a client's id and secret for a token, as the service describes it.
final class ClientCredentialsGrant: Sendable {
    private let client: Client
    private let names: ClientCredentials
    private let clientID: String
    private let clientSecret: String

    /// Nil for a service that has no such call.
    init?(client: Client, clientID: String, clientSecret: String) {
        guard let names = client.service.clientCredentials else { return nil }
        self.client = client
        self.names = names
        self.clientID = clientID
        self.clientSecret = clientSecret
    }

    var endpointID: String { names.call.id }
    /// How long before its expiry a token is renewed.
    var margin: Duration { names.margin }

    private var endpoint: Endpoint<AccessToken> {
        var endpoint = names.endpoint(
            clientID: clientID, clientSecret: clientSecret,
            response: .reading { [self] json throws in
                try AccessToken(
                    json, names: names, now: client.configuration.clock.date(),
                    secondsFromGMT: client.service.secondsFromGMT)
            })
        endpoint.timeout = min(client.configuration.timeout, .seconds(60))
        return endpoint
    }

    func token() async throws(APIError) -> AccessToken {
        try await client.send(endpoint)
    }
}

extension AccessToken {
    /// An expiry date that cannot be read counts as unknown: the token is valid, and a service may allow only a few of them.
    /// It is used until it is refused.
    fileprivate init(_ json: JSONReader, names: ClientCredentials, now: Date, secondsFromGMT: Int) throws {
        guard let token = json.member(names.token) else { throw Violation([.field(names.token)], .missing) }
        guard let value = token.text else { throw token.mismatch("a string") }
        guard !value.isEmpty else { throw Violation([.field(names.token)], .constraint("the token is empty")) }
        var expiry: Date?
        if let text = names.expiresAt.flatMap({ json.member($0) }).map({ JSONValue($0) }) {
            expiry =
                DateFormat.dateTime.date(from: text)
                ?? DateFormat.localDateTime(secondsFromGMT: secondsFromGMT).date(from: text)
        } else if let found = names.expiresIn.flatMap({ json.member($0) }),
            let seconds: Double = try? found.read(as: .number().accepting(.string)), seconds > 0
        {
            expiry = now.addingTimeInterval(seconds)
        }
        self.init(value, expiresAt: expiry, issuedAt: now)
    }
}
