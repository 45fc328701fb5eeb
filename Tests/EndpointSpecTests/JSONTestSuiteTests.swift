import EndpointCore
import EndpointSpec
import Foundation
import Testing

/// The files of the public JSONTestSuite: `y_` are JSON, `n_` are not, `i_` are left to the implementation. They are not part of
/// this repository; `.ci/json-suite FOLDER` says where they are.
@Suite("JSONTestSuite", .enabled(if: JSONTestSuite.folder != nil))
struct JSONTestSuiteTests {
    @Test("responses: what is JSON is read, and nothing else")
    func responses() throws {
        let files = try JSONTestSuite.files()
        for file in files {
            var isRead = true
            do { _ = try JSONValue(reading: file.bytes) } catch { isRead = false }
            if let isJSON = file.isJSON { #expect(isRead == isJSON, "\(file.name)") }
        }
        print("responses: \(files.count) files of JSONTestSuite read")
    }

    @Test("specs: what is JSON is read, and nothing else; a duplicate key is an error, as the language says")
    func specs() throws {
        let duplicates = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]
        for file in try JSONTestSuite.files() {
            let reading = SpecReader.read(file.bytes, file: file.name)
            #expect(reading.node != nil || !reading.diagnostics.isEmpty)
            guard let isJSON = file.isJSON else { continue }
            let isRead = reading.node != nil && reading.diagnostics.isEmpty
            if duplicates.contains(file.name) {
                #expect(reading.diagnostics.map(\.message).allSatisfy { $0.contains("duplicate") }, "\(file.name)")
                #expect(!isRead, "\(file.name)")
            } else {
                #expect(isRead == isJSON, "\(file.name): \(reading.diagnostics.map(\.description))")
            }
        }
    }
}

enum JSONTestSuite {
    struct File {
        var name: String
        var bytes: [UInt8]
        /// Nil where the standard lets a reader choose.
        var isJSON: Bool? { name.hasPrefix("y_") ? true : name.hasPrefix("n_") ? false : nil }
    }

    static var folder: String? { ProcessInfo.processInfo.environment["JSON_TEST_SUITE"] }

    static func files() throws -> [File] {
        let folder = URL(fileURLWithPath: try #require(folder))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        try #require(names.contains { $0.hasPrefix("y_") } && names.contains { $0.hasPrefix("n_") })
        return try names.sorted().map {
            File(name: $0, bytes: Array(try Data(contentsOf: folder.appendingPathComponent($0))))
        }
    }
}
