import Foundation

/// A token, and until when it is good.
public struct AccessToken: Sendable, Hashable, Codable, CustomStringConvertible, CustomReflectable {
    public var value: String
    public var expiresAt: Date?
    /// When it was made, if that is known: tokens that are refused although they are new are not replaced at once.
    public var issuedAt: Date?

    public init(_ value: String, expiresAt: Date? = nil, issuedAt: Date? = nil) {
        self.value = value
        self.expiresAt = expiresAt
        self.issuedAt = issuedAt
    }

    /// Never the token itself.
    public var description: String { "AccessToken(<redacted>)" }
    public var customMirror: Mirror { Mirror(self, children: ["expiresAt": expiresAt as Any]) }
}

/// Where the tokens of a client come from. The client asks before each try, and may ask from many tasks at once.
///
///     struct FromVault: TokenProvider {
///         func token() async throws(APIError) -> AccessToken { AccessToken(await vault.current()) }
///         func tokenWasRefused(_ token: AccessToken) async -> Bool { await vault.current() != token.value }
///     }
public protocol TokenProvider: Sendable {
    /// A token that is good now. A call waits for it no longer than its own time limit.
    func token() async throws(APIError) -> AccessToken
    /// Hears that the service refused a token, and says whether another may now be had by asking again.
    func tokenWasRefused(_ token: AccessToken) async -> Bool
}

/// A provider that knows without waiting whether it has a token; then no time limit need be watched.
protocol TokenAtHand: TokenProvider {
    /// A token that is good now; nil when one must be waited for.
    func tokenAtHand() -> AccessToken?
}

/// Always the same token. White space round it, as a file or a variable may have, is no part of it.
public struct FixedToken: TokenProvider, TokenAtHand {
    private let fixed: AccessToken

    public init(_ value: String) {
        fixed = AccessToken(value.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    public func token() async throws(APIError) -> AccessToken { fixed }
    func tokenAtHand() -> AccessToken? { fixed }
    public func tokenWasRefused(_ token: AccessToken) async -> Bool { false }
}
