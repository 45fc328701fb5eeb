/// Which Swift file comes from which spec. The build-tool plugin declares its outputs before any spec is read, so a name
/// follows from the spec's path alone.
enum OutputName {
    /// The client, its groups and the module's value.
    static let service = "service.swift"

    /// The examples of a module as typed calls.
    static func contract(of module: String) -> String { "\(module).contract.swift" }

    /// `OSS/listCopyFailures.json` → `oss.listCopyFailures.swift`, `types/DriveFile.json` → `types.DriveFile.swift`; nil
    /// for what is neither an endpoint nor a type.
    static func file(forSpecAt path: String) -> String? {
        switch SpecPlace(path: path) {
        case .type(let name): "types.\(name).swift"
        case .endpoint(let folder, let name): "\(SwiftName.lowerCamel(folder)).\(name).swift"
        case .service, .editorSchema, .other: nil
        }
    }
}
