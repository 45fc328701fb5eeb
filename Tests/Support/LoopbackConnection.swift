import EndpointKit
import Foundation

/// One connection of a ``LoopbackServer``: reads a request, responds, and again until either side ends it.
///
/// Used by the one thread that runs it.
struct LoopbackConnection: Sendable {
    let socket: LoopbackSocket
    let number: Int
    let stop: StopSignal
    let log: LoopbackLog
    let keepingBodies: Int
    let greeting: Data
    let onHead: (@Sendable (RecordedRequest) -> LoopbackReply?)?
    let handler: LoopbackServer.Handler

    func run() {
        guard socket.send(greeting, until: stop) else { return }
        var input = RequestReader(socket: socket, stop: stop)
        while var request = input.readHead(connection: number) {
            let place = log.record(request)
            let early = onHead?(request)
            if early == nil {
                if request.headers["Expect"]?.lowercased() == "100-continue" {
                    guard socket.send(Data("HTTP/1.1 100 Continue\r\n\r\n".utf8), until: stop) else { return }
                }
                request.isComplete = input.readBody(of: &request, keeping: keepingBodies)
                log.replace(place, with: request)
                guard request.isComplete else { return }
            }
            guard perform(early ?? handler(request), isHead: request.method == "HEAD"), early == nil else { return }
            if request.headers["Connection"]?.lowercased() == "close" { return }
        }
    }

    /// Does what the reply says; false if the connection is over.
    private func perform(_ reply: LoopbackReply, isHead: Bool) -> Bool {
        for step in reply.steps {
            switch step {
            case .head(let bytes):
                guard send(bytes) else { return false }
            case .body(let bytes, let times):
                if isHead { continue }
                for _ in 0..<times {
                    guard send(bytes) else { return false }
                }
            case .pause(let duration):
                guard pause(duration) else { return false }
            case .hang:
                guard pause(nil) else { return false }
            case .close:
                return false
            case .halfClose:
                socket.endSending()
                _ = pause(nil)
                return false
            case .reset:
                socket.resetOnClose()
                return false
            }
        }
        return true
    }

    private func send(_ bytes: Data) -> Bool {
        let isSent = socket.send(bytes, until: stop)
        if isSent { log.countSent(bytes.count) } else { log.countAbandoned() }
        return isSent
    }

    /// Waits; false if the client closed or the server stops meanwhile.
    private func pause(_ duration: Duration?) -> Bool {
        let deadline = duration.map { ContinuousClock.now + $0 }
        switch socket.waitFor(LoopbackSocket.readable, until: stop, timeout: duration) {
        case .timedOut: return true
        case .stopped: return false
        case .ready:
            if socket.isClosedByPeer {
                log.countAbandoned()
                return false
            }
            // The next request is waiting already: no client of ours does that, so only the time is left to wait for.
            guard let deadline else { return false }
            return socket.waitFor(0, until: stop, timeout: ContinuousClock.now.duration(to: deadline)) == .timedOut
        }
    }
}

/// Takes requests out of a stream of bytes.
private struct RequestReader {
    let socket: LoopbackSocket
    let stop: StopSignal
    /// What was received and not used yet.
    private var buffer: [UInt8] = []

    init(socket: LoopbackSocket, stop: StopSignal) {
        self.socket = socket
        self.stop = stop
    }

    /// The next request line and header section; nil at the end of the connection or for what is not HTTP.
    mutating func readHead(connection: Int) -> RecordedRequest? {
        var head = Data()
        var lines: [String] = []
        while let line = readLine() {
            head.append(contentsOf: line + [13, 10])
            if line.isEmpty {
                return Self.request(lines, head: head, connection: connection)
            }
            lines.append(String(decoding: line, as: UTF8.self))
        }
        return nil
    }

    private static func request(_ lines: [String], head: Data, connection: Int) -> RecordedRequest? {
        let parts = lines.first?.split(separator: " ", omittingEmptySubsequences: false) ?? []
        guard parts.count == 3 else { return nil }
        let fields = lines.dropFirst().map { line in
            let pair = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = pair.count == 2 ? pair[1].trimmingCharacters(in: .whitespaces) : ""
            return HTTPFields.Field(name: String(pair[0]), value: value)
        }
        return RecordedRequest(
            method: String(parts[0]), target: String(parts[1]), headers: HTTPFields(fields), body: Data(),
            bodyLength: 0, connection: connection, isComplete: false, head: head)
    }

    /// Reads the body into `request`; false if it did not come whole.
    mutating func readBody(of request: inout RecordedRequest, keeping limit: Int) -> Bool {
        if request.headers["Transfer-Encoding"]?.lowercased() == "chunked" {
            while let line = readLine() {
                let size = String(decoding: line, as: UTF8.self).prefix { $0 != ";" }
                guard let count = Int(size, radix: 16) else { return false }
                if count == 0 {
                    while let trailer = readLine(), !trailer.isEmpty {}
                    return true
                }
                guard read(count, into: &request, keeping: limit), readLine() == [] else { return false }
            }
            return false
        }
        return read(Int(request.headers["Content-Length"] ?? "") ?? 0, into: &request, keeping: limit)
    }

    private mutating func read(_ count: Int, into request: inout RecordedRequest, keeping limit: Int) -> Bool {
        var left = count
        while left > 0 {
            guard !buffer.isEmpty || fill() else { return false }
            let taken = min(left, buffer.count)
            let kept = min(taken, max(0, limit - request.body.count))
            request.body.append(contentsOf: buffer[..<kept])
            request.bodyLength += taken
            buffer.removeFirst(taken)
            left -= taken
        }
        return true
    }

    /// The bytes up to the next CR LF, which is taken too.
    private mutating func readLine() -> [UInt8]? {
        var searched = 0
        while true {
            if let end = buffer[searched...].firstIndex(of: 10) {
                let line = buffer[..<end]
                buffer.removeFirst(end + 1)
                return Array(line.last == 13 ? line.dropLast() : line)
            }
            searched = buffer.count
            guard fill() else { return nil }
        }
    }

    private mutating func fill() -> Bool {
        guard let bytes = socket.receive(until: stop) else { return false }
        buffer += bytes
        return true
    }
}
