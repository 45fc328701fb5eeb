import EndpointDynamic
import EndpointTool
import Foundation
import Pan123
import Testing

/// The tables in the documentation are those of the specs.
@Suite("Documents")
struct DocumentsTests {
    @Test("the tables of the endpoints are as the specs make them")
    func tables() throws {
        let file = "Endpoints/Pan123.docc/Endpoints.md"
        let command = "endpoint-tool docs --program pan --output \(file) Endpoints"
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let written = try String(contentsOf: root.appending(path: file), encoding: .utf8)
        let text = EndpointTables(try #require(try DynamicModule(.pan123).specs.model), program: "pan", source: command)
            .text
        #expect(written == text, "swift run \(command)")
    }
}
