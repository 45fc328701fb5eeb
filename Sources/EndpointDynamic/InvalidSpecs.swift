import EndpointSpec

/// Specs that are wrong, with everything that is wrong about them.
public struct InvalidSpecs: Error, Sendable, CustomStringConvertible {
    public var diagnostics: [Diagnostic]

    public init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    /// One line for each mistake.
    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
