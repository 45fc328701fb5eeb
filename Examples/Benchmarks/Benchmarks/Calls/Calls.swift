import Benchmark
import Foundation
import Page
import Pan123

/// `./run` starts the server and says where it is.
let server = ProcessInfo.processInfo.environment["PAGE_SERVER"] ?? "http://127.0.0.1:1"

/// Whether a short form is asked for, which shows that all works rather than measures well.
let isShort = ProcessInfo.processInfo.environment["BENCHMARKS_SHORT"] != nil

let benchmarks: @Sendable () -> Void = {
    overTheWire()
    inMemory()
    shapes()
    waiting()
    paging()
}
