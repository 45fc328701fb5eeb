import Synchronization

/// The retries that all calls of a client share, so that they do not multiply the load on a service that is failing.
///
/// A retry costs, and is refunded when it succeeds; a call that succeeds at once adds 1.
final class RetryBudget: Sendable {
    private static let cost = 5
    /// A timeout occupies the service longer than a refusal.
    private static let timeoutCost = 10

    private let capacity: Int
    /// Guards the units that are left; at most `capacity`.
    private let available: Mutex<Int>

    init(capacity: Int) {
        self.capacity = max(0, capacity)
        available = Mutex(self.capacity)
    }

    /// Takes the cost of a retry after this error and returns it; nil if the budget is too small.
    func spend(after error: APIError) -> Int? {
        let cost = error.kind == .timeout ? Self.timeoutCost : Self.cost
        return available.withLock { available in
            guard available >= cost else { return nil }
            available -= cost
            return cost
        }
    }

    /// Records a success, with the cost of its last retry; nil if there was none.
    func succeeded(spent: Int?) {
        available.withLock { $0 += min(capacity - $0, spent ?? 1) }
    }
}
