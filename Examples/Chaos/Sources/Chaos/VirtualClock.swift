import EndpointKit
import Foundation
import Synchronization

/// A clock that jumps to the next moment at which something happens, once nothing more happens at this one.
final class VirtualClock: Sendable {
    private struct State {
        var now = Duration.zero
        var lastID = 0
        var sleepers: [Int: (until: Duration, wake: CheckedContinuation<Void, any Error>)] = [:]
        /// Counts what happens, so that rest can be told from work.
        var activity = 0
    }

    private let state = Mutex(State())
    private let start = Date(timeIntervalSince1970: 1_750_000_000)

    var now: Duration { state.withLock { $0.now } }
    var date: Date { start.addingTimeInterval(now / .seconds(1)) }

    var clientClock: ClientClock {
        ClientClock(
            now: { self.now }, date: { self.date },
            sleep: { duration async throws in try await self.sleep(duration) })
    }

    /// Something happened: it is not yet time to jump.
    func touch() { state.withLock { $0.activity += 1 } }

    func sleep(_ duration: Duration) async throws {
        guard duration > .zero else { return try Task.checkCancellation() }
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                state.withLock { state in
                    state.activity += 1
                    state.sleepers[id] = (state.now + duration, continuation)
                }
                // A cancellation that came before the sleeper was entered found nobody to wake.
                if Task.isCancelled { cancel(id) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func cancel(_ id: Int) {
        let sleeper = state.withLock { state in
            state.activity += 1
            return state.sleepers.removeValue(forKey: id)
        }
        sleeper?.wake.resume(throwing: CancellationError())
    }

    /// Lets time pass until `isDone`; false if everybody waits and nobody sleeps, so that nothing can ever happen again.
    func run(until isDone: () -> Bool) async -> Bool {
        var (seen, since) = (-1, ContinuousClock.now)
        while !isDone() {
            await Task.yield()
            let activity = state.withLock { $0.activity }
            if activity != seen {
                (seen, since) = (activity, .now)
            } else if .now - since > .microseconds(300), !jump(), .now - since > .seconds(5) {
                return false
            }
        }
        return true
    }

    private func jump() -> Bool {
        let due = state.withLock { state -> [CheckedContinuation<Void, any Error>] in
            guard let next = state.sleepers.values.map(\.until).min() else { return [] }
            state.now = max(state.now, next)
            state.activity += 1
            let due = state.sleepers.filter { $0.value.until <= next }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.wake)
        }
        for sleeper in due { sleeper.resume() }
        return !due.isEmpty
    }
}
