#if os(Linux)
    import Foundation
    import Synchronization

    extension CurlTransport: FileTransport {
        /// Sends a request and returns the complete response, with progress.
        public func send(
            _ request: HTTPRequest, progress: (@Sendable (TransferProgress) -> Void)?
        ) async throws(TransportError) -> HTTPResponse {
            guard let progress else { return try await send(request) }
            return try await transfer(request, progress: progress, to: nil)
        }

        /// Writes the body of a successful response (2xx) to a file, as ``FileTransport`` says.
        public func download(
            _ request: HTTPRequest, to destination: URL, progress: (@Sendable (TransferProgress) -> Void)?
        ) async throws(TransportError) -> HTTPResponse {
            let file = PartialFile(for: destination)
            defer { file.discard() }
            let response = try await transfer(request, progress: progress, to: file)
            if 200..<300 ~= response.status, let problem = file.complete() {
                throw TransportError(.other, mayHaveBeenSent: true, message: "\(request.summary): \(problem)")
            }
            return response
        }

        private func transfer(
            _ request: HTTPRequest, progress: (@Sendable (TransferProgress) -> Void)?, to file: PartialFile?
        ) async throws(TransportError) -> HTTPResponse {
            let counter = progress.map { TransferCounter(toSend: request.body.length, report: $0) }
            var onSend: (@Sendable (Int64) -> Void)?
            if let counter { onSend = { counter.sent($0) } }
            let opened = try await open(request, end: endOfCall(request), limitsStream: true, onSend: onSend)
            let response = opened.response
            counter?.willReceive(opened.length)
            let destination = 200..<300 ~= response.status ? file : nil
            let limit = configuration.maximumResponseBytes
            let tooLarge = TransportError(
                .responseTooLarge(limit: limit), mayHaveBeenSent: true,
                message: "\(request.summary): the response is larger than \(limit) bytes")
            if destination == nil, request.method != .head, let length = opened.length, length > limit {
                throw tooLarge
            }
            var body = Data()
            for try await chunk in response.body {
                if let destination {
                    if let problem = destination.append(chunk) {
                        throw TransportError(.other, mayHaveBeenSent: true, message: "\(request.summary): \(problem)")
                    }
                } else {
                    guard Int64(body.count) + Int64(chunk.count) <= limit else { throw tooLarge }
                    body.append(chunk)
                }
                counter?.received(chunk.count)
            }
            return HTTPResponse(
                status: response.status, headers: response.headers, body: body, url: response.url,
                interim: response.interim, trailers: response.trailers)
        }
    }

    /// Counts both directions, which two threads do, and reports the sum.
    private final class TransferCounter: Sendable {
        private let state: Mutex<TransferProgress>
        private let report: @Sendable (TransferProgress) -> Void

        init(toSend: Int64, report: @escaping @Sendable (TransferProgress) -> Void) {
            state = Mutex(TransferProgress(bytesToSend: toSend))
            self.report = report
        }

        func sent(_ bytes: Int64) { change { $0.bytesSent = bytes } }
        func received(_ count: Int) { change { $0.bytesReceived += Int64(count) } }
        func willReceive(_ length: Int64?) { state.withLock { $0.bytesToReceive = length } }

        private func change(_ body: (inout TransferProgress) -> Void) {
            report(
                state.withLock { progress in
                    body(&progress)
                    return progress
                })
        }
    }
#endif
