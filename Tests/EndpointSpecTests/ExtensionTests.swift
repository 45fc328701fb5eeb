import EndpointCore
import EndpointSpec
import TestSupport
import Testing

@Suite("A module that extends another")
struct ExtensionTests {
    private let service = ("service.json", #"{ "extends": "Shop" }"#)

    private func fixture(_ texts: [(String, String)]) -> SpecFiles {
        let texts = Dictionary(([service] + texts).map { ("Mine/" + $0.0, $0.1) }) { $1 }
        var fixture = SpecFiles(texts)
        fixture.files = fixture.files.map { file in
            SpecFile(path: String(file.path.dropFirst(5)), displayPath: file.displayPath, contents: file.contents)
        }
        return fixture
    }

    private func base() throws -> SpecFiles { try SpecFiles.broken() }

    @Test("an extension uses the base's service, types and endpoints, and adds its own")
    func uses() throws {
        let mine = fixture([
            ("Items/listOld.json", #"{ "variantOf": "items.listItems", "summary": "Lists old items." }"#),
            (
                "Extra/find.json",
                """
                { "summary": "Finds an item.", "method": "GET", "path": "/find", "host": { "announcedBy": ["jobs.jobStatus"] },
                  "query": { "name": { "$ref": "types/Name.json" } },
                  "responseType": { "$ref": "types/Item.json" }, "errors": [ { "code": 5, "kind": "notFound" } ] }
                """
            ),
        ])
        let model = try mine.model(base: base())
        #expect(model.isExtension)
        #expect(model.name == "Shop")
        #expect(model.baseURL == "https://api.example.com")
        #expect(model.endpoints.map(\.id) == ["extra.find", "items.listOld"])
        #expect(model.baseEndpoints.count == 6)
        #expect(model.types.isEmpty)
        #expect(model.baseTypes.map(\.name) == ["Item", "Name"])
        #expect(model.groups.map(\.typeName) == ["Extra", "Items"])
        #expect(model.groups.map(\.isInBase) == [false, true])
        #expect(model.endpoints.map(\.group.isInBase) == [false, true])
        #expect(model.endpoints[1].paging?.name == "allOld")
        guard case .payload(let schema) = model.endpoints[1].response, case .object(let object) = schema.kind else {
            Issue.record("another payload")
            return
        }
        #expect(object.owner == .endpoint(id: "items.listItems", group: "Items"))
    }

    @Test("an extension cannot redefine what the base has")
    func clashes() throws {
        let mine = fixture([
            ("Items/listItems.json", #"{ "summary": "x", "method": "GET", "path": "/y", "response": null }"#),
            ("Extra/job.json", #"{ "summary": "x", "method": "GET", "path": "/v1/job", "response": null }"#),
            ("types/Name.json", #"{ "type": "integer" }"#),
        ])
        #expect(
            try mine.diagnostics(base: base()) == [
                #"Mine/Extra/job.json:1:44: error: GET /v1/job is "jobs.jobStatus" already; make this a variant "#
                    + #"("variantOf": "jobs.jobStatus"), or tell them apart by a "const" field"#,
                #"Mine/Items/listItems.json:1:1: error: "listItems" is a method already in the group Items "#
                    + "(Items/listItems.json:1); rename one",
                #"Mine/types/Name.json:1:1: error: nothing refers to the type "Name"; use it "#
                    + #"("$ref": "types/Name.json") or remove the file"#,
                #"Mine/types/Name.json:1:1: error: the extended module has a type "Name" (types/Name.json); rename this file"#,
            ])
    }

    @Test("a broken base is reported once")
    func brokenBase() throws {
        let mine = fixture([("Extra/find.json", "{ }")])
        let broken = try base().with("types/Name.json", "{").with("Items/listItems.json", "{")
        #expect(
            mine.diagnostics(base: broken) == [
                #"Mine/service.json:1:14: error: the specs of "Shop" have mistakes (the first: Items/listItems.json:1:2: "#
                    + "error: the file ends too early: expected a key in double quotes, found the end of the file); "
                    + "fix them there"
            ])
    }

    @Test("an extension cannot extend an extension")
    func chain() {
        let base = SpecFiles(["service.json": #"{ "extends": "Other" }"#])
        #expect(
            fixture([]).diagnostics(base: base) == [
                #"Mine/service.json:1:14: error: "Shop" extends another module itself; "#
                    + "extend that one, which has a full service.json"
            ])
    }
}
