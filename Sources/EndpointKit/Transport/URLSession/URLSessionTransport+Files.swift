import Foundation

extension URLSessionTransport: FileTransport {
    /// Sends a request and returns the complete response, with progress.
    public func send(
        _ request: HTTPRequest, progress: (@Sendable (TransferProgress) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        try await exchange(request, file: nil, progress: progress)
    }

    /// Writes the body of a successful response (2xx) to a file, as ``FileTransport`` says.
    public func download(
        _ request: HTTPRequest, to destination: URL, progress: (@Sendable (TransferProgress) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        let file = PartialFile(for: destination)
        defer { file.discard() }
        let response = try await exchange(request, file: file, progress: progress)
        if 200..<300 ~= response.status, let problem = file.complete() {
            throw TransportError(.other, mayHaveBeenSent: true, message: "\(request.summary): \(problem)")
        }
        return response
    }

    /// Sends a request, and streams the body of a successful response (2xx) from a temporary file, for `URLSession` does not wait
    /// for its reader. The file is received first; only the idle limit applies meanwhile, to the head as well.
    public func stream(_ request: HTTPRequest) async throws(TransportError) -> HTTPStreamedResponse {
        var request = request
        request.timeout = nil
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        // An open file can be read without its name, and nothing stays behind.
        defer { try? FileManager.default.removeItem(at: file) }
        let response = try await download(request, to: file)
        var streamed = HTTPStreamedResponse(response)
        guard 200..<300 ~= response.status else { return streamed }
        let summary = request.summary
        @Sendable func failure(_ error: any Error) -> TransportError {
            TransportError(
                .other, mayHaveBeenSent: true, message: "\(summary): what was received cannot be read",
                underlying: error)
        }
        do {
            let handle = try FileHandle(forReadingFrom: file)
            streamed.body = ResponseBody(onEnd: { try? handle.close() }) { () async throws(TransportError) -> Data? in
                do {
                    return try handle.read(upToCount: 256 << 10).flatMap { $0.isEmpty ? nil : $0 }
                } catch {
                    throw failure(error)
                }
            }
        } catch {
            throw failure(error)
        }
        return streamed
    }
}
