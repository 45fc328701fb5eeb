import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A system call that the loopback helpers need went wrong.
public struct SocketError: Error, CustomStringConvertible {
    /// The system call that failed.
    public let call: String
    /// Its `errno`.
    public let code: Int32

    init(_ call: String) {
        self.call = call
        code = errno
    }

    /// The call, and the system's text for the code.
    public var description: String { "\(call): \(String(cString: strerror(code)))" }
}

/// A stream socket with blocking reads and writes that a stop signal interrupts. Closed when it is let go.
final class LoopbackSocket: Sendable {
    static let readable = Int16(POLLIN)

    let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
        #if canImport(Darwin)
            var on: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
    }

    /// A fresh socket, bound to a free port of 127.0.0.1 if `bound`, closed to child processes.
    convenience init(bound: Bool) throws(SocketError) {
        let descriptor = socket(AF_INET, streamType, 0)
        guard descriptor >= 0 else { throw SocketError("socket") }
        self.init(descriptor: descriptor)
        if bound {
            let status = Self.withAddress(port: 0) { platformBind(descriptor, $0, $1) }
            guard status == 0 else { throw SocketError("bind") }
        }
    }

    /// A fresh socket that is bound to a free port of ::1.
    convenience init(boundToIPv6: Void) throws(SocketError) {
        let descriptor = socket(AF_INET6, streamType, 0)
        guard descriptor >= 0 else { throw SocketError("socket") }
        self.init(descriptor: descriptor)
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_addr = in6addr_loopback
        guard Self.bind(descriptor, to: &address) == 0 else { throw SocketError("bind") }
    }

    /// A fresh socket that is bound to a path, which must be short.
    convenience init(boundTo path: String) throws(SocketError) {
        let descriptor = socket(AF_UNIX, streamType, 0)
        guard descriptor >= 0 else { throw SocketError("socket") }
        self.init(descriptor: descriptor)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        guard Self.bind(descriptor, to: &address) == 0 else { throw SocketError("bind") }
    }

    private static func bind<Address>(_ descriptor: Int32, to address: inout Address) -> Int32 {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                platformBind(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }

    deinit {
        close(descriptor)
    }

    /// The port that the socket is bound to.
    /// 0 for a path.
    func boundPort() throws(SocketError) -> UInt16 {
        // The addresses of both versions of IP have their port at the same place.
        var address = sockaddr_in6()
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        guard status == 0 else { throw SocketError("getsockname") }
        return address.sin6_family == sa_family_t(AF_UNIX) ? 0 : UInt16(bigEndian: address.sin6_port)
    }

    func startListening(backlog: Int32) throws(SocketError) {
        guard listen(descriptor, backlog) == 0 else { throw SocketError("listen") }
    }

    /// The next connection, or nil if there is none (any more).
    func acceptConnection() -> LoopbackSocket? {
        let accepted = accept(descriptor, nil, nil)
        guard accepted >= 0 else { return nil }
        _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
        let connection = LoopbackSocket(descriptor: accepted)
        var on: Int32 = 1
        setsockopt(accepted, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return connection
    }

    /// Begins a connection to a port of 127.0.0.1 without waiting for it.
    func beginConnecting(to port: UInt16) {
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
        _ = Self.withAddress(port: port) { connect(descriptor, $0, $1) }
    }

    /// Up to 64 KiB that have come in; nil at the end, on failure, or once `stop` is given.
    func receive(until stop: StopSignal) -> [UInt8]? {
        guard waitFor(Self.readable, until: stop, timeout: nil) == .ready else { return nil }
        let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        return bytes.isEmpty ? nil : bytes
    }

    /// Sends everything; false if the other side is gone or `stop` was given.
    func send(_ data: Data, until stop: StopSignal) -> Bool {
        data.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                guard waitFor(Int16(POLLOUT), until: stop, timeout: nil) == .ready else { return false }
                let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
                let count = platformSend(descriptor, rest.baseAddress, rest.count, dontWait | noSignal)
                if count > 0 {
                    sent += count
                } else if errno != EAGAIN && errno != EINTR {
                    return false
                }
            }
            return true
        }
    }

    enum Wait { case ready, timedOut, stopped }

    /// Waits until the socket is ready for `events` (also: broken), the time is over, or `stop` is given.
    func waitFor(_ events: Int16, until stop: StopSignal, timeout: Duration?) -> Wait {
        let deadline = timeout.map { ContinuousClock.now + $0 }
        while true {
            var descriptors = [
                pollfd(fd: descriptor, events: events, revents: 0),
                pollfd(fd: stop.readEnd, events: Int16(POLLIN), revents: 0),
            ]
            var milliseconds: Int32 = -1
            if let deadline {
                let left = ContinuousClock.now.duration(to: deadline)
                guard left > .zero else { return .timedOut }
                milliseconds = Int32(clamping: Int64(left / .milliseconds(1)) + 1)
            }
            let count = poll(&descriptors, 2, milliseconds)
            if count < 0 && errno != EINTR { return .stopped }
            if descriptors[1].revents != 0 { return .stopped }
            if descriptors[0].revents != 0 { return .ready }
        }
    }

    /// Whether the other side has closed, as far as it can be told without taking bytes from the stream.
    var isClosedByPeer: Bool {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, peek | dontWait)
        return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)
    }

    /// Ends what this side sends.
    func endSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Makes the next close a reset (RST) in place of an orderly end.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private static func withAddress(
        port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

/// Wakes every thread that waits, once and for all: a byte in a pipe that nobody reads is seen by each that polls it.
final class StopSignal: Sendable {
    let readEnd: Int32
    private let writeEnd: Int32

    init() throws(SocketError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SocketError("pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// May be called more than once.
    func give() {
        var byte: UInt8 = 1
        _ = write(writeEnd, &byte, 1)
    }
}

// The names of the class's own methods hide the system calls of those names.
private func platformSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int {
    send(descriptor, bytes, count, flags)
}

private func platformBind(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> Int32 {
    bind(descriptor, address, size)
}

// The C headers declare these as enumerations in one place and as macros in the other.
#if canImport(Darwin)
    private let streamType = SOCK_STREAM
    private let dontWait = MSG_DONTWAIT
    private let peek = MSG_PEEK
    private let noSignal: Int32 = 0
#else
    private let streamType = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    private let dontWait = Int32(MSG_DONTWAIT)
    private let peek = Int32(MSG_PEEK)
    private let noSignal = Int32(MSG_NOSIGNAL)
#endif
