import Foundation
import Synchronization

/// Makes tokens out of a client's id and secret, and renews them in time.
///
///     let tokens = ClientCredentialsProvider(
///         service: WeatherClient.service, clientID: id, clientSecret: secret, store: FileTokenStore(url: file))
///
/// However many callers wait, one token is made: within a process, and with a ``FileTokenStore`` among all processes that
/// use the file. A caller that is cancelled stops waiting; the token is made all the same, for the others and the next.
/// A refused token is dropped only if it is still the one in use, and never more than one a minute is made that way: a
/// service that refuses everything gets no flood of requests for tokens.
public final class ClientCredentialsProvider: TokenProvider, TokenAtHand {
    private typealias Waiter = OneShot<Result<AccessToken, APIError>>

    private struct State {
        /// The token in use.
        var token: AccessToken?
        /// The value of the last token that the service refused.
        var refused: String?
        /// When the last token was made, by this provider or by whoever shares the store.
        var lastMint: Duration?
        /// When making a token ahead of time may be tried again after it failed.
        var nextEarlyTry = Duration.zero
        /// Who waits for the token that is being made; nil when none is.
        var waiters: [Waiter]?
    }

    /// Between two tokens that are made because one was refused.
    static let minimumInterval = Duration.seconds(60)

    /// The name under which the store keeps the token: the client's id, at the service's address.
    public let credential: String
    private let mint: TokenMint?
    private let service: Service
    private let store: any TokenStore
    private let configuration: ClientConfiguration
    private let warn: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - store: Where tokens are kept; by default only in memory.
    ///   - configuration: How the call is sent that makes tokens: base URL, transport, clock. Best the same as the
    ///     client's.
    ///   - onWarning: Hears of a store that does not work. Calls go on without it.
    public init(
        service: Service, clientID: String, clientSecret: String, store: any TokenStore = MemoryTokenStore(),
        configuration: ClientConfiguration = ClientConfiguration(),
        onWarning: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.service = service
        self.store = store
        self.configuration = configuration
        warn = onWarning
        credential = Self.credential(service: service, clientID: clientID, baseURL: configuration.baseURL)
        mint = TokenMint(
            service: service, clientID: clientID, clientSecret: clientSecret, configuration: configuration)
    }

    /// The name under which stores keep a client's token.
    public static func credential(service: Service, clientID: String, baseURL: String? = nil) -> String {
        "\(clientID)@\(address(service: service, baseURL: baseURL))"
    }

    /// The service's host and port: what is kept for one address is never sent to another.
    package static func address(service: Service, baseURL: String? = nil) -> String {
        let url = URL(string: baseURL ?? service.baseURL)
        let port = url?.port.map { ":\($0)" } ?? ""
        return "\(url?.host ?? service.name)\(port)"
    }

    // MARK: TokenProvider

    public func token() async throws(APIError) -> AccessToken {
        try await token(isForced: false)
    }

    func tokenAtHand() -> AccessToken? {
        let now = configuration.clock.now()
        return state.withLock { usableToken($0, now) }
    }

    /// Makes a new token whatever the state of the old one; to prove that id and secret are right.
    @discardableResult
    public func renew() async throws(APIError) -> AccessToken {
        try await token(isForced: true)
    }

    /// Forgets the token, here and in the store.
    public func forget() async throws(APIError) {
        state.withLock { $0.token = nil }
        do {
            try await store.update(credential) { _ async throws in nil }
        } catch {
            throw APIError(.other, "the token cannot be taken out of the store: \(error)", underlying: error)
        }
    }

    public func tokenWasRefused(_ token: AccessToken) async -> Bool {
        let now = configuration.clock.now()
        let isAnother = state.withLock { state in
            if let current = state.token, current.value != token.value, current.value != state.refused { return true }
            if state.token?.value == token.value || state.token == nil { state.refused = token.value }
            return state.waiters != nil || mayReplace(state, now)
        }
        if isAnother { return true }
        // Too early for a new one; but another process may have made one.
        guard let kept = try? await store.token(for: credential), kept.value != token.value, isFresh(kept) else {
            return false
        }
        state.withLock { adopt(kept, &$0) }
        return true
    }

    // MARK: One at a time

    private func token(isForced: Bool) async throws(APIError) -> AccessToken {
        guard let mint else {
            throw APIError(.authentication, "\(service.name) has no call that makes tokens")
        }
        let waiter = Waiter()
        let now = configuration.clock.now()
        var starts = false
        let known = state.withLock { state -> AccessToken? in
            if !isForced, let token = usableToken(state, now) { return token }
            starts = state.waiters == nil
            state.waiters = (state.waiters ?? []) + [waiter]
            return nil
        }
        if let known { return known }
        if starts {
            // A task of its own, which no caller's cancellation reaches.
            Task { await self.replaceToken(mint, isForced: isForced) }
        }
        return try await waiter.wait(orWhenCancelled: .failure(.cancelled)).get()
    }

