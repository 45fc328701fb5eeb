import EndpointKit
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What `--output` names, judged before anything is sent.
enum DownloadTarget {
    /// A regular file, or a name where nothing is.
    case file(path: String, exists: Bool)
    /// A pipe, a device or a socket, which is written to as it is.
    case stream(path: String)

    /// Looks at what is at a path.
    ///
    /// - Parameters:
    ///   - path: The value of `--output`.
    ///   - replaces: Whether a file that exists may be replaced.
    /// - Throws: ``CommandFailure`` with `.usage` for a folder, a file that exists, and a folder that does not.
    init(_ path: String, replaces: Bool) throws(CommandFailure) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let error = SystemError.last
            guard error.code == ENOENT else { throw .usage("--output: \(path) cannot be used: \(error)") }
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            guard !path.isEmpty, !path.hasSuffix("/"), access(folder, W_OK) == 0 else {
                throw .usage("--output: \(path) cannot be made: there is no folder \(folder) that can be written to")
            }
            self = .file(path: path, exists: false)
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: throw .usage("--output: \(path) is a folder; name a file in it")
        case S_IFREG:
            guard replaces else {
                throw .usage("--output: \(path) exists; choose another name, or add --force to replace it")
            }
            self = .file(path: path, exists: true)
        default: self = .stream(path: path)
        }
    }
}
