#if os(Linux)
    internal import CLibcurl
    import Foundation
    import Synchronization

    /// What performs the calls of a transport: a worker with libcurl, and a thread that waits for its sockets.
    ///
    /// While there are few calls, one is begun on the thread that makes it, if nobody else is at work: that saves waking the
    /// engine's thread, which costs more than to send a request. Everything else is done by the engine's thread.
    final class CurlEngine: Sendable {
        enum Message: Sendable {
            /// Begin a transfer.
            case start(CurlTransfer)
            /// End a transfer that nobody waits for any more.
            case abandon(CurlTransfer)
            /// There is room for more of a transfer's body.
            case resume(CurlTransfer)
        }

        private struct Inbox {
            var messages: [Message] = []
            var isStopped = false
            /// Whether the thread sleeps, or is about to, so that a message must wake it.
            var isAsleep = false
        }

        /// Guards what the worker has to do next.
        private let inbox = Mutex(Inbox())
        /// Guards libcurl and its transfers: whoever has the lock works.
        private let worker: Mutex<CurlWorker>
        private let poller: CurlPoller
        private let startsElsewhere: Bool
        /// The number of transfers that are performed.
        private let active = Atomic(0)

        /// With so many transfers the thread is awake, and begins several at once.
        private static let busy = 4

        /// Fails if the system has no more descriptors or memory.
        init?(_ configuration: CurlTransport.Configuration, library: CurlLibrary) {
            guard let poller = CurlPoller(),
                let worker = CurlWorker(configuration, library: library, poller: poller)
            else { return nil }
            self.poller = poller
            self.worker = Mutex(worker)
            // Before 7.87, OpenSSL writes to sockets itself, and a closed connection raises SIGPIPE.
            startsElsewhere = !library.endsResolutions
        }

        /// Starts the thread, which keeps the engine until ``stop()``.
        func startThread() {
            let thread = Thread {
                // Signals are for the program's own threads. A closed TLS connection may raise SIGPIPE here.
                var signals = sigset_t()
                sigfillset(&signals)
                pthread_sigmask(SIG_BLOCK, &signals, nil)
                self.run()
            }
            thread.name = "libcurl"
            thread.start()
        }

        /// Ends the thread.
        func stop() {
            inbox.withLock { $0.isStopped = true }
            poller.wake()
        }

        /// Begins a transfer.
        func start(_ transfer: CurlTransfer) {
            guard active.load(ordering: .relaxed) < Self.busy, !startsElsewhere || !transfer.target.isSecure else {
                return post(.start(transfer))
            }
            inbox.withLock { $0.messages.append(.start(transfer)) }
            // Whoever is at work looks for messages once more when the lock is free.
            while hasMessages {
                guard let turn = worker.withLockIfAvailable({ worker in work(worker) }) else { return }
                turn.endings.forEach { $0.resume() }
                if turn.wakesThread { poller.wake() }
            }
        }

        /// Leaves a message to the thread.
        func post(_ message: Message) {
            let isAsleep = inbox.withLock { inbox in
                inbox.messages.append(message)
                defer { inbox.isAsleep = false }
                return inbox.isAsleep
            }
            if isAsleep { poller.wake() }
        }

        private var hasMessages: Bool { inbox.withLock { !$0.messages.isEmpty } }

        private func takeMessages() -> [Message] {
            inbox.withLock { inbox in
                guard !inbox.messages.isEmpty else { return [] }
                defer { inbox.messages = [] }
                return inbox.messages
            }
        }

        private func work(
            _ worker: CurlWorker, _ ready: CurlPoller.Ready? = nil, isThread: Bool = false
        ) -> CurlWorker.Turn {
            let turn = worker.turn(takeMessages(), ready, isThread: isThread)
            active.store(worker.active, ordering: .relaxed)
            return turn
        }

        private func run() {
            var ready = CurlPoller.Ready()
            while !inbox.withLock(\.isStopped) {
                let turn = worker.withLock { worker in work(worker, ready, isThread: true) }
                turn.endings.forEach { $0.resume() }
                let sleeps = inbox.withLock { inbox in
                    inbox.isAsleep = inbox.messages.isEmpty && !inbox.isStopped
                    return inbox.isAsleep
                }
                poller.wait(&ready, milliseconds: sleeps ? turn.sleep : 0)
                inbox.withLock { $0.isAsleep = false }
            }
            worker.withLock { $0.shutDown() }
        }
    }
#endif
