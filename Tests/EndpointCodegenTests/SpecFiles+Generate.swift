import EndpointCodegen
import EndpointCore
import EndpointSpec
import TestSupport
import Testing

extension SpecFiles {
    /// An invented service `Shop` with these files; `service.json` may be one of them.
    static func shop(_ texts: [String: String]) -> SpecFiles {
        let service = #"{ "name": "Shop", "baseURL": "https://api.example.com", "timeZone": "+08:00" }"#
        return SpecFiles(texts.merging(["service.json": service]) { given, _ in given })
    }

    /// The files that are generated of specs without mistakes.
    func generate(module: String = "Shop", base: SpecFiles? = nil) throws -> [GeneratedFile] {
        let result = SpecChecker.check(files, base: base?.files, moduleName: module)
        #expect(result.diagnostics.map(\.description) == [])
        return SwiftGenerator.files(for: try #require(result.model), module: module)
    }
}
