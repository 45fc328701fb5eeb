import EndpointKit
import EndpointTesting
import Foundation
import Synchronization

/// One request as it came in, byte for byte where that matters.
public struct RecordedRequest: Sendable, Hashable {
    /// The method, as it was sent.
    public var method: String
    /// The request target as it stood in the request line: path and query, still percent-encoded.
    public var target: String
    /// The header fields in their order, names as they were spelt.
    public var headers: HTTPFields
    /// The body, chunked framing removed, no more than the server keeps.
    public var body: Data
    /// How many bytes the body had, kept or not.
    public var bodyLength: Int
    /// Which connection of the server brought it, counted from 0.
    public var connection: Int
    /// Whether the whole body came.
    public var isComplete: Bool
    /// Everything before the body.
    public var head: Data

    /// The target up to the question mark.
    public var path: String { String(target.prefix { $0 != "?" }) }
    /// The target after the question mark, still percent-encoded; nil without one.
    public var query: String? { target.firstIndex(of: "?").map { String(target[target.index(after: $0)...]) } }

    /// The request in the form in which tests compare requests. Throws if host and target are not a URL.
    public func normalized() throws -> NormalizedRequest {
        guard let url = URL(string: "http://\(headers["Host"] ?? "")\(target)") else { throw URLError(.badURL) }
        return try NormalizedRequest(
            HTTPRequest(HTTPMethod(rawValue: method), url, headers: headers, body: .data(body)))
    }
}

/// A real HTTP/1.1 server on 127.0.0.1 for tests: a port of its own, keep-alive, and any misbehaviour on demand.
///
///     let server = try LoopbackServer { request in
///         request.path == "/slow" ? .stalled() : .json(#"{"code": 0}"#)
///     }
///     defer { server.stop() }
///     …  server.url("/page?limit=1") … server.requests …
///
/// Each connection has a thread; any number of servers can run at once.
public final class LoopbackServer: Sendable {
    /// Where a server listens.
    public enum Address: Sendable {
        /// A free port of 127.0.0.1.
        case ipv4
        /// A free port of ::1.
        case ipv6
        /// A socket in the file system.
        case path(String)
    }

    /// Decides the reply to a request.
    public typealias Handler = @Sendable (RecordedRequest) -> LoopbackReply

    /// The port on 127.0.0.1 that the server listens on.
    public let port: UInt16
    private let listener: LoopbackSocket
    private let stopSignal: StopSignal
    private let log: LoopbackLog
    private let threads = DispatchGroup()

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - address: Where the server listens.
    ///   - keepingBodies: How many bytes of a request body are stored; the rest is counted.
    ///   - isRecording: Whether requests are added to ``requests``; without it the server's memory does not grow.
    ///   - greeting: Bytes that every connection begins with, before any request.
    ///   - onHead: Called before the body is read; a reply is sent in place of `handler`, and the body is left unread.
    ///   - handler: What to respond. Called on the thread of the connection.
    /// - Throws: The system call that failed.
    public init(
        address: Address = .ipv4,
        keepingBodies: Int = 16 << 20,
        isRecording: Bool = true,
        greeting: Data = Data(),
        onHead: (@Sendable (RecordedRequest) -> LoopbackReply?)? = nil,
        _ handler: @escaping Handler
    ) throws(SocketError) {
        let listener =
            switch address {
            case .ipv4: try LoopbackSocket(bound: true)
            case .ipv6: try LoopbackSocket(boundToIPv6: ())
            case .path(let path): try LoopbackSocket(boundTo: path)
            }
        try listener.startListening(backlog: 4096)
        let stopSignal = try StopSignal()
        let log = LoopbackLog(isRecording: isRecording)
        port = try listener.boundPort()
        self.listener = listener
        self.stopSignal = stopSignal
        self.log = log

        let threads = threads
        Self.startThread(in: threads) {
            while listener.waitFor(LoopbackSocket.readable, until: stopSignal, timeout: nil) == .ready {
                guard let socket = listener.acceptConnection() else { continue }
                let connection = LoopbackConnection(
                    socket: socket, number: log.openConnection(), stop: stopSignal, log: log,
                    keepingBodies: keepingBodies, greeting: greeting, onHead: onHead, handler: handler)
                Self.startThread(in: threads) {
                    connection.run()
                    log.closeConnection()
                }
            }
        }
    }

    deinit {
        stopSignal.give()
    }

    /// Responds to every request the same.
    public convenience init(reply: LoopbackReply) throws(SocketError) {
        try self.init { _ in reply }
    }

    /// `http://127.0.0.1:port` and `target`, which must be percent-encoded.
    public func url(_ target: String = "/") -> URL {
        var components = URLComponents()
        components.scheme = "http"
        components.host = "127.0.0.1"
        components.port = Int(port)
        return URL(string: target, relativeTo: components.url)?.absoluteURL ?? URL(filePath: "/not-a-target")
    }

    /// What has come in so far, in the order in which the heads were complete.
    public var requests: [RecordedRequest] { log.state.withLock(\.requests) }
    /// How many connections there have been.
    public var connectionCount: Int { log.state.withLock(\.connectionCount) }
    /// How many connections there are now.
    public var openConnectionCount: Int { log.state.withLock(\.openConnectionCount) }
    /// How many bytes have been sent.
    public var sentCount: Int { log.state.withLock(\.sentCount) }
    /// How many connections the client closed in the middle of a response.
    public var abandonedCount: Int { log.state.withLock(\.abandonedCount) }

    /// Ends all connections and returns when every thread of the server has ended. May be called again.
    public func stop() {
        stopSignal.give()
        threads.wait()
    }

    private static func startThread(in group: DispatchGroup, _ body: @escaping @Sendable () -> Void) {
        group.enter()
        let thread = Thread {
            body()
            group.leave()
        }
        thread.name = "loopback"
        thread.start()
    }
}

/// What a server has seen. The lock guards all of it; the threads of the connections write, the test reads.
final class LoopbackLog: Sendable {
    struct State {
        var requests: [RecordedRequest] = []
        var connectionCount = 0
        var openConnectionCount = 0
        var abandonedCount = 0
        var sentCount = 0
    }

    private let isRecording: Bool
    let state = Mutex(State())

    init(isRecording: Bool) {
        self.isRecording = isRecording
    }

    func openConnection() -> Int {
        state.withLock {
            $0.connectionCount += 1
            $0.openConnectionCount += 1
            return $0.connectionCount - 1
        }
    }

    func closeConnection() {
        state.withLock { $0.openConnectionCount -= 1 }
    }

    /// Takes down a request and returns its place for ``replace(_:with:)``, if it has one.
    func record(_ request: RecordedRequest) -> Int? {
        guard isRecording else { return nil }
        return state.withLock {
            $0.requests.append(request)
            return $0.requests.count - 1
        }
    }

    func replace(_ index: Int?, with request: RecordedRequest) {
        guard let index else { return }
        state.withLock { $0.requests[index] = request }
    }

    func countSent(_ count: Int) {
        state.withLock { $0.sentCount += count }
    }

    func countAbandoned() {
        state.withLock { $0.abandonedCount += 1 }
    }
}
