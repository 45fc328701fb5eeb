import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a file whose bytes are sent is, links followed.
package enum FileKind: Sendable, Hashable {
    /// A regular file, with its size in bytes.
    case regular(size: Int64)
    /// A pipe, a socket or a device: read once, from its beginning.
    case pipe

    /// Nil if there is no file, or a folder.
    package init?(of url: URL) {
        var status = stat()
        guard stat(url.path(percentEncoded: false), &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: self = .regular(size: Int64(status.st_size))
        case S_IFDIR: return nil
        default: self = .pipe
        }
    }
}

extension HTTPBody {
    /// Whether the body can be sent a second time: the bytes of a pipe are gone when they were read.
    var isRepeatable: Bool {
        chunks.allSatisfy { chunk in
            guard case .file(let url, _, _) = chunk else { return true }
            return FileKind(of: url) != .pipe
        }
    }
}
