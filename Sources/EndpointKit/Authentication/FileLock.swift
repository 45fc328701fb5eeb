import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An advisory lock on a file, which excludes other processes and other descriptors of this process. The kernel releases
/// it when the process ends, however it ends.
final class FileLock {
    private let descriptor: Int32

    /// Waits for the lock without blocking a thread. It polls, because `flock` has no notification.
    init(_ path: String, timeout: Duration) async throws {
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw TokenFileError("open", path, errno) }
        let deadline = ContinuousClock.now + timeout
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            do {
                guard code == EWOULDBLOCK || code == EINTR else { throw TokenFileError("lock", path, code) }
                guard ContinuousClock.now < deadline else {
                    throw TokenFileError(
                        message: "timed out after \(timeout.text) waiting for \(path), which another process has locked"
                    )
                }
                try await ContinuousClock().sleep(for: .milliseconds(20))
            } catch {
                // An initializer that throws does not run the deinitializer.
                close(descriptor)
                throw error
            }
        }
    }

    func unlock() {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

/// An error that says why a token file could not be read or written.
struct TokenFileError: Error, CustomStringConvertible {
    var message: String
    var description: String { message }

    init(message: String) {
        self.message = message
    }

    init(_ action: String, _ path: String, _ code: Int32) {
        message = "cannot \(action) \(path): \(String(cString: strerror(code)))"
    }
}
