#if os(Linux)
    internal import CLibcurl
    import Foundation

    // What libcurl calls while it performs transfers, on the thread that has the worker. No function of libcurl is called from here.

    private func handle(_ context: UnsafeMutableRawPointer?) -> CurlHandle? {
        context.map { Unmanaged<CurlHandle>.fromOpaque($0).takeUnretainedValue() }
    }

    private func worker(_ context: UnsafeMutableRawPointer?) -> CurlWorker? {
        context.map { Unmanaged<CurlWorker>.fromOpaque($0).takeUnretainedValue() }
    }

    /// A piece of a body was received.
    func curlReceive(
        _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
    ) -> Int {
        let count = size * count
        guard let handle = handle(context), let transfer = handle.transfer else { return 0 }
        let piece = UnsafeRawBufferPointer(start: bytes, count: count)
        let worker = handle.worker
        switch transfer.receive(piece, now: worker.now, touched: { worker.touched.append(transfer) }) {
        case .taken: return count
        case .full: return curlPause
        // Another number than that of the bytes ends the transfer.
        case .refused: return count == 0 ? 1 : 0
        }
    }

    /// A line of a head or a trailer was received.
    func curlReceiveLine(
        _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
    ) -> Int {
        let count = size * count
        guard let handle = handle(context), let transfer = handle.transfer else { return 0 }
        let line = UnsafeRawBufferPointer(start: bytes, count: count)
        let worker = handle.worker
        return transfer.receive(line: line, now: worker.now, touched: { worker.touched.append(transfer) }) ? count : 0
    }

    /// libcurl asks for the next bytes of a body to be sent.
    func curlRead(
        _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
    ) -> Int {
        guard let handle = handle(context), let transfer = handle.transfer else { return curlAbort }
        let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
        switch transfer.read(into: buffer, now: handle.worker.now) {
        case .bytes(let count): return count
        case .wait(let descriptor):
            handle.worker.wait(for: descriptor, of: handle)
            return curlPause
        case .failed: return curlAbort
        }
    }

    /// The connection is ready and the request is sent next; 1 ends the transfer.
    func curlRequest(
        _ context: UnsafeMutableRawPointer?, _ remote: UnsafeMutablePointer<CChar>?,
        _ local: UnsafeMutablePointer<CChar>?, _ remotePort: Int32, _ localPort: Int32
    ) -> Int32 {
        guard let handle = handle(context), let transfer = handle.transfer else { return 1 }
        return transfer.willSend(now: handle.worker.now) ? 0 : 1
    }

    /// libcurl needs a socket.
    func curlOpenSocket(
        _ context: UnsafeMutableRawPointer?, _ purpose: Int32, _ address: UnsafeMutablePointer<clibcurl_address>?
    ) -> Int32 {
        // Nobody waits any more: see `CurlWorker.abandon`.
        guard let handle = handle(context), let transfer = handle.transfer, !transfer.isOver, let address else {
            return -1
        }
        handle.hasSocket = true
        return handle.worker.sockets.open(address)
    }

    /// libcurl is done with a socket.
    func curlCloseSocket(_ context: UnsafeMutableRawPointer?, _ socket: Int32) -> Int32 {
        guard let context else { return close(socket) }
        return Unmanaged<CurlSockets>.fromOpaque(context).takeUnretainedValue().end(socket)
    }

    /// libcurl wants to know something else about a socket.
    func curlWatch(
        _ easy: UnsafeMutableRawPointer?, _ socket: Int32, _ what: Int32, _ context: UnsafeMutableRawPointer?,
        _ data: UnsafeMutableRawPointer?
    ) -> Int32 {
        worker(context)?.sockets.watch(socket, what)
        return 0
    }

    /// libcurl wants to be called after so long, or not at all (-1).
    func curlSetTimer(
        _ multi: UnsafeMutableRawPointer?, _ milliseconds: Int, _ context: UnsafeMutableRawPointer?
    ) -> Int32 {
        worker(context)?.setTimer(milliseconds)
        return 0
    }

    /// Ends a transfer whose body cannot be read.
    private let curlAbort = 0x1000_0000
#endif
