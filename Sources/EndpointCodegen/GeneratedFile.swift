/// A Swift file that a generator wants to exist.
public struct GeneratedFile: Sendable, Hashable {
    /// Without a folder: `oss.listCopyFailures.swift`.
    public var name: String
    public var text: String

    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
