import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An advisory lock on a file, against other processes and other descriptors of this one. The kernel drops it when the
/// holder ends, however it ends.
final class FileLock {
    private let descriptor: Int32

    /// Waits for the lock without blocking a thread: `flock` cannot be asked to tell when it is free.
    init(_ path: String, patience: Duration) async throws {
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw TokenFileError("open", path, errno) }
        let deadline = ContinuousClock.now + patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            do {
                guard code == EWOULDBLOCK || code == EINTR else { throw TokenFileError("lock", path, code) }
                guard ContinuousClock.now < deadline else {
                    throw TokenFileError(message: "another process has held \(path) for \(patience)")
                }
                try await ContinuousClock().sleep(for: .milliseconds(20))
            } catch {
                // A throw out of an initialiser runs no deinitialiser of what is not yet whole.
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

/// Why a token file could not be read or written.
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
