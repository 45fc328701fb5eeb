import EndpointDynamic
import Foundation
import Pan123
import Synchronization

/// A 123pan that lives in the process: a `Transport` with state, to try things and to test against without an account.
///
///     let simulator = Pan123Simulator()
///     let pan = Pan123Client(token: "any", transport: simulator)
///     let page = try await pan.oss.listCopyFailures(taskID: Pan123Simulator.demoTaskID)
///
/// It responds as the service does: HTTP 200 with a verdict in `code`, a trace id, `list: null` where there is nothing.
/// Copy tasks from the drive to the image host are played out: a task waits, runs, and finishes with some files failed.
/// Every other endpoint responds with an example of its spec.
public final class Pan123Simulator: Transport {
    /// A finished copy task that every new simulator has, with some failures.
    public static let demoTaskID = "demo"

    let state: Mutex<SimulatedDrive>

    /// - Parameter files: What is on the drive; a copy task may name any of these.
    public init(files: [SimulatedFile] = SimulatedFile.demo) {
        var drive = SimulatedDrive(files: files)
        drive.addFinishedTask(id: Self.demoTaskID)
        state = Mutex(drive)
    }

    /// Every request so far, in order: what a test looks at.
    public var requests: [HTTPRequest] { state.withLock { $0.requests } }

    /// Plays the request on the simulated drive, or returns an example; throws only when the task is cancelled.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        if Task.isCancelled {
            throw TransportError(.cancelled, mayHaveBeenSent: false, message: "the call was cancelled")
        }
        let played = state.withLock { drive -> HTTPResponse? in
            drive.requests.append(request)
            guard let read = SimulatedRequest(request) else {
                return SimulatedResponse.failure(1, "无效的请求").response(drive.requests.count, url: request.url)
            }
            return drive.response(to: read)?.response(drive.requests.count, url: request.url)
        }
        if let played { return played }
        return try await Self.examples.send(request)
    }

    /// Made when it is first needed: reading all specs takes a moment. The package's own specs have no mistakes.
    private static let examples = ExampleTransport((try? DynamicModule(.pan123)).map { [$0] } ?? [])
}

/// A file on the simulated drive.
public struct SimulatedFile: Sendable, Hashable {
    /// The file's ID on the drive.
    public var id: Int64
    /// The file's name.
    public var name: String
    /// How many times copying it to the image host fails before it works.
    public var failures: Int

    /// Creates a file whose copying fails so many times before it works.
    public init(id: Int64, name: String, failures: Int = 0) {
        self.id = id
        self.name = name
        self.failures = failures
    }

    /// So many failures that copying it never works.
    public static let always = Int.max

    /// A few holiday pictures: two that work, four that work when they are tried again, and one that never does.
    public static let demo: [SimulatedFile] = [
        SimulatedFile(id: 14_749_954, name: "西湖-日出.jpg"),
        SimulatedFile(id: 14_749_955, name: "IMG_2041.png"),
        SimulatedFile(id: 14_749_956, name: "长城全景（第二天）.tiff", failures: 2),
        SimulatedFile(id: 14_749_957, name: "logo-final.svg", failures: 2),
        SimulatedFile(id: 14_749_958, name: "家庭合影 2024.jpeg", failures: 2),
        SimulatedFile(id: 14_749_959, name: "scan 0007.bmp", failures: 3),
        SimulatedFile(id: 14_749_960, name: "损坏的图片.webp", failures: always),
    ]
}
