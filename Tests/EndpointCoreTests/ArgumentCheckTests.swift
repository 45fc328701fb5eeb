import EndpointCore
import Testing

@Suite("Schema: checks before sending")
struct ArgumentCheckTests {
    private func check(_ value: JSONValue, _ schema: Schema) -> [String] {
        schema.violations(ofArgument: value, at: [.field("x")]).map { "\($0.pathText): \($0.message)" }
    }

    @Test(
        "ranges of integers and numbers",
        arguments: [
            (JSONValue.integer(1), Schema.integer(minimum: 1, maximum: 3), nil),
            (3, .integer(minimum: 1, maximum: 3), nil),
            (0, .integer(minimum: 1, maximum: 3), "x: must be in 1…3; got 0"),
            (0, .integer(minimum: 1), "x: must be at least 1; got 0"),
            (9, .integer(maximum: 3), "x: must be at most 3; got 9"),
            ("1", .integer(), "x: must be an integer; got \"1\""), (1.5, .integer(), "x: must be an integer; got 1.5"),
            (.integer(.max), .integer(), nil), (1.5, .number(minimum: 0.5, maximum: 2), nil),
            (2, .number(maximum: 2), nil),
            (0.25, .number(minimum: 0.5), "x: must be at least 0.5; got 0.25"),
            (.number(.nan), .number(), "x: must be a finite number"),
            (.number(.infinity), .number(minimum: 0), "x: must be a finite number"),
        ] as [(JSONValue, Schema, String?)])
    func ranges(value: JSONValue, schema: Schema, message: String?) {
        #expect(check(value, schema) == [message].compactMap { $0 })
    }

    @Test(
        "lengths count code points, as JSON Schema does",
        arguments: [
            (JSONValue.string(""), Schema.string(minLength: 1), "x: must not be empty"),
            ("a", .string(minLength: 2), "x: must have at least 2 characters; got 1"),
            ("中文", .string(minLength: 2, maxLength: 2), nil),
            ("e\u{301}", .string(maxLength: 1), "x: must have at most 1 character; got 2"),
            ("👨‍👩‍👧", .string(maxLength: 5), nil),
            (1, .string(), "x: must be a string; got 1"), (.null, .string(), "x: must be a string; got null"),
            (.null, .string(nullable: true), nil),
        ] as [(JSONValue, Schema, String?)])
    func lengths(value: JSONValue, schema: Schema, message: String?) {
        #expect(check(value, schema) == [message].compactMap { $0 })
    }

    @Test(
        "patterns are JSON Schema's: found anywhere, by code points, with ASCII classes",
        arguments: [
            ("abc", "b", true), ("abc", "^b", false), ("a\n", "^a$", false), ("b\na", "^a$", false),
            ("a\r\nb", #"^[^\r\n]+$"#, false), ("٣", #"^\d$"#, false), ("3", #"^\d$"#, true),
            ("中文.txt", #"^[^"\\/:*?|><]+$"#, true),
            ("a/b", #"^[^"\\/:*?|><]+$"#, false), ("d41d8cd98f00b204e9800998ecf8427e", "^[0-9a-f]{32}$", true),
            ("D41D8CD98F00B204E9800998ECF8427E", "^[0-9a-f]{32}$", false), ("x", "(", false),
        ])
    func patterns(text: String, pattern: String, isMatch: Bool) {
        #expect(check(.string(text), .string(pattern: pattern)).isEmpty == isMatch)
    }

    @Test("arrays check their size and every item, objects every field, all at once")
    func containers() {
        let item = Schema.object([
            .init("name", .string(minLength: 1)), .init("size", .integer(minimum: 0), optional: true),
            .init("kind", .string(), const: "file"), .init("mode", .integer(), default: 1),
        ])
        let schema = Schema.array(item, minItems: 1, maxItems: 2)
        #expect(check([], schema) == ["x: must have at least 1 item; got 0"])
        #expect(
            check([["name": ""], ["size": -1], ["name": "a", "size": 1]], schema) == [
                "x: must have at most 2 items; got 3", "x[0].name: must not be empty", "x[1].name: is missing",
                "x[1].size: must be at least 0; got -1",
            ])
        #expect(check([["name": "a"]], schema).isEmpty)
        #expect(check([1], schema) == ["x[0]: must be an object; got 1"])
        #expect(check("a", schema) == ["x: must be an array; got \"a\""])
        #expect(check(1, .boolean) == ["x: must be true or false; got 1"])
    }

    @Test("times are accepted in their own form and in RFC 3339")
    func dates() {
        let schema = Schema.date(.localDateTime(secondsFromGMT: 28800))
        #expect(check("2025-03-23 15:48:37", schema).isEmpty)
        #expect(check("2025-03-23T15:48:37Z", schema).isEmpty)
        #expect(
            check("yesterday", schema) == [
                "x: must be a time such as \"2025-03-23 15:48:37\" or \"2025-03-23T07:48:37Z\"; got \"yesterday\""
            ])
    }

    @Test("what is sensitive is not shown, nor is what it holds")
    func sensitive() {
        let schema = Schema.array(.string(pattern: "^a$")).sensitive
        #expect(check(["b"], schema) == ["x[0]: must match ^a$; got the value given"])
        #expect(check("b", schema) == ["x: must be an array; got string"])
        let object = Schema.object([.init("a", .integer(maximum: 1))]).sensitive
        #expect(check(["a": 5], object) == ["x.a: must be at most 1; got integer"])
    }
}
