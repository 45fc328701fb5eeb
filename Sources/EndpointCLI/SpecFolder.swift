import EndpointDynamic
import EndpointSpec
import Foundation

/// Reads a folder of specs from the disk.
enum SpecFolder {
    /// All specs below a folder, by their path in it.
    static func files(_ folder: String) throws(CommandFailure) -> [SpecFile] {
        let root = URL(fileURLWithPath: folder).standardizedFileURL
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root.path, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw .usage("--endpoints: there is no folder \(folder)")
        }
        guard let paths = try? FileManager.default.subpathsOfDirectory(atPath: root.path) else {
            throw .usage("--endpoints: the folder \(folder) cannot be read")
        }
        var files: [SpecFile] = []
        for path in paths.sorted() where path.hasSuffix(".json") && !isHidden(path) {
            let url = root.appendingPathComponent(path)
            // The JSON Schemas for editors may lie beside the specs.
            if path.hasSuffix(".schema.json") { continue }
            guard let data = try? Data(contentsOf: url) else {
                throw .usage("--endpoints: \(folder)/\(path) is not a file that can be read")
            }
            files.append(SpecFile(path: path, displayPath: "\(folder)/\(path)", contents: Array(data)))
        }
        return files
    }

    /// The module that a folder's specs are, on top of those that are known already.
    static func module(_ folder: String, known: [DynamicModule]) throws(CommandFailure) -> DynamicModule {
        let files = try files(folder)
        let base = DynamicModule.extendedService(of: files).flatMap { name in known.first { $0.name == name } }
        let name = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
        do throws(InvalidSpecs) {
            return try DynamicModule(name: name, files: files, extending: base)
        } catch {
            throw CommandFailure(.usage, error.description)
        }
    }

    private static func isHidden(_ path: String) -> Bool {
        path.split(separator: "/").contains { $0.hasPrefix(".") }
    }
}