    private func replaceToken(_ mint: TokenMint, isForced: Bool) async {
        let refused = state.withLock { $0.refused }
        var result = await obtain(mint, refused: refused, isForced: isForced)
        let now = configuration.clock.now()
        let waiters = state.withLock { state -> [Waiter] in
            switch result {
            case .success(let token): adopt(token, &state)
            case .failure:
                // The old one still serves: renewing ahead of time is no reason to fail.
                if !isForced, let old = state.token, old.value != state.refused, !isExpired(old) {
                    state.nextEarlyTry = now + Self.minimumInterval
                    result = .success(old)
                }
            }
            defer { state.waiters = nil }
            return state.waiters ?? []
        }
        for waiter in waiters { waiter.give(result) }
    }

    /// The store's token if it is good, otherwise a new one, made while nobody else makes one.
    private func obtain(_ mint: TokenMint, refused: String?, isForced: Bool) async -> Result<AccessToken, APIError> {
        let made = Mutex<AccessToken?>(nil)
        do {
            let token = try await store.update(credential) { [self] kept async throws in
                if !isForced, let kept {
                    if kept.value != refused, isFresh(kept) { return kept }
                    if kept.value == refused, let age = age(of: kept), age < Self.minimumInterval {
                        throw APIError.refusedThoughNew(age)
                    }
                }
                let token = try await mint.token()
                made.withLock { $0 = token }
                return token
            }
            if made.withLock({ $0 }) != nil { reportRefresh(mint) }
            guard let token else { return .failure(APIError(.authentication, "the token store keeps no tokens")) }
            return .success(token)
        } catch let error as APIError {
            return .failure(error)
        } catch {
            warn("the token store does not work, so the token is not shared: \(error)")
            if let token = made.withLock({ $0 }) {
                reportRefresh(mint)
                return .success(token)
            }
            do throws(APIError) {
                let token = try await mint.token()
                reportRefresh(mint)
                return .success(token)
            } catch {
                return .failure(error)
            }
        }
    }

    private func reportRefresh(_ mint: TokenMint) {
        configuration.observer?.observe(ClientEvent(kind: .tokenRefreshed, endpointID: mint.endpointID))
    }

    private func adopt(_ token: AccessToken, _ state: inout State) {
        state.token = token
        state.lastMint = age(of: token).map { configuration.clock.now() - $0 }
    }

    // MARK: Judging tokens

    private func usableToken(_ state: State, _ now: Duration) -> AccessToken? {
        guard let token = state.token else { return nil }
        let isUsable =
            // A refused token goes out again rather than nothing: some calls are refused to every token.
            token.value == state.refused
            ? !mayReplace(state, now) : isFresh(token) || !isExpired(token) && now < state.nextEarlyTry
        return isUsable ? token : nil
    }

    private func mayReplace(_ state: State, _ now: Duration) -> Bool {
        state.lastMint.map { now - $0 >= Self.minimumInterval } ?? true
    }

    private func isExpired(_ token: AccessToken) -> Bool {
        token.expiresAt.map { $0 <= configuration.clock.date() } ?? false
    }

    /// Whether it is not yet time to renew: the margin before its expiry, or half its life if that is shorter.
    private func isFresh(_ token: AccessToken) -> Bool {
        guard let expiresAt = token.expiresAt else { return true }
        var margin = (service.clientCredentials?.margin ?? .zero) / .seconds(1)
        if let issuedAt = token.issuedAt { margin = min(margin, expiresAt.timeIntervalSince(issuedAt) / 2) }
        return configuration.clock.date() < expiresAt.addingTimeInterval(-margin)
    }

    private func age(of token: AccessToken) -> Duration? {
        token.issuedAt.map { .seconds(max(0, configuration.clock.date().timeIntervalSince($0))) }
    }
}

/// The token that a store keeps, for a program that does not know the client's secret.
public struct StoredToken: TokenProvider {
    private let store: any TokenStore
    private let credential: String
    private let date: @Sendable () -> Date

    /// - Parameter credential: The name under which the store keeps the token.
    public init(store: any TokenStore, credential: String, clock: ClientClock = .continuous) {
        self.store = store
        self.credential = credential
        date = clock.date
    }

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

    public func tokenWasRefused(_ token: AccessToken) async -> Bool {
        guard let kept = try? await store.token(for: credential) else { return false }
        return kept.value != token.value
    }
}

extension APIError {
    fileprivate static func refusedThoughNew(_ age: Duration) -> APIError {
        let seconds = Int(age / .seconds(1))
        return APIError(
            .authentication, "the service refuses a token that was made \(seconds) s ago; a new one would not help",
            remedy: "Check that the account may make this call, and that not too many tokens are in use")
    }
}
