import EndpointSpec
import Foundation
import Testing

/// A module's files in a test: from the fixtures, or written in the test itself.
struct Fixture {
    var files: [SpecFile]

    /// `["service.json": "{…}", …]`; diagnostics show the paths as they are.
    init(_ texts: [String: String]) {
        files = texts.sorted { $0.key < $1.key }.map {
            SpecFile(path: $0.key, displayPath: $0.key, contents: Array($0.value.utf8))
        }
    }

    /// Modules that other tests compile and run.
    static let samples = "../../GeneratedFixture/Drive"
    static let warehouse = "../../GeneratedFixture/Warehouse"

    /// All JSON files below a folder of `Fixtures`.
    init(folder: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(folder)")
            .standardizedFileURL
        let names = try #require(FileManager.default.enumerator(atPath: root.path)).compactMap { $0 as? String }
        files = try names.filter { $0.hasSuffix(".json") }.sorted().map {
            SpecFile(path: $0, displayPath: $0, contents: Array(try Data(contentsOf: root.appending(path: $0))))
        }
    }

    func check(base: Fixture? = nil, moduleName: String = "Fixture") -> SpecCheckResult {
        SpecChecker.check(files, base: base?.files, moduleName: moduleName)
    }

    /// The diagnostics, as they are printed.
    func diagnostics(base: Fixture? = nil) -> [String] {
        check(base: base).diagnostics.map(\.description)
    }

    /// The model of files without mistakes.
    func model(base: Fixture? = nil) throws -> ServiceModel {
        let result = check(base: base)
        #expect(result.diagnostics.map(\.description) == [])
        return try #require(result.model)
    }

    func text(_ path: String) -> String {
        files.first { $0.path == path }.map { String(decoding: $0.contents, as: UTF8.self) } ?? ""
    }

    /// A copy with another text for one file.
    func with(_ path: String, _ text: String) -> Fixture {
        var copy = self
        copy.files.removeAll { $0.path == path }
        copy.files.append(SpecFile(path: path, displayPath: path, contents: Array(text.utf8)))
        return copy
    }
}
