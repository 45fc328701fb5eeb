import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The delegate of a transport's session: hands what it reports to the exchange that it belongs to, and keeps time.
///
/// Deadlines are kept here and not by `URLSession`, because that one counts in whole seconds on Linux (less than one is
/// none at all) and ends the process if it times out while a redirect is being decided. One alarm serves all exchanges,
/// so that a call pays nothing for it.
final class URLSessionRelay: NSObject, URLSessionDataDelegate, Sendable {
    private struct State {
        var exchanges: [Int: URLSessionExchange] = [:]
        /// Those that wait for their task.
        var watched: [ObjectIdentifier: URLSessionExchange] = [:]
        /// When the deadlines are looked at next; nil if never.
        var alarm: ContinuousClock.Instant?
    }

    /// Guards the exchanges under way, by the number of their task, and the alarm. Deadlines are asked for outside of it.
    private let state = Mutex(State())
    private let clock = DispatchQueue(label: "EndpointKit.URLSessionTransport.deadlines")

    /// From now on `exchange` hears of `task`. To be called before the task is resumed.
    func connect(_ exchange: URLSessionExchange, to task: URLSessionTask) {
        let deadline = exchange.deadlineIfBegunNow
        state.withLock { state in
            state.exchanges[task.taskIdentifier] = exchange
            setAlarm(deadline, in: &state)
        }
    }

    /// Keeps the deadline of an exchange that has no task yet.
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
            // An alarm that an earlier one has replaced.
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

    /// Has the deadlines looked at no later than at `deadline`.
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
        // The connection stands: from now on there may be less patience than for connecting.
        if let deadline = exchange.deadline { state.withLock { setAlarm(deadline, in: &$0) } }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, willCacheResponse proposedResponse: CachedURLResponse,
        completionHandler: @escaping @Sendable (CachedURLResponse?) -> Void
    ) {
        completionHandler(nil)
    }

    /// Never follows: the redirect comes back as the response. Left to itself, URLSession on Linux sends the request with
    /// its Authorization to wherever the redirect points.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        // URLSession on Linux ends the process if a task is cancelled between the question and the answer. The question
        // comes on its own queue (see InlineQueue), so a cancellation is either known here or comes after the answer.
        #if canImport(FoundationNetworking)
            guard let exchange = exchange(for: task), !exchange.isOver else { return }
        #endif
        completionHandler(nil)
    }

    /// On Linux asked for only when libcurl wants to send a body a second time.
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
            // Comes for a 401 when all of it has come; answered with the default, the task never ends.
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
    /// A delegate queue that has the calls made where they arise: on the session's own queue.
    ///
    /// That saves two or three operations a request. It also keeps a fast server from filling the memory with calls that wait
    /// for a slow disk, and closes the gap in which a cancellation can overtake the answer to a redirect.
    /// Calls are therefore short, and nothing in them waits for the session.
    final class InlineQueue: OperationQueue, @unchecked Sendable {  // It has no state of its own.
        override func addOperation(_ block: @escaping @Sendable () -> Void) {
            block()
        }
    }
#endif
