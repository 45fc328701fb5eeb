import AllocationCount
import Benchmark

/// A thing to measure, and what it is called in the results.
struct Subject: Sendable {
    var name: String
    /// Does it so many times.
    var work: @Sendable (_ times: Int) async throws -> Void

    var time: BenchmarkMetric { .custom("\(name) ns") }
    var allocations: BenchmarkMetric { .custom("\(name) allocations") }
    /// The first subject's time divided by this one's: in thousandths, since metrics are whole numbers.
    var ratio: BenchmarkMetric { .custom("ratio to \(name)") }
}

/// Measures subjects against each other: every iteration does all of them, there and back (A B B A), so that whatever
/// else the machine does meets all alike. `page` is the size of the response.
func compare(_ title: String, calls: Int, iterations: Int, warmup: Int, page: Int = 0, _ subjects: [Subject]) {
    let configuration = Benchmark.Configuration(
        metrics: [.throughput, .custom("page bytes")] + subjects.flatMap { [$0.time, $0.allocations, $0.ratio] },
        warmupIterations: isShort ? min(2, warmup) : warmup,
        maxDuration: .seconds(120), maxIterations: isShort ? max(3, iterations / 10) : iterations)
    Benchmark(title, configuration: configuration) { benchmark in
        benchmark.measurement(.custom("page bytes"), page)
        var times = subjects.map { _ in Duration.zero }
        var allocations = subjects.map { _ in 0 }
        let clock = ContinuousClock()
        for index in Array(subjects.indices) + subjects.indices.reversed() {
            let before = allocationCount()
            times[index] += try await clock.measure { try await subjects[index].work(calls) }
            allocations[index] += allocationCount() - before
        }
        for (index, subject) in subjects.enumerated() {
            benchmark.measurement(subject.time, Int(times[index] / .nanoseconds(2 * calls)))
            benchmark.measurement(subject.allocations, allocations[index] / (2 * calls))
            benchmark.measurement(subject.ratio, Int(times[0] / times[index] * 1000))
        }
    }
}
