import Foundation

/// A port of 127.0.0.1 that refuses connections for as long as this value lives: bound, so that nobody else gets it,
/// but not listening.
public struct RefusingPort: Sendable {
    /// The port.
    public let port: UInt16
    private let socket: LoopbackSocket

    /// Binds a port.
    public init() throws(SocketError) {
        socket = try LoopbackSocket(bound: true)
        port = try socket.boundPort()
    }
}

/// A port of 127.0.0.1 that neither accepts nor refuses: its queue is full, so that connecting takes for ever.
///
/// Relies on Linux dropping a SYN for a full queue.
public struct SilentPort: Sendable {
    /// The port.
    public let port: UInt16
    private let sockets: [LoopbackSocket]

    /// Binds a port, and fills its queue.
    public init() throws(SocketError) {
        let listener = try LoopbackSocket(bound: true)
        try listener.startListening(backlog: 0)
        port = try listener.boundPort()
        var sockets = [listener]
        for _ in 0..<4 {
            let client = try LoopbackSocket(bound: false)
            client.beginConnecting(to: port)
            sockets.append(client)
        }
        self.sockets = sockets
    }
}
