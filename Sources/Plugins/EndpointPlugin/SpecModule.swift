import Foundation
import PackagePlugin

/// A target whose folder holds a `service.json`.
struct SpecModule {
    var target: String
    var folder: URL
    /// Every JSON file below the folder: each is an input, also those in a wrong place, which the tool reports.
    var files: [URL]
    /// The same files relative to the folder, with slashes.
    var specs: [String]
    /// The service that is extended, if any.
    var extendedService: String?
    var serviceName: String?

    init?(_ target: any Target) {
        guard let sources = target as? any SourceModuleTarget else { return nil }
        let root = sources.directoryURL.standardizedFileURL
        self.target = target.name
        folder = root
        files = sources.sourceFiles.map(\.url).filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
        let prefix = root.path.hasSuffix("/") ? root.path : root.path + "/"
        specs = files.map { $0.standardizedFileURL.path }.filter { $0.hasPrefix(prefix) }
            .map { String($0.dropFirst(prefix.count)) }
        guard let service = files.first(where: { $0.standardizedFileURL.path == prefix + "service.json" }) else {
            return nil
        }
        // A file that is no JSON is the tool's to report, with its position.
        let members = (try? JSONSerialization.jsonObject(with: Data(contentsOf: service))) as? [String: Any]
        extendedService = members?["extends"] as? String
        serviceName = members?["name"] as? String
    }
}
