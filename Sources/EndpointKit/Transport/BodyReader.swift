import Foundation

/// Reads a body in pieces, with one piece in memory at a time.
///
/// Not `Sendable`: one task uses it at a time.
struct BodyReader {
    private var chunks: ArraySlice<HTTPBody.Chunk>
    /// The open file of the first chunk, if that is a file.
    private var file: FileHandle?
    /// The number of bytes of the first chunk that have been read.
    private var position: Int64 = 0

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

    /// Returns the next bytes, at most `count`; none only at the end.
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
                // A pipe cannot be moved in, and its bytes are read once.
                if offset > 0 { try opened.seek(toOffset: UInt64(offset)) }
                file = opened
            }
            if let data = try file?.read(upToCount: count), !data.isEmpty { return data }
        } catch {
            throw BodyReadError(file: url, problem: "cannot be read")
        }
        throw BodyReadError(file: url, problem: "became shorter while it was being sent")
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
