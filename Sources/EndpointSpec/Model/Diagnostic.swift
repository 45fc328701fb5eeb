/// A place in a spec file. Lines and columns count from 1; a column is a UTF-8 byte, as the Swift compiler counts it.
public struct SourcePosition: Sendable, Hashable, Comparable {
    public var file: String
    public var line: Int
    public var column: Int

    public init(file: String, line: Int = 1, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

/// One mistake in a spec: where it stands, what is wrong, and what to write instead.
public struct Diagnostic: Error, Sendable, Hashable, CustomStringConvertible {
    public var position: SourcePosition
    /// What is wrong and what to write instead, in one line.
    public var message: String

    public init(_ position: SourcePosition, _ message: String) {
        self.position = position
        self.message = message
    }

    /// The compiler's own form, which editors make into a link.
    public var description: String {
        "\(position.file):\(position.line):\(position.column): error: \(message)"
    }
}
