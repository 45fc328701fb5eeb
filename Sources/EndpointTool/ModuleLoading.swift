import EndpointSpec

/// A module's specs, read and checked.
struct CheckedModule {
    let folder: SpecFolder
    let model: ServiceModel
    /// The module's name in Swift.
    let name: String
}

extension Tool {
    /// Reads and checks the specs of a folder.
    ///
    /// - Parameters:
    ///   - moduleName: Its name in Swift, where the caller knows it.
    ///   - bases: Folders that may hold the module that it extends.
    func load(_ folder: SpecFolder, moduleName: String? = nil, bases: [SpecFolder]) throws(Failure) -> CheckedModule {
        guard !folder.files.isEmpty else {
            throw Failure(folder.path, "there are no specs in this folder; give the folder that holds service.json")
        }
        let name = moduleName ?? folder.name ?? folder.folderName
        var base: SpecFolder?
        if let extended = folder.extended {
            base = try self.base(extended, of: folder, among: bases)
        }
        let result = SpecChecker.check(folder.files, base: base?.files, moduleName: name)
        guard let model = result.model else { throw Failure(result.diagnostics) }
        return CheckedModule(folder: folder, model: model, name: name)
    }

    /// The folder of an extended module, found by the name in its `service.json`, or else by the folder's own.
    private func base(
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
