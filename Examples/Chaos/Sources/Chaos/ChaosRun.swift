import EndpointKit
import Foundation
import Synchronization

/// One seeded run: many calls at once, with every policy on, through a ``ChaoticService``.
struct ChaosRun {
    var seed: UInt64
    var calls: Int
    var sabotage: Sabotage?

    private static let concurrency = 64
    private static let timeout = Duration.seconds(120)
    private static let service = Service(
        name: "Chaos", baseURL: "https://chaos.test",
        clientCredentials: ClientCredentials(
            .post, "/token", clientID: "clientID", clientSecret: "clientSecret", token: "accessToken",
            expiresAt: "expiresAt", margin: .seconds(60)),
        envelope: Envelope(code: "code", success: [0], message: "message", payload: "data"),
        errors: [
            ErrorRule(code: 401, kind: .authentication),
            ErrorRule(code: 429, kind: .throttled),
            ErrorRule(code: 1, contains: "busy", kind: .throttled, retry: true),
        ])

    /// Prints what happened, and says whether all invariants held.
    func run() async -> Bool {
        let (clock, ledger) = (VirtualClock(), Ledger())
        var random = SeededRandom(seed: seed)
        let attempts = Int.random(in: 2...6, using: &random)
        let limits = Limits(requests: attempts + 1, time: Self.timeout + .seconds(60))
        let retry = RetryPolicy(maxAttempts: attempts, budget: random.percent(50) ? 500 : 1_000_000)
        print("seed \(seed): \(calls) calls, \(Self.concurrency) at a time, at most \(attempts) attempts each")
        let client = client(clock, ledger, retry)
        let progress = Progress()
        let start = ContinuousClock.now
        let hasEnded = await withTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.concurrency {
                group.addTask {
                    while let number = progress.begin(of: calls) {
                        await self.perform(number, client, clock, ledger, limits)
                        progress.end(number)
                    }
                }
            }
            let hasEnded = await clock.run { progress.ended == calls }
            if !hasEnded {
                ledger.violation("never ended: calls \(progress.unfinished.sorted().prefix(10))")
                // Whatever hangs cannot be waited for.
                report(ledger, clock, since: start)
                exit(1)
            }
            return hasEnded
        }
        report(ledger, clock, since: start)
        return hasEnded && ledger.violations.isEmpty
    }

    private func client(_ clock: VirtualClock, _ ledger: Ledger, _ retry: RetryPolicy) -> Client {
        let waits = Mutex(SeededRandom(seed: seed, 1))
        let configuration = ClientConfiguration(
            transport: ChaoticService(clock: clock, ledger: ledger, seed: seed, sabotage: sabotage),
            middleware: sabotage.map { [Saboteur(sabotage: $0, ledger: ledger)] } ?? [], retry: retry,
            rateLimiter: TokenBucketLimiter(clock: clock.clientClock), observer: Listener(clock: clock, ledger: ledger),
            timeout: Self.timeout, clock: clock.clientClock,
            random: { waits.withLock { Double.random(in: 0...1, using: &$0) } })
        let tokens = ClientCredentialsProvider(
            service: Self.service, clientID: "chaos", clientSecret: ChaoticService.secret,
            configuration: configuration, onWarning: { ledger.shown($0) })
        return Client(service: Self.service, tokens: tokens, configuration: configuration)
    }

    private func perform(
        _ number: Int, _ client: Client, _ clock: VirtualClock, _ ledger: Ledger, _ limits: Limits
    ) async {
        var random = SeededRandom(seed: seed, UInt64(number))
        let call = Call(number: number, kind: Call.Kind.allCases.randomElement(using: &random) ?? .read)
        try? await clock.sleep(.milliseconds(250 * Int.random(in: 0...200, using: &random)))
        let start = clock.now
        let task = Task { () -> Result<Int, APIError> in
            do throws(APIError) {
                return .success(try await client.response(for: call.endpoint).attempts)
            } catch {
                return .failure(error)
            }
        }
        // Some callers cancel.
        let delay = random.percent(5) ? Duration.milliseconds(Int.random(in: 0...5000, using: &random)) : nil
        let canceller = delay.map { delay in
            Task {
                try? await clock.sleep(delay)
                task.cancel()
            }
        }
        let outcome = await task.value
        canceller?.cancel()
        await canceller?.value
        clock.touch()
        ledger.ended(call, outcome, after: clock.now - start, limits: limits)
        if case .failure(let error) = outcome {
            ledger.shown("\(error) \(error.localizedDescription) \(String(reflecting: error))")
            var text = ""
            dump(error, to: &text)
            ledger.shown(text)
        }
    }

    private func report(_ ledger: Ledger, _ clock: VirtualClock, since start: ContinuousClock.Instant) {
        let totals = ledger.totals
        let failures = totals.failures.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        print(
            """
              \(totals.succeeded) succeeded; failed: \(failures.joined(separator: ", "))
              \(totals.requests) requests, \(totals.executions) executions, \(totals.tokens) tokens
              \(Int(clock.now / .seconds(1))) s passed in \(ContinuousClock.now - start)
            """)
        let violations = ledger.violations
        guard !violations.isEmpty else { return print("  every invariant held") }
        print("  \(violations.count) violations, such as:")
        for text in violations.prefix(10) { print("    \(text)") }
        let sabotage = sabotage.map { " --sabotage \($0)" } ?? ""
        print("  again: swift run Chaos --seed \(seed) --calls \(calls)\(sabotage)")
    }
}

/// Takes every event for something that a program might print.
private struct Listener: ClientObserver {
    var clock: VirtualClock
    var ledger: Ledger

    func observe(_ event: ClientEvent) {
        clock.touch()
        ledger.shown("\(event)")
    }
}

/// Which calls have begun, and which have ended.
private final class Progress: Sendable {
    private let state = Mutex((begun: 0, ended: 0, unfinished: Set<Int>()))

    var ended: Int { state.withLock { $0.ended } }
    var unfinished: Set<Int> { state.withLock { $0.unfinished } }

    /// The number of the next call, from 1; nil if there are no more.
    func begin(of calls: Int) -> Int? {
        state.withLock { state in
            guard state.begun < calls else { return nil }
            state.begun += 1
            state.unfinished.insert(state.begun)
            return state.begun
        }
    }

    func end(_ number: Int) {
        state.withLock { state in
            state.ended += 1
            state.unfinished.remove(number)
        }
    }
}
