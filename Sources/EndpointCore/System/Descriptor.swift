#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The error of a call of the system.
public struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The error's number: `ENOSPC`.
    public let code: Int32

    /// Creates an error from its number.
    public init(_ code: Int32) {
        self.code = code
    }

    /// The error that the last call left. To be made at once after it.
    public static var last: SystemError { SystemError(errno) }

    /// The system's own words, such as `No space left on device`.
    public var description: String { code == EACCES ? "no permission" : String(cString: strerror(code)) }
}

/// Reading and writing of descriptors, through the C library.
public enum Descriptor {
    /// Writes all bytes. Where the descriptor does not block, waits until it takes more.
    public static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws(SystemError) {
        var rest = bytes
        while let start = rest.baseAddress, !rest.isEmpty {
            #if canImport(Darwin)
                let count = Darwin.write(descriptor, start, rest.count)
            #elseif canImport(Musl)
                let count = Musl.write(descriptor, start, rest.count)
            #else
                let count = Glibc.write(descriptor, start, rest.count)
            #endif
            if count >= 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if errno == EAGAIN {
                var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&wait, 1, -1)
            } else if errno != EINTR {
                throw .last
            }
        }
    }

    /// The bytes up to the end of a file or a pipe, at most `limit`.
    public static func bytes(of descriptor: Int32, upTo limit: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < limit {
            let length = min(buffer.count, limit - bytes.count)
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, length) }
            if count > 0 {
                bytes += buffer[..<count]
            } else if count == 0 {
                break
            } else if errno == EAGAIN {
                var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                poll(&wait, 1, -1)
            } else if errno != EINTR {
                throw .last
            }
        }
        return bytes
    }

    /// The bytes of a file, a pipe or a device at a path, at most `limit`.
    public static func bytes(ofFile path: String, upTo limit: Int = .max) throws(SystemError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        return try bytes(of: descriptor, upTo: limit)
    }
}
