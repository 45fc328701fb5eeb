/// The object in a file: read and checked already, or read when it is first asked for.
class FileSource {
    let file: SpecSource
    /// Nil if the file could not be read.
    private(set) lazy var node: JSONNode? = file.reading.node

    /// A file that was checked before, and is not read yet.
    init(_ file: SpecSource) {
        self.file = file
    }

    /// A file with the object in it, checked for its form.
    init(_ file: SpecSource, node: JSONNode?) {
        self.file = file
        self.node = node
    }
}

/// A file of `types/`.
final class TypeSource: FileSource {}

/// An endpoint's file.
final class EndpointSource: FileSource {
    let id: String
    let group: GroupModel
    /// The file's name without `.json`.
    let name: String

    /// The Swift method.
    private(set) lazy var methodName = Self.methodName(file: name, given: node?["swiftName"]?.string)
    /// The method's name as the beginning of a type's.
    private(set) lazy var typePrefix = SwiftName.upperCamel(methodName)

    init(_ file: SpecSource, _ group: GroupModel, name: String) {
        (id, self.group, self.name) = (Self.id(group, name), group, name)
        super.init(file)
    }

    init(_ file: SpecSource, _ group: GroupModel, name: String, node: JSONNode?) {
        (id, self.group, self.name) = (Self.id(group, name), group, name)
        super.init(file, node: node)
    }

    /// `oss.listCopyFailures`
    static func id(_ group: GroupModel, _ name: String) -> String { group.propertyName + "." + name }

    /// The Swift method of a spec: called like the file, unless `swiftName` says otherwise.
    static func methodName(file name: String, given: String?) -> String {
        given.flatMap { SwiftName.isIdentifier($0) ? $0 : nil } ?? name
    }
}

/// Reads the files of a module and sorts them by what they are.
struct SpecSorting {
    private(set) var service: JSONNode?
    private(set) var types: [String: TypeSource] = [:]
    private(set) var endpoints: [String: EndpointSource] = [:]
    /// By folder.
    private(set) var groups: [String: GroupModel] = [:]
    private(set) var isComplete = true

    private let report: Report
    private var paths: [String: String] = [:]

    /// Sorts files that were checked before. Only `service.json` is read.
    init(checked files: [SpecSource]) {
        report = Report()
        for file in files {
            switch SpecPlace(path: file.path) {
            case .service: service = file.reading.node
            case .type(let name): types[name] = TypeSource(file)
            case .endpoint(let folder, let name):
                let group =
                    groups[folder]
                    ?? GroupModel(typeName: folder, propertyName: SwiftName.lowerCamel(folder), isInBase: false)
                groups[folder] = group
                let source = EndpointSource(file, group, name: name)
                endpoints[source.id] = source
            case .editorSchema, .other: break
            }
        }
    }

    init(_ files: [SpecSource], report: Report) {
        self.report = report
        let files = files.sorted { ($0.path, $0.displayPath) < ($1.path, $1.displayPath) }
        for file in files { add(file, file.reading) }
        if service == nil, !files.contains(where: { $0.path == "service.json" }) {
            report.error(
                SourcePosition(file: Self.servicePath(files)),
                "there is no service.json; write one with \"name\" and \"baseURL\", or with \"extends\"")
        }
    }

    private mutating func add(_ file: SpecSource, _ reading: SpecReader.Reading) {
        let position = SourcePosition(file: file.displayPath)
        if let other = paths.updateValue(file.displayPath, forKey: file.path) {
            report.error(position, "\"\(file.path)\" is given twice (the other: \(other)); remove one")
            return
        }
        switch SpecPlace(path: file.path) {
        case .editorSchema: break
        case .service: service = take(reading, of: file) { Self.isExtension($0) ? .extensionService : .service }
        case .type(let name): addType(name, file, reading)
        case .endpoint(let folder, let name): addEndpoint(name, folder: folder, file, reading)
        case .other:
            guard let node = reading.node, SpecPlace.looksLikeEndpoint(node) else { break }
            isComplete = false
            report.error(position, Self.misplaced(file.path))
        }
    }

