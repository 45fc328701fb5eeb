// Wire URL CALLS: measures each way to get a page, one at a time, 16 and 64 in flight, and prints a table.
//
// Every figure is the best of three rounds, in which the ways take turns, so that whatever else the machine does meets all
// alike. CPU is that of this process, kernel included; the server is another one. "URLSession" is URLSession + JSONDecoder.
// Afterwards it makes ten times as many calls, 1,000 at once and 2,000 that are cancelled, and tells what stays behind.
import Foundation

let arguments = CommandLine.arguments
guard arguments.count == 3, let calls = Int(arguments[2]), calls > 0 else {
    FileHandle.standardError.write(Data("usage: Wire URL CALLS\n".utf8))
    exit(2)
}

print(
    "page       in flight  way                            CPU µs a call  calls a second  × URLSession  × libcurl alone")
for total in [0, 100] {
    for width in [1, 16, 64] {
        let ways = try Way.all(base: arguments[1], total: total, width: width)
        var best = ways.map { _ in Figure(cpu: .infinity, rate: 0) }
        for round in 0..<4 {
            for (index, way) in ways.enumerated() {
                // The first round makes connections and fills caches.
                let figure = try await measure(round == 0 ? calls / 10 + width : calls, way.work)
                if round > 0 { best[index] = best[index].better(figure) }
            }
        }
        let reference = ways.firstIndex { $0.isReference }.map { best[$0].cpu } ?? .nan
        let library = ways.firstIndex { $0.isLibrary }.map { best[$0].cpu } ?? .nan
        for (way, figure) in zip(ways, best) {
            let columns = [
                (total == 0 ? "empty" : "100 items").padding(toLength: 11, withPad: " ", startingAt: 0),
                "\(width)".padding(toLength: 11, withPad: " ", startingAt: 0),
                way.name.padding(toLength: 31, withPad: " ", startingAt: 0),
                String(
                    format: "%13.1f  %14.0f  %12.2f  %15.2f", figure.cpu, figure.rate, figure.cpu / reference,
                    figure.cpu / library),
            ]
            print(columns.joined())
        }
    }
}

let load = Load(base: arguments[1])
do {
    try await load.memory(10 * calls)
    try await load.concurrency(1000)
    try await load.cancellation(2000)
} catch {
    print("failed: \(error)")
    exit(1)
}
