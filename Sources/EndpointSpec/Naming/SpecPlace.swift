/// What a JSON file below a module's folder is, by its path alone.
///
/// A module's folder may hold JSON that is not a spec, such as the resources of a target: folders that are not groups are
/// left alone.
public enum SpecPlace: Sendable {
    /// `service.json`
    case service
    /// `types/Name.json`
    case type(name: String)
    /// `Group/name.json`
    case endpoint(folder: String, name: String)
    /// `endpoint.schema.json` and the others, which editors read.
    case editorSchema
    /// Anywhere else: no spec, unless it looks like one.
    case other

    /// What the file with this path is. The path is relative to the module's folder, with slashes.
    public init(path: String) {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
        let last = parts.last ?? ""
        if parts.count == 1, last.hasSuffix(".schema.json") {
            self = .editorSchema
        } else if path == "service.json" {
            self = .service
        } else if parts.count == 2, last.hasSuffix(".json"), last.utf8.count > 5, Self.holdsSpecs(folder: parts[0]) {
            let name = String(last.dropLast(5))
            self = parts[0] == "types" ? .type(name: name) : .endpoint(folder: parts[0], name: name)
        } else {
            self = .other
        }
    }

    /// Whether the files of a folder are specs: `types`, and groups, whose names match `^[A-Z][A-Za-z0-9]*$`.
    public static func holdsSpecs(folder: String) -> Bool {
        folder == "types"
            || (SwiftName.isTypeName(folder) && folder.everyByte { $0.isDigitByte || $0.isLetterByte })
    }

    /// Whether the file must be there and be read: elsewhere, what cannot be read is not a spec.
    public var isSpec: Bool {
        switch self {
        case .service, .type, .endpoint: true
        case .editorSchema, .other: false
        }
    }
}
