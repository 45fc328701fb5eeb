/// What calls are counted together.
public struct RateKey: Sendable, Hashable {
    /// Who calls: limits hold for a client id or a user, not for a process.
    public var credential: String
    /// The rate group, by default an endpoint's method and path.
    public var group: String

    public init(credential: String, group: String) {
        self.credential = credential
        self.group = group
    }
}

/// Lets calls through no faster than a service allows. A fleet can put a shared store behind it.
public protocol RateLimiter: Sendable {
    /// Returns when the call may go.
    ///
    /// - Parameter patience: How long the caller can wait at most.
    /// - Throws: `.cancelled` when the task is cancelled while it waits, `.timeout` when the call's turn would come too
    ///   late: at once if that is known. Neither uses up a call.
    func acquire(_ key: RateKey, rate: Rate, patience: Duration) async throws(APIError)
    /// Hears that the service throttled a call: nothing more under this key for a while.
    func slowDown(_ key: RateKey, for duration: Duration) async
}

/// No limit at all: for services that have none, and for tests.
public struct NoRateLimit: RateLimiter {
    public init() {}
    public func acquire(_ key: RateKey, rate: Rate, patience: Duration) async throws(APIError) {}
    public func slowDown(_ key: RateKey, for duration: Duration) async {}
}
