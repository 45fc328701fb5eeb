import Foundation

/// A token provider that reads tokens from a store and never makes one: for a program without the client's secret.
public struct StoredToken: TokenProvider {
    private let store: any TokenStore
    private let credential: String
    private let date: @Sendable () -> Date

    /// Creates a provider.
    ///
    /// - Parameters:
    ///   - store: The store that another program writes.
    ///   - credential: The name of the token in the store: ``ClientCredentialsProvider/credential``.
    ///   - clock: The clock that expiry dates are compared with.
    public init(store: any TokenStore, credential: String, clock: ClientClock = .continuous) {
        self.store = store
        self.credential = credential
        date = clock.date
    }

    /// Returns the stored token; throws `.authentication` if there is none, if it has expired or cannot be read.
    public func token() async throws(APIError) -> AccessToken {
        let token: AccessToken?
        do {
            token = try await store.token(for: credential)
        } catch {
            throw APIError(.authentication, "the stored token cannot be read: \(error)", underlying: error)
        }
        guard let token else { throw APIError(.authentication, "there is no stored token", remedy: "Log in first") }
        if let expiresAt = token.expiresAt, expiresAt <= date() {
            throw APIError(.authentication, "the stored token has expired", remedy: "Log in again")
        }
        return token
    }

    /// Returns whether the store has another token by now.
    public func tokenWasRefused(_ token: AccessToken) async -> Bool {
        guard let stored = try? await store.token(for: credential) else { return false }
        return stored.value != token.value
    }
}
