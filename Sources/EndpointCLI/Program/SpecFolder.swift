import EndpointDynamic
import EndpointSpec
import Foundation

/// Reads a folder of specs.
enum SpecFolder {
    /// The specs in a folder, by their path in it.
    static func files(_ folder: String) throws(CommandFailure) -> [SpecFile] {
        let root = URL(fileURLWithPath: folder).standardizedFileURL
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root.path, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw .usage("--endpoints: no such folder: \(folder)")
        }
        guard let paths = try? FileManager.default.subpathsOfDirectory(atPath: root.path) else {
            throw .usage("--endpoints: the folder \(folder) cannot be read")
        }
        var files: [SpecFile] = []
        for path in paths.sorted() where path.hasSuffix(".json") && !isHidden(path) {
            let url = root.appendingPathComponent(path)
            // JSON Schemas for editors are stored beside the specs.
            if path.hasSuffix(".schema.json") { continue }
            guard let data = try? Data(contentsOf: url) else {
                guard SpecPlace(path: path).isSpec else { continue }
                throw .usage("--endpoints: \(folder)/\(path) is not a readable file")
            }
            files.append(SpecFile(path: path, displayPath: "\(folder)/\(path)", contents: Array(data)))
        }
        return files
    }

    /// Makes a module from a folder; a `service.json` that extends a module refers to a known one.
    static func module(
        _ folder: String, isTrusted: Bool, known: [ProgramModule]
    ) throws(CommandFailure) -> ProgramModule {
        let files = try files(folder)
        guard files.contains(where: { $0.path == "service.json" }) else {
            let extended = known.first.map { " --extends \($0.name)" } ?? " NAME --base-url URL"
            throw .usage(
                "--endpoints: \(folder) has no service.json; make one with: endpoint-tool new service\(extended) "
                    + "--directory \(folder)")
        }
        let base = DynamicModule.extendedService(of: files).flatMap { name in known.first { $0.name == name } }
        let name = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
        do throws(InvalidSpecs) {
            let module = try DynamicModule(name: name, files: files, extending: base?.module)
            // An extension calls the service of its base: trust in it would be trust in that.
            return ProgramModule(module, folder: folder, isTrusted: isTrusted && base?.isTrusted ?? true)
        } catch {
            throw CommandFailure(.usage, error.description)
        }
    }

    private static func isHidden(_ path: String) -> Bool {
        path.split(separator: "/").contains { $0.hasPrefix(".") }
    }
}
