import EndpointCore
import EndpointSpec
import Testing

@Suite("JSON Schemas for editors")
struct EditorSchemasTests {
    private func schema(_ text: String) throws -> JSONNode {
        try #require(SpecReader.read(Array(text.utf8), file: "schema").node)
    }

    @Test(
        "are JSON, say their draft, and have no reference to nowhere",
        arguments: [EditorSchemas.endpoint(), EditorSchemas.service(), EditorSchemas.type()])
    func references(text: String) throws {
        let root = try schema(text)
        #expect(root["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema")
        let tables = Set(root["$defs"]?.members?.map(\.key) ?? [])
        let used = Set(references(in: root).map { String($0.dropFirst("#/$defs/".count)) })
        #expect(used == tables)
    }

    private func references(in node: JSONNode) -> [String] {
        // "$ref" is also the name of a keyword, whose value is an object.
        let own = node["$ref"]?.string.map { [$0] } ?? []
        return own + (node.elements ?? []).flatMap { references(in: $0) }
            + (node.members ?? []).flatMap { references(in: $0.value) }
    }

    @Test("the editor schemas describe every key, and allow no other")
    func descriptions() throws {
        for text in [EditorSchemas.endpoint(), EditorSchemas.service(), EditorSchemas.type()] {
            for table in try schema(text)["$defs"]?.members ?? [] {
                #expect(table.value["additionalProperties"]?.boolean == false)
                for property in table.value["properties"]?.members ?? [] {
                    #expect(property.value["description"]?.string?.isEmpty == false)
                }
            }
        }
    }

    @Test("the editor schemas list an endpoint's keys in the order of the canonical text")
    func endpointKeys() throws {
        let endpoint = try schema(EditorSchemas.endpoint())["$defs"]?["endpoint"]
        #expect(
            endpoint?["properties"]?.members?.map(\.key) == [
                "$schema", "variantOf", "title", "summary", "documentation", "notes", "deprecated", "swiftName",
                "method", "path", "host", "url", "authentication", "envelope", "rate", "idempotent", "destructive",
                "pathParameters", "query", "headers", "encoding", "contentType", "body", "bodyType", "response",
                "responseType", "responseName", "nullPayload", "emptyResponse", "stream",
                "responseHeaders", "errorResponse", "checksum", "errors",
                "paging", "batch", "partial", "polling", "examples",
            ])
        #expect(endpoint?["properties"]?["method"]?["enum"]?.compactText.contains(#""GET""#) == true)
    }
}
