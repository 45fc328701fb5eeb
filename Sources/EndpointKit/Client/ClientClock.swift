import Foundation

/// A client's clock. Tests use one that they advance by hand.
public struct ClientClock: Sendable {
    /// Returns the time since a fixed moment. It never decreases.
    public var now: @Sendable () -> Duration {
        didSet { alarm = nil }
    }
    /// Returns the current date, for expiry dates.
    public var date: @Sendable () -> Date
    /// Waits for a duration; throws only when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void {
        didSet { alarm = nil }
    }
    /// Measures time limits without a task for each; nil for a clock of which only the functions are known.
    private var alarm: Alarm?

    /// Creates a clock from its three functions.
    public init(
        now: @escaping @Sendable () -> Duration, date: @escaping @Sendable () -> Date,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.date = date
        self.sleep = sleep
    }

    /// The system's clock, which continues while the machine sleeps.
    ///
    /// A ``sleep`` that is cancelled leaves nothing behind, unlike `Task.sleep`, which holds its memory until its time has
    /// come. A transport that ends an exchange by a time limit of its own should use this one.
    public static let continuous = system(alarm: .shared)

    /// The system's clock with an alarm of its own.
    static func system(alarm: Alarm) -> ClientClock {
        let clock = ContinuousClock()
        let start = clock.now
        var system = ClientClock(
            now: { start.duration(to: clock.now) }, date: { Date() },
            sleep: { duration async throws in try await alarm.sleep(for: duration) })
        system.alarm = alarm
        return system
    }
}

extension ClientClock {
    /// A function that is called at a time, unless it is cancelled before.
    enum Timer: Sendable {
        case entry(Alarm.Entry, in: Alarm)
        case task(Task<Void, any Error>)

        func cancel() {
            switch self {
            case .entry(let entry, let alarm): alarm.remove(entry)
            case .task(let task): task.cancel()
            }
        }
    }

    /// Calls a function after a duration.
    func timer(after limit: Duration, _ action: @escaping @Sendable () -> Void) -> Timer {
        if let alarm { return .entry(alarm.add(at: .now + limit.clamped, action), in: alarm) }
        let (now, sleep) = (now, sleep)
        let end = now() + limit
        return .task(
            Task {
                try await sleep(limit)
                if now() >= end { action() }
            })
    }

    /// Runs an operation with a time limit. Returns its result, or `late` after the limit, or `cancelled` when the caller is
    /// cancelled. The operation is then cancelled too, and not awaited.
    func limit<Value: Sendable>(
        to limit: Duration, late: Value, cancelled: Value, _ operation: @escaping @Sendable () async -> Value
    ) async -> Value {
        let outcome = OneShot<Value>()
        let timer = timer(after: limit) { outcome.give(late) }
        let work = Task { outcome.give(await operation()) }
        defer {
            work.cancel()
            timer.cancel()
        }
        return await outcome.wait(orWhenCancelled: cancelled)
    }
}
