/// Which Swift file comes from which spec. The build-tool plugin declares its outputs before any spec is read, so a name
/// follows from the spec's path alone. The plugin holds a copy of this file, since a plugin can import nothing; a test
/// keeps the two the same.
enum OutputName {
    /// The client, its groups and the module's value.
    static let service = "service.swift"

    /// The examples of a module as typed calls.
    static func contract(of module: String) -> String { "\(module).contract.swift" }

    /// `OSS/listCopyFailures.json` → `oss.listCopyFailures.swift`, `types/DriveFile.json` → `types.DriveFile.swift`; nil
    /// for what is neither an endpoint nor a type.
    static func file(forSpecAt path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let folder = parts.first, let file = parts.last, file.hasSuffix(".json") else {
            return nil
        }
        let name = file.dropLast(5)
        return folder.isEmpty || name.isEmpty ? nil : "\(lowerCamel(folder)).\(name).swift"
    }

    /// `OSS` → `oss`, `DirectLink` → `directLink`, `OSSFile` → `ossFile`.
    private static func lowerCamel(_ folder: Substring) -> String {
        let letters = Array(folder)
        var end = 0
        while end < letters.count, letters[end].isUppercase || letters[end].isNumber { end += 1 }
        if end > 1, end < letters.count, letters[end].isLowercase, letters[end - 1].isUppercase { end -= 1 }
        return String(letters[..<end]).lowercased() + String(letters[end...])
    }
}
