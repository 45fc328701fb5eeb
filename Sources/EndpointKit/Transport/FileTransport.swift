import Foundation

/// The progress of a transfer in both directions.
public struct TransferProgress: Sendable, Hashable {
    /// The bytes of the request's body that were passed to the connection.
    public var bytesSent: Int64
    /// The length of the request's body in bytes.
    public var bytesToSend: Int64
    /// The bytes of the response's body that were received, after decompression.
    public var bytesReceived: Int64
    /// The length of the response's body in bytes; nil if the server does not tell.
    public var bytesToReceive: Int64?

    /// Creates a progress value.
    public init(bytesSent: Int64 = 0, bytesToSend: Int64 = 0, bytesReceived: Int64 = 0, bytesToReceive: Int64? = nil) {
        self.bytesSent = bytesSent
        self.bytesToSend = bytesToSend
        self.bytesReceived = bytesReceived
        self.bytesToReceive = bytesToReceive
    }
}

/// A ``Transport`` that reports progress and writes responses to files.
///
///     for try await event in transport.downloading(request, to: file) {
///         switch event {
///         case .progress(let progress): print(progress.bytesReceived)
///         case .finished(let response): print(response.status)
///         }
///     }
public protocol FileTransport: Transport {
    /// Sends a request and returns the complete response. Calls `progress` for each piece that is sent or received, which may
    /// be often, and on any thread.
    func send(
        _ request: HTTPRequest, progress: (@Sendable (TransferProgress) -> Void)?
    ) async throws(TransportError) -> HTTPResponse

    /// Writes the body of a successful response (2xx) to a file, of any size and with little of it in memory.
    ///
    /// A file at the destination is replaced atomically when the body is complete. Until then the bytes are in a file beside
    /// it, which is removed if the download fails. The returned response has no body. A response with another status is
    /// returned as ``Transport/send(_:)`` returns it, and no file is written.
    func download(
        _ request: HTTPRequest, to destination: URL, progress: (@Sendable (TransferProgress) -> Void)?
    ) async throws(TransportError) -> HTTPResponse
}

/// An event of a transfer.
public enum TransferEvent: Sendable, Hashable {
    /// The progress so far. Values that the receiver is too slow for are left out.
    case progress(TransferProgress)
    /// The response; the last event.
    case finished(HTTPResponse)
}

extension FileTransport {
    /// Writes the body of a successful response (2xx) to a file, without progress.
    public func download(_ request: HTTPRequest, to destination: URL) async throws(TransportError) -> HTTPResponse {
        try await download(request, to: destination, progress: nil)
    }

    /// Sends a request and returns its events, which throw ``TransportError``. Ending the iteration cancels the transfer.
    public func sending(_ request: HTTPRequest) -> AsyncThrowingStream<TransferEvent, any Error> {
        events { progress throws(TransportError) in try await send(request, progress: progress) }
    }

    /// Downloads to a file and returns the events, which throw ``TransportError``. Ending the iteration cancels the transfer.
    public func downloading(
        _ request: HTTPRequest, to destination: URL
    ) -> AsyncThrowingStream<TransferEvent, any Error> {
        events { progress throws(TransportError) in
            try await download(request, to: destination, progress: progress)
        }
    }

    /// Buffers the newest event only: a slow receiver misses progress, but never the response, which comes last.
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
