import Foundation

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
        try PrivateFile.makeFolder(of: url)
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

    private func read() throws -> [String: AccessToken] {
        guard let content = try PrivateFile.read(url, warn) else { return [:] }
        guard content["version"] == 1, let members = content["tokens"]?.object?.members else {
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
        try PrivateFile.write(["version": 1, "tokens": .object(members)], to: url)
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
