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

        /// What the worker has to do next.
        private let inbox = CurlInbox()
        private let isStopped = Atomic(false)
        /// Whether the thread sleeps, or is about to, so that a message must wake it.
        private let isAsleep = Atomic(false)
        /// Guards libcurl and its transfers: whoever has the lock works.
        private let worker: Mutex<CurlWorker>
        /// Whether somebody has the lock. To try a lock that is taken would be a system call.
        private let isAtWork = Atomic(false)
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
            CurlExit.add(self)
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
            isStopped.store(true, ordering: .sequentiallyConsistent)
            poller.wake()
        }

        /// Has libcurl do nothing any more, which is for the exit of the process: calls that are performed never return.
        ///
        /// Waits for the turn that somebody is in, for a second at most. Nobody can wait for a turn that the exit interrupts,
        /// as in the handler of a signal.
        func endUse() {
            for _ in 0..<1000 {
                if worker.withLockIfAvailable({ $0.isEnded = true }) != nil { return }
                usleep(1000)
            }
        }

        /// Begins a transfer.
        func start(_ transfer: CurlTransfer) {
            guard active.load(ordering: .relaxed) < Self.busy, !startsElsewhere || !transfer.target.isSecure else {
                return post(.start(transfer))
            }
            inbox.add(.start(transfer))
            // Whoever is at work looks for messages once more when the lock is free.
            while !isAtWork.load(ordering: .sequentiallyConsistent), !inbox.isEmpty {
                guard let turn = worker.withLockIfAvailable({ worker in work(worker) }) else { return }
                turn.endings.forEach { $0.resume() }
                if turn.wakesThread { poller.wake() }
            }
        }

        /// Leaves a message to the thread.
        func post(_ message: Message) {
            inbox.add(message)
            if isAsleep.load(ordering: .sequentiallyConsistent),
                isAsleep.exchange(false, ordering: .sequentiallyConsistent)
            {
                poller.wake()
            }
        }

        private func work(
            _ worker: CurlWorker, _ ready: CurlPoller.Ready? = nil, isThread: Bool = false
        ) -> CurlWorker.Turn {
            isAtWork.store(true, ordering: .sequentiallyConsistent)
            defer { isAtWork.store(false, ordering: .sequentiallyConsistent) }
            let turn = worker.turn(inbox.takeAll(), ready, isThread: isThread)
            active.store(worker.active, ordering: .relaxed)
            return turn
        }

        private func run() {
            var ready = CurlPoller.Ready()
            while !isStopped.load(ordering: .sequentiallyConsistent) {
                let turn = worker.withLock { worker in work(worker, ready, isThread: true) }
                turn.endings.forEach { $0.resume() }
                isAsleep.store(true, ordering: .sequentiallyConsistent)
                let sleeps = inbox.isEmpty && !isStopped.load(ordering: .sequentiallyConsistent)
                poller.wait(&ready, milliseconds: sleeps ? turn.sleep : 0)
                isAsleep.store(false, ordering: .sequentiallyConsistent)
            }
            worker.withLock { $0.shutDown() }
            CurlExit.remove(self)
        }
    }
#endif
