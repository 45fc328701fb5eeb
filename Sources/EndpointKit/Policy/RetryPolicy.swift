/// When a failed try is repeated, and after how long.
///
/// Repeated are only failures that leave no doubt: calls declared idempotent after a broken connection, a timeout or HTTP
/// 502, 503, 504; any call that the service refused without doing anything (throttled, busy) or that certainly never
/// reached it. What is pending is not repeated but polled.
///
/// Every body can be sent again, since it is in memory or a stretch of a file; a call that is not to be repeated is one
/// that is not idempotent, or has ``RetryPolicy/never``. A token that was refused is replaced once, whatever the policy.
public struct RetryPolicy: Sendable, Hashable {
    /// Tries in all; 1 means no retry.
    public var maxAttempts: Int
    /// The longest first wait. Each further one may be twice as long; the real wait is random between zero and that.
    public var baseDelay: Duration
    public var maxDelay: Duration
    /// A longer `Retry-After` is not waited for: the call fails and says how long the service asked for.
    public var maxRetryAfter: Duration
    /// What the retries of all calls of a client may cost together: 5 each, 10 after a timeout, paid back when the retry
    /// succeeds; a call that succeeds at once pays in 1. When it is spent, calls fail with their first error.
    public var budget: Int

    public init(
        maxAttempts: Int = 4, baseDelay: Duration = .milliseconds(500), maxDelay: Duration = .seconds(8),
        maxRetryAfter: Duration = .seconds(60), budget: Int = 500
    ) {
        self.budget = budget
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
