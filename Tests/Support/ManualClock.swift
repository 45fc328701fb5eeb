import EndpointKit
import Foundation
import Synchronization

/// A clock that stands still until a test moves it, so that no test waits.
public final class ManualClock: Sendable {
    private struct State {
        var now = Duration.zero
        var sleepers: [UUID: (until: Duration, wake: CheckedContinuation<Void, any Error>)] = [:]
        var slept: [Duration] = []
    }

    private let state = Mutex(State())
    private let start: Date
    private let isImpatient: Bool

    /// - Parameters:
    ///   - isImpatient: A sleep moves the clock to its own end and returns at once: for tests with one sleeper.
    ///   - start: The calendar's time at zero.
    public init(isImpatient: Bool = false, start: Date = Date(timeIntervalSince1970: 1_750_000_000)) {
        self.isImpatient = isImpatient
        self.start = start
    }

    /// The clock for a client.
    public var clientClock: ClientClock {
        ClientClock(
            now: { self.now }, date: { self.date },
            sleep: { duration async throws in try await self.sleep(duration) })
    }

    /// How far the clock has been advanced.
    public var now: Duration { state.withLock { $0.now } }
    /// The time of day that the clock shows.
    public var date: Date { start.addingTimeInterval(now / .seconds(1)) }
    /// How long each sleep was asked to be, in order.
    public var slept: [Duration] { state.withLock { $0.slept } }
    /// How often something has gone to sleep.
    public var sleepCount: Int { state.withLock { $0.slept.count } }
    /// How many are asleep now.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Moves the clock, and wakes whose time has come.
    public func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now += duration
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.sorted { $0.until < $1.until }
        }
        for sleeper in due { sleeper.wake.resume() }
    }

    /// Moves the clock to the moment when the next sleeper wakes; false if nobody sleeps.
    @discardableResult
    public func advanceToNextSleeper() -> Bool {
        let next = state.withLock { state in state.sleepers.values.map(\.until).min().map { $0 - state.now } }
        guard let next else { return false }
        advance(by: next)
        return true
    }

    /// Returns when so many are asleep.
    public func waitForSleepers(_ count: Int) async {
        while sleeperCount < count { await Task.yield() }
    }

    private func sleep(_ duration: Duration) async throws {
        try Task.checkCancellation()
        let id = UUID()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = state.withLock { state in
                    state.slept.append(duration)
                    if isImpatient { state.now += max(.zero, duration) }
                    guard !isImpatient, duration > .zero else { return true }
                    state.sleepers[id] = (state.now + duration, continuation)
                    return false
                }
                // A cancellation that came before the sleeper was entered found nobody to wake.
                if isOver {
                    continuation.resume()
                } else if Task.isCancelled {
                    cancel(id)
                }
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func cancel(_ id: UUID) {
        state.withLock { $0.sleepers.removeValue(forKey: id) }?.wake.resume(throwing: CancellationError())
    }
}
