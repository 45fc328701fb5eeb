import EndpointCore
import EndpointImport
import Testing

@Suite("The text of an imported spec")
struct SpecTextTests {
    @Test("A value stands on one line where it fits, and the outermost object never does")
    func lines() throws {
        let long = String(repeating: "x", count: 80)
        let value = try #require(
            JSONValue(reading: Array(#"{"a":{"b":[1,{}],"c":null},"d":{"e":"\#(long)","f":["\#(long)"]}}"#.utf8)).object
        )
        #expect(
            SpecText.file(value) == """
                {
                  "a": { "b": [1, {}], "c": null },
                  "d": {
                    "e": "\(long)",
                    "f": ["\(long)"]
                  }
                }

                """)
    }
}
