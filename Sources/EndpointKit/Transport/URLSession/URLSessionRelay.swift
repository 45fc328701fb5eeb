import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The delegate of a transport's session: passes what the session reports to the exchange that it belongs to, and checks
/// deadlines.
///
/// Deadlines are checked here and not by `URLSession`, which counts in whole seconds on Linux (less than one means none) and
/// ends the process if it times out while a redirect is being decided. All exchanges share one timer.
final class URLSessionRelay: NSObject, URLSessionDataDelegate, Sendable {
    private struct State: ~Copyable {
        var exchanges: [Int: URLSessionExchange] = [:]
        /// The exchanges that wait for their task.
        var watched: [ObjectIdentifier: URLSessionExchange] = [:]
        /// When the deadlines are checked next; nil if never.
        var alarm: ContinuousClock.Instant?
    }

    /// Guards the exchanges, by the number of their task, and the timer. Deadlines are read outside of it.
    private let state = Mutex(State())
    private let clock = DispatchQueue(label: "EndpointKit.URLSessionTransport.deadlines")

    /// Connects a task to its exchange. Call this before the task is resumed.
    func connect(_ exchange: URLSessionExchange, to task: URLSessionTask) {
        let deadline = exchange.deadlineIfBegunNow
        state.withLock { state in
            state.exchanges[task.taskIdentifier] = exchange
            setAlarm(deadline, in: &state)
        }
    }

    /// Checks the deadline of an exchange that has no task yet.
    func watch(_ exchange: URLSessionExchange) {
        guard let deadline = exchange.deadline else { return }
        state.withLock { state in
            state.watched[ObjectIdentifier(exchange)] = exchange
            setAlarm(deadline, in: &state)
        }
    }

    func unwatch(_ exchange: URLSessionExchange) {
        state.withLock { _ = $0.watched.removeValue(forKey: ObjectIdentifier(exchange)) }
    }

    func disconnect(_ task: URLSessionTask) {
        state.withLock { _ = $0.exchanges.removeValue(forKey: task.taskIdentifier) }
    }

    private func exchange(for task: URLSessionTask) -> URLSessionExchange? {
        state.withLock { $0.exchanges[task.taskIdentifier] }
    }

    // MARK: Deadlines

    private func checkDeadlines(_ alarm: ContinuousClock.Instant) {
        let exchanges = state.withLock { state in
            // The timer was replaced by an earlier one.
            guard state.alarm == alarm else { return [URLSessionExchange]() }
            state.alarm = nil
            return Array(state.exchanges.values) + Array(state.watched.values)
        }
        let now = ContinuousClock.now
        for exchange in exchanges { exchange.checkDeadline(at: now) }
        if let next = exchanges.compactMap(\.deadline).min() {
            state.withLock { setAlarm(next, in: &$0) }
        }
    }

    /// Checks the deadlines no later than at `deadline`.
    private func setAlarm(_ deadline: ContinuousClock.Instant, in state: inout State) {
        if let alarm = state.alarm, alarm <= deadline { return }
        state.alarm = deadline
        let milliseconds = Int64(ContinuousClock.now.duration(to: deadline) / .milliseconds(1)) + 1
        clock.asyncAfter(deadline: .now() + .milliseconds(max(0, Int(clamping: milliseconds)))) { [weak self] in
            self?.checkDeadlines(deadline)
        }
    }

    // MARK: URLSessionDataDelegate

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        if let response = response as? HTTPURLResponse {
            exchange(for: dataTask)?.didReceive(response)
        }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        exchange(for: dataTask)?.didReceive(data)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, didSendBodyData bytesSent: Int64, totalBytesSent: Int64,
        totalBytesExpectedToSend: Int64
    ) {
        guard let exchange = exchange(for: task) else { return }
        exchange.didSend(total: totalBytesSent)
        // There is a connection: the deadline may be earlier than the one for connecting.
        if let deadline = exchange.deadline { state.withLock { setAlarm(deadline, in: &$0) } }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, willCacheResponse proposedResponse: CachedURLResponse,
        completionHandler: @escaping @Sendable (CachedURLResponse?) -> Void
    ) {
        completionHandler(nil)
    }

    /// Never follows a redirect: it is returned as the response. By default, URLSession on Linux sends the request with its
    /// Authorization wherever the redirect points.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        // URLSession on Linux ends the process if a task is cancelled between this call and its completion handler. The call
        // comes on its own queue (see InlineQueue), so a cancellation is either known here or comes after the handler.
        #if canImport(FoundationNetworking)
            guard let exchange = exchange(for: task), !exchange.isOver else { return }
        #endif
        completionHandler(nil)
    }

    /// On Linux called only when libcurl wants to send a body a second time.
    func urlSession(
        _ session: URLSession, task: URLSessionTask,
        needNewBodyStream completionHandler: @escaping @Sendable (InputStream?) -> Void
    ) {
        exchange(for: task)?.didAskForBodyAgain()
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        #if canImport(FoundationNetworking)
            // Called for a 401 after its complete body; with the default disposition, the task never ends.
            exchange(for: task)?.didComplete(nil, response: task.response)
            DispatchQueue.global().async { completionHandler(.cancelAuthenticationChallenge, nil) }
        #else
            completionHandler(.performDefaultHandling, nil)
        #endif
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        exchange(for: task)?.didComplete(error, response: task.response)
        disconnect(task)
    }
}

#if canImport(FoundationNetworking)
    /// A delegate queue that makes delegate calls where they arise: on the session's own queue.
    ///
    /// That saves two or three operations a request. It also prevents that a fast server fills the memory with calls that
    /// wait for a slow disk, and that a cancellation comes between a redirect and its completion handler. Delegate calls are
    /// therefore short, and do not wait for the session.
    final class InlineQueue: OperationQueue, @unchecked Sendable {  // It has no state of its own.
        override func addOperation(_ block: @escaping @Sendable () -> Void) {
            block()
        }
    }
#endif
