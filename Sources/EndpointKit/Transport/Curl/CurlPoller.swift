#if os(Linux)
    internal import CLibcurl
    import Foundation

    /// The descriptors that a thread waits for: the sockets of libcurl, with epoll, so that stalled transfers cost nothing, and
    /// one that wakes the thread.
    final class CurlPoller: Sendable {
        /// The sockets that are ready.
        struct Ready {
            fileprivate var events = [epoll_event](repeating: epoll_event(), count: 256)
            fileprivate var count = 0

            mutating func clear() { count = 0 }

            /// Calls `body` with each socket, and libcurl's bits for what it is ready for: 1 to read, 2 to write, 4 broken.
            func forEach(_ body: (Int32, Int32) -> Void) {
                for index in 0..<count {
                    let ready = events[index].events
                    var bits: Int32 = 0
                    if ready & EPOLLIN.rawValue != 0 { bits |= 1 }
                    if ready & EPOLLOUT.rawValue != 0 { bits |= 2 }
                    if ready & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { bits |= 5 }
                    body(events[index].data.fd, bits)
                }
            }
        }

        private let epoll: Int32
        private let bell: Int32

        /// Fails if the system has no more descriptors.
        init?() {
            epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
            bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
            guard epoll >= 0, bell >= 0, control(EPOLL_CTL_ADD, bell, EPOLLIN.rawValue) else { return nil }
        }

        deinit {
            if epoll >= 0 { close(epoll) }
            if bell >= 0 { close(bell) }
        }

        /// Ends the wait, or the next one.
        func wake() {
            var value: UInt64 = 1
            _ = write(bell, &value, 8)
        }

        /// Waits at most so long; -1 is without end.
        func wait(_ ready: inout Ready, milliseconds: Int32) {
            ready.count = max(0, Int(epoll_wait(epoll, &ready.events, Int32(ready.events.count), milliseconds)))
            for index in 0..<ready.count where ready.events[index].data.fd == bell {
                var value: UInt64 = 0
                _ = read(bell, &value, 8)
                ready.events.swapAt(index, ready.count - 1)
                ready.count -= 1
                break
            }
        }

        /// Adds, changes or removes a descriptor; returns whether that was possible.
        func control(_ operation: Int32, _ descriptor: Int32, _ wanted: UInt32) -> Bool {
            var event = epoll_event()
            event.events = wanted
            event.data.fd = descriptor
            return epoll_ctl(epoll, operation, descriptor, &event) == 0
        }
    }

    /// What libcurl wants to know about its sockets, and what the poller watches for it.
    ///
    /// libcurl gives a socket up after each transfer and takes it back with the next one. A socket of an idle connection
    /// stays registered here, which saves two system calls a transfer.
    final class CurlSockets {
        private struct Socket {
            /// What the kernel watches; 0 if the socket is not registered.
            var registered: UInt32 = 0
            /// Whether libcurl watches it.
            var isWanted = false
            /// Whether its end is reported to ``close(_:)``. Others, such as those of name resolution, are closed unseen.
            var isOurs = false
        }

        let poller: CurlPoller
        /// By descriptor.
        private var sockets: [Socket] = []

        init(_ poller: CurlPoller) {
            self.poller = poller
        }

        /// Opens a socket that child processes do not inherit.
        func open(_ address: UnsafeMutablePointer<clibcurl_address>) -> Int32 {
            let type = address.pointee.type | Int32(SOCK_CLOEXEC.rawValue)
            let socket = socket(address.pointee.family, type, address.pointee.protocol)
            guard socket >= 0 else { return -1 }
            reserve(socket)
            sockets[Int(socket)] = Socket(isOurs: true)
            return socket
        }

        /// Closes a socket that was opened here.
        func end(_ socket: Int32) -> Int32 {
            if Int(socket) < sockets.count {
                unregister(socket)
                sockets[Int(socket)] = Socket()
            }
            return close(socket)
        }

        /// Takes over what libcurl wants to know about a socket: 1 to read, 2 to write, 3 both, 4 nothing any more.
        func watch(_ socket: Int32, _ what: Int32) {
            guard socket >= 0 else { return }
            reserve(socket)
            if what == 4 {
                sockets[Int(socket)].isWanted = false
                if !sockets[Int(socket)].isOurs { unregister(socket) }
                return
            }
            sockets[Int(socket)].isWanted = true
            let wanted = (what & 1 != 0 ? EPOLLIN.rawValue : 0) | (what & 2 != 0 ? EPOLLOUT.rawValue : 0)
            guard sockets[Int(socket)].registered != wanted else { return }
            let isNew = sockets[Int(socket)].registered == 0
            if !poller.control(isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, wanted) {
                // A socket that was closed unseen is registered here only, and the other way round.
                _ = poller.control(isNew ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, wanted)
            }
            sockets[Int(socket)].registered = wanted
        }

        /// Whether libcurl wants to know that a socket is ready.
        func isWanted(_ socket: Int32) -> Bool {
            guard Int(socket) < sockets.count, !sockets[Int(socket)].isWanted else {
                return Int(socket) < sockets.count
            }
            // An idle connection was closed by the other side, or closed and its number used again.
            unregister(socket)
            return false
        }

        private func unregister(_ socket: Int32) {
            guard sockets[Int(socket)].registered != 0 else { return }
            sockets[Int(socket)].registered = 0
            _ = poller.control(EPOLL_CTL_DEL, socket, 0)
        }

        private func reserve(_ socket: Int32) {
            while sockets.count <= Int(socket) { sockets.append(Socket()) }
        }
    }
#endif
