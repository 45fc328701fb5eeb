import EndpointCore
import EndpointSpec
import Foundation
import TestSupport
import Testing

extension SpecFiles {
    /// The valid module that broken specs are edits of.
    static func broken() throws -> SpecFiles {
        try SpecFiles(
            folder: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/Broken/base"))
    }

    func check(base: SpecFiles? = nil, moduleName: String = "Fixture") -> SpecCheckResult {
        SpecChecker.check(files, base: base?.files, moduleName: moduleName)
    }

    /// The diagnostics, as they are printed.
    func diagnostics(base: SpecFiles? = nil) -> [String] {
        check(base: base).diagnostics.map(\.description)
    }

    /// The model of files without mistakes.
    func model(base: SpecFiles? = nil) throws -> ServiceModel {
        let result = check(base: base)
        #expect(result.diagnostics.map(\.description) == [])
        return try #require(result.model)
    }
}
