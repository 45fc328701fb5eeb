import EndpointCodegen
import EndpointCore
import EndpointImport
import EndpointSpec
import Foundation

extension Tool {
    /// `import page`: writes a spec for each call that pages in Markdown describe.
    func importPages(_ words: [String]) throws {
        let arguments = try Arguments(words, options: ["group", "output", "name", "base", "exclude"], flags: ["skip"])
        guard !arguments.paths.isEmpty else {
            throw Arguments.Misuse(message: "a page is missing: import page FILE.md…")
        }
        let group = try arguments.required("group")
        guard group != "types", SpecPlace.holdsSpecs(folder: group) else {
            throw Arguments.Misuse(message: "--group \"\(group)\" is not the name of a group, such as OSS")
        }
        let name = try arguments.value("name")
        if let name, !SwiftName.isValueName(name) {
            throw Arguments.Misuse(message: "--name \"\(name)\" is not the name of a spec, such as listFiles")
        }
        let directory = try arguments.required("output")
        let target = try target(arguments.folder(directory), group: group, bases: arguments.bases)
        let pages = try arguments.paths.flatMap { path throws(Failure) in try Self.pages(at: path) }
        let (result, diagnostics) = PageImport.specs(
            of: pages, in: target, name: name, skipsOthers: arguments.flags.contains("skip"))
        guard diagnostics.isEmpty else { throw Failure(diagnostics) }
        let written = try write(result.files, to: directory)
        PageReport(result.notes, files: written).lines.forEach(output)
        guard !result.notes.contains(where: { $0.kind == .refused }) else {
            var failure = Failure([])
            failure.code = 6
            throw failure
        }
    }

    /// The module that specs go to.
    private func target(
        _ folder: SpecFolder, group: String, bases: [SpecFolder]
    ) throws(Failure) -> PageImport.Target {
        guard folder.files.contains(where: { $0.path == "service.json" }) else {
            throw Failure(
                folder.path,
                "no service.json in this folder; make one with \"endpoint-tool new service\", or give another --output")
        }
        let module = try CheckedModule(folder, bases: bases)
        let base = folder.extended.flatMap { extended in
            bases.first { $0.name == extended } ?? bases.first { $0.folderName == extended }
        }
        return PageImport.Target(
            files: folder.files, base: base?.files, moduleName: module.name, service: module.model, group: group)
    }

    /// The page of a file, or those of a folder and the folders in it.
    private static func pages(at path: String) throws(Failure) -> [PageImport.Page] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Failure(path, "there is no such file; give a page in Markdown, or a folder with pages")
        }
        guard isFolder.boolValue else { return [try page(at: path)] }
        let names = (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? [])
            .filter { $0.lowercased().hasSuffix(".md") || $0.lowercased().hasSuffix(".markdown") }.sorted()
        guard !names.isEmpty else {
            throw Failure(path, "there is no page in this folder; pages are files that end in .md")
        }
        let prefix = path.hasSuffix("/") ? path : path + "/"
        return try names.map { name throws(Failure) in try page(at: prefix + name) }
    }

    private static func page(at path: String) throws(Failure) -> PageImport.Page {
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            guard let text = String(validating: data, as: UTF8.self) else {
                throw Failure(path, "the page is not text in UTF-8; save it so")
            }
            return PageImport.Page(path: path, text: text)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(path, "the file cannot be read: \(error.localizedDescription)")
        }
    }
}
