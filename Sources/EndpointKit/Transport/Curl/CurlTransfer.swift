#if os(Linux)
    internal import CLibcurl
    import Foundation
    import Synchronization

    /// One request on its way: what libcurl is told about it, what has been received, and who waits for it.
    ///
    /// `@unchecked Sendable`: the members under "The worker's side" are used by the one thread that has the worker, from
    /// the message that starts the transfer on. The others do not change, or are guarded by `shared`.
    final class CurlTransfer: @unchecked Sendable {
        /// What was received: the head, the body as it was transferred, not decompressed, and what followed it.
        struct Received: Sendable {
            var head: CurlHead.Response
            var body = Data()
            var trailers = HTTPFields()
        }

        typealias Outcome = Result<Received, TransportError>
        typealias Piece = Result<Data?, TransportError>

        /// How the body is handed over.
        enum Delivery: Sendable, Equatable {
            /// At once with the head, if it has no more bytes than this.
            case whole(limit: Int64)
            /// After the head, in pieces.
            case stream
        }

        let request: HTTPRequest
        let target: CurlTarget
        let delivery: Delivery
        let idleTimeout: Duration
        let connectTimeout: Duration
        /// Whether `end` holds for the body of a stream too.
        private let limitsStream: Bool
        private let onSend: (@Sendable (Int64) -> Void)?

        /// Whether the server may have received the request.
        private let wasSent = Atomic(false)

        /// Who waits, and for what.
        private enum Waiter {
            /// For the whole response, or for the head of a stream.
            case response(UnsafeContinuation<Outcome, Never>)
            case piece(UnsafeContinuation<Piece, Never>)
        }

        /// An end that is kept. A whole response goes to the task that waits for it, and to nobody else.
        private enum End {
            case success(trailers: HTTPFields)
            case failure(TransportError)
        }

        private struct Shared: ~Copyable {
            var waiter: Waiter?
            /// The head of a stream, until it is taken.
            var head: CurlHead.Response?
            /// The bytes of a stream that were not taken yet.
            var buffer = Data()
            /// Whether libcurl waits for room in the buffer.
            var isPaused = false
            /// How the transfer ended; the first end counts.
            var end: End?
        }

        /// Guards what the worker and the waiting task both use. Never held while libcurl or a task is called.
        private let shared = Mutex(Shared())

        // MARK: The worker's side

        /// The handle that performs the transfer, while it does.
        var handle: CurlHandle?
        /// Whether the transfer waits for a connection.
        var isQueued = false
        var head = CurlHead()
        private var body = Data()
        private var received: Int64 = 0
        /// The body to be sent, unless it is passed to libcurl in one piece.
        private var reader: BodyReader?
        private(set) var bytesRead: Int64 = 0
        /// How often libcurl was about to send the request.
        private(set) var attempts = 0
        /// A failure of our own, which says more than libcurl's result.
        private(set) var failure: TransportError?
        /// When something was sent or received last, in nanoseconds.
        var lastActivity: Int64 = .max
        /// When the exchange must have ended, in nanoseconds; `Int64.max` for never.
        var end: Int64

        /// A buffer of this size is full.
        static let highWater = 256 << 10
        /// A body in memory of at most this size is sent together with the head.
        static let largestInlineBody = 64 << 10

        /// Creates a transfer. Checks that the files of the body can be read.
        init(
            _ request: HTTPRequest, target: CurlTarget, delivery: Delivery, end: Int64, connectTimeout: Duration,
            idleTimeout: Duration, limitsStream: Bool = false, onSend: (@Sendable (Int64) -> Void)? = nil
        ) throws(BodyReadError) {
            self.request = request
            self.target = target
            self.delivery = delivery
            self.end = end
            self.connectTimeout = connectTimeout
            self.idleTimeout = idleTimeout
            self.limitsStream = limitsStream
            self.onSend = onSend
            if !request.body.isEmpty, onSend != nil || request.inlineBody == nil {
                reader = try BodyReader(request.body)
            }
        }

        // MARK: The caller's side

        /// Starts the transfer and waits for the response, or for the head of a stream.
        func response(from engine: CurlEngine) async -> Outcome {
            await withTaskCancellationHandler {
                await withUnsafeContinuation { continuation in
                    let hasBegun = shared.withLock { shared in
                        if shared.end == nil { shared.waiter = .response(continuation) }
                        return shared.end == nil
                    }
                    if hasBegun {
                        engine.start(self)
                    } else {
                        // Only a cancellation can come before the start.
                        continuation.resume(returning: .failure(error(.cancelled, "cancelled")))
                    }
                }
            } onCancel: {
                cancel(engine)
            }
        }

        /// Returns the next bytes of a stream, as they were transferred; nil at its end.
        func nextPiece(_ engine: CurlEngine) async -> Piece {
            await withTaskCancellationHandler {
                await withUnsafeContinuation { continuation in
                    let (piece, wasPaused) = shared.withLock { shared -> (Piece?, Bool) in
                        guard shared.waiter == nil else {
                            return (.failure(error(.other, "two tasks read one body")), false)
                        }
                        let result = Self.piece(&shared)
                        if result.0 == nil { shared.waiter = .piece(continuation) }
                        return result
                    }
                    if wasPaused { engine.post(.resume(self)) }
                    if let piece { continuation.resume(returning: piece) }
                }
            } onCancel: {
                cancel(engine)
            }
        }

        /// What can be returned at once, and whether libcurl waited for it to be taken.
        private static func piece(_ shared: inout Shared) -> (Piece?, Bool) {
            guard shared.buffer.isEmpty else {
                var piece = Data()
                swap(&piece, &shared.buffer)
                let wasPaused = shared.isPaused
                shared.isPaused = false
                return (.success(piece), wasPaused)
            }
            switch shared.end {
            case nil: return (nil, false)
            case .success?: return (.success(nil), false)
            case .failure(let error)?: return (.failure(error), false)
            }
        }

        /// Ends the transfer because nobody waits for it any more.
        func cancel(_ engine: CurlEngine) {
            let (waiter, isFirst) = shared.withLock { shared -> (Waiter?, Bool) in
                let isFirst = shared.end == nil
                if isFirst { shared.end = .failure(error(.cancelled, "cancelled")) }
                shared.buffer = Data()
                defer { shared.waiter = nil }
                return (shared.waiter, isFirst)
            }
            if isFirst { engine.post(.abandon(self)) }
            switch waiter {
            case nil: break
            case .response(let continuation)?:
                continuation.resume(returning: .failure(error(.cancelled, "cancelled")))
            case .piece(let continuation)?: continuation.resume(returning: .failure(error(.cancelled, "cancelled")))
            }
        }

        /// The header fields that followed the body; empty before its end.
        var trailers: HTTPFields {
            shared.withLock { shared in
                guard case .success(let trailers)? = shared.end else { return [:] }
                return trailers
            }
        }

        /// Whether the transfer has ended, or nobody waits for it.
        var isOver: Bool { shared.withLock { $0.end != nil } }

        func error(_ kind: TransportError.Kind, _ reason: String) -> TransportError {
            TransportError(
                kind, mayHaveBeenSent: wasSent.load(ordering: .relaxed), message: "\(request.summary): \(reason)")
        }
    }

    // MARK: The worker's side

    extension CurlTransfer {
        /// Whether the body is read piece by piece.
        var readsBody: Bool { reader != nil }

        /// Whether the request needs HTTP/1.1 and a connection of its own.
        ///
        /// While libcurl 7.88 waits for the writer of a pipe over HTTP/2, it does not always hand over what it received for the
        /// other transfers of the connection.
        var needsOwnConnection: Bool { target.isSecure && readsBody && !request.body.isRepeatable }

        /// libcurl is about to send the request; returns false if it must not.
        ///
        /// libcurl repeats a request by itself when a connection that it used again ends without a response. The server may
        /// have acted on the request, and the caller decides about a retry.
        func willSend(now: Int64) -> Bool {
            if attempts > 0 {
                // Nothing but the head was sent, and the server does not want to be asked before the body.
                guard head.response?.status == 417, bytesRead == 0 else {
                    fail(error(.connectionLost, "the connection ended without a response"))
                    return false
                }
                head.reset()
            }
            guard !isOver else { return false }
            attempts += 1
            lastActivity = now
            if !readsBody { wasSent.store(true, ordering: .relaxed) }
            return true
        }

        /// Where libcurl cannot tell, any attempt counts as sent.
        func assumeSent(now: Int64) {
            attempts = 1
            lastActivity = now
            wasSent.store(true, ordering: .relaxed)
        }

        enum Reading {
            /// So many bytes were read; 0 at the end.
            case bytes(Int)
            /// There is nothing until this descriptor, a pipe's, can be read.
            case wait(descriptor: Int32)
            case failed
        }

        /// Reads the next bytes of the body to be sent.
        func read(into buffer: UnsafeMutableRawBufferPointer, now: Int64) -> Reading {
            guard var reader else { return .bytes(0) }
            self.reader = nil
            defer { self.reader = reader }
            do throws(BodyReadError) {
                switch try reader.read(upTo: buffer.count) {
                case .wait(let descriptor): return .wait(descriptor: descriptor)
                case .bytes(let piece):
                    piece.copyBytes(to: buffer)
                    bytesRead += Int64(piece.count)
                    lastActivity = now
                    if !piece.isEmpty {
                        wasSent.store(true, ordering: .relaxed)
                        onSend?(bytesRead)
                    }
                    return .bytes(piece.count)
                }
            } catch {
                fail(error.transportError(for: request, mayHaveBeenSent: true))
                return .failed
            }
        }

        /// A line of a head or a trailer was received; returns false to end the transfer. `touched` is called if a waiting
        /// task may have to be resumed.
        func receive(line: UnsafeRawBufferPointer, now: Int64, touched: () -> Void) -> Bool {
            lastActivity = now
            wasSent.store(true, ordering: .relaxed)
            switch head.append(line) {
            case .none: return true
            case .refused(let reason):
                fail(error(.connectionLost, reason))
                return false
            case .complete(let response):
                if case .whole(let limit) = delivery {
                    guard let length = response.length, hasBody(response) else { return true }
                    guard length <= limit else { return failTooLarge(limit) }
                    body.reserveCapacity(Int(min(length, 1 << 20)))
                } else {
                    shared.withLock { $0.head = response }
                    if !limitsStream { end = .max }
                    touched()
                }
                return true
            }
        }

        private func hasBody(_ response: CurlHead.Response) -> Bool {
            request.method != .head && response.status != 204 && response.status != 304
        }

        enum Acceptance { case taken, full, refused }

        /// A piece of the body was received.
        func receive(_ bytes: UnsafeRawBufferPointer, now: Int64, touched: () -> Void) -> Acceptance {
            lastActivity = now
            if case .whole(let limit) = delivery {
                received += Int64(bytes.count)
                guard received <= limit else {
                    _ = failTooLarge(limit)
                    return .refused
                }
                body.append(contentsOf: bytes)
                return .taken
            }
            return shared.withLock { shared in
                guard shared.end == nil else { return .refused }
                guard shared.buffer.count < Self.highWater else {
                    shared.isPaused = true
                    // The reader's time does not count as idle.
                    lastActivity = .max
                    return .full
                }
                if shared.buffer.isEmpty { touched() }
                shared.buffer.append(contentsOf: bytes)
                return .taken
            }
        }

        private func failTooLarge(_ limit: Int64) -> Bool {
            fail(error(.responseTooLarge(limit: limit), "the response is larger than \(limit) bytes"))
            return false
        }

        /// Notes why the transfer fails; the first reason counts.
        func fail(_ error: TransportError) {
            if failure == nil { failure = error }
        }

        /// When the transfer times out next, unless something happens before.
        var deadline: Int64 {
            // The time of a pipe's writer does not count as idle.
            guard lastActivity != .max, handle?.awaitedPipe == nil else { return end }
            let (idle, overflow) = lastActivity.addingReportingOverflow(idleTimeout.nanoseconds)
            return overflow ? end : min(end, idle)
        }

        /// Why the deadline has passed.
        func timeoutError(now: Int64) -> TransportError {
            error(.timeout, end <= now ? "timed out" : "no data for \(idleTimeout.text)")
        }

        /// The task that waits for what has been received, and whether libcurl waited for it to be taken.
        func deliver() -> (CurlEnding?, wasPaused: Bool) {
            shared.withLock { shared -> (CurlEnding?, Bool) in
                switch shared.waiter {
                case .response(let continuation)?:
                    guard let head = shared.head else { return (nil, false) }
                    shared.head = nil
                    shared.waiter = nil
                    return (.response(continuation, .success(Received(head: head))), false)
                case .piece(let continuation)?:
                    let (piece, wasPaused) = Self.piece(&shared)
                    guard let piece else { return (nil, false) }
                    shared.waiter = nil
                    return (.piece(continuation, piece), wasPaused)
                case nil: return (nil, false)
                }
            }
        }

        /// Ends the transfer with the whole response, or with the end of a stream.
        func succeed(_ response: CurlHead.Response) -> CurlEnding? {
            switch head.trailers() {
            case .success(let trailers):
                return finish(.success(Received(head: response, body: body, trailers: trailers)))
            case .failure(let refusal): return finish(.failure(error(.connectionLost, refusal.reason)))
            }
        }

        /// Ends the transfer; returns the task to be resumed and what with.
        func finish(_ outcome: Outcome) -> CurlEnding? {
            body = Data()
            reader = nil
            return shared.withLock { shared in
                guard shared.end == nil else { return nil }
                switch outcome {
                case .success(let received): shared.end = .success(trailers: received.trailers)
                case .failure(let error): shared.end = .failure(error)
                }
                switch shared.waiter {
                case .response(let continuation)?:
                    shared.waiter = nil
                    // A stream that ended before its reader took the head still has it.
                    if let head = shared.head, case .success = outcome {
                        shared.head = nil
                        return .response(continuation, .success(Received(head: head)))
                    }
                    return .response(continuation, outcome)
                case .piece(let continuation)?:
                    guard let piece = Self.piece(&shared).0 else { return nil }
                    shared.waiter = nil
                    return .piece(continuation, piece)
                case nil: return nil
                }
            }
        }
    }
#endif
