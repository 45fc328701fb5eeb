#if os(Linux)
    internal import CLibcurl
    import Foundation

    /// Watches the sockets of a transport's thread with epoll, so that stalled transfers cost nothing.
    ///
    /// libcurl gives a socket up after each transfer and takes it back with the next one. A socket of an idle connection
    /// stays registered here, which saves two system calls a transfer.
    final class CurlPoller {
        private struct Socket {
            /// What the kernel watches; 0 if the socket is not registered.
            var registered: UInt32 = 0
            /// Whether libcurl watches it.
            var isWanted = false
            /// Whether its end is reported to ``close(_:)``. Others, such as those of name resolution, are closed unseen.
            var isOurs = false
        }

        private let descriptor: Int32
        /// By descriptor.
        private var sockets: [Socket] = []
        private var events = [epoll_event](repeating: epoll_event(), count: 256)

        /// Fails if the system has no more descriptors.
        init?(waking wake: Int32) {
            descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
            guard descriptor >= 0 else { return nil }
            var event = epoll_event()
            event.events = EPOLLIN.rawValue
            event.data.fd = wake
            guard wake >= 0, epoll_ctl(descriptor, EPOLL_CTL_ADD, wake, &event) == 0 else {
                _ = closeDescriptor(descriptor)
                return nil
            }
        }

        deinit {
            _ = closeDescriptor(descriptor)
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

        func close(_ socket: Int32) -> Int32 {
            if Int(socket) < sockets.count {
                unregister(socket)
                sockets[Int(socket)] = Socket()
            }
            return closeDescriptor(socket)
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
            var event = epoll_event()
            event.events = wanted
            event.data.fd = socket
            let isNew = sockets[Int(socket)].registered == 0
            if epoll_ctl(descriptor, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event) != 0 {
                // A socket that was closed unseen is registered here only, and the other way round.
                _ = epoll_ctl(descriptor, isNew ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event)
            }
            sockets[Int(socket)].registered = wanted
        }

        /// Waits at most so long (-1: without end) and calls `body` with each socket that is ready and libcurl's bits for
        /// what it is ready for: 1 to read, 2 to write, 4 broken. Returns false if nothing was ready.
        ///
        /// The descriptor that wakes the thread counts as ready, but has no bits.
        func wait(milliseconds: Int32, wake: Int32, onWake: () -> Void, _ body: (Int32, Int32) -> Void) -> Bool {
            let count = epoll_wait(descriptor, &events, Int32(events.count), milliseconds)
            guard count > 0 else { return false }
            for index in 0..<Int(count) {
                let (socket, ready) = (events[index].data.fd, events[index].events)
                if socket == wake {
                    onWake()
                    continue
                }
                guard sockets[Int(socket)].isWanted else {
                    // An idle connection was closed by the other side, or closed and its number used again.
                    unregister(socket)
                    continue
                }
                var bits: Int32 = 0
                if ready & EPOLLIN.rawValue != 0 { bits |= 1 }
                if ready & EPOLLOUT.rawValue != 0 { bits |= 2 }
                if ready & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { bits |= 5 }
                body(socket, bits)
            }
            return true
        }

        private func unregister(_ socket: Int32) {
            guard sockets[Int(socket)].registered != 0 else { return }
            sockets[Int(socket)].registered = 0
            var event = epoll_event()
            _ = epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, &event)
        }

        private func reserve(_ socket: Int32) {
            while sockets.count <= Int(socket) { sockets.append(Socket()) }
        }
    }

    /// `close` of the C library, whose name the poller's own function hides.
    private func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }
#endif
