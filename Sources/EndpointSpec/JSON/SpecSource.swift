/// A file of a module, read.
public struct SpecSource: Sendable {
    /// Relative to the module's folder, with slashes: `OSS/listCopyFailures.json`.
    public var path: String
    /// What diagnostics call the file.
    public var displayPath: String
    /// The file's value, or what is wrong with its text.
    public var reading: SpecReader.Reading

    /// Reads a file.
    public init(_ file: SpecFile) {
        path = file.path
        displayPath = file.displayPath
        reading = SpecReader.read(file.contents, file: file.displayPath)
    }

    init(path: String, displayPath: String, reading: SpecReader.Reading) {
        self.path = path
        self.displayPath = displayPath
        self.reading = reading
    }

    /// The files in one text, as a module carries them: a JSON object from path to spec.
    ///
    /// - Parameters:
    ///   - text: The object.
    ///   - module: The module's name, with which diagnostics begin.
    /// - Returns: The files, in the order of the text.
    /// - Throws: What is wrong with the text itself.
    public static func all(in text: String, module: String) throws(Diagnostic) -> [SpecSource] {
        try SpecReader.members(of: Array(text.utf8), file: module).map { member in
            SpecSource(
                path: member.key, displayPath: "\(module)/\(member.key)",
                reading: .init(node: member.value, diagnostics: []))
        }
    }
}
