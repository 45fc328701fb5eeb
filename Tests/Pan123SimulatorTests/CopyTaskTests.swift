import Foundation
import Pan123
import Pan123Simulator
import Testing

@Suite("The simulator plays out copy tasks")
struct CopyTaskTests {
    private func client(_ simulator: Pan123Simulator) -> Pan123Client {
        Pan123Client(token: "any", transport: simulator)
    }

    private static func files(_ count: Int, failures: Int) -> [SimulatedFile] {
        (1...count).map { SimulatedFile(id: Int64($0), name: "图\($0).png", failures: failures) }
    }

    @Test("a task waits, runs and finishes, and then shows what failed")
    func lifeOfATask() async throws {
        let pan = client(Pan123Simulator(files: Self.files(3, failures: 2)))
        let taskID = try await pan.oss.createCopyTask(fileIDs: [1, 2, 3]).taskID
        #expect(try await pan.oss.listCopyFailures(taskID: taskID).total == 0)
        var states: [Pan123Client.OSS.CopyTaskStatusResponse.Status] = []
        for _ in 1...4 { states.append(try await pan.oss.copyTaskStatus(taskID: taskID).status) }
        #expect(states == [.waiting, .running, .finished, .finished])
        let page = try await pan.oss.listCopyFailures(taskID: taskID)
        #expect(page.total == 3)
        #expect(page.list.map(\.filename) == ["图1.png", "图2.png", "图3.png"])
    }

    @Test("a file that fails once is copied the second time")
    func secondTry() async throws {
        // The demo task, which every simulator has, takes the first of the two failures.
        let pan = client(Pan123Simulator(files: Self.files(1, failures: 2)))
        var failures: [Int] = []
        for _ in 1...2 {
            let taskID = try await pan.oss.createCopyTask(fileIDs: [1]).taskID
            _ = try await pan.oss.waitForCopyTask(taskID: taskID, interval: .milliseconds(1))
            failures.append(try await pan.oss.listCopyFailures(taskID: taskID).total)
        }
        #expect(failures == [1, 0])
    }

    @Test("failures come in pages, and all of them exactly once", arguments: [1, 99, 100, 101, 250])
    func pages(count: Int) async throws {
        let simulator = Pan123Simulator(files: Self.files(count, failures: 1))
        let pan = client(simulator)
        let all = try await pan.oss.allCopyFailures(taskID: Pan123Simulator.demoTaskID).collect()
        #expect(all.map(\.fileID) == (1...count).map { Int64($0) })
        #expect(simulator.requests.count == (count + 99) / 100)
    }

    @Test("no failures, and a page beyond the end, come as a null list")
    func nullList() async throws {
        let simulator = Pan123Simulator(files: Self.files(2, failures: 1))
        let pan = client(simulator)
        let endpoint = Pan123Client.OSS.listCopyFailures(taskID: Pan123Simulator.demoTaskID, page: 9)
        let response = try await pan.response(for: endpoint)
        #expect(response.value.total == 2)
        #expect(response.value.list.isEmpty)
        #expect(try JSONValue(parsing: response.body)["data"] == ["total": 2, "list": nil])
        #expect(response.traceID == "sim-1")
    }

    @Test("an unknown task is refused with HTTP 200, a code and a trace id")
    func unknownTask() async throws {
        let pan = client(Pan123Simulator())
        let error = await #expect(throws: APIError.self) { try await pan.oss.listCopyFailures(taskID: "nobody's") }
        #expect(error?.kind == .service)
        #expect(error?.description == "oss.listCopyFailures: 任务不存在 (code 1, trace id sim-1)")
    }

    @Test("a fourth task is refused while three are not finished")
    func threeTasks() async throws {
        let pan = client(Pan123Simulator(files: Self.files(1, failures: 0)))
        for _ in 1...3 { _ = try await pan.oss.createCopyTask(fileIDs: [1]) }
        await #expect(throws: APIError.self) { try await pan.oss.createCopyTask(fileIDs: [1]) }
    }

    @Test("an endpoint that is not played responds with the example of its spec")
    func example() async throws {
        let simulator = Pan123Simulator()
        let user = try await client(simulator).user.info()
        #expect(user.nickname == "小王")
        #expect(simulator.requests.count == 1)
    }

    @Test("a request of another service is not played")
    func another() async throws {
        let request = HTTPRequest(.get, try #require(URL(string: "https://other.example.com/result/7")))
        #expect(try await Pan123Simulator().send(request).status == 501)
    }

    @Test("a request without the platform header or without a token is refused")
    func headers() async throws {
        let simulator = Pan123Simulator()
        let request = HTTPRequest(
            .get, try #require(URL(string: "https://open-api.123pan.com/api/v1/oss/source/copy/fail?taskID=demo")))
        let response = try await simulator.send(request)
        #expect(response.status == 200)
        #expect(try JSONValue(parsing: response.body)["code"] == 401)
        var authorized = request
        authorized.headers["Authorization"] = "Bearer x"
        #expect(try JSONValue(parsing: try await simulator.send(authorized).body)["code"] == 1)
    }
}
