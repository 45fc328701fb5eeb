/// The calls that are counted together against a rate.
public struct RateKey: Sendable, Hashable {
    /// The client id or user that the limit applies to; a service counts per client id, not per process.
    public var credential: String
    /// The rate group, by default an endpoint's method and path.
    public var group: String

    /// Creates a key.
    public init(credential: String, group: String) {
        self.credential = credential
        self.group = group
    }
}

/// Delays calls so that they do not exceed a service's rates.
///
/// A limiter of your own, such as one over a shared database, lets many machines share a rate.
public protocol RateLimiter: Sendable {
    /// Waits until a call may be sent.
    ///
    /// - Parameters:
    ///   - key: The calls that are counted together.
    ///   - rate: The rate of these calls.
    ///   - timeout: How long the call can wait.
    /// - Throws: `.cancelled` when the task is cancelled, `.timeout` as soon as it is known that the next slot is after the
    ///   deadline, `.invalidParameter` for a rate whose `secondsPerCall` is nil. None of them uses up a slot.
    func acquire(_ key: RateKey, rate: Rate, timeout: Duration) async throws(APIError)
    /// Reports that the service throttled a call. No call with this key is sent for the given time.
    func slowDown(_ key: RateKey, for duration: Duration) async
}

/// A rate limiter that delays no call: for services without rates, and for tests.
public struct NoRateLimit: RateLimiter {
    /// Creates a limiter.
    public init() {}
    /// Returns at once.
    public func acquire(_ key: RateKey, rate: Rate, timeout: Duration) async throws(APIError) {}
    /// Does nothing.
    public func slowDown(_ key: RateKey, for duration: Duration) async {}
}
