import Synchronization

/// A store of tokens, so that a program, its next run and its other processes share one token.
///
/// A store of your own, such as a database, lets many machines share a token. The exclusion that ``updateToken(for:_:)``
/// guarantees is what makes many concurrent requests for a token result in one.
public protocol TokenStore: Sendable {
    /// Returns the token that is stored for a credential; nil if there is none.
    func token(for credential: String) async throws -> AccessToken?

    /// Replaces a credential's token with the result of a closure.
    ///
    /// Until `change` returns, nobody else who uses the same store changes this token.
    ///
    /// - Parameters:
    ///   - credential: The name of the token in the store.
    ///   - change: Receives the stored token and returns the one to store; nil removes it.
    /// - Returns: The token that is stored now.
    /// - Throws: The error of `change`, and then nothing is stored; or the store's own error.
    @discardableResult
    func updateToken(
        for credential: String, _ change: @Sendable (AccessToken?) async throws -> AccessToken?
    ) async throws -> AccessToken?
}

/// A token store in memory, which lives as long as the process.
public final class MemoryTokenStore: TokenStore {
    private let tokens = Mutex<[String: AccessToken]>([:])
    private let lock = AsyncLock()

    /// Creates an empty store.
    public init() {}

    /// Returns the token that is stored for a credential; nil if there is none.
    public func token(for credential: String) -> AccessToken? {
        tokens.withLock { $0[credential] }
    }

    /// Replaces a credential's token with the result of a closure, one closure at a time.
    @discardableResult
    public func updateToken(
        for credential: String, _ change: @Sendable (AccessToken?) async throws -> AccessToken?
    ) async throws -> AccessToken? {
        try await lock.acquire()
        defer { lock.release() }
        let token = try await change(token(for: credential))
        tokens.withLock { $0[credential] = token }
        return token
    }
}
