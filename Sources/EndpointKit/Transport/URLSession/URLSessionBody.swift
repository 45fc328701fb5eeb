import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension BodyReader {
    /// Copies the body to a new file that only this user can read, and returns its URL.
    ///
    /// `URLSession` on Apple platforms streams a file with its length; it would send a stream without a length. On Linux all
    /// sessions share a queue, on which bodies are read, and those of pipes would keep it waiting for their writers.
    /// While the writer of a pipe is late, `isOver` says whether the copy is given up.
    func spooled(until isOver: @Sendable () -> Bool = { false }) async throws -> URL {
        var reader = self
        let file = FileManager.default.temporaryDirectory.appending(path: "upload-\(UUID().uuidString)")
        guard
            FileManager.default.createFile(
                atPath: file.path(percentEncoded: false), contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw BodyReadError(file: file, problem: "cannot be created") }
        do {
            let handle = try FileHandle(forWritingTo: file)
            defer { try? handle.close() }
            while !reader.isAtEnd {
                switch try reader.read(upTo: 1 << 20) {
                case .bytes(let bytes): try handle.write(contentsOf: bytes)
                case .wait:
                    if isOver() { return file }
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
            return file
        } catch {
            try? FileManager.default.removeItem(at: file)
            throw error
        }
    }
}

#if canImport(FoundationNetworking)
    /// A body as a stream, which `URLSession` on Linux reads while it sends, 64 KiB at a time.
    ///
    /// The session reads on its own queue and uses only these members: no run loop, no stream events. Only that queue uses
    /// the stream, hence it is not `Sendable`.
    final class BodyInputStream: InputStream {
        private var reader: BodyReader
        private var status = Stream.Status.notOpen
        private let onFailure: @Sendable (BodyReadError) -> Void

        init(_ reader: BodyReader, onFailure: @escaping @Sendable (BodyReadError) -> Void) {
            self.reader = reader
            self.onFailure = onFailure
            super.init(data: Data())
        }

        override var streamStatus: Stream.Status { status }
        override func open() { status = .open }
        override func close() { status = .closed }
        /// Also true after a failure: `false` would mean a regular end, and the server would wait for the rest.
        override var hasBytesAvailable: Bool { !reader.isAtEnd }

        override func read(_ buffer: UnsafeMutablePointer<UInt8>, maxLength: Int) -> Int {
            do throws(BodyReadError) {
                // Pipes are copied before: see `spooled(until:)`.
                guard case .bytes(let piece) = try reader.read(upTo: maxLength) else { return 0 }
                piece.copyBytes(to: buffer, count: piece.count)
                return piece.count
            } catch {
                status = .error
                onFailure(error)
                return -1
            }
        }
    }
#endif
