// Lists copy failures as a server would: over AsyncHTTPClient, with swift-log and swift-metrics listening.
//
//     swift run ListCopyFailures                                        (a simulator, served on loopback)
//     PAN123_ACCESS_TOKEN=… swift run ListCopyFailures TASK_ID          (the service)
import Foundation
import Logging
import LoopbackService
import Pan123
import Pan123Simulator
import ServerSide

// A server says here where its metrics go too: MetricsSystem.bootstrap(…).
LoggingSystem.bootstrap(StreamLogHandler.standardError)
let token = ProcessInfo.processInfo.environment["PAN123_ACCESS_TOKEN"]
let taskID = CommandLine.arguments.dropFirst().first ?? Pan123Simulator.demoTaskID

@Sendable func list(at baseURL: String?) async throws {
    let configuration = ClientConfiguration(
        baseURL: baseURL, transport: AsyncHTTPClientTransport(),
        observer: ServerObserver(logger: Logger(label: "pan123")))
    let pan = Pan123Client(tokens: FixedToken(token ?? "none"), configuration: configuration)
    for try await failure in pan.oss.allCopyFailures(taskID: taskID) {
        print(failure.fileID, failure.filename)
    }
}

do {
    if token == nil {
        try await LoopbackService.run(Pan123Simulator()) { try await list(at: $0) }
    } else {
        try await list(at: nil)
    }
} catch {
    print(error)
    exit(1)
}
