import Synchronization

/// A rate limiter with a token bucket for each key. Calls are sent at even intervals, in the order in which they ask.
///
/// In any period, at most rate × time + burst calls are sent (the generic cell rate algorithm). Only the first call in the
/// queue sleeps; the others wait for it. A call that is cancelled, or that would wait too long, leaves the queue and uses up
/// no slot.
public final class TokenBucketLimiter: RateLimiter {
    private struct Waiter {
        var deadline: Duration
        var turn: OneShot<Turn>
    }

    /// How the wait in the queue ends.
    private enum Turn {
        /// The waiter is now the first in the queue.
        case isHere
        case cancelled
        /// The waiter's slot is after its deadline, this far away.
        case tooLate(Duration)
    }

    /// A class, so that a queue is changed in its place.
    private final class Bucket {
        /// When the bucket is full again.
        var full = Duration.zero
        /// The time between two calls, of the latest rate.
        var interval = Duration.zero
        /// In order; the first one sleeps.
        var queue = LinkedQueue<Waiter>()

        /// When the next call may be sent. Most rates have a burst of one, and a product of durations takes longer than the rest.
        func next(burst: Int) -> Duration { burst == 1 ? full : full - interval * (burst - 1) }

        /// Uses up a slot of a call with this interval.
        func take(_ interval: Duration, at now: Duration) { full = max(full, now) + interval }

        /// The waiters whose slot is after their deadline, and how far away it is. The first one checks that itself.
        func late(burst: Int, now: Duration) -> [(waiter: Waiter, wait: Duration)] {
            var late: [(waiter: Waiter, wait: Duration)] = []
            var index = 0
            queue.forEach { waiter in
                let turn = next(burst: burst) + interval * (index - late.count)
                if index > 0, turn > waiter.deadline { late.append((waiter, turn - now)) }
                index += 1
            }
            return late
        }
    }

    private typealias Position = LinkedQueue<Waiter>.Position

    private enum Step {
        case go
        case wait(Position, OneShot<Turn>, isFirst: Bool)
        case tooLate(Duration)
    }

    /// What the first in the queue does.
    private enum FirstStep {
        case go
        case sleep(Duration)
        case tooLate(Duration)
    }

    /// Guards the buckets. No waiter is resumed while it is held.
    private let buckets = Mutex<[RateKey: Bucket]>([:])
    private let clock: ClientClock
    private let burst: Int

    /// Creates a limiter.
    ///
    /// - Parameters:
    ///   - burst: How many calls may be sent at once after a pause, 1 to 1,000,000; other values are clamped. With 1, a rate
    ///     of 10 per second is never exceeded in any second; with more, by up to `burst - 1` calls.
    ///   - clock: The clock of the clients that use the limiter.
    public init(burst: Int = 1, clock: ClientClock = .continuous) {
        self.burst = min(max(1, burst), 1_000_000)
        self.clock = clock
    }

    /// Waits until a call may be sent.
    ///
    /// - Parameters:
    ///   - key: The calls that are counted together.
    ///   - rate: The rate of these calls.
    ///   - timeout: How long the call can wait; 0 to 100 years, other values are clamped.
    /// - Throws: `.cancelled`, `.timeout` or `.invalidParameter`, as ``RateLimiter`` says.
    public func acquire(_ key: RateKey, rate: Rate, timeout: Duration) async throws(APIError) {
        let interval = try rate.interval()
        if Task.isCancelled { throw .cancelled }
        let now = clock.now()
        let deadline = now + timeout.clamped
        switch enter(key, interval, now, deadline: deadline) {
        case .go: return
        case .tooLate(let wait): throw .rateTooLow(wait: wait)
        case .wait(let position, let turn, let isFirst):
            if !isFirst {
                switch await turn.wait(orWhenCancelled: .cancelled) {
                case .isHere: break
                case .cancelled:
                    leave(key, position)
                    throw .cancelled
                case .tooLate(let wait):
                    leave(key, position)
                    throw .rateTooLow(wait: wait)
                }
            }
            try await waitAsFirst(position, key, interval, deadline: deadline)
        }
    }

