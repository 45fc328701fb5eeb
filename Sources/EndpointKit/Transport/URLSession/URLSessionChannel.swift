import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A session, its delegate, and the queue in which calls wait for a connection.
final class URLSessionChannel: Sendable {
    private let session: URLSession
    private let relay = URLSessionRelay()
    private let queue: URLSessionQueue

    /// Creates a session; with `closingConnections`, every request gets a connection of its own.
    init(_ configuration: URLSessionTransport.Configuration, closingConnections: Bool = false) {
        let settings = URLSessionConfiguration.ephemeral
        queue = URLSessionQueue(limit: configuration.maximumConnectionsPerHost)
        settings.httpMaximumConnectionsPerHost = max(1, configuration.maximumConnectionsPerHost)
        settings.httpCookieStorage = nil
        settings.httpCookieAcceptPolicy = .never
        settings.httpShouldSetCookies = false
        settings.urlCache = nil
        settings.urlCredentialStorage = nil
        settings.requestCachePolicy = .reloadIgnoringLocalCacheData
        // The relay checks the deadlines.
        settings.timeoutIntervalForRequest = 7 * 24 * 3600
        settings.timeoutIntervalForResource = 7 * 24 * 3600
        if closingConnections {
            settings.httpAdditionalHeaders = ["Connection": "close"]
        }
        #if canImport(FoundationNetworking)
            let delegateQueue: OperationQueue? = InlineQueue()
        #else
            let delegateQueue: OperationQueue? = nil
        #endif
        session = URLSession(configuration: settings, delegate: relay, delegateQueue: delegateQueue)
    }

    deinit {
        session.finishTasksAndInvalidate()
    }

    /// Sends the request of `exchange` as soon as a connection is free, and waits for the outcome. `file` is the body if the
    /// session is to read it from a file.
    func perform(
        _ exchange: URLSessionExchange, _ request: URLRequest, file: URL? = nil
    ) async -> URLSessionExchange.Outcome {
        let host = request.url?.originKey ?? ""
        let outcome = await exchange.run {
            let hasStarted = self.queue.enter(host) {
                exchange.begin {
                    let task =
                        file.map { self.session.uploadTask(with: request, fromFile: $0) }
                        ?? self.session.dataTask(with: request)
                    self.relay.connect(exchange, to: task)
                    return task
                }
            }
            if !hasStarted { self.relay.watch(exchange) }
        }
        relay.unwatch(exchange)
        if exchange.hasBegun { queue.leave(host) }
        return outcome
    }
}

/// Limits the number of concurrent calls to a host, and starts the others in the order in which they came.
///
/// `URLSession` has a queue of its own, in which a call's time limits would run: a call that waits there would look like one
/// whose server is silent.
final class URLSessionQueue: Sendable {
    /// Starts a call; returns false if the call has ended already.
    typealias Start = @Sendable () -> Bool

    private struct Host {
        var active = 0
        var waiting: [Start] = []
        /// The index of the first element of `waiting` that has not been started.
        var next = 0
    }

    private let limit: Int
    /// Guards the number of active calls and the waiting ones, by host. Calls are started outside of it.
    private let hosts = Mutex<[String: Host]>([:])

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// Runs `start` now if the limit allows, otherwise later. Returns whether the limit allowed it.
    ///
    /// After a `start` that returns true, the caller must call ``leave(_:)`` when the call ends.
    func enter(_ host: String, _ start: @escaping Start) -> Bool {
        let isAllowed = hosts.withLock { hosts in
            guard hosts[host, default: Host()].active < limit else {
                hosts[host]?.waiting.append(start)
                return false
            }
            hosts[host, default: Host()].active += 1
            return true
        }
        if isAllowed && !start() { leave(host) }
        return isAllowed
    }

    /// Records that a call has ended, and starts the next one.
    func leave(_ host: String) {
        while let start = hosts.withLock({ Self.next(in: &$0[host]) }) {
            if start() { return }
        }
    }

    private static func next(in host: inout Host?) -> Start? {
        guard var queue = host else { return nil }
        defer { host = queue }
        guard queue.next < queue.waiting.count else {
            queue.waiting = []
            queue.next = 0
            queue.active -= 1
            return nil
        }
        let start = queue.waiting[queue.next]
        queue.next += 1
        if queue.next > 64 && queue.next * 2 > queue.waiting.count {
            queue.waiting.removeFirst(queue.next)
            queue.next = 0
        }
        return start
    }
}
