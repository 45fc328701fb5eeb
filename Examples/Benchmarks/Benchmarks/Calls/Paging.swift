import Benchmark
import Foundation
import Page
import Pan123

/// The most memory that a process needs that reads so many pages: each benchmark is a process of its own.
func paging() {
    let peak = BenchmarkMetric.custom("peak KB")
    let counts = isShort ? [10, 100] : [10, 1000]
    for pages in counts {
        let configuration = Benchmark.Configuration(
            metrics: [.throughput, peak], warmupIterations: 0, maxDuration: .seconds(120), maxIterations: 1)
        Benchmark("Paging \(pages) pages", configuration: configuration) { benchmark in
            let pan = Pan123Client(token: "token", baseURL: server)
            let taskID = String(pages * Page.size)
            var seen = 0
            for try await _ in pan.oss.allCopyFailures(taskID: taskID) { seen += 1 }
            guard seen == pages * Page.size, let kilobytes = peakMemory() else { throw WrongResponse() }
            benchmark.measurement(peak, kilobytes)
        }
    }
}

/// The most memory that this process ever held, in KB.
private func peakMemory() -> Int? {
    #if os(Linux)
        // Not `getrusage`: what it says includes the program that started this one.
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) }
    #else
        var usage = rusage()
        return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss / 1024 : nil
    #endif
}
