import EndpointKit
import Testing

@Suite("HTTPFields")
struct HTTPFieldsTests {
    @Test("names are case-insensitive and sent as written")
    func caseInsensitive() {
        var fields: HTTPFields = ["X-Trace": "a"]
        fields["x-trace"] = "b"
        #expect(fields.map(\.name) == ["X-Trace"])
        #expect(fields["X-TRACE"] == "b")
    }

    @Test("setting replaces every field of that name, nil removes them")
    func replace() {
        var fields = HTTPFields([
            .init(name: "A", value: "1"), .init(name: "B", value: "2"), .init(name: "a", value: "3"),
        ])
        fields["A"] = "4"
        #expect(fields.map(\.value) == ["4", "2"])
        fields["a"] = nil
        #expect(fields.map(\.name) == ["B"])
    }
}
