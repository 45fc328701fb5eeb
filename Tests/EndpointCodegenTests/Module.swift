import EndpointCodegen
import EndpointSpec
import Foundation
import Testing

/// Specs that a test makes Swift of.
struct Module {
    var files: [SpecFile]
    var name: String
    var base: [SpecFile]?

    /// A folder of the module's fixtures, which other tests compile and run.
    init(fixture name: String, base: String? = nil) throws {
        files = try Self.files(name)
        self.name = name
        self.base = try base.map(Self.files)
    }

    /// One endpoint `Group/call.json` of an invented service, or what else `texts` has.
    init(_ texts: [String: String]) {
        let service = #"{ "name": "Shop", "baseURL": "https://api.example.com", "timeZone": "+08:00" }"#
        files = texts.merging(["service.json": service]) { given, _ in given }.sorted { $0.key < $1.key }.map {
            SpecFile(path: $0.key, displayPath: $0.key, contents: Array($0.value.utf8))
        }
        name = "Shop"
    }

    func generate() throws -> [GeneratedFile] {
        let result = SpecChecker.check(files, base: base, moduleName: name)
        #expect(result.diagnostics.map(\.description) == [])
        return SwiftGenerator.files(for: try #require(result.model), module: name)
    }

    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../GeneratedFixture").standardizedFileURL

    private static func files(_ name: String) throws -> [SpecFile] {
        let root = fixtures.appending(path: name)
        let names = try #require(FileManager.default.enumerator(atPath: root.path)).compactMap { $0 as? String }
        return try names.filter { $0.hasSuffix(".json") }.sorted().map {
            SpecFile(path: $0, displayPath: $0, contents: Array(try Data(contentsOf: root.appending(path: $0))))
        }
    }
}
