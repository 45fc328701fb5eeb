/// When a client repeats a failed attempt, and after how long.
///
/// Retries only when repeating the call is known to be safe: an idempotent call after a broken connection, a timeout or HTTP
/// 502, 503 and 504; any call that the service refused without acting on it (throttled, busy) or that never reached the
/// service. A pending job is not retried but polled.
///
/// A refused token is replaced once for each call, whatever the policy.
public struct RetryPolicy: Sendable, Hashable {
    /// The number of attempts of one call; 1 or less means no retry.
    public var maxAttempts: Int
    /// The upper bound of the first delay; it doubles for each further one. The delay is random between zero and the bound.
    public var baseDelay: Duration
    /// The greatest upper bound of a delay.
    public var maxDelay: Duration
    /// The longest `Retry-After` that a call waits for. Beyond it the call fails with ``APIError/retryAfter`` set.
    public var maxRetryAfter: Duration
    /// The budget that all retries of a client share. A retry costs 5, or 10 after a timeout, and is refunded when it
    /// succeeds; a call that succeeds at once adds 1, up to this value. When the budget is spent, calls fail with their
    /// first error.
    public var budget: Int

    /// Creates a policy. Delays below zero count as zero, delays above 100 years as 100 years.
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

    /// The policy that sends every call once.
    public static let never = RetryPolicy(maxAttempts: 1)

    /// The delay before the next attempt; nil if there is none. `random` is a number from 0 to 1; others are clamped.
    func delay(after error: APIError, attempt: Int, random: Double) -> Duration? {
        guard error.isRetryable, attempt < maxAttempts else { return nil }
        if let asked = error.retryAfter { return asked <= maxRetryAfter ? asked.clamped : nil }
        let ceiling = min(maxDelay.clamped, baseDelay.clamped * (1 << min(attempt - 1, 20)))
        return ceiling * (random.isNaN ? 1 : min(max(0, random), 1))
    }
}
