import Foundation
import Synchronization
import Testing
import TestSupport

@testable import EndpointKit

@Suite("TokenBucketLimiter")
struct TokenBucketLimiterTests {
    static let key = RateKey(credential: "me", group: "g")
    static let tenASecond = Rate(10, per: .second)

    /// Starts callers one after another, so that the order in which they stand in line is known.
    private func line(
        _ limiter: TokenBucketLimiter, _ count: Int, rate: Rate = tenASecond, log: Log,
        timeout: Duration = .seconds(3600)
    ) async -> [Task<APIError?, Never>] {
        var tasks: [Task<APIError?, Never>] = []
        for number in 0..<count {
            let before = limiter.waiting(Self.key)
            tasks.append(
                Task {
                    let error = await failure { () throws(APIError) in
                        try await limiter.acquire(Self.key, rate: rate, timeout: timeout)
                    }
                    log.add(error == nil ? "\(number)" : "\(number) \(error?.kind.rawValue ?? "")")
                    return error
                })
            while limiter.waiting(Self.key) == before, !log.lines.contains(where: { $0.hasPrefix("\(number)") }) {
                await Task.yield()
            }
        }
        return tasks
    }

    @Test("calls are sent at even intervals, in the order in which they ask")
    func fair() async {
        let (clock, log) = (ManualClock(), Log())
        let limiter = TokenBucketLimiter(clock: clock.clientClock)
        let tasks = await line(limiter, 5, log: log)
        #expect(log.lines == ["0"])
        var times: [Duration] = []
        for number in 1..<5 {
            await clock.waitForSleepers(1)
            #expect(clock.sleeperCount == 1)
            clock.advanceToNextSleeper()
            times.append(clock.now)
            _ = await tasks[number].value
        }
        #expect(log.lines == ["0", "1", "2", "3", "4"])
        #expect(times == [.milliseconds(100), .milliseconds(200), .milliseconds(300), .milliseconds(400)])
    }

    @Test("keys do not wait for each other")
    func keys() async throws {
        let limiter = TokenBucketLimiter(clock: ManualClock().clientClock)
        for group in ["a", "b"] {
            for credential in ["x", "y"] {
                try await limiter.acquire(
                    RateKey(credential: credential, group: group), rate: Self.tenASecond, timeout: .zero)
            }
        }
    }

