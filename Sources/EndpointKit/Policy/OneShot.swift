import Synchronization

/// A value that comes once, for one waiter. Whoever gives it first decides: the giver, or the waiter's cancellation.
final class OneShot<Value: Sendable>: Sendable {
    private enum State {
        case empty
        case waited(CheckedContinuation<Value, Never>)
        case full(Value)
    }

    private let state = Mutex(State.empty)

    /// False if there is a value already.
    @discardableResult
    func give(_ value: Value) -> Bool {
        let (isFirst, waiter) = state.withLock { state -> (Bool, CheckedContinuation<Value, Never>?) in
            switch state {
            case .full: return (false, nil)
            case .empty:
                state = .full(value)
                return (true, nil)
            case .waited(let waiter):
                state = .full(value)
                return (true, waiter)
            }
        }
        waiter?.resume(returning: value)
        return isFirst
    }

    /// The value, or `cancelled` if the task is cancelled before it comes. May be called once.
    func wait(orWhenCancelled cancelled: Value) async -> Value {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let value = state.withLock { state -> Value? in
                    if case .full(let value) = state { return value }
                    state = .waited(continuation)
                    return nil
                }
                if let value { continuation.resume(returning: value) }
            }
        } onCancel: {
            give(cancelled)
        }
    }
}

extension ClientClock {
    /// What an operation returns, unless the time is over first, or the caller is cancelled: then the operation is
    /// cancelled, and left alone even if it does not care.
    func limit<Value: Sendable>(
        to limit: Duration, late: Value, cancelled: Value, _ operation: @escaping @Sendable () async -> Value
    ) async -> Value {
        let outcome = OneShot<Value>()
        let end = now() + limit
        let work = Task { outcome.give(await operation()) }
        let timer = Task {
            try await sleep(limit)
            if now() >= end { outcome.give(late) }
        }
        defer {
            work.cancel()
            timer.cancel()
        }
        return await outcome.wait(orWhenCancelled: cancelled)
    }
}

/// Lets one task at a time through, in the order in which they came; unlike a mutex it may be held across `await`.
final class AsyncLock: Sendable {
    private let state = Mutex((isHeld: false, waiters: [OneShot<Bool>]()))

    /// - Throws: `CancellationError`, and then the lock is not held.
    func acquire() async throws {
        let turn = OneShot<Bool>()
        state.withLock { state in
            if state.isHeld {
                state.waiters.append(turn)
            } else {
                state.isHeld = true
                turn.give(true)
            }
        }
        guard await turn.wait(orWhenCancelled: false) else { throw CancellationError() }
    }

    /// Hands the lock to the next who still wants it.
    func release() {
        state.withLock { state in
            while !state.waiters.isEmpty {
                if state.waiters.removeFirst().give(true) { return }
            }
            state.isHeld = false
        }
    }
}