    /// What is wrong with the place of a file that looks like an endpoint's.
    private static func misplaced(_ path: String) -> String {
        let parts = path.split(separator: "/")
        let remedy =
            parts.count == 2
            ? "\"\(parts[0])\" cannot be the name of a group; call the folder \(typeName(String(parts[0])))"
            : "a spec in the wrong folder; endpoints belong in Group/name.json, shared types in types/Name.json"
        return remedy + ", and declare what is not a spec as a resource in Package.swift"
    }

    private mutating func addType(_ name: String, _ file: SpecSource, _ reading: SpecReader.Reading) {
        if !SwiftName.isTypeName(name) {
            report.error(
                SourcePosition(file: file.displayPath),
                "\"\(name)\" cannot be the name of a Swift type; call the file \(Self.typeName(name)).json")
        }
        let node = take(reading, of: file) { _ in .type }
        types[name] = TypeSource(file, node: node)
    }

    private mutating func addEndpoint(
        _ name: String, folder: String, _ file: SpecSource, _ reading: SpecReader.Reading
    ) {
        let position = SourcePosition(file: file.displayPath)
        if groups[folder] == nil {
            let property = SwiftName.lowerCamel(folder)
            if let other = groups.values.first(where: { $0.propertyName == property }) {
                report.error(
                    position,
                    "the groups \(folder) and \(other.typeName) are both \"\(property)\" in Swift; rename one folder")
            } else if SwiftName.takenInClients.contains(property) {
                report.error(position, "every client has a \"\(property)\" of its own; rename the folder \(folder)")
            }
            groups[folder] = GroupModel(typeName: folder, propertyName: property, isInBase: false)
        }
        guard let group = groups[folder] else { return }
        if !SwiftName.isValueName(name) {
            report.error(
                position,
                "\"\(name)\" cannot be the name of a Swift method; call the file \(Self.methodName(name)).json")
        }
        let node = take(reading, of: file) { _ in .endpoint }
        let id = EndpointSource.id(group, name)
        if let other = endpoints[id] {
            report.error(position, "two specs have the id \"\(id)\" (the other: \(other.file.displayPath)); rename one")
            return
        }
        endpoints[id] = EndpointSource(file, group, name: name, node: node)
    }

    /// The object in a file, checked for its form; nil if there is none.
    private mutating func take(
        _ reading: SpecReader.Reading, of file: SpecSource, as table: (JSONNode) -> KeywordTable
    ) -> JSONNode? {
        for diagnostic in reading.diagnostics { report.add(diagnostic) }
        guard let node = reading.node, node.members != nil else {
            isComplete = false
            if let node = reading.node {
                report.error(node.position, "a spec is an object, not \(node.kindName); write { … }")
            }
            return nil
        }
        let shape = Shape.keywords(table(node))
        let count = report.diagnostics.count
        StructureCheck(report: report).check(node, shape, called: file.path)
        return report.diagnostics.count == count ? node : StructureRepair.repaired(node, shape)
    }

    /// Whether it has `extends`, or a misspelt one.
    private static func isExtension(_ node: JSONNode) -> Bool {
        let keys = (node.members ?? []).map(\.key)
        if keys.contains("extends") || keys.contains("name") { return keys.contains("extends") }
        return Suggestion.nearest(to: "extends", in: keys) != nil
    }

    private static func typeName(_ text: String) -> String {
        let name = SwiftName.upperCamel(text)
        return SwiftName.isIdentifier(name) ? name : "like MyType"
    }

    private static func methodName(_ text: String) -> String {
        let name = SwiftName.lowerCamel(text)
        return SwiftName.isIdentifier(name) ? name : "like listThings"
    }

    /// Where service.json would be shown, judged by a file that is there.
    private static func servicePath(_ files: [SpecSource]) -> String {
        for file in files.sorted(by: { $0.displayPath < $1.displayPath }) where file.displayPath.hasSuffix(file.path) {
            return file.displayPath.dropLast(file.path.count) + "service.json"
        }
        return "service.json"
    }
}

extension SpecPlace {
    /// Whether an object is an endpoint's, wherever its file is.
    static func looksLikeEndpoint(_ node: JSONNode) -> Bool {
        (node["method"] != nil && node["path"] != nil) || node["variantOf"] != nil
    }
}
