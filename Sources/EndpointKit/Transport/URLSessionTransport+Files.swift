import Foundation

/// How far a transfer is, both ways.
public struct TransferProgress: Sendable, Hashable {
    /// Bytes of the request's body handed to the connection.
    public var bytesSent: Int64
    /// Bytes of the request's body in all.
    public var bytesToSend: Int64
    /// Bytes of the response's body that have come, after decompression.
    public var bytesReceived: Int64
    /// Bytes of the response's body in all, if the server says so.
    public var bytesToReceive: Int64?

    public init(bytesSent: Int64 = 0, bytesToSend: Int64 = 0, bytesReceived: Int64 = 0, bytesToReceive: Int64? = nil) {
        self.bytesSent = bytesSent
        self.bytesToSend = bytesToSend
        self.bytesReceived = bytesReceived
        self.bytesToReceive = bytesToReceive
    }
}

/// A ``Transport`` that also brings responses into files and tells how far it is.
///
///     for try await event in transport.downloading(request, to: file) {
///         switch event {
///         case .progress(let progress): print(progress.bytesReceived)
///         case .finished(let response): print(response.status)
///         }
///     }
public protocol FileTransport: Transport {
    /// Sends a request, and tells how far it is: once for every piece, which may be often, and on any thread.
    func send(
        _ request: HTTPRequest, progress: (@Sendable (TransferProgress) -> Void)?
    ) async throws(TransportError) -> HTTPResponse

    /// Brings the body of a successful response (2xx) into a file, with no bound on its size and little of it in memory.
    ///
    /// The destination changes only when all is there, in one step, and replaces what was there. Until then the bytes are
    /// in a file beside it, which is removed if the download fails. The returned response has no body. A response with
    /// another status comes back as from ``Transport/send(_:)``, and no file is touched.
    func download(
        _ request: HTTPRequest, to destination: URL, progress: (@Sendable (TransferProgress) -> Void)?
    ) async throws(TransportError) -> HTTPResponse
}

/// What happens in a transfer: progress, as often as the receiver keeps up with, and the response at the end.
public enum TransferEvent: Sendable, Hashable {
    case progress(TransferProgress)
    case finished(HTTPResponse)
}

extension FileTransport {
    /// ``send(_:progress:)`` as a sequence of events; it throws ``TransportError``. Leaving the loop cancels the transfer.
    public func sending(_ request: HTTPRequest) -> AsyncThrowingStream<TransferEvent, any Error> {
        events { progress throws(TransportError) in try await send(request, progress: progress) }
    }

    /// ``download(_:to:progress:)`` as a sequence of events; it throws ``TransportError``. Leaving the loop cancels it.
    public func downloading(
        _ request: HTTPRequest, to destination: URL
    ) -> AsyncThrowingStream<TransferEvent, any Error> {
        events { progress throws(TransportError) in
            try await download(request, to: destination, progress: progress)
        }
    }

    /// Keeps the newest event only: a slow receiver misses progress, and never the end, which comes last.
    private func events(
        _ transfer:
            @escaping @Sendable (@escaping @Sendable (TransferProgress) -> Void) async throws(TransportError)
            -> HTTPResponse
    ) -> AsyncThrowingStream<TransferEvent, any Error> {
        AsyncThrowingStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let task = Task {
                do throws(TransportError) {
                    let response = try await transfer { continuation.yield(.progress($0)) }
                    continuation.yield(.finished(response))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}

extension URLSessionTransport: FileTransport {
    public func send(
        _ request: HTTPRequest, progress: (@Sendable (TransferProgress) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        try await exchange(request, file: nil, progress: progress)
    }

    public func download(
        _ request: HTTPRequest, to destination: URL, progress: (@Sendable (TransferProgress) -> Void)? = nil
    ) async throws(TransportError) -> HTTPResponse {
        let file = PartialFile(for: destination)
        defer { file.discard() }
        let response = try await exchange(request, file: file, progress: progress)
        if 200..<300 ~= response.status, let problem = file.keep() {
            throw TransportError(.other, mayHaveBeenSent: true, message: "\(request.summary): \(problem)")
        }
        return response
    }
}
