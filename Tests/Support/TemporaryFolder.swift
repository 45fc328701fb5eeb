import Foundation

/// A folder with files, which is removed with the value.
public final class TemporaryFolder: Sendable {
    /// The folder.
    public let url: URL
    /// The path of the folder.
    public var path: String { url.path }

    /// Creates a folder with files from texts by path; folders on the way are made.
    public init(_ texts: [String: String] = [:]) throws {
        url = FileManager.default.temporaryDirectory.appending(path: "test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (path, text) in texts { try write(path, text) }
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// Writes a text to a file of the folder.
    public func write(_ path: String, _ text: String) throws { try write(path, Data(text.utf8)) }

    /// Writes bytes to a file of the folder.
    public func write(_ path: String, _ data: Data) throws {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    /// The text of a file of the folder.
    public func text(_ path: String) throws -> String {
        try String(contentsOf: url.appending(path: path), encoding: .utf8)
    }

    /// The names in a folder of the folder, sorted; empty if there is none.
    public func names(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: url.appending(path: folder).path)) ?? []).sorted()
    }
}
