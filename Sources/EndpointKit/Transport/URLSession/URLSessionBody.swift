import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension BodyReader {
    /// Copies the body to a new file that only this user can read, and returns its URL.
    ///
    /// `URLSession` on Apple platforms streams a file with its length; it would send a stream without a length.
    func spooled() throws -> URL {
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
                try handle.write(contentsOf: reader.read(upTo: 1 << 20))
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
                let piece = try reader.read(upTo: maxLength)
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
