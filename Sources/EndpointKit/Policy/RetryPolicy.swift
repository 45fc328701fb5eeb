/// When a failed try is repeated, and after how long.
///
/// Repeated are only failures that leave no doubt: calls declared idempotent after a broken connection, a timeout or HTTP
/// 502, 503, 504; any call that the service refused without doing anything (throttled, busy) or that certainly never
/// reached it.
public struct RetryPolicy: Sendable, Hashable {
    /// Tries in all; 1 means no retry.
    public var maxAttempts: Int
    /// The longest first wait. Each further one may be twice as long; the real wait is random between zero and that.
    public var baseDelay: Duration
    public var maxDelay: Duration
    /// A longer `Retry-After` is not waited for: the call fails and says how long the service asked for.
    public var maxRetryAfter: Duration

    public init(
        maxAttempts: Int = 4, baseDelay: Duration = .milliseconds(500), maxDelay: Duration = .seconds(8),
        maxRetryAfter: Duration = .seconds(60)
    ) {
        self.maxAttempts = maxAttempts
        self.baseDelay = baseDelay
        self.maxDelay = maxDelay
        self.maxRetryAfter = maxRetryAfter
    }

    /// Every call is sent once.
    public static let never = RetryPolicy(maxAttempts: 1)

    /// The wait before the next try; nil if there should be none.
    ///
    /// - Parameter random: Between 0 and 1.
    func delay(after error: APIError, attempt: Int, random: Double) -> Duration? {
        guard error.isRetryable, attempt < maxAttempts else { return nil }
        if let asked = error.retryAfter { return asked <= maxRetryAfter ? asked : nil }
        let ceiling = min(maxDelay, baseDelay * (1 << min(attempt - 1, 20)))
        return ceiling * random
    }
}
