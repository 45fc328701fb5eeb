import Foundation
import Synchronization

/// A token provider that exchanges a client's id and secret for tokens, and renews them before they expire.
///
///     let tokens = ClientCredentialsProvider(
///         service: WeatherClient.service, clientID: id, clientSecret: secret, store: FileTokenStore(url: file))
///
/// Concurrent callers share one request for a token: within a process, and with a ``FileTokenStore`` among all processes
/// that use the file. A caller that is cancelled stops waiting; the request continues for the other callers. A refused
/// token is replaced only if it is still in use, and at most once a minute, so that a service that refuses every token is
/// not flooded with requests for new ones.
public final class ClientCredentialsProvider: TokenProvider, CachedTokenProvider {
    /// How a caller's wait ends. All callers of a request share one outcome, rather than a copy each of a token or an error.
    private enum Ending: Sendable {
        case settled(Outcome)
        case late
        case cancelled
    }

    private final class Outcome: Sendable {
        let result: Result<AccessToken, APIError>

        init(_ result: Result<AccessToken, APIError>) {
            self.result = result
        }
    }

    private typealias Waiter = OneShot<Ending>

    private struct State: ~Copyable {
        /// The token that calls use.
        var token: AccessToken?
        /// The value of the last token that the service refused.
        var refused: String?
        /// When the token in use was issued, to this provider or to another one with the same store.
        var lastIssue: Duration?
        /// After a renewal before expiry failed: when the next one may be attempted.
        var nextEarlyRenewal = Duration.zero
        /// Whether a token is being requested.
        var isRequesting = false
        /// The callers that wait for the current request for a token.
        var waiters = LinkedQueue<Waiter>()
    }

    /// The minimum time between two tokens that are requested because one was refused.
    static let minimumInterval = Duration.seconds(60)

    /// The token's name in the store: the client's id at the service's address, as in `id@api.example.com`.
    public let credential: String
    /// Sends requests for tokens. A client without tokens: such a call cannot wait for one.
    private let client: Client
    private let grant: ClientCredentialsGrant?
    private let store: any TokenStore
    private let warn: @Sendable (String) -> Void
    /// Guards the token in use and the callers that wait for the next. Never held across a call of the store.
    private let state = Mutex(State())

    /// Creates a provider; nothing is sent until a token is needed.
    ///
    /// - Parameters:
    ///   - service: The service, which describes the call that makes tokens.
    ///   - clientID: The client's id.
    ///   - clientSecret: The client's secret. It is sent with requests for tokens and appears nowhere else.
    ///   - store: The store that the token is shared through; by default a store in memory.
    ///   - configuration: Base URL, transport and clock of requests for tokens; usually the client's own configuration.
    ///   - onWarning: Receives a text when the store fails. Calls continue without the store.
    public init(
        service: Service, clientID: String, clientSecret: String, store: any TokenStore = MemoryTokenStore(),
        configuration: ClientConfiguration = ClientConfiguration(),
        onWarning: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        client = Client(service: service, tokens: nil, configuration: configuration)
        self.store = store
        warn = onWarning
        credential = Self.credential(
            service: service, clientID: clientID, baseURL: try? configuration.baseURL(of: service))
        grant = ClientCredentialsGrant(client: client, clientID: clientID, clientSecret: clientSecret)
    }

    /// Returns the name of a client's token in a store: the client's id at the service's address.
    public static func credential(service: Service, clientID: String, baseURL: String? = nil) -> String {
        "\(clientID)@\(address(service: service, baseURL: baseURL))"
    }

    /// The service's host and port. A token that was stored for one address is never sent to another.
    package static func address(service: Service, baseURL: String? = nil) -> String {
        let url = URL(string: baseURL ?? service.defaultBaseURL)
        let port = url?.port.map { ":\($0)" } ?? ""
        return "\(url?.host ?? service.name)\(port)"
    }

    // MARK: TokenProvider

