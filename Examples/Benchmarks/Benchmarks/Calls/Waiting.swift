import AllocationCount
import Benchmark
import Foundation
import Page
import Pan123
import Synchronization

/// What is retained of calls that have ended, and what waiting in a line costs.
func waiting() {
    measure("Retained") { benchmark in
        let calls = isShort ? 2000 : 100_000
        for (name, tokens) in [("plain", FixedToken("token") as any TokenProvider), ("custom tokens", SlowToken())] {
            let pan = Pan123Client.inMemory(Page.body(total: 0), tokens: tokens)
            func call(_ times: Int) async throws {
                for _ in 0..<times { _ = try await pan.oss.listCopyFailures(taskID: "1", limit: 100, page: 1) }
            }
            try await call(1000)
            let before = allocatedBytes()
            try await call(calls)
            benchmark.measurement(.custom("\(name) bytes"), max(0, allocatedBytes() - before) / calls)
        }
    }
    measure("Waiters") { benchmark in
        let count = isShort ? 1000 : 16_000
        // The tasks alone: each waits for one continuation.
        let gate = Gate()
        let alone = try await processorTime {
            try await tasks(count) {
                await gate.wait()
            } whenWaiting: {
                while gate.count < count { await Task.yield() }
                gate.open()
            }
        }
        let limiter = TokenBucketLimiter()
        let key = RateKey(credential: "", group: "one")
        let inLine = try await processorTime {
            try await tasks(count) {
                try await limiter.acquire(key, rate: Rate(1_000_000, per: .second), timeout: .seconds(3600))
            }
        }
        let transport = TokenTransport()
        let provider = ClientCredentialsProvider(
            service: Pan123Client.service, clientID: "id", clientSecret: "secret",
            configuration: ClientConfiguration(transport: transport))
        let cold = try await processorTime {
            try await tasks(count) {
                _ = try await provider.token()
            } whenWaiting: {
                // Long enough for every task to stand in line; it costs no processor time.
                try await Task.sleep(for: .milliseconds(500))
                transport.gate.open()
            }
        }
        for (name, time) in [("alone", alone), ("limiter", inLine), ("token", cold)] {
            benchmark.measurement(.custom("\(name) ns"), Int(time / .nanoseconds(count)))
        }
    }
}

private func measure(
    _ title: String, _ body: @escaping @Sendable (Benchmark) async throws -> Void
) {
    let metrics = ["plain bytes", "custom tokens bytes", "alone ns", "limiter ns", "token ns"]
        .map { BenchmarkMetric.custom($0) }
    let configuration = Benchmark.Configuration(
        metrics: [.throughput] + metrics, warmupIterations: 1, maxDuration: .seconds(120),
        maxIterations: isShort ? 2 : 5)
    Benchmark(title, configuration: configuration) { benchmark in
        try await body(benchmark)
        // Of no use here; but the library leaves a benchmark out whose throughput is below one a second.
        benchmark.startMeasurement()
        benchmark.stopMeasurement()
    }
}

private func tasks(
    _ count: Int, _ work: @escaping @Sendable () async throws -> Void,
    whenWaiting: () async throws -> Void = {}
) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<count { group.addTask { try await work() } }
        try await whenWaiting()
        try await group.waitForAll()
    }
}

/// The processor time of the whole process while it does something.
private func processorTime(_ work: () async throws -> Void) async throws -> Duration {
    func now() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
    let start = now()
    try await work()
    return now() - start
}

/// Holds tasks back until it is opened. The lock guards those that wait.
private final class Gate: Sendable {
    private let waiters = Mutex<[CheckedContinuation<Void, Never>]?>([])

    var count: Int { waiters.withLock { $0?.count ?? 0 } }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = waiters.withLock { waiters in
                waiters?.append(continuation)
                return waiters == nil
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let waiting = waiters.withLock { waiters in
            defer { waiters = nil }
            return waiters ?? []
        }
        for waiter in waiting { waiter.resume() }
    }
}

/// Issues a token when its gate is opened.
private struct TokenTransport: Transport {
    let gate = Gate()

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        await gate.wait()
        return HTTPResponse(
            status: 200, headers: ["Content-Type": "application/json"],
            body: Data(
                #"{"code":0,"message":"ok","data":{"accessToken":"token","expiredAt":"2099-01-01T00:00:00+08:00"}}"#
                    .utf8))
    }
}

/// A provider that keeps no token that a call could use without asking.
private struct SlowToken: TokenProvider {
    func token() async throws(APIError) -> AccessToken {
        await Task.yield()
        return AccessToken("token")
    }

    func tokenWasRefused(_ token: AccessToken) async -> Bool { false }
}
