import Synchronization

/// A token bucket for each key: calls go out evenly, in the order in which they came.
///
/// In any stretch of time no more than rate × time + burst calls go (the generic cell rate algorithm). Only the first in
/// line sleeps; the others wait for their turn. A caller that is cancelled, or that would have to wait too long, leaves the
/// line and uses up nothing.
public final class TokenBucketLimiter: RateLimiter {
    private struct Waiter {
        var id: UInt64
        var deadline: Duration
        var turn: OneShot<Turn>
    }

    /// What ends the wait in line.
    private enum Turn {
        /// The waiter has come to the head of the line.
        case isHere
        case cancelled
        /// It can no longer come in time: so much is left to wait.
        case tooLate(Duration)
    }

    private struct Bucket {
        /// When the bucket will be full again.
        var full = Duration.zero
        /// Time a call, from the rate last seen.
        var interval = Duration.zero
        /// In order; the first is the one that sleeps.
        var line: [Waiter] = []

        /// When the next call may go.
        func next(burst: Int) -> Duration { full - interval * (burst - 1) }

        /// Those in line whose turn would come too late, and how far off it is. The first keeps time itself.
        func late(burst: Int, now: Duration) -> [(waiter: Waiter, wait: Duration)] {
            var late: [(waiter: Waiter, wait: Duration)] = []
            for (index, waiter) in line.enumerated().dropFirst() {
                let turn = next(burst: burst) + interval * (index - late.count)
                if turn > waiter.deadline { late.append((waiter, turn - now)) }
            }
            return late
        }
    }

    private struct State {
        var buckets: [RateKey: Bucket] = [:]
        var lastID: UInt64 = 0
    }

    private enum Step {
        case go
        case wait(Waiter, isFirst: Bool)
        case tooLate(Duration)
    }

    private let state = Mutex(State())
    private let clock: ClientClock
    private let burst: Int

    /// - Parameters:
    ///   - burst: How many calls may go at once after a pause. With 1, the default, a limit of 10 a second is never
    ///     exceeded in any second; with more it can be, by burst − 1.
    ///   - clock: The clock of the clients that use it.
    public init(burst: Int = 1, clock: ClientClock = .continuous) {
        self.burst = max(1, burst)
        self.clock = clock
    }

    public func acquire(_ key: RateKey, rate: Rate, patience: Duration) async throws(APIError) {
        guard let interval = rate.interval else { return }
        if Task.isCancelled { throw .cancelled }
        let deadline = clock.now() + patience
        switch enter(key, interval, deadline: deadline) {
        case .go: return
        case .tooLate(let wait): throw .rateTooLow(wait: wait)
        case .wait(let waiter, let isFirst):
            if !isFirst {
                switch await waiter.turn.wait(orWhenCancelled: .cancelled) {
                case .isHere: break
                case .cancelled:
                    leave(key, waiter, taking: nil)
                    throw .cancelled
                case .tooLate(let wait):
                    leave(key, waiter, taking: nil)
                    throw .rateTooLow(wait: wait)
                }
            }
            try await waitAsFirst(waiter, key, interval, deadline: deadline)
        }
    }

    public func slowDown(_ key: RateKey, for duration: Duration) async {
        let now = clock.now()
        let until = now + duration
        let late = state.withLock { state -> [(waiter: Waiter, wait: Duration)] in
            guard var bucket = state.buckets[key] else { return [] }
            // Empty until then: what has been saved up is gone.
            bucket.full = max(bucket.full, until + bucket.interval * (burst - 1))
            state.buckets[key] = bucket
            return bucket.late(burst: burst, now: now)
        }
        for (waiter, wait) in late { waiter.turn.give(.tooLate(wait)) }
    }

    /// How many wait under a key.
    func waiting(_ key: RateKey) -> Int { state.withLock { $0.buckets[key]?.line.count ?? 0 } }

    private func enter(_ key: RateKey, _ interval: Duration, deadline: Duration) -> Step {
        let now = clock.now()
        return state.withLock { state in
            if state.buckets.count >= 1024, state.buckets[key] == nil {
                state.buckets = state.buckets.filter { !$0.value.line.isEmpty || $0.value.full > now }
            }
            var bucket = state.buckets[key] ?? Bucket()
            bucket.interval = interval
            let next = bucket.next(burst: burst)
            if bucket.line.isEmpty, next <= now {
                bucket.full = max(bucket.full, now) + interval
                state.buckets[key] = bucket
                return .go
            }
            let expected = max(next, now) + interval * bucket.line.count
            guard expected <= deadline else { return .tooLate(expected - now) }
            state.lastID += 1
            let waiter = Waiter(id: state.lastID, deadline: deadline, turn: OneShot())
            bucket.line.append(waiter)
            state.buckets[key] = bucket
            return .wait(waiter, isFirst: bucket.line.count == 1)
        }
    }

    private func waitAsFirst(
        _ waiter: Waiter, _ key: RateKey, _ interval: Duration, deadline: Duration
    ) async throws(APIError) {
        while true {
            let now = clock.now()
            // Read anew each time: meanwhile the service may have asked to slow down.
            let next = state.withLock { $0.buckets[key]?.next(burst: burst) ?? now }
            if next <= now {
                leave(key, waiter, taking: interval)
                return
            }
            guard next <= deadline else {
                leave(key, waiter, taking: nil)
                throw .rateTooLow(wait: next - now)
            }
            do {
                try await clock.sleep(next - now)
            } catch {
                leave(key, waiter, taking: nil)
                throw .cancelled
            }
        }
    }

    /// Takes a waiter out of the line, with a call or without, and gives the head of the line to the next.
    ///
    /// If that one was cancelled meanwhile it does not hear of it; but it leaves too, from the head, and passes it on.
    private func leave(_ key: RateKey, _ waiter: Waiter, taking interval: Duration?) {
        let now = clock.now()
        let following = state.withLock { state -> Waiter? in
            guard var bucket = state.buckets[key] else { return nil }
            let wasFirst = bucket.line.first?.id == waiter.id
            bucket.line.removeAll { $0.id == waiter.id }
            if let interval { bucket.full = max(bucket.full, now) + interval }
            state.buckets[key] = bucket
            return wasFirst ? bucket.line.first : nil
        }
        following?.turn.give(.isHere)
    }
}

extension Rate {
    /// Time a call; nil if the figure makes no sense as a limit.
    var interval: Duration? {
        guard limit > 0, limit.isFinite else { return nil }
        let unit: Duration = per == .second ? .seconds(1) : .seconds(60)
        return unit / limit
    }
}

extension APIError {
    fileprivate static func rateTooLow(wait: Duration) -> APIError {
        var error = APIError(
            .timeout, "the rate limit would let this call go only in \(wait.formatted(.units(width: .narrow)))",
            remedy: "Send fewer calls at once, or allow more time")
        error.retryAfter = wait
        return error
    }
}
