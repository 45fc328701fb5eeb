// Chaos with a seed: are the promises of the client kept when everything else goes wrong?
//
//     swift run Chaos [--seed N] [--calls N]
//
// Invariants: a call that is not idempotent is executed once at most; no call sends more requests than its policy allows,
// and it knows how many it sent; two tokens are never asked for at once; nothing that can be printed holds a secret; every
// call ends, in time. Exit code 1, with the seed, if one is broken. The faults depend on the seed alone; which call comes
// first also depends on the machine. No time is waited for.
//
// `--sabotage repeats|attempts|secrets|hangs` breaks one promise, which must be noticed.
import Foundation

var run = ChaosRun(seed: .random(in: 0...999_999), calls: 10_000)
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
    switch argument {
    case "--sabotage":
        guard let sabotage = arguments.popFirst().flatMap(Sabotage.init) else {
            let names = Sabotage.allCases.map(\.rawValue).joined(separator: ", ")
            FileHandle.standardError.write(Data("--sabotage needs one of \(names)\n".utf8))
            exit(2)
        }
        run.sabotage = sabotage
    case "--seed", "--calls":
        guard let number = arguments.popFirst().flatMap({ UInt64($0) }), number <= UInt32.max else {
            FileHandle.standardError.write(Data("\(argument) needs a number\n".utf8))
            exit(2)
        }
        if argument == "--seed" { run.seed = number } else { run.calls = Int(number) }
    default:
        FileHandle.standardError.write(Data("usage: Chaos [--seed N] [--calls N] [--sabotage NAME]\n".utf8))
        exit(2)
    }
}
exit(await run.run() ? 0 : 1)
