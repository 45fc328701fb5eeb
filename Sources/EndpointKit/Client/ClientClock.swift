import Foundation

/// The time a client lives by; tests put in one that they move by hand.
public struct ClientClock: Sendable {
    /// Time since some fixed moment; never goes back.
    public var now: @Sendable () -> Duration
    /// The calendar's time, for expiry dates.
    public var date: @Sendable () -> Date
    /// Waits; throws only when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void

    public init(
        now: @escaping @Sendable () -> Duration, date: @escaping @Sendable () -> Date,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.date = date
        self.sleep = sleep
    }

    /// The machine's own clock.
    public static let continuous: ClientClock = {
        let clock = ContinuousClock()
        let start = clock.now
        return ClientClock(
            now: { start.duration(to: clock.now) }, date: { Date() },
            sleep: { duration async throws in try await clock.sleep(for: duration) })
    }()
}
