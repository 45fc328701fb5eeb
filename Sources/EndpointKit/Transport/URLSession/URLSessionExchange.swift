import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One request that is being sent: collects what the session reports about it, and ends exactly once.
///
/// The first of these ends it: the complete response, a failure, a limit, a timeout, or the caller's cancellation. Later
/// reports are ignored.
final class URLSessionExchange: Sendable {
    typealias Outcome = Result<HTTPResponse, TransportError>

    let request: HTTPRequest
    private let limits: Limits
    private let file: PartialFile?
    private let progress: (@Sendable (TransferProgress) -> Void)?
    /// Guards everything that changes. Never held while the caller or the session is called.
    private let state: Mutex<State>

    struct Limits: Sendable {
        var connect: Duration
        var idle: Duration
        /// When the exchange must have ended.
        var end: ContinuousClock.Instant?
        var responseBytes: Int64
    }

    private struct State: ~Copyable {
        var task: URLSessionTask?
        var continuation: CheckedContinuation<Outcome, Never>?
        var hasBegun = false
        var isOver = false
        var outcome: Outcome?
        var response: HTTPURLResponse?
        var interim: [HTTPInterimResponse] = []
        var body = Data()
        var received: Int64 = 0
        var sent: Int64 = 0
        var lastActivity = ContinuousClock.now
        /// A failure of our own, which says more than the session's error.
        var failure: TransportError?
    }

    init(
        _ request: HTTPRequest, limits: Limits, file: PartialFile? = nil,
        progress: (@Sendable (TransferProgress) -> Void)? = nil
    ) {
        self.request = request
        self.limits = limits
        self.file = file
        self.progress = progress
        state = Mutex(State())
    }

    // MARK: The caller's side

