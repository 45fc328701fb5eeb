import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Keeps tokens in a file that nobody else may read, shared by any number of processes.
///
/// The file is only ever replaced whole, with mode 0600 from its first moment. A lock file beside it (`….lock`, empty,
/// never removed) sees to it that of several processes that need a new token one makes it. A file that cannot be
/// understood counts as empty, with a warning, and is replaced by the next token.
public final class FileTokenStore: TokenStore {
    /// Where the tokens are.
    public let url: URL
    private let lockPatience: Duration
    private let warn: @Sendable (String) -> Void
    /// Within this store; the file lock is for all others.
    private let lock = AsyncLock()

    /// - Parameters:
    ///   - url: The file; it and its folder are made when the first token is kept.
    ///   - lockPatience: How long to wait for another process that is making a token.
    ///   - onWarning: Hears of a file that is damaged or that others may read. No token stands in the text.
    public init(
        url: URL, lockPatience: Duration = .seconds(60), onWarning: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.url = url.standardizedFileURL.resolvingSymlinksInPath()
        self.lockPatience = lockPatience
        warn = onWarning
    }

    public func token(for credential: String) async throws -> AccessToken? {
        try read()[credential]
    }

    @discardableResult
    public func update(
        _ credential: String, _ change: @Sendable (AccessToken?) async throws -> AccessToken?
    ) async throws -> AccessToken? {
        try await lock.acquire()
        defer { lock.release() }
        try makeFolder()
        let fileLock = try await FileLock(url.path + ".lock", patience: lockPatience)
        defer { fileLock.unlock() }
        var tokens = try read()
        let old = tokens[credential]
        let new = try await change(old)
        if new != old {
            tokens[credential] = new
            try write(tokens)
        }
        return new
    }

    // MARK: The file

    private func makeFolder() throws {
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }

    private func read() throws -> [String: AccessToken] {
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw TokenFileError("open", url.path, errno) }
            return [:]
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw TokenFileError("look at", url.path, errno) }
        if status.st_mode & 0o077 != 0 {
            warn("\(url.path) can be read by others: its mode is \(String(status.st_mode & 0o777, radix: 8)), not 600")
        }
        // Tokens are small: what is larger is something else, and must not fill the memory.
        guard status.st_mode & S_IFMT == S_IFREG, let data = try handle.read(upToCount: 1 << 20),
            let content = try? JSONValue(parsing: data), content["version"] == 1,
            let members = content["tokens"]?.object?.members
        else {
            warn("\(url.path) is damaged: it is taken as empty, and replaced when there is a new token")
            return [:]
        }
        var tokens: [String: AccessToken] = [:]
        for (credential, value) in members { tokens[credential] = AccessToken(stored: value) }
        return tokens
    }

    private func write(_ tokens: [String: AccessToken]) throws {
        var members = JSONObject()
        for (credential, token) in tokens.sorted(by: { $0.key < $1.key }) { members[credential] = token.stored }
        let content: JSONValue = ["version": 1, "tokens": .object(members)]
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
}

extension AccessToken {
    fileprivate var stored: JSONValue {
        var object: JSONObject = ["token": .string(value)]
        if let expiresAt { object["expiresAt"] = DateFormat.dateTime.value(of: expiresAt) }
        if let issuedAt { object["issuedAt"] = DateFormat.dateTime.value(of: issuedAt) }
        return .object(object)
    }

    fileprivate init?(stored: JSONValue) {
        guard let value = stored["token"]?.string else { return nil }
        self.init(
            value, expiresAt: stored["expiresAt"].flatMap(DateFormat.dateTime.date),
            issuedAt: stored["issuedAt"].flatMap(DateFormat.dateTime.date))
    }
}
