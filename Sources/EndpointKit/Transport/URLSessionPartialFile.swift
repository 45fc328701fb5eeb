import Foundation
import Synchronization

/// A file on its way: it has a name of its own beside its destination until it is whole.
///
/// Created with the first bytes, or when it is kept, so that an error response leaves no trace. Its functions return what
/// went wrong in words, or nil.
final class PartialFile: Sendable {
    private let destination: URL
    private let temporary: URL

    private enum State {
        case none
        case open(descriptor: Int32)
        case over
    }

    /// Guards the descriptor: a late write must never meet one that is closed, and perhaps somebody else's by then.
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

    /// Closes the file and gives it its name.
    func keep() -> String? {
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

    /// Removes what was not kept.
    func discard() {
        state.withLock { state in
            if case .open(let descriptor) = state {
                close(descriptor)
                unlink(Self.path(temporary))
            }
            state = .over
        }
    }

    /// A failed call and what the system said of it.
    private struct Failure: Error {
        let action: String
        let code = errno
    }

    /// The open file, created if there is none yet; nil once it is over.
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
