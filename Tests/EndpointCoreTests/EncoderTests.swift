import EndpointCore
import Testing

@Suite("Schema: encoding")
struct EncoderTests {
    @Test(
        "a value becomes what the service wants to read",
        arguments: [
            (JSONValue.integer(7), Schema.integer(wire: .string), JSONValue.string("7")),
            (9_007_199_254_740_993, .integer(wire: .string), "9007199254740993"), (1.5, .number(wire: .string), "1.5"),
            (true, .boolean(wire: .integer), 1), (false, .boolean(wire: .integer), 0),
            (true, .boolean(wire: .string), "true"),
            (true, .boolean, true), ([1, 2], .array(.integer(), join: ","), "1,2"),
            ([], .array(.integer(), join: ","), ""),
            (["a", "b"], .array(.string(), join: "|"), "a|b"), ([1, 2], .array(.integer(wire: .string)), ["1", "2"]),
            ([1, 2], .array(.integer(wrap: "fileId")), [["fileId": 1], ["fileId": 2]]),
            (
                ["id": 5, "name": "a{id}|b"],
                .object([.init("id", .integer()), .init("name", .string())], template: "{id}|{name}{gone}"),
                "5|a{id}|b"
            ),
            ([["id": 5], ["id": 6]], .array(.object([.init("id", .integer())], template: "<{id}>")), ["<5>", "<6>"]),
            (1, Schema.integer(wire: .string).wrapped(in: "v"), ["v": "1"]), (.null, .string(nullable: true), .null),
            (["b": 1, "a": 2], .any, ["b": 1, "a": 2]), ("aBÉ", .string(case: .lower), "abé"),
            (["A", "b"], .array(.string(case: .lower), join: ","), "a,b"),
            (["A"], .array(.string(case: .lower).wrapped(in: "V")), [["V": "a"]]),
        ] as [(JSONValue, Schema, JSONValue)])
    func forms(value: JSONValue, schema: Schema, wire: JSONValue) {
        #expect(schema.encoded(value) == wire)
    }

    @Test("an object has its fields in the order of the schema, constants and defaults filled in, others after")
    func objects() {
        let schema = Schema.object([
            .init("type", .integer(), const: 3), .init("name", .string()), .init("size", .integer(), default: 9),
            .init("note", .string(), optional: true),
        ])
        #expect(
            schema.encoded(["extra": true, "type": 4, "name": "n"]).text()
                == #"{"type":3,"name":"n","size":9,"extra":true}"#)
    }

    @Test(
        "times are turned from RFC 3339, or from their own form, into their own",
        arguments: [
            (DateFormat.dateTime, JSONValue.string("2025-03-23T07:48:37Z")), (.unixSeconds, 1_742_716_117),
            (.unixMilliseconds, 1_742_716_117_000), (.localDateTime(secondsFromGMT: 28800), "2025-03-23 15:48:37"),
        ] as [(DateFormat, JSONValue)])
    func dates(format: DateFormat, wire: JSONValue) {
        #expect(Schema.date(format).encoded("2025-03-23T15:48:37+08:00") == wire)
        #expect(Schema.date(format).encoded(wire) == wire)
    }
}
