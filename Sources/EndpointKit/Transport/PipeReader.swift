import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads a pipe, a socket or a device without waiting for its writer.
///
/// Not `Sendable`: one task uses it at a time.
final class PipeReader {
    /// What was read.
    enum Piece {
        case bytes(Data)
        /// There is nothing yet: the writer is late, or has not come.
        case wait
        /// The writer is gone.
        case end
    }

    struct Failure: Error {}

    let descriptor: Int32
    /// Whether there has been a writer.
    private var hadWriter: Bool

    /// Opens a pipe. The descriptor is another one than the writer's or the one that `/dev/fd` names, so that whoever shares
    /// those does not see that this one does not wait.
    init(_ url: URL) throws(Failure) {
        descriptor = open(url.path(percentEncoded: false), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure() }
        // A pipe without a name was made together with its writer, such as the one of `<(…)`.
        hadWriter = Self.isUnnamed(descriptor)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The bytes that a pipe of Linux holds, unless it was changed.
    private static let capacity = 64 << 10

    /// Returns the next bytes, at most `count`.
    func read(upTo count: Int) throws(Failure) -> Piece {
        var data = Data(count: min(count, Self.capacity))
        while true {
            let found = data.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
            if found > 0 {
                hadWriter = true
                data.count = found
                return .bytes(data)
            }
            if found == 0 {
                // A named pipe reads as ended before its first writer; it is hung up only after that.
                return hadWriter || Self.isHungUp(descriptor) ? .end : .wait
            }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .wait
            default: throw Failure()
            }
        }
    }

    private static func isHungUp(_ descriptor: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&entry, 1, 0) > 0 && entry.revents & Int16(POLLHUP) != 0
    }

    private static func isUnnamed(_ descriptor: Int32) -> Bool {
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
        return target?.hasPrefix("pipe:") ?? false
    }
}

// Not the method of this name.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
