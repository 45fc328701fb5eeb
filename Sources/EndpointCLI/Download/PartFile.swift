import EndpointKit
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that is being downloaded: `FILE.part` beside its destination, with what identifies the download in `FILE.part.json`.
///
/// The part is locked as long as it is open, so that two downloads never write to one part; the lock of a process that is
/// killed ends with it, and the next run goes on where it stopped. One task uses it at a time.
struct PartFile: ~Copyable {
    /// What has to be the same for a download to go on.
    struct Identity: Equatable {
        /// A strong validator: `ETag`, or `Last-Modified` where that is strong. Nil means that the download starts again.
        var validator: String?
        /// The length of the whole file in bytes; nil if the server does not tell.
        var length: Int64?
        /// The address without its query, which may hold a signature.
        var url: String
        /// The MD5 of the whole file; nil if the server does not tell.
        var md5: [UInt8]?
    }

    /// The path of the part.
    let path: String
    private let destination: String
    private let recordPath: String
    private let descriptor: Int32
    /// What the part is the beginning of; nil if it is empty, or if that is not known.
    private(set) var identity: Identity?
    /// The bytes that the part has.
    private(set) var size: Int64 = 0

    /// Opens the part of a destination, or makes it, and locks it.
    ///
    /// - Throws: ``CommandFailure`` with `.local` if another process has it, or if it cannot be made.
    init(for destination: String) throws(CommandFailure) {
        self.destination = destination
        let base = Self.base(of: destination)
        path = base + ".part"
        recordPath = path + ".json"
        var found: Int32?
        // Another process may finish its download, and with it rename the part, before the part is locked here.
        while found == nil {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
            guard descriptor >= 0 else { throw Self.failure(path, "made", .last) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let error = SystemError.last
                close(descriptor)
                guard error.code == EWOULDBLOCK else { throw Self.failure(path, "locked", error) }
                throw CommandFailure(.local, "another download writes to \(path); wait for it, or choose another name")
            }
            var (open, named) = (stat(), stat())
            if fstat(descriptor, &open) == 0, stat(path, &named) == 0, open.st_ino == named.st_ino,
                open.st_dev == named.st_dev
            {
                found = descriptor
                size = Int64(open.st_size)
            } else {
                close(descriptor)
            }
        }
        descriptor = found ?? -1
        identity = size > 0 ? Self.record(recordPath) : nil
    }

    deinit { close(descriptor) }

    /// Empties the part and records what it will hold, before its first byte.
    mutating func start(_ identity: Identity) throws(CommandFailure) {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw Self.failure(path, "emptied", .last)
        }
        size = 0
        var record: JSONObject = ["url": .string(identity.url)]
        if let validator = identity.validator { record["validator"] = .string(validator) }
        if let length = identity.length { record["length"] = .integer(length) }
        if let md5 = identity.md5 { record["md5"] = .string(Data(md5).base64EncodedString()) }
        do {
            try Data((JSONValue.object(record).text(indent: 2) + "\n").utf8).write(to: URL(fileURLWithPath: recordPath))
        } catch {
            throw CommandFailure(.local, "\(recordPath) cannot be written: \(error.localizedDescription)")
        }
        self.identity = identity
    }

    /// Goes on behind the last byte.
    mutating func resume() throws(CommandFailure) {
        guard lseek(descriptor, 0, SEEK_END) >= 0 else { throw Self.failure(path, "read", .last) }
    }

    mutating func append(_ data: Data) throws(CommandFailure) {
        let result: Result<Void, SystemError> = data.withUnsafeBytes { bytes in
            Result { () throws(SystemError) in try Descriptor.write(bytes, to: descriptor) }
        }
        do throws(SystemError) {
            try result.get()
        } catch {
            throw Self.failure(path, "written", error)
        }
        size += Int64(data.count)
    }

    /// The MD5 of what the part has.
    func md5() throws(CommandFailure) -> MD5 {
        var md5 = MD5()
        var offset: off_t = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, offset) }
            if count == 0 { return md5 }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw Self.failure(path, "read", .last)
            }
            buffer.withUnsafeBytes { md5.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            offset += off_t(count)
        }
    }

    /// Gives the part the name of its destination.
    ///
    /// - Parameter replaces: Whether a file that is there may be replaced.
    /// - Throws: ``CommandFailure`` with `.local` if the file cannot be made; the part stays.
    func finish(replacing replaces: Bool) throws(CommandFailure) {
        guard fsync(descriptor) == 0 else { throw Self.failure(path, "written", .last) }
        // A file that came meanwhile is not replaced: a link fails where a rename would not.
        if replaces || link(path, destination) != 0 {
            if !replaces, errno == EEXIST {
                throw CommandFailure(.local, "\(destination) was made meanwhile; the download is in \(path)")
            }
            guard rename(path, destination) == 0 else { throw Self.failure(destination, "made", .last) }
        } else {
            unlink(path)
        }
        unlink(recordPath)
    }

    /// Removes the part: what it holds is of no use.
    func discard() {
        unlink(path)
        unlink(recordPath)
    }

    // MARK: Files

    /// The destination, or where the names beside it would be too long for a file system, a shorter name of its own.
    private static func base(of destination: String) -> String {
        let name = destination.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        guard name.utf8.count + ".part.json".utf8.count > 255 else { return destination }
        var md5 = MD5()
        md5.update(Data(name.utf8))
        var short = name
        while short.utf8.count > 200 { short.removeLast() }
        return destination.dropLast(name.count) + short + "-" + md5.hex.prefix(16)
    }

    private static func record(_ path: String) -> Identity? {
        guard let bytes = try? Descriptor.bytes(ofFile: path, upTo: 1 << 16),
            let record = try? JSONValue(reading: bytes), let url = record["url"]?.string
        else { return nil }
        let length: Int64? = if case .integer(let length)? = record["length"] { length } else { nil }
        let md5 = record["md5"]?.string.flatMap { MD5.digest(written: $0) }
        return Identity(validator: record["validator"]?.string, length: length, url: url, md5: md5)
    }

    private static func failure(_ path: String, _ action: String, _ error: SystemError) -> CommandFailure {
        CommandFailure(.local, "\(path) cannot be \(action): \(error)")
    }
}
