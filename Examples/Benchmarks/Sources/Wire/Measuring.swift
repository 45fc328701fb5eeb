import Foundation

/// What a way costs.
struct Figure {
    /// Microseconds of the processor a call.
    var cpu: Double
    /// Calls a second.
    var rate: Double

    func better(_ other: Figure) -> Figure {
        Figure(cpu: min(cpu, other.cpu), rate: max(rate, other.rate))
    }
}

func measure(_ calls: Int, _ work: (Int) async throws -> Void) async rethrows -> Figure {
    let (cpu, start) = (processorSeconds(), ContinuousClock.now)
    try await work(calls)
    let (spent, passed) = (processorSeconds() - cpu, (ContinuousClock.now - start) / .seconds(1))
    return Figure(cpu: spent * 1e6 / Double(calls), rate: Double(calls) / passed)
}

func processorSeconds() -> Double {
    var usage = rusage()
    #if canImport(Glibc)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
        getrusage(RUSAGE_SELF, &usage)
    #endif
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

func residentBytes() -> Int {
    let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * 4096
}

// Zero on systems without /proc.
func openDescriptors() -> Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0 }
func threadCount() -> Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count) ?? 0 }
