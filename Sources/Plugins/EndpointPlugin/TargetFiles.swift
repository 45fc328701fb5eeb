import Foundation
import PackagePlugin

/// The JSON files of a target that specs are looked for in: those that `Package.swift` neither declares as resources nor
/// excludes. Both plugins have this file, the other one by a link.
struct TargetFiles {
    let root: URL
    /// Relative to the root, sorted.
    let paths: [String]
    /// The options of the programs that read specs, for the other JSON files and the folders that have no file but such.
    let exclusions: [String]

    init(of target: any SourceModuleTarget) {
        root = target.directoryURL
        // What is excluded is not listed, and what no rule of the package manager is for is of an unknown type.
        let listed = Set(target.sourceFiles.lazy.filter { $0.type == .unknown }.map(\.url.path))
        var walk = Walk(root: root.path, listed: listed)
        // Most of the targets that a target depends on have no specs.
        if FileManager.default.fileExists(atPath: "\(root.path)/service.json") { _ = walk.read("", depth: 0) }
        paths = walk.paths.sorted()
        exclusions = walk.excluded.sorted().flatMap { ["--exclude", "\(walk.root)/\($0)"] }
    }

    /// Whether the target has specs.
    var hasService: Bool { paths.contains("service.json") }

    private struct Walk {
        /// As the generator's.
        static let depthLimit = 16

        let root: String
        let listed: Set<String>
        var paths: [String] = []
        var excluded: [String] = []

        /// Reads a folder, and returns whether it has anything that is listed.
        mutating func read(_ folder: String, depth: Int) -> Bool {
            guard depth <= Self.depthLimit else { return true }
            let known = excluded.count
            var isListed = false
            for name in names(in: folder) {
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                if !name.hasSuffix(".json") {
                    if isFolder(path), read(path, depth: depth + 1) { isListed = true }
                } else if listed.contains("\(root)/\(path)") {
                    paths.append(path)
                    isListed = true
                } else {
                    excluded.append(path)
                }
            }
            // One option is enough for a folder of a thousand resources.
            if !isListed, !folder.isEmpty, excluded.count > known {
                excluded.removeSubrange(known...)
                excluded.append(folder)
            }
            return isListed
        }

        private func names(in folder: String) -> [String] {
            let found = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
            return found.filter { !$0.hasPrefix(".") }.sorted()
        }

        private func isFolder(_ path: String) -> Bool {
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isDirectory)
                && isDirectory.boolValue
        }
    }
}
