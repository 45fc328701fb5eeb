import EndpointKit
import Foundation
import Synchronization

/// In whose name a command calls a service: what the environment says goes before what `login` kept.
struct Account: Sendable {
    /// Where the token comes from, in words; nil if there is none.
    let source: String?
    let tokens: (any TokenProvider)?
    /// The client's id, if it is known.
    let clientID: String?

    /// - Parameter configuration: How tokens are made: the same as for the calls.
    init(
        program: Program, service: Service, configuration: ClientConfiguration, console: Console
    ) throws(CommandFailure) {
        let names = service.environment
        let files = AccountFiles(program: program)
        let address = ClientCredentialsProvider.address(service: service, baseURL: configuration.baseURL)
        let variables = (
            id: program.environmentValue(names.clientID), secret: program.environmentValue(names.clientSecret)
        )
        if let token = program.environmentValue(names.accessToken) {
            source = names.accessToken
            tokens = FixedToken(token)
            clientID = variables.id
            return
        }
        let login = try files?.login(at: address, console)
        console.secrets.add(login?.clientSecret)
        guard service.clientCredentials != nil, let id = variables.id ?? login?.clientID else {
            (source, tokens, clientID) = (nil, nil, nil)
            return
        }
        clientID = id
        let kept = login?.clientID == id ? login?.clientSecret : nil
        let provider: any TokenProvider
        if let secret = variables.secret ?? kept {
            source = "made with the secret of client \(id)" + (variables.secret == nil ? ", which login kept" : "")
            let store: any TokenStore = files?.store(console) ?? MemoryTokenStore()
            provider = ClientCredentialsProvider(
                service: service, clientID: id, clientSecret: secret, store: store, configuration: configuration,
                onWarning: { console.note($0) })
        } else if let files, login?.clientID == id {
            source = "of the login as client \(id)"
            provider = StoredToken(
                store: files.store(console),
                credential: ClientCredentialsProvider.credential(
                    service: service, clientID: id, baseURL: configuration.baseURL), clock: configuration.clock)
        } else {
            (source, tokens) = (nil, nil)
            return
        }
        tokens = HiddenTokens(tokens: provider, secrets: console.secrets)
    }
}

/// Sees to it that every token that is used is taken out of what the program shows.
private struct HiddenTokens: TokenProvider {
    let tokens: any TokenProvider
    let secrets: SecretFilter

    func token() async throws(APIError) -> AccessToken {
        let token = try await tokens.token()
        secrets.add(token.value)
        return token
    }

    func tokenWasRefused(_ token: AccessToken) async -> Bool { await tokens.tokenWasRefused(token) }
}
