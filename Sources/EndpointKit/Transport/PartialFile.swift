import Foundation
import Synchronization

/// A file that is being downloaded. It has a temporary name beside its destination until it is complete.
///
/// The file is created with the first bytes, or when it is complete, so that an error response leaves no file. The functions
/// return a description of what failed, or nil.
final class PartialFile: Sendable {
    private let destination: URL
    private let temporary: URL

    private enum State {
        case none
        case open(descriptor: Int32)
        case over
    }

    /// Guards the descriptor: a late write must not use a number that was closed and then reused for another file.
    private let state = Mutex(State.none)

    init(for destination: URL) {
        self.destination = destination
        temporary = destination.deletingLastPathComponent()
            .appending(path: ".\(destination.lastPathComponent).\(UUID().uuidString).part")
    }

    func append(_ data: Data) -> String? {
        state.withLock { state in
            do throws(Failure) {
                guard let descriptor = try Self.opened(&state, temporary) else { return nil }
                if let failure = data.withUnsafeBytes({ Self.writeAll($0, to: descriptor) }) { throw failure }
                return nil
            } catch {
                return explain(error)
            }
        }
    }

    /// Closes the file and renames it to its destination.
    func complete() -> String? {
        state.withLock { state in
            do throws(Failure) {
                guard let descriptor = try Self.opened(&state, temporary) else { return nil }
                state = .over
                let isClosed = close(descriptor) == 0
                guard isClosed, rename(Self.path(temporary), Self.path(destination)) == 0 else {
                    let failure = Failure(action: "written")
                    unlink(Self.path(temporary))
                    throw failure
                }
                return nil
            } catch {
                return explain(error)
            }
        }
    }

    /// Removes the file unless it is complete.
    func discard() {
        state.withLock { state in
            if case .open(let descriptor) = state {
                close(descriptor)
                unlink(Self.path(temporary))
            }
            state = .over
        }
    }

    /// A failed system call and its error.
    private struct Failure: Error {
        let action: String
        let code = errno
    }

    /// The descriptor of the file, which is created if necessary; nil after it was completed or removed.
    private static func opened(_ state: inout State, _ url: URL) throws(Failure) -> Int32? {
        switch state {
        case .over: return nil
        case .open(let descriptor): return descriptor
        case .none:
            let descriptor = open(path(url), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { throw Failure(action: "created") }
            state = .open(descriptor: descriptor)
            return descriptor
        }
    }

    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Failure? {
        var written = 0
        while written < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
            let count = write(descriptor, rest.baseAddress, rest.count)
            if count < 0 && errno != EINTR { return Failure(action: "written") }
            written += max(0, count)
        }
        return nil
    }

    private static func path(_ url: URL) -> String {
        url.path(percentEncoded: false)
    }

    private func explain(_ failure: Failure) -> String {
        "\(destination.lastPathComponent) cannot be \(failure.action): \(String(cString: strerror(failure.code)))"
    }
}
