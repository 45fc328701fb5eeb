import Foundation
import Synchronization

/// A file with some content in a folder of its own, gone with the value.
public final class TemporaryFile: Sendable {
    /// Where the file is.
    public let url: URL
    /// The folder, which holds nothing but the file.
    public let folder: URL

    /// Writes the content to a new file in a directory of its own.
    public init(_ content: Data = Data(), name: String = "file.bin") throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "test-\(UUID().uuidString)")
        url = folder.appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try content.write(to: url)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// The names in the folder, sorted.
    public var neighbours: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? []).sorted()
    }
}

/// A value that several threads of a test share.
public final class LockedValue<Value: Sendable>: Sendable {
    private let storage: Mutex<Value>

    /// Creates a box with a value.
    public init(_ value: Value) {
        storage = Mutex(value)
    }

    /// The value, read or replaced under the lock.
    public var value: Value {
        get { storage.withLock { $0 } }
        set { storage.withLock { $0 = newValue } }
    }

    /// Changes the value as one step.
    @discardableResult
    public func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        storage.withLock { body(&$0) }
    }
}
