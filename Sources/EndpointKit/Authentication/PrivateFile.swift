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
    /// `warn` if others can read the file, and throws if it cannot be opened or is not a regular file.
    package static func read(_ url: URL, _ warn: (String) -> Void) throws -> JSONValue? {
        // Without O_NONBLOCK, opening a FIFO waits for somebody who writes into it.
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw TokenFileError("open", url.path, errno) }
            return nil
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw TokenFileError("inspect", url.path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw TokenFileError(message: "\(url.path) is not a regular file")
        }
        if status.st_mode & 0o077 != 0 {
            warn("\(url.path) can be read by others: its mode is \(String(status.st_mode & 0o777, radix: 8)), not 600")
        }
        // The limit keeps a wrong path from filling the memory.
        guard let data = try handle.read(upToCount: 1 << 20) else { return .null }
        return (try? JSONValue(parsing: data)) ?? .null
    }

    /// Replaces a file atomically. The new file has mode 0600 from the moment it is created. What processes that were killed
    /// while they wrote left beside the file is removed.
    package static func write(_ content: JSONValue, to url: URL) throws {
        sweep(beside: url)
        let (path, descriptor) = try makeTemporaryFile(beside: url)
        do {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: Data((content.text(indent: 2) + "\n").utf8))
            try handle.synchronize()
            // The lock is held until the file has its name, or another process would sweep it.
            guard rename(path, url.path) == 0 else { throw TokenFileError("replace", url.path, errno) }
            try handle.close()
        } catch {
            unlink(path)
            throw error
        }
    }

    private static let suffix = ".tmp"

    /// A new file, locked for as long as it is open: the lock of a process that is killed ends with it.
    private static func makeTemporaryFile(beside url: URL) throws -> (path: String, descriptor: Int32) {
        while true {
            let path = "\(url.path).\(UUID().uuidString)\(suffix)"
            let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw TokenFileError("create", path, errno) }
            let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
            var status = stat()
            // Another process may have swept the file before it was locked.
            if isLocked, fstat(descriptor, &status) == 0, status.st_nlink > 0 { return (path, descriptor) }
            close(descriptor)
        }
    }

    /// Removes the temporary files of a file that no process has locked.
    private static func sweep(beside url: URL) {
        let folder = url.deletingLastPathComponent()
        let prefix = url.lastPathComponent + "."
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
            guard UUID(uuidString: String(name.dropFirst(prefix.count).dropLast(suffix.count))) != nil else { continue }
            let path = folder.appendingPathComponent(name).path
            let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
            close(descriptor)
        }
    }

    /// Creates the folder of a file, accessible to its owner only.
    package static func makeFolder(of url: URL) throws {
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }
}
