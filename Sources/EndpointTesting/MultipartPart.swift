import Foundation

/// A part of a `multipart/form-data` body.
public struct MultipartPart: Sendable, Hashable {
    /// The name, as it stands in `Content-Disposition`.
    public var name: String
    /// The file name, as it stands in `Content-Disposition`; nil if there is none.
    public var filename: String?
    /// The media type; nil if the part states none.
    public var contentType: String?
    /// The bytes.
    public var content: Data

    /// Creates a part.
    public init(name: String, filename: String? = nil, contentType: String? = nil, content: Data) {
        self.name = name
        self.filename = filename
        self.contentType = contentType
        self.content = content
    }

    /// The parts of a body; nil if it is not multipart with this boundary.
    static func all(in body: Data, boundary: String) -> [MultipartPart]? {
        let delimiter = Data("--\(boundary)".utf8)
        guard body.starts(with: delimiter) else { return nil }
        var pieces = body.split(separator: delimiter, omittingEmptySubsequences: false).dropFirst().map { Data($0) }
        guard pieces.popLast()?.starts(with: Data("--".utf8)) == true else { return nil }
        let parts = pieces.compactMap(MultipartPart.init(piece:))
        return parts.count == pieces.count ? parts : nil
    }

    /// What stands between two boundaries: a line break, header fields, an empty line, the content, a line break.
    private init?(piece: Data) {
        guard let end = piece.firstRange(of: Data("\r\n\r\n".utf8)), piece.suffix(2) == Data("\r\n".utf8),
            piece.count - end.upperBound >= 2
        else { return nil }
        content = Data(piece[end.upperBound..<(piece.count - 2)])
        let head = String(decoding: piece[..<end.lowerBound], as: UTF8.self)
        guard let name = head.firstMatch(of: /[; ]name="([^"]*)"/)?.1 else { return nil }
        self.name = String(name)
        filename = (head.firstMatch(of: /filename="([^"]*)"/)?.1).map(String.init)
        contentType = (head.firstMatch(of: /(?i)content-type: *([^\r]*)/)?.1).map(String.init)
    }
}
