import Synchronization

/// What all the calls of a client may spend on retries together, so that a service in trouble is not hammered by every
/// call in turn. A retry costs, and is paid back when it succeeds; every call that succeeds at once adds a little.
final class RetryBudget: Sendable {
    private static let cost = 5
    /// A timeout has cost the service more than an answer that it refused.
    private static let timeoutCost = 10

    private let capacity: Int
    private let available: Mutex<Int>

    init(capacity: Int) {
        self.capacity = capacity
        available = Mutex(capacity)
    }

    /// Takes what a retry after this error costs, and says how much that was; nil if there is not enough.
    func spend(after error: APIError) -> Int? {
        let cost = error.kind == .timeout ? Self.timeoutCost : Self.cost
        return available.withLock { available in
            guard available >= cost else { return nil }
            available -= cost
            return cost
        }
    }

    /// Hears of a success, with what its last retry had cost.
    func succeeded(spent: Int?) {
        available.withLock { $0 = min(capacity, $0 + (spent ?? 1)) }
    }
}
