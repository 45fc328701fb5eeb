import Foundation

/// The source of a client's tokens.
///
/// A client calls the provider before each attempt, possibly from many tasks at once.
///
///     struct VaultTokens: TokenProvider {
///         func token() async throws(APIError) -> AccessToken { AccessToken(await vault.current()) }
///         func tokenWasRefused(_ token: AccessToken) async -> Bool { await vault.current() != token.value }
///     }
public protocol TokenProvider: Sendable {
    /// Returns a valid token. A call waits for it no longer than its own time limit.
    func token() async throws(APIError) -> AccessToken
    /// Reports that the service refused a token. Returns whether ``token()`` may now return another one.
    func tokenWasRefused(_ token: AccessToken) async -> Bool
}

/// A provider that may have a token in memory, and that ends a wait for one itself, so that a call needs no task for it.
protocol CachedTokenProvider: TokenProvider {
    /// A valid token that is in memory; nil if a call has to wait for one.
    func cachedToken() -> AccessToken?
    /// Returns a valid token. Throws the limit's error when it is exceeded, and the errors of ``TokenProvider/token()``.
    func token(by limit: TokenLimit) async throws(APIError) -> AccessToken
}

/// How long a call waits for a token.
struct TokenLimit: Sendable {
    var duration: Duration
    var clock: ClientClock
    /// What the wait fails with when it is over.
    var error: APIError
}

/// A token provider with one token that never changes.
public struct FixedToken: TokenProvider, CachedTokenProvider {
    private let fixed: AccessToken

    /// Creates a provider from a token; for basic authentication it is `user:password`. White space around the token, such as a file's last line break, is removed, and so is
    /// `Bearer` before it, as people copy it with a token from a header field.
    public init(_ value: String) {
        var text = value.trimmingCharacters(in: .whitespacesAndNewlines)
        if let space = text.firstIndex(where: \.isWhitespace), text[..<space].lowercased() == "bearer" {
            text = text[space...].trimmingCharacters(in: .whitespacesAndNewlines)
        }
        fixed = AccessToken(text)
    }

    /// Returns the token.
    public func token() async throws(APIError) -> AccessToken { fixed }
    func cachedToken() -> AccessToken? { fixed }
    func token(by limit: TokenLimit) async throws(APIError) -> AccessToken { fixed }
    /// Returns false: there is no other token.
    public func tokenWasRefused(_ token: AccessToken) async -> Bool { false }
}
