import Synchronization

/// A value that is set once and awaited by one task. The first of a setter and the task's cancellation determines it.
final class OneShot<Value: Sendable>: Sendable {
    private enum State {
        case empty
        /// Unchecked, because every path out of this state resumes it, exactly once; the check would cost an allocation.
        case waited(UnsafeContinuation<Value, Never>)
        case full(Value)
    }

    /// Guards the value and the continuation, which is resumed outside of it.
    private let state = Mutex(State.empty)

    /// Sets the value. Returns false, and changes nothing, if it is set already.
    @discardableResult
    func give(_ value: Value) -> Bool {
        let (isFirst, waiter) = state.withLock { state -> (Bool, UnsafeContinuation<Value, Never>?) in
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

    /// Returns the value, or `cancelled` if the task is cancelled before the value is set. May be called once.
    func wait(orWhenCancelled cancelled: Value) async -> Value {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
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
