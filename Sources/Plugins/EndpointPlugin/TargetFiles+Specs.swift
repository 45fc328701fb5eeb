import Foundation
import PackagePlugin

/// What the build plugin wants to know of a target's specs.
extension TargetFiles {
    /// Every JSON file is an input of the command, also what is not a spec: the tool says so, and the package manager takes
    /// it as accounted for.
    var all: [URL] { paths.map { root.appending(path: $0) } }

    /// The Swift files that come from endpoints and types.
    var outputNames: [String] { Array(Set(paths.compactMap(OutputName.file(forSpecAt:)))).sorted() }

    /// `service.json`; empty where it is there but cannot be read, for the tool says why.
    var service: [String: Any]? {
        guard hasService else { return nil }
        guard let data = try? Data(contentsOf: root.appending(path: "service.json")) else { return [:] }
        return (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] ?? [:]
    }
}