    /// Returns a valid token: the one in use, the stored one or a new one. Throws `.authentication` if the service has no call
    /// that makes tokens, and the errors of that call.
    public func token() async throws(APIError) -> AccessToken {
        try await token(isForced: false, limit: nil)
    }

    func token(by limit: TokenLimit) async throws(APIError) -> AccessToken {
        try await token(isForced: false, limit: limit)
    }

    func cachedToken() -> AccessToken? {
        let now = client.configuration.clock.now()
        return state.withLock { usableToken($0, now) }
    }

    /// Requests a new token even if the current one is valid, for example to check id and secret. Throws the errors of
    /// ``token()``.
    @discardableResult
    public func renew() async throws(APIError) -> AccessToken {
        try await token(isForced: true, limit: nil)
    }

    /// Removes the token from memory and from the store. Throws `.other` if the store fails.
    public func forget() async throws(APIError) {
        state.withLock { $0.token = nil }
        do {
            try await store.updateToken(for: credential) { _ async throws in nil }
        } catch {
            throw APIError(.other, "the token cannot be removed from the store: \(error)", underlying: error)
        }
    }

    /// Reports that the service refused a token. Returns whether ``token()`` may now return another one: because it is already
    /// there, or because a new one may be requested.
    public func tokenWasRefused(_ token: AccessToken) async -> Bool {
        let now = client.configuration.clock.now()
        let isAnother = state.withLock { state in
            if let current = state.token, current.value != token.value, current.value != state.refused { return true }
            if state.token?.value == token.value || state.token == nil { state.refused = token.value }
            return state.isRequesting || mayReplace(state, now)
        }
        if isAnother { return true }
        // It is too early to request one, but another process may have stored one.
        guard let stored = try? await store.token(for: credential), stored.value != token.value, isFresh(stored) else {
            return false
        }
        state.withLock { adopt(stored, &$0) }
        return true
    }

    // MARK: One at a time

    /// How many callers wait for a token.
    var waiterCount: Int { state.withLock { $0.waiters.count } }

    private func token(isForced: Bool, limit: TokenLimit?) async throws(APIError) -> AccessToken {
        if grant == nil { throw APIError(.authentication, "\(client.service.name) has no call that issues tokens") }
        let waiter = Waiter()
        let now = client.configuration.clock.now()
        var starts = false
        var position: LinkedQueue<Waiter>.Position?
        let known = state.withLock { state -> AccessToken? in
            if !isForced, let token = usableToken(state, now) { return token }
            starts = !state.isRequesting
            state.isRequesting = true
            position = state.waiters.append(waiter)
            return nil
        }
        if let known { return known }
        if starts, let grant {
            // An unstructured task: cancelling a caller does not cancel the request.
            Task { await self.replaceToken(grant, isForced: isForced) }
        }
        let timer = limit.map { limit in
            limit.clock.timer(after: limit.duration) { waiter.give(.late) }
        }
        let ending = await waiter.wait(orWhenCancelled: .cancelled)
        timer?.cancel()
        if case .settled(let outcome) = ending { return try outcome.result.get() }
        // A caller that was cancelled, or is late, leaves; the others have been removed with the result.
        if let position { state.withLock { _ = $0.waiters.remove(position) } }
        guard case .late = ending, let limit else { throw .cancelled }
        throw limit.error
    }

    private func replaceToken(_ grant: ClientCredentialsGrant, isForced: Bool) async {
        let refused = state.withLock { $0.refused }
        var result = await obtain(grant, refused: refused, isForced: isForced)
        let now = client.configuration.clock.now()
        let waiters = state.withLock { state -> [Waiter] in
            switch result {
            case .success(let token): adopt(token, &state)
            case .failure:
                // The old token is still valid: a renewal before expiry that fails does not fail the calls.
                if !isForced, let old = state.token, old.value != state.refused, !isExpired(old) {
                    state.nextEarlyRenewal = now + Self.minimumInterval
                    result = .success(old)
                }
            }
            state.isRequesting = false
            return state.waiters.removeAll()
        }
        let outcome = Outcome(result)
        for waiter in waiters { waiter.give(.settled(outcome)) }
    }

