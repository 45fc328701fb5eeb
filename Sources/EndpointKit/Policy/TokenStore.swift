import Synchronization

/// Keeps tokens, so that a program, its next run, or several of them at once need to make only one.
///
/// A fleet can put a database behind it. What ``update(_:_:)`` promises is what makes one token out of many requests.
public protocol TokenStore: Sendable {
    /// The token that is kept for a credential.
    func token(for credential: String) async throws -> AccessToken?

    /// Replaces a token by what `change` makes of it, nil to forget it. Until `change` has returned, nobody else who uses
    /// the same store changes this token.
    ///
    /// - Returns: What is kept now.
    /// - Throws: What `change` throws, and then nothing is changed; or what kept the store from its work.
    @discardableResult
    func update(
        _ credential: String, _ change: @Sendable (AccessToken?) async throws -> AccessToken?
    ) async throws -> AccessToken?
}

/// Keeps tokens as long as the process lives.
public final class MemoryTokenStore: TokenStore {
    private let tokens = Mutex<[String: AccessToken]>([:])
    private let lock = AsyncLock()

    public init() {}

    public func token(for credential: String) -> AccessToken? {
        tokens.withLock { $0[credential] }
    }

    @discardableResult
    public func update(
        _ credential: String, _ change: @Sendable (AccessToken?) async throws -> AccessToken?
    ) async throws -> AccessToken? {
        try await lock.acquire()
        defer { lock.release() }
        let token = try await change(token(for: credential))
        tokens.withLock { $0[credential] = token }
        return token
    }
}
