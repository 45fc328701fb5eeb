import Synchronization

/// Calls functions at their times on the system's clock.
///
/// A cancelled `Task.sleep` holds its memory until its time has come, which is 0.7 KB for five minutes after each call that
/// needed its time limit for a moment. Here an entry that is cancelled is gone at once: only the alarm sleeps, in one task
/// until the earliest deadline. A deadline that is earlier than that wakes in a further task; the first one sleeps on, since
/// cancelling it would leave its memory behind.
final class Alarm: Sendable {
    typealias Entry = DeadlineHeap<@Sendable () -> Void>.Entry

    private struct State: ~Copyable {
        var entries = DeadlineHeap<@Sendable () -> Void>()
        /// When the sleeping tasks wake, the latest first.
        var wakes: [ContinuousClock.Instant] = []
    }

    /// The alarm of all clients of the process.
    static let shared = Alarm()

    /// Guards the entries. No function of an entry is called while it is held.
    private let state = Mutex(State())

    /// The number of functions that are still to be called.
    var count: Int { state.withLock { $0.entries.count } }

    /// The number of tasks that sleep.
    var sleeperCount: Int { state.withLock { $0.wakes.count } }

    /// Calls a function at a time, on the alarm's task. The function must return quickly.
    func add(at deadline: ContinuousClock.Instant, _ ring: @escaping @Sendable () -> Void) -> Entry {
        let (entry, isEarliest) = state.withLock { state in
            let entry = state.entries.insert(ring, at: deadline)
            return (entry, Self.adds(deadline, to: &state.wakes))
        }
        if isEarliest { Task.detached { await self.ring(at: deadline) } }
        return entry
    }

    /// Forgets an entry, unless its function has been called or is being called.
    func remove(_ entry: Entry) {
        // What the function holds is released outside of the lock.
        _ = state.withLock { $0.entries.remove(entry) }
    }

    /// Waits for a duration; throws `CancellationError` when the task is cancelled.
    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        guard duration > .zero else { return }
        let end = OneShot<Bool>()
        let entry = add(at: .now + duration.clamped) { end.give(true) }
        defer { remove(entry) }
        guard await end.wait(orWhenCancelled: false) else { throw CancellationError() }
    }

    /// Whether a task has to wake at a time, because none does so earlier.
    private static func adds(_ time: ContinuousClock.Instant, to wakes: inout [ContinuousClock.Instant]) -> Bool {
        if let earliest = wakes.last, earliest <= time { return false }
        wakes.append(time)
        return true
    }

    /// Sleeps until a time, calls the functions that are due, and goes on with the next deadline that no other task wakes for.
    private func ring(at time: ContinuousClock.Instant) async {
        var time = time
        while true {
            // Nobody cancels this task.
            try? await ContinuousClock().sleep(until: time)
            let now = ContinuousClock.now
            let (due, next) = state.withLock { state in
                state.wakes.removeAll { $0 == time }
                var due: [@Sendable () -> Void] = []
                while let ring = state.entries.popFirst(until: now) { due.append(ring) }
                let next = state.entries.first.flatMap { Self.adds($0, to: &state.wakes) ? $0 : nil }
                return (due, next)
            }
            for ring in due { ring() }
            guard let next else { return }
            time = next
        }
    }
}
