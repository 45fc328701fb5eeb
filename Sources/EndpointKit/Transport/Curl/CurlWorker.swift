#if os(Linux)
    internal import CLibcurl
    import Foundation

    /// One multi handle of libcurl with its connections, and the transfers that it performs.
    ///
    /// One thread at a time uses it, which ``CurlEngine`` sees to. Each turn takes the messages, lets libcurl work, and returns
    /// the tasks whose transfers have something new.
    final class CurlWorker {
        let configuration: CurlTransport.Configuration
        let trust: CurlTrust
        let library: CurlLibrary
        let sockets: CurlSockets
        /// The time at the beginning of the turn, in nanoseconds.
        private(set) var now = monotonicNanoseconds()
        /// The transfers of which a waiting task may want to know.
        var touched: [CurlTransfer] = []

        /// Whether libcurl must not be used any more, because the process exits.
        var isEnded = false

        private let multi: UnsafeMutableRawPointer
        private var queue: CurlQueue
        private var handles: [CurlHandle] = []
        /// The handles that perform nothing.
        private var idle: [CurlHandle] = []
        /// The tasks that are resumed at the end of the turn.
        private var endings: [CurlEnding] = []
        /// The handles whose transfers wait for the writer of a pipe, by the pipe's descriptor.
        private var pipes: [Int32: CurlHandle] = [:]
        /// The paused transfers that have room again.
        private var resumable: [CurlTransfer] = []
        /// When libcurl wants to be called next, in nanoseconds.
        private var timer = Int64.max
        /// When the deadlines are checked next, in nanoseconds.
        private var nextCheck = Int64.max
        /// When the thread wakes up by itself, in nanoseconds.
        private var wakeUp = Int64.min
        /// Whether a transfer was begun since the thread began to sleep.
        private var wasUsed = false
        /// How long the thread sleeps at most after a transfer was begun. Each transfer has a time limit for its connection, so
        /// that a call would wake a thread that sleeps longer, only for it to sleep until then.
        private static let napAfterUse: Int64 = 1_000_000_000
        private let idleNanoseconds: Int64

        /// Fails if there is no memory.
        init?(_ configuration: CurlTransport.Configuration, library: CurlLibrary, poller: CurlPoller) {
            guard let multi = clibcurl_multi_init() else { return nil }
            self.configuration = configuration
            self.library = library
            self.multi = multi
            sockets = CurlSockets(poller)
            trust = CurlTrust(configuration, defaultFile: library.certificateFile)
            idleNanoseconds = configuration.idleTimeout.nanoseconds
            let limit = min(max(1, configuration.maximumConnectionsPerHost), 1 << 16)
            queue = CurlQueue(limit: limit)
            let context = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
            _ = clibcurl_multi_set_pointer(multi, CurlOption.multiSocketData, context)
            _ = clibcurl_multi_set_socket_function(multi, CurlOption.multiSocketFunction, curlWatch)
            _ = clibcurl_multi_set_pointer(multi, CurlOption.multiTimerData, context)
            _ = clibcurl_multi_set_timer_function(multi, CurlOption.multiTimerFunction, curlSetTimer)
            // 2 is multiplexing.
            _ = clibcurl_multi_set_long(multi, CurlOption.multiPipelining, 2)
            _ = clibcurl_multi_set_long(multi, CurlOption.multiMaximumHostConnections, limit)
            // Otherwise libcurl closes connections that the next calls could use.
            _ = clibcurl_multi_set_long(multi, CurlOption.multiMaximumConnections, max(64, 2 * limit))
        }

        /// The number of transfers that are performed.
        var active: Int { handles.count - idle.count }

        /// What is left to be done after a turn.
        struct Turn: Sendable {
            /// The tasks to be resumed.
            var endings: [CurlEnding]
            /// Whether the thread must be woken, since it would sleep too long.
            var wakesThread = false
            /// How long the thread may sleep, in milliseconds; -1 for until it is woken.
            var sleep: Int32 = 0
        }

        /// Does what there is to do; `isThread` is whether the thread that waits for sockets does it.
        func turn(_ messages: [CurlEngine.Message], _ ready: CurlPoller.Ready? = nil, isThread: Bool = false) -> Turn {
            if isEnded { return Turn(endings: [], sleep: -1) }
            now = monotonicNanoseconds()
            ready?.forEach { socket, bits in
                if let handle = pipes[socket] {
                    stopWaiting(handle)
                    if let transfer = handle.transfer { resume(transfer) }
                } else if sockets.isWanted(socket) {
                    act(socket, bits)
                }
            }
            for message in messages { handle(message) }
            let paused = resumable
            resumable = []
            for transfer in paused { resume(transfer) }
            if timer <= now || timer <= monotonicNanoseconds() {
                timer = .max
                act(-1, 0)
            }
            if nextCheck <= now { checkDeadlines() }
            finishTransfers()
            for transfer in touched {
                let (ending, wasPaused) = transfer.deliver()
                if let ending { endings.append(ending) }
                if wasPaused { resumable.append(transfer) }
            }
            touched.removeAll(keepingCapacity: true)
            var turn = Turn(endings: endings)
            endings.removeAll(keepingCapacity: true)
            var next = resumable.isEmpty ? min(timer, nextCheck) : now
            if isThread {
                if wasUsed { next = min(next, now + Self.napAfterUse) }
                wasUsed = false
                wakeUp = next
                // Rounded up: a turn before the time would have nothing to do.
                turn.sleep = next == .max ? -1 : Int32(clamping: max(0, next - now + 999_999) / 1_000_000)
            } else if next < wakeUp {
                wakeUp = next
                turn.wakesThread = true
            }
            return turn
        }

        /// Nobody waits for a transfer of a transport that is gone, so there is nothing to report.
        func shutDown() {
            if isEnded { return }
            for handle in handles where handle.transfer != nil {
                _ = clibcurl_multi_remove(multi, handle.easy)
                handle.end(succeeded: true)
            }
            // Handles first: libcurl wants them to be gone. Then connections, whose sockets are closed here.
            idle = []
            handles = []
            _ = clibcurl_multi_cleanup(multi)
        }

        func setTimer(_ milliseconds: Int) {
            timer = milliseconds < 0 ? .max : monotonicNanoseconds() + Int64(milliseconds) * 1_000_000
        }

        private func act(_ socket: Int32, _ bits: Int32) {
            var running: Int32 = 0
            _ = clibcurl_multi_socket_action(multi, socket, bits, &running)
        }

        // MARK: Messages

        private func handle(_ message: CurlEngine.Message) {
            switch message {
            case .start(let transfer):
                guard !transfer.isOver else { return }
                if queue.enter(transfer) { start(transfer) } else { watchDeadline(of: transfer) }
            case .abandon(let transfer): abandon(transfer)
            case .resume(let transfer): resume(transfer)
            }
        }

        private func start(_ transfer: CurlTransfer) {
            guard !transfer.isOver, let handle = idle.popLast() ?? makeHandle() else {
                finish(transfer, .failure(transfer.error(.other, "libcurl has no memory for a transfer")))
                return startNext(transfer.target.host)
            }
            let isIdempotent = transfer.request.method.isIdempotent
            let isFresh =
                !isIdempotent && (!library.reportsRequests || queue.line(of: transfer.target.host).isClosing)
            handle.begin(transfer, isFresh: isFresh)
            if !library.reportsRequests { transfer.assumeSent(now: now) }
            wasUsed = true
            let code = clibcurl_multi_add(multi, handle.easy)
            guard code == 0 else {
                handle.end(succeeded: false)
                idle.append(handle)
                finish(transfer, .failure(transfer.error(.other, "libcurl refuses the transfer (\(code))")))
                return startNext(transfer.target.host)
            }
            watchDeadline(of: transfer)
        }

        private func makeHandle() -> CurlHandle? {
            guard let handle = CurlHandle(index: handles.count, worker: self) else { return nil }
            handles.append(handle)
            return handle
        }

        /// Ends a transfer that nobody waits for any more.
        private func abandon(_ transfer: CurlTransfer) {
            queue.remove(transfer)
            guard let handle = transfer.handle else { return }
            // While the name may be being resolved, an older libcurl is left to end by itself: it gets no socket any more, and
            // does not send the request if there is a connection already.
            let mayBeResolving = transfer.attempts == 0 && !handle.hasSocket
            guard library.endsResolutions || !library.reportsRequests || !mayBeResolving else { return }
            end(handle, succeeded: false)
        }

        private func resume(_ transfer: CurlTransfer) {
            guard let handle = transfer.handle else { return }
            transfer.lastActivity = now
            watchDeadline(of: transfer)
            // The bytes that libcurl holds are received within this call.
            _ = clibcurl_easy_pause(handle.easy, 0)
        }

        // MARK: Pipes

        /// Resumes the transfer of a handle when a pipe can be read.
        func wait(for pipe: Int32, of handle: CurlHandle) {
            guard handle.awaitedPipe == nil else { return }
            handle.awaitedPipe = pipe
            pipes[pipe] = handle
            // A device that cannot be waited for is looked at again in the next turn.
            if !sockets.poller.control(EPOLL_CTL_ADD, pipe, EPOLLIN.rawValue), let transfer = handle.transfer {
                stopWaiting(handle)
                resumable.append(transfer)
            }
        }

        private func stopWaiting(_ handle: CurlHandle) {
            guard let pipe = handle.awaitedPipe else { return }
            handle.awaitedPipe = nil
            pipes[pipe] = nil
            // It fails, harmlessly, where the pipe was closed already.
            _ = sockets.poller.control(EPOLL_CTL_DEL, pipe, 0)
        }

        // MARK: Ends

        private func finishTransfers() {
            var left: Int32 = 0
            while let message = clibcurl_multi_next_message(multi, &left) {
                // 1: a transfer is done. There are no other messages.
                guard message.pointee.kind == 1, let easy = message.pointee.easy else { continue }
                let code = message.pointee.data.result
                var context: UnsafeMutableRawPointer?
                _ = clibcurl_easy_get_pointer(easy, CurlOption.infoPrivate, &context)
                guard let context else { continue }
                complete(Unmanaged<CurlHandle>.fromOpaque(context).takeUnretainedValue(), code)
            }
        }

        private func complete(_ handle: CurlHandle, _ code: Int32) {
            guard let transfer = handle.transfer else { return }
            let host = transfer.target.host
            guard code == CurlResult.ok, let head = transfer.head.response else {
                let error =
                    code == CurlResult.ok
                    ? transfer.incompleteHeadError
                    : transfer.error(code, text: handle.text(code))
                if transfer.head.response == nil && transfer.attempts > 0 { queue.line(of: host).isClosing = true }
                finish(transfer, .failure(error))
                return end(handle, succeeded: false)
            }
            if head.framing.isHTTP2 {
                for next in queue.noteMultiplexing(host) { start(next) }
            }
            if let ending = transfer.succeed(head) { endings.append(ending) }
            end(handle, succeeded: true)
        }

        private func finish(_ transfer: CurlTransfer, _ outcome: CurlTransfer.Outcome) {
            if let ending = transfer.finish(outcome) { endings.append(ending) }
        }

        /// Takes a handle out of libcurl and keeps it for the next transfer.
        private func end(_ handle: CurlHandle, succeeded: Bool) {
            guard let host = handle.transfer?.target.host else { return }
            stopWaiting(handle)
            _ = clibcurl_multi_remove(multi, handle.easy)
            handle.end(succeeded: succeeded)
            idle.append(handle)
            startNext(host)
        }

        private func startNext(_ host: CurlHost) {
            if let next = queue.leave(host) { start(next) }
        }

        // MARK: Deadlines

        private func watchDeadline(of transfer: CurlTransfer) {
            nextCheck = min(nextCheck, transfer.deadline, idleCheck)
        }

        /// A transfer begins without a limit for idle time, and gets one when its request is sent.
        private var idleCheck: Int64 {
            let (time, overflow) = now.addingReportingOverflow(idleNanoseconds)
            return overflow ? .max : time
        }

        private func checkDeadlines() {
            nextCheck = .max
            var late: [CurlTransfer] = []
            func check(_ transfer: CurlTransfer) {
                if transfer.deadline <= now {
                    late.append(transfer)
                } else {
                    watchDeadline(of: transfer)
                }
            }
            for handle in handles {
                if let transfer = handle.transfer { check(transfer) }
            }
            queue.forEachWaiting(check)
            for transfer in late {
                finish(transfer, .failure(transfer.timeoutError(now: now)))
                abandon(transfer)
            }
        }
    }
#endif
