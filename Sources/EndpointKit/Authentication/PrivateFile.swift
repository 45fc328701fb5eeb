import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads and writes small JSON files that only their owner can read.
package enum PrivateFile {
    /// Returns the content of a file; nil if there is no such file, `.null` if it is not JSON or longer than 1 MiB. Calls
    /// `warn` if others can read the file, and throws if it cannot be opened.
    package static func read(_ url: URL, _ warn: (String) -> Void) throws -> JSONValue? {
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw TokenFileError("open", url.path, errno) }
            return nil
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw TokenFileError("inspect", url.path, errno) }
        if status.st_mode & 0o077 != 0 {
            warn("\(url.path) can be read by others: its mode is \(String(status.st_mode & 0o777, radix: 8)), not 600")
        }
        // The limit keeps a wrong path, such as a device, from filling the memory.
        guard status.st_mode & S_IFMT == S_IFREG, let data = try handle.read(upToCount: 1 << 20),
            let content = try? JSONValue(parsing: data)
        else { return .null }
        return content
    }

    /// Replaces a file atomically. The new file has mode 0600 from the moment it is created.
    package static func write(_ content: JSONValue, to url: URL) throws {
        let path = "\(url.path).\(UUID().uuidString).tmp"
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw TokenFileError("create", path, errno) }
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

    /// Creates the folder of a file, accessible to its owner only.
    package static func makeFolder(of url: URL) throws {
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }
}
