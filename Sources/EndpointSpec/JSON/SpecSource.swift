/// A file of a module.
public struct SpecSource: Sendable {
    /// Relative to the module's folder, with slashes: `OSS/listCopyFailures.json`.
    public var path: String
    /// What diagnostics call the file.
    public var displayPath: String
    let bytes: ArraySlice<UInt8>
    private let settled: SpecReader.Reading?

    /// Reads a file.
    public init(_ file: SpecFile) {
        path = file.path
        displayPath = file.displayPath
        bytes = file.contents[...]
        settled = SpecReader.read(bytes, file: file.displayPath)
    }

    private init(path: String, displayPath: String, unread bytes: ArraySlice<UInt8>) {
        self.path = path
        self.displayPath = displayPath
        self.bytes = bytes
        settled = nil
    }

    /// The file's value, or what is wrong with its text.
    var reading: SpecReader.Reading { settled ?? SpecReader.read(bytes, file: displayPath) }

    /// The files in one text, as a module carries them: a JSON object from path to spec. None of them is read.
    ///
    /// - Parameters:
    ///   - text: The object.
    ///   - module: The module's name, with which diagnostics begin.
    /// - Returns: The files, in the order of the text.
    /// - Throws: What is wrong with the text itself.
    static func all(in text: String, module: String) throws(Diagnostic) -> [SpecSource] {
        let bytes = Array(text.utf8)
        let result: Result<[SpecSource], Diagnostic> = bytes.withUnsafeBytes { buffer in
            Result { () throws(Diagnostic) in
                try SpecReader.files(of: buffer, module: module).map { path, range in
                    SpecSource(path: path, displayPath: "\(module)/\(path)", unread: bytes[range])
                }
            }
        }
        return try result.get()
    }
}
