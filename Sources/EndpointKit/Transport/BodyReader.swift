import Foundation

/// Reads a body in pieces, with one piece in memory at a time.
///
/// Not `Sendable`: one task uses it at a time.
struct BodyReader {
    private var chunks: ArraySlice<HTTPBody.Chunk>
    /// The open file of the first chunk, if that is a file.
    private var file: OpenFile?
    /// The number of bytes of the first chunk that have been read.
    private var position: Int64 = 0

    private enum OpenFile {
        case regular(FileHandle)
        case pipe(PipeReader)
    }

    /// What is next in a body.
    enum Piece {
        /// Bytes; none only at the end.
        case bytes(Data)
        /// Nothing until this descriptor, a pipe's, can be read.
        case wait(descriptor: Int32)
    }

    /// Checks that every file exists, is readable and long enough, so that such a failure comes before anything is sent.
    init(_ body: HTTPBody) throws(BodyReadError) {
        for case .file(let url, let offset, let length) in body.chunks {
            guard url.isFileURL, offset >= 0, length >= 0, let kind = FileKind(of: url),
                FileManager.default.isReadableFile(atPath: url.path(percentEncoded: false))
            else { throw BodyReadError(file: url, problem: "cannot be read") }
            switch kind {
            case .regular(let size):
                guard size - offset >= length else { throw BodyReadError(file: url, problem: "is too short") }
            case .pipe:
                guard offset == 0 else { throw BodyReadError(file: url, problem: "is a pipe, and has no offset") }
            }
        }
        chunks = body.chunks.filter { $0.length > 0 }[...]
    }

    var isAtEnd: Bool { chunks.isEmpty }

    /// Returns the next bytes, at most `count`, or the pipe that has none yet.
    mutating func read(upTo count: Int) throws(BodyReadError) -> Piece {
        guard let chunk = chunks.first else { return .bytes(Data()) }
        let wanted = Int(min(Int64(count), chunk.length - position))
        let piece: Data
        switch chunk {
        case .data(let data):
            let start = data.startIndex + Int(position)
            piece = data[start..<start + wanted]
        case .file(let url, let offset, _):
            switch try read(wanted, from: url, at: offset) {
            case .bytes(let bytes): piece = bytes
            case .wait(let descriptor): return .wait(descriptor: descriptor)
            }
        }
        position += Int64(piece.count)
        if position == chunk.length {
            chunks.removeFirst()
            position = 0
            if case .regular(let handle)? = file { try? handle.close() }
            file = nil
        }
        return .bytes(piece)
    }

    private mutating func read(_ count: Int, from url: URL, at offset: Int64) throws(BodyReadError) -> Piece {
        do {
            switch try file ?? open(url, at: offset) {
            case .regular(let handle):
                if let data = try handle.read(upToCount: count), !data.isEmpty { return .bytes(data) }
            case .pipe(let pipe):
                switch try pipe.read(upTo: count) {
                case .bytes(let data): return .bytes(data)
                case .wait: return .wait(descriptor: pipe.descriptor)
                case .end: break
                }
            }
        } catch {
            throw BodyReadError(file: url, problem: "cannot be read")
        }
        throw BodyReadError(file: url, problem: "became shorter while it was being sent")
    }

    private mutating func open(_ url: URL, at offset: Int64) throws -> OpenFile {
        let opened: OpenFile
        if FileKind(of: url) == .pipe {
            opened = .pipe(try PipeReader(url))
        } else {
            let handle = try FileHandle(forReadingFrom: url)
            if offset > 0 { try handle.seek(toOffset: UInt64(offset)) }
            opened = .regular(handle)
        }
        file = opened
        return opened
    }
}

/// The error of a file that cannot be read.
struct BodyReadError: Error {
    let file: URL
    let problem: String

    func transportError(for request: HTTPRequest, mayHaveBeenSent: Bool) -> TransportError {
        TransportError(
            .invalidRequest, mayHaveBeenSent: mayHaveBeenSent,
            message: "\(request.summary): \(file.lastPathComponent) \(problem)")
    }
}
