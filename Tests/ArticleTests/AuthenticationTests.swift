import Books
import EndpointKit
import Foundation
import Ledger
import Testing

/// The samples of "Authenticate".
@Suite("Articles: authentication")
struct AuthenticationTests {
    private let configuration = ClientConfiguration(
        transport: responding(#"{"code": 0, "data": {"cents": 1250, "currency": "EUR"}}"#))

    @Test("a client takes a token, or makes its own from an ID and a secret")
    func clients() async throws {
        let token = "example"
        let (clientID, clientSecret) = ("me", "example")

        let withToken = LedgerClient(token: token)
        let withSecret = LedgerClient(clientID: clientID, clientSecret: clientSecret)

        #expect(withToken.client.service.name == "Ledger")
        #expect(withSecret.client.service.clientCredentials?.token == "access_token")
    }

    @Test("a token in a file is shared by processes")
    func sharedToken() async throws {
        let (clientID, clientSecret) = ("me", "example")
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "tokens.json")

        let store = FileTokenStore(url: file, onWarning: { print($0) })
        let ledger = LedgerClient(clientID: clientID, clientSecret: clientSecret, store: store)

        #expect(ledger.client.service.name == "Ledger")
        #expect(try await store.token(for: "me@ledger.example.com") == nil)
    }

    @Test("a provider is asked for every attempt")
    func provider() async throws {
        actor Vault {
            var current = "old"
            func read(_ name: String) -> String { current }
            func renew(_ name: String) -> String {
                current = "new"
                return current
            }
        }

        struct VaultToken: TokenProvider {
            let vault: Vault

            func token() async throws(APIError) -> AccessToken {
                AccessToken(await vault.read("ledger"))
            }

            func tokenWasRefused(_ token: AccessToken) async -> Bool {
                await vault.renew("ledger") != token.value
            }
        }

        let transport = ClosureTransport { request throws(TransportError) in
            guard request.headers["Authorization"] == "Bearer new" else { return HTTPResponse(status: 401) }
            return HTTPResponse(
                status: 200, body: Data(#"{"code": 0, "data": {"cents": 1250, "currency": "EUR"}}"#.utf8))
        }
        let vault = Vault()
        let ledger = LedgerClient(
            tokens: VaultToken(vault: vault), configuration: ClientConfiguration(transport: transport))
        #expect(try await ledger.accounts.balance(id: 7).cents == 1250)
    }

    @Test("an API key goes into a header")
    func apiKey() async throws {
        let key = "example"

        let service = Service(
            name: "Tides", baseURL: "https://tides.example.com", authentication: .header("X-API-Key"))
        let client = Client(service: service, tokens: FixedToken(key))

        #expect(client.service.authentication == .header("X-API-Key"))
    }
}
