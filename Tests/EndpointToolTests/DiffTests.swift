import EndpointTool
import TestSupport
import Testing

@Suite("endpoint-tool diff")
struct DiffTests {
    @Test("A major change ends with 1, any other with 0, and the verdict is the last line")
    func verdict() throws {
        let old = try TemporaryFolder.specs()
        let new = try TemporaryFolder.specs()
        try new.write(
            "Items/get.json", TemporaryFolder.good.replacing(#""id""#, with: #""all": { "type": "boolean" }, "id""#))
        #expect(
            Run("diff", old.path, new.path)
                == Run(
                    code: 1,
                    output: [
                        "\(new.path)/Items/get.json:5:14: major: items.get: the argument \"all\" was added (calls without "
                            + "it no longer compile)",
                        "major: 1 major, 0 minor, 0 patch",
                    ], errors: []))
        #expect(
            Run("diff", old.path, old.path)
                == Run(code: 0, output: ["none: nothing changed for callers"], errors: []))
        #expect(
            Run("diff", "--format", "json", old.path, old.path)
                == Run(code: 0, output: [#"{"verdict":"none","changes":[]}"#], errors: []))
    }

    @Test("A keyword's change is at the keyword, in the old version where it was removed")
    func positions() throws {
        let old = try TemporaryFolder.specs()
        let new = try TemporaryFolder.specs()
        try old.write(
            "Items/get.json",
            TemporaryFolder.good.replacing(#""path""#, with: #""rate": { "limit": 1, "per": "second" }, "path""#))
        try new.write("Items/get.json", TemporaryFolder.good.replacing("/item", with: "/items"))
        #expect(
            Run("diff", old.path, new.path)
                == Run(
                    code: 1,
                    output: [
                        "\(new.path)/Items/get.json:4:3: major: items.get: the path changed from /item to /items (an "
                            + "unchanged call sends another request)",
                        "\(old.path)/Items/get.json:4:3: patch: items.get: \"rate\" was removed: "
                            + "{\"limit\":1,\"per\":\"second\"} (the same request; only the time between two calls changes)",
                        "major: 1 major, 0 minor, 1 patch",
                    ], errors: []))
    }

    @Test("A wrong command line says what is missing, and mistakes in either folder are reported")
    func misuse() throws {
        let usage = "endpoint-tool --help says how it is used"
        #expect(
            Run("diff", "a")
                == Run(
                    code: 2, output: [],
                    errors: ["endpoint-tool: two folders with specs, OLD and NEW, not 1", usage]))
        let folder = try TemporaryFolder.specs()
        #expect(
            Run("diff", folder.path, "/nowhere")
                == Run(
                    code: 1, output: [],
                    errors: [
                        "/nowhere:1:1: error: there is no such folder; give the folder that holds service.json"
                    ]))
    }
}
