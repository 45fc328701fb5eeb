import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A session, its relay, and the line in which calls wait for a connection.
final class URLSessionChannel: Sendable {
    private let session: URLSession
    private let relay = URLSessionRelay()
    private let line: URLSessionLine

    /// - Parameter closingConnections: whether every request gets a connection of its own.
    init(_ configuration: URLSessionTransport.Configuration, closingConnections: Bool = false) {
        let settings = URLSessionConfiguration.ephemeral
        line = URLSessionLine(places: configuration.maximumConnectionsPerHost)
        settings.httpMaximumConnectionsPerHost = max(1, configuration.maximumConnectionsPerHost)
        settings.httpCookieStorage = nil
        settings.httpCookieAcceptPolicy = .never
        settings.httpShouldSetCookies = false
        settings.urlCache = nil
        settings.urlCredentialStorage = nil
        settings.requestCachePolicy = .reloadIgnoringLocalCacheData
        // The relay keeps the deadlines.
        settings.timeoutIntervalForRequest = 7 * 24 * 3600
        settings.timeoutIntervalForResource = 7 * 24 * 3600
        if closingConnections {
            settings.httpAdditionalHeaders = ["Connection": "close"]
        }
        #if canImport(FoundationNetworking)
            let queue: OperationQueue? = InlineQueue()
        #else
            let queue: OperationQueue? = nil
        #endif
        session = URLSession(configuration: settings, delegate: relay, delegateQueue: queue)
    }

    deinit {
        session.finishTasksAndInvalidate()
    }

    /// Sends the request of `exchange` as soon as there is a place for it, and waits for the end.
    ///
    /// - Parameter file: the body, if that is a file which the session is to read by itself.
    func perform(
        _ exchange: URLSessionExchange, _ request: URLRequest, file: URL? = nil
    ) async -> URLSessionExchange.Outcome {
        let host = "\(request.url?.host(percentEncoded: false) ?? ""):\(request.url?.port ?? 0)"
        let outcome = await exchange.run {
            let hasPlace = self.line.enter(host) {
                exchange.begin {
                    let task =
                        file.map { self.session.uploadTask(with: request, fromFile: $0) }
                        ?? self.session.dataTask(with: request)
                    self.relay.connect(exchange, to: task)
                    return task
                }
            }
            if !hasPlace { self.relay.watch(exchange) }
        }
        relay.unwatch(exchange)
        if exchange.hasBegun { line.leave(host) }
        return outcome
    }
}

/// Lets so many calls to a host begin at a time, and the others in the order in which they came.
///
/// `URLSession` has a line of its own, in which the clocks of a call would run: one that merely waits would be taken for
/// one whose server is silent.
final class URLSessionLine: Sendable {
    /// Begins a call; false if that is over already.
    typealias Start = @Sendable () -> Bool

    private struct Host {
        var active = 0
        var waiting: [Start] = []
        /// The first of `waiting` that has not had its turn.
        var next = 0
    }

    private let places: Int
    /// Guards the calls under way and in line, by host. Starts are run outside of it.
    private let hosts = Mutex<[String: Host]>([:])

    init(places: Int) {
        self.places = max(1, places)
    }

    /// Runs `start` now if there is a place, or else when it is its turn. Returns whether there was one.
    ///
    /// A start that returns true has a place, and must be followed by ``leave(_:)``.
    func enter(_ host: String, _ start: @escaping Start) -> Bool {
        let hasPlace = hosts.withLock { hosts in
            guard hosts[host, default: Host()].active < places else {
                hosts[host]?.waiting.append(start)
                return false
            }
            hosts[host, default: Host()].active += 1
            return true
        }
        if hasPlace && !start() { leave(host) }
        return hasPlace
    }

    /// Gives the place of a call to the next in line.
    func leave(_ host: String) {
        while let start = hosts.withLock({ Self.next(in: &$0[host]) }) {
            if start() { return }
        }
    }

    private static func next(in host: inout Host?) -> Start? {
        guard var line = host else { return nil }
        defer { host = line }
        guard line.next < line.waiting.count else {
            line.waiting = []
            line.next = 0
            line.active -= 1
            return nil
        }
        let start = line.waiting[line.next]
        line.next += 1
        if line.next > 64 && line.next * 2 > line.waiting.count {
            line.waiting.removeFirst(line.next)
            line.next = 0
        }
        return start
    }
}
