import Pan123

/// The simulator's state, and the rules by which it changes.
struct SimulatedDrive: Sendable {
    /// A task that copies drive files to the image host.
    struct CopyTask: Sendable {
        var fileIDs: [Int64]
        /// The states that the next requests for the status report, before it is finished.
        var statesAhead: [Int64]
        /// Known as soon as the task is made; shown when it is finished.
        var failed: [SimulatedFile] = []

        var status: Int64 { statesAhead.first ?? Status.finished }
    }

    private enum Status {
        static let running: Int64 = 1
        static let finished: Int64 = 2
        static let waiting: Int64 = 4
    }

    private enum Route: String {
        case createCopyTask = "POST /api/v1/oss/source/copy"
        case copyTaskStatus = "GET /api/v1/oss/source/copy/process"
        case copyFailures = "GET /api/v1/oss/source/copy/fail"
    }

    private static let maximumIDs = 100
    private static let maximumUnfinishedTasks = 3

    var requests: [HTTPRequest] = []
    private var files: [Int64: SimulatedFile] = [:]
    private var tasks: [String: CopyTask] = [:]

    init(files: [SimulatedFile]) {
        for file in files { self.files[file.id] = file }
    }

    /// A task over all files that is finished already.
    mutating func addFinishedTask(id: String) {
        tasks[id] = CopyTask(fileIDs: files.keys.sorted(), statesAhead: [])
        copy(taskID: id)
    }

    /// Nil for a route that is not played.
    mutating func response(to request: SimulatedRequest) -> SimulatedResponse? {
        guard let route = Route(rawValue: request.route) else { return nil }
        guard request.isAuthorized else { return .failure(401, "access_token无效") }
        guard request.isFromPlatform else { return .failure(1, "Platform header 缺失") }
        switch route {
        case .createCopyTask: return createTask(request)
        case .copyTaskStatus: return status(request)
        case .copyFailures: return failures(request)
        }
    }

    // MARK: Copy tasks

    private mutating func createTask(_ request: SimulatedRequest) -> SimulatedResponse {
        guard let listed = request.body["fileIDs"]?.array, !listed.isEmpty else { return .failure(1, "fileIDs 不能为空") }
        let ids = listed.compactMap { $0.integer ?? $0.string.flatMap { Int64($0) } }
        guard ids.count == listed.count else { return .failure(1, "fileIDs 参数错误") }
        guard ids.count <= Self.maximumIDs else { return .failure(1, "fileIDs 最多 \(Self.maximumIDs) 个") }
        guard request.body["toParentFileID"]?.string != nil, request.body["type"] == 1 else {
            return .failure(1, "参数错误")
        }
        guard tasks.values.filter({ !$0.statesAhead.isEmpty }).count < Self.maximumUnfinishedTasks else {
            return .failure(1, "任务数量已达上限")
        }
        let id = "1ketmmu1000d-sim-\(tasks.count)"
        tasks[id] = CopyTask(fileIDs: ids, statesAhead: [Status.waiting, Status.running])
        copy(taskID: id)
        return .success(["taskID": .string(id)])
    }

    private mutating func copy(taskID: String) {
        guard var task = tasks[taskID] else { return }
        for id in task.fileIDs {
            guard var file = files[id], file.failures > 0 else { continue }
            task.failed.append(file)
            if file.failures != SimulatedFile.always { file.failures -= 1 }
            files[id] = file
        }
        tasks[taskID] = task
    }

    private mutating func status(_ request: SimulatedRequest) -> SimulatedResponse {
        guard let id = request.query["taskID"], var task = tasks[id] else { return .failure(1, "任务不存在") }
        let status = task.status
        if !task.statesAhead.isEmpty { task.statesAhead.removeFirst() }
        tasks[id] = task
        return .success(["status": .integer(status), "failMsg": ""])
    }

    private func failures(_ request: SimulatedRequest) -> SimulatedResponse {
        guard let id = request.query["taskID"], let task = tasks[id] else { return .failure(1, "任务不存在") }
        guard let limit = request.query["limit"].flatMap({ Int($0) }), (1...100).contains(limit) else {
            return .failure(1, "limit 参数错误")
        }
        guard let page = request.query["page"].flatMap({ Int($0) }), page >= 1 else {
            return .failure(1, "page 参数错误")
        }
        let failed = task.statesAhead.isEmpty ? task.failed : []
        let (skipped, overflow) = (page - 1).multipliedReportingOverflow(by: limit)
        let shown = overflow ? [] : failed.dropFirst(skipped).prefix(limit)
        let list = shown.map { JSONValue.object(["fileId": .integer($0.id), "filename": .string($0.name)]) }
        return .success(["total": .integer(Int64(failed.count)), "list": list.isEmpty ? .null : .array(list)])
    }
}