    /// Waits for the outcome. Calls `enter` when the wait has begun, unless the exchange has ended already.
    func run(_ enter: () -> Void) async -> Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let early = state.withLock { state -> Outcome? in
                    if state.outcome == nil { state.continuation = continuation }
                    return state.outcome
                }
                if let early {
                    continuation.resume(returning: early)
                } else {
                    enter()
                }
            }
        } onCancel: {
            fail { state in
                TransportError(
                    .cancelled, mayHaveBeenSent: self.mayHaveBeenSent(state),
                    message: "\(self.request.summary): cancelled")
            }
        }
    }

    /// Creates the task and starts it; returns false if the exchange has ended already.
    func begin(_ makeTask: () -> URLSessionTask) -> Bool {
        guard !isOver else { return false }
        let task = makeTask()
        let isOver = state.withLock { state in
            if !state.isOver {
                state.task = task
                state.hasBegun = true
                state.lastActivity = .now
            }
            return state.isOver
        }
        if isOver { task.cancel() } else { task.resume() }
        return !isOver
    }

    /// Whether a task has been started.
    var hasBegun: Bool { state.withLock { $0.hasBegun } }

    /// Whether the exchange has ended.
    var isOver: Bool { state.withLock { $0.isOver } }

    // MARK: The session's side

    /// A header section was received: the final one, or an interim one (1xx) before it.
    func didReceive(_ response: HTTPURLResponse) {
        let error = state.withLock { state -> TransportError? in
            guard !state.isOver else { return nil }
            state.response = response
            state.lastActivity = .now
            if response.statusCode == 101 {
                return lost("the server switched to another protocol")
            }
            if 100..<200 ~= response.statusCode {
                if state.interim.count < 100 {
                    let fields = HTTPFields(response)
                    state.interim.append(HTTPInterimResponse(status: response.statusCode, headers: fields))
                }
                return nil
            }
            let length = response.expectedContentLength
            if request.method != .head && length > 0 {
                if !isForFile(response) && length > limits.responseBytes { return tooLarge() }
                state.body.reserveCapacity(isForFile(response) ? 0 : Int(min(length, 1 << 20)))
            }
            return nil
        }
        if let error { fail { _ in error } }
    }

    /// A part of the body was received.
    func didReceive(_ data: Data) {
        let (error, report) = state.withLock { state -> (TransportError?, TransferProgress?) in
            guard !state.isOver else { return (nil, nil) }
            state.lastActivity = .now
            state.received += Int64(data.count)
            if let file, isForFile(state.response) {
                if let problem = file.append(data) {
                    return (fileError(problem), nil)
                }
            } else {
                guard state.received <= limits.responseBytes else { return (tooLarge(), nil) }
                state.body.append(data)
            }
            return (nil, progress == nil ? nil : transferProgress(state))
        }
        if let error { fail { _ in error } }
        if let report { progress?(report) }
    }

    /// A part of the request's body was passed to the connection.
    func didSend(total: Int64) {
        let report = state.withLock { state -> TransferProgress? in
            guard !state.isOver else { return nil }
            state.lastActivity = .now
            state.sent = total
            return progress == nil ? nil : transferProgress(state)
        }
        if let report { progress?(report) }
    }

    /// The request's body cannot be read.
    func didFailToRead(_ error: BodyReadError) {
        fail { _ in error.transportError(for: self.request, mayHaveBeenSent: true) }
    }

    /// The session wants to send the body again, because a reused connection was closed or ended without a response.
    ///
    /// The exchange fails instead: the server may have acted on the request, and the caller decides about a retry.
    func didAskForBodyAgain() {
        fail { _ in self.lost("the connection ended without a response") }
    }

    /// The task has ended. On Linux this is also called for a 401 with a challenge, after the complete response.
    func didComplete(_ error: (any Error)?, response: URLResponse?) {
        finish { state in
            if let failure = state.failure { return .failure(failure) }
            if let error {
                return .failure(
                    TransportError(
                        error, for: self.request, hasResponse: state.response != nil,
                        isUnsent: !self.mayHaveBeenSent(state)))
            }
            // On Linux, a redirect without a Location is not reported as a response.
            guard let response = state.response ?? (response as? HTTPURLResponse) else {
                return .failure(self.lost("the connection ended without a response"))
            }
            return self.complete(response, state)
        }
    }

    /// When the exchange times out next; nil after it has ended.
    var deadline: ContinuousClock.Instant? {
        state.withLock { state in
            guard !state.isOver else { return nil }
            guard state.hasBegun else { return limits.end }
            let next = state.lastActivity + (isConnecting(state) ? limits.connect : limits.idle)
            return limits.end.map { min($0, next) } ?? next
        }
    }

    /// The first deadline of an exchange that begins now.
    var deadlineIfBegunNow: ContinuousClock.Instant {
        let next = ContinuousClock.now + (request.body.isEmpty ? limits.idle : limits.connect)
        return limits.end.map { min($0, next) } ?? next
    }

    /// Ends the exchange if its deadline has passed.
    func checkDeadline(at now: ContinuousClock.Instant) {
        guard let deadline, deadline <= now else { return }
        fail { state in
            let reason =
                if let end = self.limits.end, end <= now {
                    "timed out"
                } else if self.isConnecting(state) {
                    "no connection within \(self.limits.connect.text)"
                } else {
                    "no data for \(self.limits.idle.text)"
                }
            return TransportError(
                .timeout, mayHaveBeenSent: self.mayHaveBeenSent(state), message: "\(self.request.summary): \(reason)")
        }
    }

    // MARK: Ending

    /// Ends the exchange with a failure of our own and cancels the task.
    private func fail(_ error: (borrowing State) -> TransportError) {
        let task = finish { .failure(error($0)) }
        // Not on this thread: on Linux `cancel` may wait for the queue that calls us.
        if let task { cancellationQueue.async { task.cancel() } }
    }

    /// Ends the exchange, unless it has ended already; returns its task.
    @discardableResult
    private func finish(_ outcome: (borrowing State) -> Outcome) -> URLSessionTask? {
        let (task, continuation, result) = state.withLock { state in
            guard !state.isOver else {
                return (URLSessionTask?.none, CheckedContinuation<Outcome, Never>?.none, Outcome?.none)
            }
            let result = outcome(state)
            state.isOver = true
            state.outcome = result
            defer {
                state.task = nil
                state.continuation = nil
                state.body = Data()
            }
            return (state.task, state.continuation, result)
        }
        if let result { continuation?.resume(returning: result) }
        return task
    }

    private func complete(_ response: HTTPURLResponse, _ state: borrowing State) -> Outcome {
        let headers = HTTPFields(response)
        let status = response.statusCode
        // URLSession on Linux withholds the bodies of redirects. A compressed body has another length than Content-Length.
        let isCounted = request.method != .head && status >= 200 && status != 204 && !(300..<400 ~= status)
        if isCounted, headers["Content-Encoding"] == nil, headers["Transfer-Encoding"] == nil,
            let length = headers["Content-Length"].flatMap({ Int64($0) }), length != state.received
        {
            return .failure(lost("the connection ended after \(state.received) of \(length) bytes"))
        }
        return .success(
            HTTPResponse(
                status: status, headers: headers, body: state.body, url: response.url, interim: state.interim))
    }

    // MARK: Facts

    /// False before the task has begun, and while no byte of a body has been sent: a server cannot act on an incomplete
    /// request.
    private func mayHaveBeenSent(_ state: borrowing State) -> Bool {
        state.hasBegun && (request.body.isEmpty || state.sent > 0 || state.response != nil)
    }

    /// Whether there is no sign yet of a connection. Without a body, the response is the first sign.
    private func isConnecting(_ state: borrowing State) -> Bool {
        !request.body.isEmpty && state.sent == 0 && state.response == nil
    }

    private func isForFile(_ response: HTTPURLResponse?) -> Bool {
        file != nil && 200..<300 ~= (response?.statusCode ?? 0)
    }

    private func transferProgress(_ state: borrowing State) -> TransferProgress {
        let length = state.response?.expectedContentLength ?? -1
        return TransferProgress(
            bytesSent: state.sent, bytesToSend: request.body.length,
            bytesReceived: state.received, bytesToReceive: length >= 0 ? length : nil)
    }

    private func lost(_ reason: String) -> TransportError {
        TransportError(.connectionLost, mayHaveBeenSent: true, message: "\(request.summary): \(reason)")
    }

    private func tooLarge() -> TransportError {
        TransportError(
            .responseTooLarge(limit: limits.responseBytes), mayHaveBeenSent: true,
            message: "\(request.summary): the response is larger than \(limits.responseBytes) bytes")
    }

    private func fileError(_ problem: String) -> TransportError {
        TransportError(.other, mayHaveBeenSent: true, message: "\(request.summary): \(problem)")
    }
}

private let cancellationQueue = DispatchQueue(label: "EndpointKit.URLSessionTransport.cancellation")

extension HTTPFields {
    /// The header fields of a response, sorted by name: `URLSession` does not preserve their order and joins fields of one
    /// name.
    fileprivate init(_ response: HTTPURLResponse) {
        var fields: [Field] = []
        fields.reserveCapacity(response.allHeaderFields.count)
        for (name, value) in response.allHeaderFields {
            if let name = name as? String, let value = value as? String {
                fields.append(Field(name: name, value: value))
            }
        }
        self.init(fields.sorted { $0.name < $1.name })
    }
}