    @Test("a burst is sent at once, and is available again after a pause")
    func burst() async throws {
        let clock = ManualClock()
        let limiter = TokenBucketLimiter(burst: 3, clock: clock.clientClock)
        func goes() async -> Bool {
            await failure { () throws(APIError) in
                try await limiter.acquire(Self.key, rate: Self.tenASecond, timeout: .zero)
            } == nil
        }
        for expected in [true, true, true, false] { #expect(await goes() == expected) }
        clock.advance(by: .milliseconds(100))
        for expected in [true, false] { #expect(await goes() == expected) }
        clock.advance(by: .seconds(60))
        for expected in [true, true, true, false] { #expect(await goes() == expected) }
    }

    @Test("a call that is cancelled leaves the queue and uses up no slot, first in the queue or not")
    func cancelled() async {
        let (clock, log) = (ManualClock(), Log())
        let limiter = TokenBucketLimiter(clock: clock.clientClock)
        let tasks = await line(limiter, 5, log: log)
        tasks[1].cancel()
        tasks[3].cancel()
        #expect(await tasks[1].value?.kind == .cancelled)
        #expect(await tasks[3].value?.kind == .cancelled)
        await clock.waitForSleepers(1)
        clock.advance(by: .milliseconds(100))
        #expect(await tasks[2].value == nil)
        await clock.waitForSleepers(1)
        clock.advance(by: .milliseconds(100))
        #expect(await tasks[4].value == nil)
        #expect(limiter.waiting(Self.key) == 0)
        #expect(clock.now == .milliseconds(200))
    }

    @Test("a call whose slot is after its deadline fails at once and uses up no slot")
    func waitLimit() async {
        let (clock, log) = (ManualClock(), Log())
        let limiter = TokenBucketLimiter(clock: clock.clientClock)
        let tasks = await line(limiter, 3, rate: Rate(1, per: .minute), log: log)
        let error = await failure { () throws(APIError) in
            try await limiter.acquire(Self.key, rate: Rate(1, per: .minute), timeout: .seconds(179))
        }
        #expect(error?.kind == .timeout)
        #expect(error?.message == "rate limited: the next slot is in 180 s, after the deadline")
        #expect(error?.retryAfter == .seconds(180))
        #expect(limiter.waiting(Self.key) == 2)
        for task in tasks { task.cancel() }
        for task in tasks { _ = await task.value }
        #expect(limiter.waiting(Self.key) == 0)
    }

    @Test("when the service throttles, all calls with the key wait, and those with an earlier deadline fail")
    func slowDown() async {
        let (clock, log) = (ManualClock(), Log())
        let limiter = TokenBucketLimiter(burst: 2, clock: clock.clientClock)
        let tasks = await line(limiter, 3, log: log)
        await limiter.slowDown(Self.key, for: .seconds(5))
        await clock.waitForSleepers(1)
        clock.advance(by: .milliseconds(100))
        await clock.waitForSleepers(1)
        #expect(log.lines == ["0", "1"])
        let error = await failure { () throws(APIError) in
            try await limiter.acquire(Self.key, rate: Self.tenASecond, timeout: .seconds(4))
        }
        #expect(error?.kind == .timeout)
        clock.advance(by: .milliseconds(4900))
        #expect(await tasks[2].value == nil)
        // What had been saved up is gone.
        #expect(
            await failure { () throws(APIError) in
                try await limiter.acquire(Self.key, rate: Self.tenASecond, timeout: .zero)
            } != nil)
    }

    @Test("a call in the queue fails as soon as throttling moves its slot after its deadline")
    func slowDownInLine() async {
        let (clock, log) = (ManualClock(), Log())
        let limiter = TokenBucketLimiter(clock: clock.clientClock)
        let patient = await line(limiter, 2, log: log)
        let hasty = await line(limiter, 1, log: Log(), timeout: .seconds(1))
        await limiter.slowDown(Self.key, for: .seconds(5))
        let error = await hasty[0].value
        #expect(error?.kind == .timeout)
        #expect(error?.retryAfter == .milliseconds(5100))
        #expect(log.lines == ["0"])
        clock.advance(by: .milliseconds(100))
        await clock.waitForSleepers(1)
        clock.advance(by: .milliseconds(4900))
        #expect(await patient[1].value == nil)
    }

    @Test(
        "50 callers for an hour, some cancelled, never exceed rate × time + burst, and none starves",
        arguments: [
            (seed: 1 as UInt64, rate: 3.0, burst: 1), (seed: 2, rate: 2.5, burst: 8),
        ])
    func hour(seed: UInt64, rate: Double, burst: Int) async {
        let clock = ManualClock()
        let limiter = TokenBucketLimiter(burst: burst, clock: clock.clientClock)
        let tally = Tally()
        let limit = Rate(rate, per: .second)
        await withTaskGroup(of: Void.self) { group in
            for caller in 0..<50 {
                group.addTask {
                    var random = Seeded(seed &* 1000 &+ UInt64(caller))
                    let sleep = clock.clientClock.sleep
                    while clock.now < .seconds(3600) {
                        // Most callers are greedy, some think, some give up now and then.
                        if caller % 5 == 0 { try? await sleep(.milliseconds(Int(random.next() % 20_000) + 1)) }
                        let timeout: Duration = caller % 7 == 0 ? .seconds(Int(random.next() % 30)) : .seconds(3600)
                        let start = clock.now
                        let error = await failure { () throws(APIError) in
                            try await limiter.acquire(Self.key, rate: limit, timeout: timeout)
                        }
                        if error == nil {
                            tally.state.withLock { state in
                                state.grants.append((caller, clock.now))
                                state.longestWait = max(state.longestWait, clock.now - start)
                            }
                        } else {
                            try? await sleep(.milliseconds(Int(random.next() % 5000) + 1))
                        }
                    }
                    tally.state.withLock { $0.alive -= 1 }
                }
            }
            // Moves the clock whenever everybody sleeps or stands in line; the first in line is among the sleepers. Counts
            // that are read one after the other belong together only if they are the same when they are read again.
            func counts() -> [Int] {
                let (granted, alive) = tally.state.withLock { ($0.grants.count, $0.alive) }
                return [clock.sleeperCount, limiter.waiting(Self.key), alive, granted, clock.sleepCount]
            }
            while tally.state.withLock({ $0.alive }) > 0 {
                let seen = counts()
                let (asleep, inLine, alive) = (seen[0], seen[1], seen[2])
                if asleep > 0, asleep + max(0, inLine - 1) >= alive, counts() == seen { clock.advanceToNextSleeper() }
                await Task.yield()
            }
        }
        let all = tally.state.withLock { $0.grants }
        let interval = Duration.seconds(1) / rate
        // More than burst + rate × time in any stretch, said of neighbours burst grants apart: they are too close.
        for first in all.indices.dropLast(burst) {
            for distance in [burst, burst + 1, burst + 10, burst + 1000] where first + distance < all.count {
                let time = all[first + distance].at - all[first].at
                #expect(time >= interval * (distance - burst + 1) - .nanoseconds(1))
            }
        }
        #expect(Double(all.count) >= rate * 3600 * 0.99)
        let shares = (0..<50).map { caller in all.count { $0.caller == caller } }
        #expect(shares.min() ?? 0 > 50)
        // In order, so that nobody waits for more than the 50 in front.
        #expect(tally.state.withLock { $0.longestWait } <= interval * 51)
    }
}

/// What the simulation counts, from all its tasks.
private final class Tally: Sendable {
    struct State {
        var grants: [(caller: Int, at: Duration)] = []
        var alive = 50
        var longestWait = Duration.zero
    }
    let state = Mutex(State())
}