    /// The stored token if it is valid, otherwise a new one, requested while nobody else requests one.
    private func obtain(_ grant: ClientCredentialsGrant, refused: String?, isForced: Bool) async -> Result<
        AccessToken, APIError
    > {
        let issued = Mutex<AccessToken?>(nil)
        do {
            let token = try await store.updateToken(for: credential) { [self] stored async throws in
                if !isForced, let stored {
                    if stored.value != refused, isFresh(stored) { return stored }
                    if stored.value == refused, let age = age(of: stored), age < Self.minimumInterval {
                        throw APIError.refusedAlthoughNew(age)
                    }
                }
                let token = try await grant.token()
                issued.withLock { $0 = token }
                return token
            }
            if issued.withLock({ $0 }) != nil { reportRefresh(grant) }
            guard let token else {
                return .failure(APIError(.authentication, "the token store did not store the token"))
            }
            return .success(token)
        } catch let error as APIError {
            return .failure(error)
        } catch {
            warn("the token store failed, so the token is not shared: \(error)")
            if let token = issued.withLock({ $0 }) {
                reportRefresh(grant)
                return .success(token)
            }
            do throws(APIError) {
                let token = try await grant.token()
                reportRefresh(grant)
                return .success(token)
            } catch {
                return .failure(error)
            }
        }
    }

    private func reportRefresh(_ grant: ClientCredentialsGrant) {
        client.configuration.observer?.observe(ClientEvent(kind: .tokenRefreshed, endpointID: grant.endpointID))
    }

    private func adopt(_ token: AccessToken, _ state: inout State) {
        state.token = token
        state.lastIssue = age(of: token).map { client.configuration.clock.now() - $0 }
    }

    // MARK: Judging tokens

    private func usableToken(_ state: borrowing State, _ now: Duration) -> AccessToken? {
        guard let token = state.token else { return nil }
        let isUsable =
            // A refused token is sent again until it may be replaced: a service may refuse some calls with any token.
            token.value == state.refused
            ? !mayReplace(state, now) : isFresh(token) || !isExpired(token) && now < state.nextEarlyRenewal
        return isUsable ? token : nil
    }

    private func mayReplace(_ state: borrowing State, _ now: Duration) -> Bool {
        state.lastIssue.map { now - $0 >= Self.minimumInterval } ?? true
    }

    private func isExpired(_ token: AccessToken) -> Bool {
        token.expiresAt.map { $0 <= client.configuration.clock.date() } ?? false
    }

    /// Whether it is too early to renew the token. Renewal is due a margin before expiry: the service's margin, or half of
    /// the token's lifetime if that is shorter.
    private func isFresh(_ token: AccessToken) -> Bool {
        guard let expiresAt = token.expiresAt else { return true }
        var margin = (grant?.margin ?? .zero) / .seconds(1)
        if let issuedAt = token.issuedAt, age(of: token) != nil {
            margin = min(margin, expiresAt.timeIntervalSince(issuedAt) / 2)
        }
        return client.configuration.clock.date() < expiresAt.addingTimeInterval(-margin)
    }

    /// How long ago a token was issued; nil if that is not known. A date in the future says nothing: a clock was wrong, then or
    /// now. Less than a second of it comes from rounding.
    private func age(of token: AccessToken) -> Duration? {
        guard let seconds = token.issuedAt.map({ client.configuration.clock.date().timeIntervalSince($0) }),
            seconds > -1
        else {
            return nil
        }
        // A bound, since a store may contain any date and `Duration` ends the process at one beyond its range.
        return .seconds(min(max(0, seconds), 1e9))
    }
}

extension APIError {
    fileprivate static func refusedAlthoughNew(_ age: Duration) -> APIError {
        let seconds = Int(age / .seconds(1))
        return APIError(
            .authentication, "the service refused a token that was issued \(seconds) s ago; a new one would not help",
            remedy: "Check that the account may make this call, and that not too many tokens are in use")
    }
}
