/// Specs that are wrong, with everything that is wrong about them.
public struct InvalidSpecs: Error, Sendable, CustomStringConvertible {
    /// Every mistake, sorted by position.
    public var diagnostics: [Diagnostic]

    /// Creates the error from what the checker found.
    public init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    /// One line for each mistake.
    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
