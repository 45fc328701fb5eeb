// Lists the files that an image-host copy task failed to copy.
//
//     swift run QuickStart                                              (against the simulator)
//     PAN123_ACCESS_TOKEN=… swift run QuickStart TASK_ID                (against the service)
import Foundation
import Pan123
import Pan123Simulator

let token = ProcessInfo.processInfo.environment["PAN123_ACCESS_TOKEN"]
let pan = token.map { Pan123Client(token: $0) } ?? Pan123Client(token: "none", transport: Pan123Simulator())
let taskID = CommandLine.arguments.dropFirst().first ?? Pan123Simulator.demoTaskID

do {
    let page = try await pan.oss.listCopyFailures(taskID: taskID, limit: 100, page: 1)
    print("\(page.total) files failed")
    for try await failure in pan.oss.allCopyFailures(taskID: taskID) {
        print(failure.fileID, failure.filename)
    }
} catch {
    print(error)
    exit(1)
}
