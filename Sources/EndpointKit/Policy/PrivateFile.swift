import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A small JSON file that nobody but its owner may read.
package enum PrivateFile {
    /// The content; nil if there is no such file, `.null` if it is not JSON.
    ///
    /// - Parameter warn: Hears of a file that others may read.
    package static func read(_ url: URL, _ warn: (String) -> Void) throws -> JSONValue? {
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw TokenFileError("open", url.path, errno) }
            return nil
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw TokenFileError("look at", url.path, errno) }
        if status.st_mode & 0o077 != 0 {
            warn("\(url.path) can be read by others: its mode is \(String(status.st_mode & 0o777, radix: 8)), not 600")
        }
        // Such files are small: what is larger is something else, and must not fill the memory.
        guard status.st_mode & S_IFMT == S_IFREG, let data = try handle.read(upToCount: 1 << 20),
            let content = try? JSONValue(parsing: data)
        else { return .null }
        return content
    }

    /// Puts a new file in the place of the old one, in one step, with mode 0600 from its first moment.
    package static func write(_ content: JSONValue, to url: URL) throws {
        let path = "\(url.path).\(UUID().uuidString).tmp"
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw TokenFileError("make", path, errno) }
        do {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: Data((content.text(indent: 2) + "\n").utf8))
            try handle.synchronize()
            try handle.close()
            guard rename(path, url.path) == 0 else { throw TokenFileError("replace", url.path, errno) }
        } catch {
            unlink(path)
            throw error
        }
    }

    /// Makes the folder that a file is to be in, for its owner alone.
    package static func makeFolder(of url: URL) throws {
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }
}
