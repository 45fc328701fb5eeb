import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Reads a body piece by piece, whatever it is made of, with no more than one piece in memory.
///
/// Not `Sendable`: used by one reader at a time.
struct BodyReader {
    private var chunks: ArraySlice<HTTPBody.Chunk>
    /// The open file of the first chunk, if that is one.
    private var file: FileHandle?
    /// How much of the first chunk has been read.
    private var position: Int64 = 0

    /// Checks that every file is there, readable and long enough; a body must not fail halfway for what is known before.
    init(_ body: HTTPBody) throws(BodyReadError) {
        for case .file(let url, let offset, let length) in body.chunks {
            let path = url.resolvingSymlinksInPath().path(percentEncoded: false)
            guard url.isFileURL, offset >= 0, length >= 0,
                let attributes = try? FileManager.default.attributesOfItem(atPath: path),
                attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? NSNumber,
                FileManager.default.isReadableFile(atPath: path)
            else { throw BodyReadError(file: url, problem: "cannot be read") }
            guard size.int64Value - offset >= length else { throw BodyReadError(file: url, problem: "is too short") }
        }
        chunks = body.chunks.filter { $0.length > 0 }[...]
    }

    var isAtEnd: Bool { chunks.isEmpty }

    /// The next bytes, at most `count`; empty only at the end.
    mutating func read(upTo count: Int) throws(BodyReadError) -> Data {
        guard let chunk = chunks.first else { return Data() }
        let wanted = Int(min(Int64(count), chunk.length - position))
        let piece: Data
        switch chunk {
        case .data(let data):
            let start = data.startIndex + Int(position)
            piece = data[start..<start + wanted]
        case .file(let url, let offset, _):
            piece = try read(wanted, from: url, at: offset)
        }
        position += Int64(piece.count)
        if position == chunk.length {
            chunks.removeFirst()
            position = 0
            try? file?.close()
            file = nil
        }
        return piece
    }

    private mutating func read(_ count: Int, from url: URL, at offset: Int64) throws(BodyReadError) -> Data {
        do {
            if file == nil {
                let opened = try FileHandle(forReadingFrom: url)
                try opened.seek(toOffset: UInt64(offset))
                file = opened
            }
            if let data = try file?.read(upToCount: count), !data.isEmpty { return data }
        } catch {
            throw BodyReadError(file: url, problem: "cannot be read")
        }
        throw BodyReadError(file: url, problem: "became shorter while it was sent")
    }
}

/// A file of a body that cannot be read.
struct BodyReadError: Error {
    let file: URL
    let problem: String

    func transportError(for request: HTTPRequest, mayHaveBeenSent: Bool) -> TransportError {
        TransportError(
            .invalidRequest, mayHaveBeenSent: mayHaveBeenSent,
            message: "\(request.summary): \(file.lastPathComponent) \(problem)")
    }
}

extension BodyReader {
    /// Copies the body into a new file that only this user can read, and returns its place.
    ///
    /// `URLSession` on Apple platforms streams from a file and knows its length; a stream there would be sent without one.
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
    /// A body as the stream that `URLSession` on Linux pulls from while it sends, 64 KiB at a time.
    ///
    /// It reads on the session's own queue and uses just these members: it runs no run loop and asks for no stream events.
    /// Used by that queue alone, hence not `Sendable`.
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
        /// Also true after a failure: `false` would mean an orderly end, and the server would wait for the rest.
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
