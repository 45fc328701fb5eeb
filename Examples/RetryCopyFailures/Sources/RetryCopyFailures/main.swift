// Copies drive files to the image host, and submits those that failed again until none are left or no progress is made.
//
//     swift run RetryCopyFailures                                       (the simulator's files)
//     PAN123_ACCESS_TOKEN=… swift run RetryCopyFailures FILE_ID…        (your own)
import Foundation
import Pan123
import Pan123Simulator

/// Copies the files and returns those that failed. A task takes at most 100 ids, so there may be several.
func copy(_ fileIDs: [Int64], with pan: Pan123Client, interval: Duration) async throws(APIError) -> [Int64: String] {
    var failed: [Int64: String] = [:]
    for start in stride(from: 0, to: fileIDs.count, by: 100) {
        let part = Array(fileIDs[start..<min(start + 100, fileIDs.count)])
        let taskID = try await pan.oss.createCopyTask(fileIDs: part).taskID
        _ = try await pan.oss.waitForCopyTask(taskID: taskID, interval: interval)
        for try await failure in pan.oss.allCopyFailures(taskID: taskID) {
            failed[failure.fileID] = failure.filename
        }
    }
    return failed
}

let token = ProcessInfo.processInfo.environment["PAN123_ACCESS_TOKEN"]
let pan = token.map { Pan123Client(token: $0) } ?? Pan123Client(token: "none", transport: Pan123Simulator())
let given = CommandLine.arguments.dropFirst().compactMap { Int64($0) }
var left = given.isEmpty && token == nil ? SimulatedFile.demo.map(\.id) : given

do {
    var round = 1
    while !left.isEmpty {
        let failed = try await copy(left, with: pan, interval: token == nil ? .milliseconds(1) : .seconds(1))
        print("round \(round): \(left.count - failed.count) of \(left.count) copied")
        if Set(failed.keys) == Set(left) {
            print("no progress; these cannot be copied:")
            for (id, name) in failed.sorted(by: { $0.key < $1.key }) { print("  \(id) \(name)") }
            exit(6)
        }
        left = failed.keys.sorted()
        round += 1
    }
    print("all copied")
} catch {
    print(error)
    exit(1)
}
