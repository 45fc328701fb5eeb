import EndpointCodegen
import Foundation
import TestSupport
import Testing

/// What is generated for the fixtures, byte for byte. After a change that is meant,
///
///     UPDATE_GOLDEN=1 swift test --filter GoldenTests
///
/// writes it anew; the difference in git is what there is to review.
@Suite("Golden files")
struct GoldenTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

    @Test(
        "generated files equal the golden files",
        arguments: [
            ("Warehouse", nil), ("WarehouseFeeds", nil), ("WarehouseGate", nil), ("WarehouseOffice", "Warehouse"),
        ])
    func golden(name: String, base: String?) throws {
        let folder = Self.folder.appending(path: name)
        let files = try SpecFiles(fixture: name).generate(module: name, base: base.map { try SpecFiles(fixture: $0) })
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try? FileManager.default.removeItem(at: folder)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for file in files { try Data(file.text.utf8).write(to: folder.appending(path: file.name + ".txt")) }
        }
        let found = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(found == files.map { $0.name + ".txt" }.sorted())
        for file in files {
            let expected = try String(contentsOf: folder.appending(path: file.name + ".txt"), encoding: .utf8)
            #expect(file.text == expected, "\(file.name): see above how to update")
        }
    }
}
