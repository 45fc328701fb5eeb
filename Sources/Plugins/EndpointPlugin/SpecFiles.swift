import Foundation

/// The JSON files of a target: at its root, and in the folders there.
struct SpecFiles {
    let root: URL
    /// Relative to the root, sorted.
    private let paths: [String]

    init(in root: URL) {
        self.root = root
        var paths: [String] = []
        for name in Self.names(in: root) {
            if name.hasSuffix(".json") {
                paths.append(name)
            } else {
                paths += Self.names(in: root.appending(path: name)).filter { $0.hasSuffix(".json") }.map {
                    "\(name)/\($0)"
                }
            }
        }
        self.paths = paths
    }

    /// Every one is an input of the command, also what is not a spec: the tool says so, and the package manager takes it as
    /// accounted for.
    var all: [URL] { paths.map { root.appending(path: $0) } }

    /// The Swift files that come from endpoints and types.
    var outputNames: [String] { Array(Set(paths.compactMap(OutputName.file(forSpecAt:)))).sorted() }

    /// `service.json`; empty where it is there but cannot be read, for the tool says why.
    var service: [String: Any]? {
        guard paths.contains("service.json") else { return nil }
        guard let data = try? Data(contentsOf: root.appending(path: "service.json")) else { return [:] }
        return (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] ?? [:]
    }

    private static func names(in folder: URL) -> [String] {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return found.filter { !$0.hasPrefix(".") }.sorted()
    }
}
