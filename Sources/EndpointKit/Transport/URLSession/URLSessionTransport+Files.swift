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
}
