/// The text of a spec, with where it stands in its module.
public struct SpecFile: Sendable, Hashable {
    /// Relative to the module's folder, with slashes: `OSS/listCopyFailures.json`.
    public var path: String
    /// What diagnostics call the file; unique among all files of a check.
    public var displayPath: String
    public var contents: [UInt8]

    public init(path: String, displayPath: String, contents: [UInt8]) {
        self.path = path
        self.displayPath = displayPath
        self.contents = contents
    }
}

/// What came of a check: a model, or what is wrong.
public struct SpecCheckResult: Sendable {
    /// Nil exactly if there are diagnostics.
    public var model: ServiceModel?
    /// All mistakes in all files, sorted by file, line and column.
    public var diagnostics: [Diagnostic]
}