    /// Sends no call with this key for the given time, at most 100 years. Calls whose slot is now after their deadline fail.
    public func slowDown(_ key: RateKey, for duration: Duration) async {
        let now = clock.now()
        let until = now + duration.clamped
        let late = buckets.withLock { buckets -> [(waiter: Waiter, wait: Duration)] in
            guard let bucket = buckets[key] else { return [] }
            // The bucket is empty until then.
            let full = until + bucket.interval * (burst - 1)
            guard full > bucket.full else { return [] }
            bucket.full = full
            return bucket.late(burst: burst, now: now)
        }
        for (waiter, wait) in late { waiter.turn.give(.tooLate(wait)) }
    }

    /// How many calls with a key wait.
    func waiting(_ key: RateKey) -> Int { buckets.withLock { $0[key]?.queue.count ?? 0 } }

    private func enter(_ key: RateKey, _ interval: Duration, _ now: Duration, deadline: Duration) -> Step {
        buckets.withLock { buckets in
            let bucket = Self.bucket(key, in: &buckets, now)
            bucket.interval = interval
            let next = bucket.next(burst: burst)
            if bucket.queue.isEmpty, next <= now {
                bucket.take(interval, at: now)
                return .go
            }
            let expected = max(next, now) + interval * bucket.queue.count
            guard expected <= deadline else { return .tooLate(expected - now) }
            let turn = OneShot<Turn>()
            let position = bucket.queue.append(Waiter(deadline: deadline, turn: turn))
            return .wait(position, turn, isFirst: bucket.queue.isFirst(position))
        }
    }

    private static func bucket(_ key: RateKey, in buckets: inout [RateKey: Bucket], _ now: Duration) -> Bucket {
        if let bucket = buckets[key] { return bucket }
        if buckets.count >= 1024 { buckets = buckets.filter { !$0.value.queue.isEmpty || $0.value.full > now } }
        let bucket = Bucket()
        buckets[key] = bucket
        return bucket
    }

    private func waitAsFirst(
        _ position: Position, _ key: RateKey, _ interval: Duration, deadline: Duration
    ) async throws(APIError) {
        while true {
            switch stepAsFirst(position, key, interval, deadline: deadline) {
            case .go: return
            case .tooLate(let wait): throw .rateTooLow(wait: wait)
            case .sleep(let wait):
                do {
                    try await clock.sleep(wait)
                } catch {
                    leave(key, position)
                    throw .cancelled
                }
            }
        }
    }

    /// Takes the slot if its time has come. It is determined each time, since `slowDown` may have moved it.
    private func stepAsFirst(
        _ position: Position, _ key: RateKey, _ interval: Duration, deadline: Duration
    ) -> FirstStep {
        let now = clock.now()
        let (step, following) = buckets.withLock { buckets -> (FirstStep, Waiter?) in
            guard let bucket = buckets[key] else { return (.go, nil) }
            let next = bucket.next(burst: burst)
            if next > now, next <= deadline { return (.sleep(next - now), nil) }
            bucket.queue.remove(position)
            if next > now { return (.tooLate(next - now), bucket.queue.first) }
            bucket.take(interval, at: now)
            return (.go, bucket.queue.first)
        }
        following?.turn.give(.isHere)
        return step
    }

    /// Removes a waiter from the queue without a slot, and wakes the next one if it was the first.
    ///
    /// If the next one was cancelled meanwhile, it is not woken; but it leaves as the first, and wakes the one behind it.
    private func leave(_ key: RateKey, _ position: Position) {
        let following = buckets.withLock { buckets -> Waiter? in
            guard let bucket = buckets[key] else { return nil }
            let wasFirst = bucket.queue.isFirst(position)
            bucket.queue.remove(position)
            return wasFirst ? bucket.queue.first : nil
        }
        following?.turn.give(.isHere)
    }
}

extension Rate {
    /// The time between two calls; throws `.invalidParameter` if this is not a valid rate.
    fileprivate func interval() throws(APIError) -> Duration {
        guard let secondsPerCall else {
            throw APIError(
                .invalidParameter, "\(limit) calls per \(per.rawValue) is not a valid rate",
                remedy: "Use a rate between one call per day and a billion calls per second")
        }
        return .seconds(secondsPerCall)
    }
}

extension APIError {
    fileprivate static func rateTooLow(wait: Duration) -> APIError {
        var error = APIError(
            .timeout, "rate limited: the next slot is in \(wait.text), after the deadline",
            remedy: "Send fewer calls at once, or allow more time")
        error.retryAfter = wait
        return error
    }
}
