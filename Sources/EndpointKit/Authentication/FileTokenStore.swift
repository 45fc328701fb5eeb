import Foundation

/// A token store in a file that only its owner can read, shared by any number of processes.
///
/// The file is replaced as a whole and has mode 0600 from the moment it is created. A lock file beside it (`….lock`, empty,
/// never removed) makes sure that only one of several processes makes a new token. A file that cannot be parsed is treated
/// as empty, with a warning, and is replaced when the next token is stored.
public final class FileTokenStore: TokenStore {
    /// The file, with symbolic links resolved.
    public let url: URL
    private let lockTimeout: Duration
    private let warn: @Sendable (String) -> Void
    /// Excludes this store's own tasks; the file lock excludes other processes.
    private let lock = AsyncLock()

    /// Creates a store; the file is not opened yet.
    ///
    /// - Parameters:
    ///   - url: The file. It and its folder are created when the first token is stored.
    ///   - lockTimeout: How long to wait while another process makes a token; at most 100 years.
    ///   - onWarning: Receives a text, which contains no token, when the file is damaged or readable by others.
    public init(
        url: URL, lockTimeout: Duration = .seconds(60), onWarning: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.url = url.standardizedFileURL.resolvingSymlinksInPath()
        self.lockTimeout = lockTimeout.clamped
        warn = onWarning
    }

    /// Returns the token that is stored for a credential; nil if there is none. Throws if the file cannot be opened.
    public func token(for credential: String) async throws -> AccessToken? {
        try read()[credential]
    }

    /// Replaces a credential's token with the result of a closure, one closure at a time among all processes.
    ///
    /// - Parameters:
    ///   - credential: The name of the token in the file.
    ///   - change: Receives the stored token and returns the one to store; nil removes it.
    /// - Returns: The token that is stored now.
    /// - Throws: The error of `change`, and then the file is not changed; or an error that says why the file cannot be
    ///   locked, read or written.
    @discardableResult
    public func updateToken(
        for credential: String, _ change: @Sendable (AccessToken?) async throws -> AccessToken?
    ) async throws -> AccessToken? {
        try await lock.acquire()
        defer { lock.release() }
        try PrivateFile.makeFolder(of: url)
        let fileLock = try await FileLock(url.path + ".lock", timeout: lockTimeout)
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

    /// Removes the tokens of all credentials for which a condition holds, and returns the credentials. Throws an error that
    /// says why the file cannot be locked, read or written.
    package func removeTokens(where condition: (String) -> Bool) async throws -> [String] {
        // A file that has none of them is not touched, and one that does not exist is not created.
        guard try read().keys.contains(where: condition) else { return [] }
        try await lock.acquire()
        defer { lock.release() }
        let fileLock = try await FileLock(url.path + ".lock", timeout: lockTimeout)
        defer { fileLock.unlock() }
        let tokens = try read()
        let removed = tokens.keys.filter(condition)
        if !removed.isEmpty { try write(tokens.filter { !condition($0.key) }) }
        return removed.sorted()
    }

    // MARK: The file

    private func read() throws -> [String: AccessToken] {
        guard let content = try PrivateFile.read(url, warn) else { return [:] }
        guard content["version"] == 1, let members = content["tokens"]?.object?.members else {
            warn("\(url.path) is damaged: it is treated as empty, and replaced when the next token is stored")
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
