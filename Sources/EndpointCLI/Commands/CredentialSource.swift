import EndpointKit
import Foundation
import Synchronization

/// Where the token of a call comes from. The environment takes precedence over what `login` stored.
struct CredentialSource: Sendable {
    /// The source in words, for `doctor`; nil without a token.
    let summary: String?
    /// What makes the token; nil without one.
    let tokens: (any TokenProvider)?

    /// Finds the source for a service.
    ///
    /// - Parameters:
    ///   - program: The program, with its environment.
    ///   - module: The module that is called. One that is not trusted gets no token.
    ///   - configuration: The configuration of the calls, which requests for tokens use too.
    ///   - console: Where warnings go, and which hides every token that is used.
    /// - Throws: ``CommandFailure`` if the stored login cannot be read.
    init(
        program: Program, module: ProgramModule, configuration: ClientConfiguration, console: Console
    ) throws(CommandFailure) {
        guard module.isTrusted else {
            (summary, tokens) = (nil, nil)
            return
        }
        let service = module.service
        let names = service.environment
        let logins = LoginStore(program: program)
        let address = ClientCredentialsProvider.address(service: service, baseURL: configuration.baseURL)
        let variables = (
            id: program.environmentValue(names.clientID), secret: program.environmentValue(names.clientSecret)
        )
        if let token = program.environmentValue(names.accessToken) {
            summary = names.accessToken
            tokens = RedactedTokenProvider(
                tokens: FixedToken(token), scheme: service.authentication, secrets: console.secrets)
            return
        }
        let login = try logins?.login(at: address, console)
        console.secrets.add(login?.clientSecret)
        guard service.takesLogin, let id = variables.id ?? login?.clientID else {
            (summary, tokens) = (nil, nil)
            return
        }
        let storedSecret = login?.clientID == id ? login?.clientSecret : nil
        let provider: any TokenProvider
        if service.authentication == .basic, let secret = variables.secret {
            summary = [names.clientID, names.clientSecret].compactMap(\.self).joined(separator: " and ")
            provider = FixedToken("\(id):\(secret)")
        } else if service.authentication != .basic, let secret = variables.secret ?? storedSecret {
            summary = "made with the \(variables.secret == nil ? "stored " : "")secret of client \(id)"
            let store: any TokenStore = logins?.tokenStore(console) ?? MemoryTokenStore()
            provider = ClientCredentialsProvider(
                service: service, clientID: id, clientSecret: secret, store: store, configuration: configuration,
                onWarning: { console.note($0) })
        } else if let logins, login?.clientID == id {
            summary = "stored by login as \(service.loginNoun) \(id)"
            provider = StoredToken(
                store: logins.tokenStore(console),
                credential: ClientCredentialsProvider.credential(
                    service: service, clientID: id, baseURL: configuration.baseURL), clock: configuration.clock)
        } else {
            (summary, tokens) = (nil, nil)
            return
        }
        tokens = RedactedTokenProvider(
            tokens: provider, scheme: service.authentication, secrets: console.secrets)
    }
}

extension Service {
    /// Whether `login` can store what calls need: a token that an endpoint makes, or a user and a password.
    var takesLogin: Bool { clientCredentials != nil || authentication == .basic }
    /// Whom a login is for.
    var loginNoun: String { authentication == .basic ? "user" : "client" }
}

/// Adds every token that is used to the secrets that the console hides.
private struct RedactedTokenProvider: TokenProvider {
    let tokens: any TokenProvider
    let scheme: AuthenticationScheme
    let secrets: SecretFilter

    func token() async throws(APIError) -> AccessToken {
        let token = try await tokens.token()
        for secret in scheme.secrets(of: token.value) { secrets.add(secret) }
        return token
    }

    func tokenWasRefused(_ token: AccessToken) async -> Bool { await tokens.tokenWasRefused(token) }
}
