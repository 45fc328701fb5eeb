/// A folder with the specs of a module: all JSON files in it and below, but for those whose name begins with a dot and those in a
/// documentation catalog. What is not a spec by its path is read, too, since it may be one in the wrong folder; where it
/// cannot be read, it is left out.
public struct SpecFolder {
    /// As given.
    public let path: String
    /// The files, sorted by path.
    public let files: [SpecFile]

    /// Reads a folder; all specs that cannot be read are reported at once.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - excluded: Files and folders in it that hold no specs, such as resources of a target. Each begins with `path`.
    /// - Throws: A `Failure` with everything that cannot be read.
    public init(_ path: String, excluding excluded: [String] = []) throws(Failure) {
        let path = Self.withoutSlash(path)
        guard let kind = Disk.kind(of: path) else {
            throw Failure(path, "there is no such folder; give the folder that holds service.json")
        }
        guard kind == .folder else {
            throw Failure(path, "this is a file; give the folder that holds service.json")
        }
        var walk = Walk(root: path, excluded: Set(excluded.map(Self.withoutSlash)))
        walk.read(folder: "", ancestors: [])
        guard walk.diagnostics.isEmpty else { throw Failure(walk.diagnostics.sorted { $0.position < $1.position }) }
        self.path = path
        files = walk.files
    }

    private static func withoutSlash(_ path: String) -> String {
        path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// What `service.json` says under a key, without checking it.
    public func setting(_ key: String) -> String? {
        guard let file = files.first(where: { $0.path == "service.json" }) else { return nil }
        return SpecReader.read(file.contents, file: file.displayPath).node?[key]?.string
    }

    /// The `name` in `service.json`.
    public var name: String? { setting("name") }
    /// The `extends` in `service.json`.
    public var extended: String? { setting("extends") }

    /// The folder's own name.
    public var folderName: String {
        let isName = path.split(separator: "/").last.map { $0 != "." && $0 != ".." } ?? false
        let named = isName ? path : Disk.realPath(path)
        return named.split(separator: "/").last.map(String.init) ?? named
    }

    private struct Walk {
        /// Far more than a module needs: deeper only by mistake.
        static let depthLimit = 16

        let root: String
        let excluded: Set<String>
        var files: [SpecFile] = []
        var diagnostics: [Diagnostic] = []

        /// - Parameters:
        ///   - folder: Relative to the root; empty for the root.
        ///   - ancestors: Real paths of the folders that it is in, for links that lead back.
        mutating func read(folder: String, ancestors: [String]) {
            let path = folder.isEmpty ? root : display(folder)
            let holdsSpecs =
                folder.isEmpty || SpecPlace.holdsSpecs(folder: String(folder.split(separator: "/").first ?? ""))
            let real = Disk.realPath(path)
            if ancestors.contains(real) || ancestors.count > Self.depthLimit {
                if holdsSpecs { report(path, "a link leads back to a folder that it is in; remove it") }
                return
            }
            let names: [String]
            do {
                names = try Disk.names(in: path)
            } catch {
                if holdsSpecs { report(path, "the folder cannot be read: \(error)") }
                return
            }
            for name in names where !name.hasPrefix(".") && !name.hasSuffix(".docc") {
                read(folder.isEmpty ? name : "\(folder)/\(name)", ancestors: ancestors + [real])
            }
        }

        private mutating func read(_ item: String, ancestors: [String]) {
            let path = display(item)
            if excluded.contains(path) { return }
            let isSpec = SpecPlace(path: item).isSpec
            switch Disk.kind(of: path) {
            case nil:
                // A link to nothing, or to itself.
                if isSpec { report(path, "the file cannot be read: it is a link that leads nowhere") }
            case .folder where isSpec:
                report(path, "this is a folder; a spec is a file, so rename the folder")
            case .folder:
                read(folder: item, ancestors: ancestors)
            case .file where item.hasSuffix(".json"):
                do {
                    files.append(SpecFile(path: item, displayPath: path, contents: try Descriptor.bytes(ofFile: path)))
                } catch {
                    if isSpec { report(path, "the file cannot be read: \(error)") }
                }
            case .other where isSpec:
                // A pipe would be waited for, and a device such as /dev/zero never ends.
                report(path, "the file cannot be read: it is a pipe or a device; a spec is an ordinary file")
            case .file, .other: break
            }
        }

        private func display(_ item: String) -> String {
            root == "." ? item : root.hasSuffix("/") ? root + item : "\(root)/\(item)"
        }

        private mutating func report(_ path: String, _ message: String) {
            diagnostics.append(Diagnostic(SourcePosition(file: path), message))
        }
    }
}

/// The specs of a module, read and checked.
public struct CheckedModule {
    /// The folder that the specs are in.
    public let folder: SpecFolder
    /// The checked specs.
    public let model: ServiceModel
    /// The module's name in Swift.
    public let name: String

    /// Checks the specs of a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder that holds `service.json`.
    ///   - moduleName: The module's name in Swift, where the caller knows it.
    ///   - bases: Folders that may hold the module that it extends.
    /// - Throws: A `Failure` with everything that is wrong.
    public init(_ folder: SpecFolder, moduleName: String? = nil, bases: [SpecFolder]) throws(Failure) {
        guard !folder.files.isEmpty else {
            throw Failure(folder.path, "there are no specs in this folder; give the folder that holds service.json")
        }
        let name = moduleName ?? folder.name ?? folder.folderName
        var base: SpecFolder?
        if let extended = folder.extended {
            base = try Self.base(extended, of: folder, among: bases)
        }
        let result = SpecChecker.check(folder.files, base: base?.files, moduleName: name)
        guard let model = result.model else { throw Failure(result.diagnostics) }
        self.folder = folder
        self.model = model
        self.name = name
    }

    /// The folder of an extended module, found by the name in its `service.json`, or else by the folder's own.
    private static func base(
        _ name: String, of folder: SpecFolder, among bases: [SpecFolder]
    ) throws(Failure) -> SpecFolder {
        let others = bases.filter { $0.path != folder.path && $0.extended == nil }
        if let base = others.first(where: { $0.name == name }) { return base }
        if let base = others.first(where: { $0.folderName == name }) { return base }
        let service = folder.files.first { $0.path == "service.json" }?.displayPath ?? folder.path
        let names = others.compactMap(\.name)
        throw Failure(
            service,
            "the specs of \"\(name)\", which this extends, are not given; add --base DIR with the folder of that module"
                + (names.isEmpty ? "" : " (given: \(names.joined(separator: ", ")))"))
    }
}

/// Why a command ends with exit code 1: diagnostics of specs, or of files that cannot be read or written.
public struct Failure: Error {
    /// What is wrong, each with its position.
    public var diagnostics: [Diagnostic]
    /// The exit code of the program: 1 for mistakes, 7 where a file could not be written.
    public var code: Int32 = 1

    /// Makes a failure of these diagnostics.
    public init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    /// One diagnostic about a whole file.
    public init(_ path: String, _ message: String) {
        diagnostics = [Diagnostic(SourcePosition(file: path), message)]
    }

    /// A file that cannot be written.
    public static func unwritten(_ path: String, _ problem: String) -> Failure {
        var failure = Failure(path, "the file cannot be written: \(problem)")
        failure.code = 7
        return failure
    }
}
