import Synchronization

/// A lock that may be held across `await`. Tasks acquire it in the order in which they ask for it.
final class AsyncLock: Sendable {
    private struct State: ~Copyable {
        var isHeld = false
        var waiters = LinkedQueue<OneShot<Bool>>()
    }

    /// Guards the flag and the queue of waiting tasks.
    private let state = Mutex(State())

    /// The number of tasks that wait.
    var waiterCount: Int { state.withLock { $0.waiters.count } }

    /// Waits for the lock; throws `CancellationError`, without the lock, if the task is cancelled.
    func acquire() async throws {
        let turn = OneShot<Bool>()
        let position = state.withLock { state -> LinkedQueue<OneShot<Bool>>.Position? in
            if state.isHeld { return state.waiters.append(turn) }
            state.isHeld = true
            return nil
        }
        guard let position else { return }
        if await turn.wait(orWhenCancelled: false) { return }
        state.withLock { _ = $0.waiters.remove(position) }
        throw CancellationError()
    }

    /// Passes the lock to the next task that still waits.
    func release() {
        state.withLock { state in
            while let waiter = state.waiters.popFirst() {
                if waiter.give(true) { return }
            }
            state.isHeld = false
        }
    }
}
