import EndpointKit

// What a response may hold. Constraints are checks before sending, so that they mean nothing here.

extension ValueTable {
    static let responses = scalars + lenient + wholes + structures + responseUnions + responseFormats

    private static let scalars = [
        ValueTable(
            "a string", .response, #""type": "string""#, nil,
            [
                .accepts(#""a""#, "6.1.1"), .refuses("1", "6.1.1"), .refuses("null", "6.1.1"), .refuses("", "6.5.3"),
                .refuses("{}", "6.1.1"),
            ]),
        ValueTable(
            "an optional string", .response, #""type": "string", "optional": true"#, nil,
            [
                .accepts("", "6.5.3"), .accepts("null", "Swift has one nil for absent and null"),
                .refuses("1", "6.1.1"),
            ]),
        ValueTable(
            "a nullable string", .response, #""type": ["string", "null"]"#, nil,
            [.accepts("null", "6.1.1"), .refuses("", "6.5.3"), .refuses("1", "6.1.1")]),
        ValueTable(
            "an integer", .response, #""type": "integer""#, nil,
            [
                .accepts("1", "6.1.1"), .accepts("1.0", "Core 4.2.3"), .accepts("1e2", "Core 4.2.3"),
                .accepts("9007199254740993", "64 bits are exact"), .accepts("9223372036854775807", "Int64.max"),
                .refuses("9223372036854775808", "beyond Int64"), .refuses("1.5", "6.1.1"), .refuses(#""1""#, "6.1.1"),
                .refuses("true", "6.1.1"), .refuses("1e400", "beyond the numbers that are read"),
                .accepts("-0", "RFC 8259, 6"), .accepts("-0.0", "Core 4.2.3"),
            ]),
        ValueTable(
            "an integer of 32 bits", .response, #""type": "integer", "format": "int32""#, nil,
            [.accepts("2147483647", "Int32.max"), .refuses("2147483648", "beyond Int32")]),
        ValueTable(
            "a range", .response, #""type": "integer", "minimum": 1, "maximum": 2"#, nil,
            [.accepts("0", "constraints are not for responses"), .accepts("3", "the same"), .refuses("1.5", "6.1.1")]),
        ValueTable(
            "a number", .response, #""type": "number""#, nil,
            [.accepts("1", "6.1.1"), .accepts("1.5", "6.1.1"), .refuses(#""1.5""#, "6.1.1"), .refuses("true", "6.1.1")]),
        ValueTable(
            "a boolean", .response, #""type": "boolean""#, nil,
            [
                .accepts("true", "6.1.1"), .refuses("1", "6.1.1"), .refuses(#""true""#, "6.1.1"),
                .refuses("null", "6.1.1"),
            ]),
        ValueTable(
            "an enumeration", .response, #""type": "string", "enum": ["red"]"#, nil,
            [.accepts(#""red""#, "6.1.2"), .accepts(#""blue""#, "enumerations are open"), .refuses("1", "6.1.1")]),
        ValueTable(
            "any value", .response, #""type": "any""#, nil,
            [.accepts("null", "Core 4.3.2"), .accepts("[1]", "Core 4.3.2"), .refuses("", "6.5.3")]),
        ValueTable("a time", .response, #""type": "string", "format": "date-time""#, nil, rfc3339),
        ValueTable(
            "a local time, eight hours east", .response, #""type": "string", "format": "local-date-time""#, nil,
            local + [.refuses(#""2025-03-23T15:48:37Z""#, "a response has the declared form alone")]),
        ValueTable(
            "seconds since 1970", .response, #""type": "integer", "format": "unix-seconds""#, nil,
            [
                .accepts("1742716117", "6.1.1"), .accepts("1742716117.0", "Core 4.2.3"), .refuses("1.5", "6.1.1"),
                .refuses(#""1742716117""#, "6.1.1"), .refuses(#""2025-03-23T15:48:37Z""#, "the declared form alone"),
            ]),
    ]

    private static let lenient = [
        ValueTable(
            "an integer that may be text", .response, #""type": "integer", "accept": ["string"]"#, nil,
            [
                .accepts(#""12""#, "accept"), .accepts("12", "6.1.1"), .accepts(#""1.0""#, "Core 4.2.3"),
                .refuses(#""abc""#, "not a number"), .refuses(#"" 12""#, "RFC 8259, 6"),
                .refuses(#""+12""#, "RFC 8259, 6"), .refuses(#""0x1A""#, "RFC 8259, 6"),
                .refuses(#""012""#, "RFC 8259, 6"), .refuses(#""""#, "RFC 8259, 6"), .refuses(#""٣""#, "RFC 8259, 6"),
                .refuses(#""1e400""#, "beyond Double"), .refuses("true", "not named in accept"),
                .refuses("null", "6.1.1"),
            ]),
        ValueTable(
            "a boolean that may be text or a number", .response,
            #""type": "boolean", "accept": ["string", "integer"]"#, nil,
            [
                .accepts("1", "accept"), .accepts(#""true""#, "accept"), .accepts(#""0""#, "accept"),
                .accepts("0.0", "Core 4.2.3"), .refuses("2", "neither 0 nor 1"), .refuses(#""yes""#, "not a boolean"),
                .refuses(#""TRUE""#, "case counts"),
            ]),
        ValueTable(
            "a boolean that is written as 0 or 1", .response, #""type": "boolean", "wire": "integer""#, nil,
            [
                .accepts("0", "wire"), .accepts("1", "wire"), .accepts("1.0", "Core 4.2.2"), .refuses("2", "wire"),
                .refuses("true", "wire"), .refuses(#""1""#, "wire"),
            ]),
        ValueTable(
            "text that may be an integer", .response, #""type": "string", "accept": ["integer"]"#, nil,
            [
                .accepts("1", "accept"), .accepts("1.0", "Core 4.2.3"), .refuses("1.5", "not an integer"),
                .refuses("true", "not named in accept"),
            ]),
        ValueTable(
            "an integer that is written as text", .response, #""type": "integer", "wire": "string""#, nil,
            [
                .accepts(#""12""#, "wire"), .refuses("12", "wire"), .refuses(#""12.0""#, "wire: an integer's text"),
                .refuses(#""9223372036854775808""#, "beyond Int64"), .refuses(#""""#, "not a number"),
                .refuses(#""1_000""#, "RFC 8259, 6"),
            ]),
        ValueTable(
            "a number that is written as text", .response, #""type": "number", "wire": "string""#, nil,
            [
                .accepts(#""1.5""#, "wire"), .refuses("1.5", "wire"), .refuses(#""NaN""#, "RFC 8259, 6"),
                .refuses(#""Infinity""#, "RFC 8259, 6"), .refuses(#"".5""#, "RFC 8259, 6"),
            ]),
        ValueTable(
            "a sentinel", .response,
            #""type": "string", "format": "local-date-time", "sentinels": ["0001-01-01"]"#, nil,
            [
                .accepts(#""0001-01-01""#, "sentinels"),
                .accepts("null", "none has a spelling, so that null is it too"),
                .accepts(#""2025-03-23 15:48:37""#, "6.1.1"), .refuses(#""soon""#, "not a time"),
            ]),
        ValueTable(
            "a number as sentinel", .response, #""type": "string", "accept": ["integer"], "sentinels": [0]"#, nil,
            [.accepts("0", "sentinels"), .accepts("0.0", "Core 4.2.2"), .refuses("false", "Core 4.2.2: another type")]),
        ValueTable(
            "null as empty", .response, #""type": "array", "items": { "type": "integer" }, "nullAsEmpty": true"#, nil,
            [
                .accepts("null", "nullAsEmpty"), .accepts("", "nullAsEmpty"), .accepts("[]", "6.1.1"),
                .refuses("[null]", "6.1.1"), .refuses("{}", "6.1.1"), .refuses("0", "6.1.1"),
            ]),
        ValueTable(
            "a joined array", .response, #""type": "array", "items": { "type": "integer" }, "join": ",""#, nil,
            [
                .accepts(#""1,2""#, "join"), .accepts(#""""#, "join: no items"), .refuses(#""1,x""#, "6.1.1"),
                .refuses(#""1,,2""#, "6.1.1"), .refuses(#""1, 2""#, "RFC 8259, 6"), .refuses("[1]", "join"),
                .refuses("1", "join"),
            ]),
        ValueTable(
            "wrapped items", .response, #""type": "array", "items": { "type": "integer", "wrap": "id" }"#, nil,
            [
                .accepts(#"[{ "id": 1 }]"#, "wrap"), .accepts(#"[{ "id": 1, "z": 2 }]"#, "unknown fields never fail"),
                .refuses("[1]", "wrap"), .refuses("[{}]", "6.5.3"), .refuses(#"[{ "id": null }]"#, "6.1.1"),
            ]),
    ]

    private static let wholes = [
        ValueTable(
            "an array as the payload", .wholeResponse, #""type": "array", "items": { "type": "integer" }"#, nil,
            [.accepts("[1]", "6.1.1"), .refuses("null", "6.1.1"), .refuses("", "6.5.3"), .refuses("{}", "6.1.1")]),
        ValueTable(
            "an array as the payload that may be null", .wholeResponse,
            #""type": "array", "items": { "type": "integer" }, "nullAsEmpty": true"#, nil,
            [.accepts("null", "nullAsEmpty"), .accepts("", "nullAsEmpty"), .refuses("[null]", "6.1.1")]),
        ValueTable(
            "a nullable payload", .wholeResponse, #""type": ["integer", "null"]"#, nil,
            [
                .accepts("1", "6.1.1"), .accepts("null", "6.1.1"),
                .accepts("", "envelopes leave out a payload that is null"), .refuses(#""1""#, "6.1.1"),
            ]),
        ValueTable(
            "a shared type that holds itself", .wholeResponse, #""$ref": "types/Tree.json""#, nil,
            [
                .accepts(
                    #"{ "label": "", "children": [{ "label": "b", "children": null }] }"#, "lengths are not checked"),
                .refuses(#"{ "label": "a", "children": [{ "label": "b", "children": [{ "label": 1 }] }] }"#, "6.1.1"),
                .refuses(#"{ "label": "a", "children": [{}] }"#, "6.5.3"),
            ]),
    ]

    private static let structures = [
        ValueTable(
            "an object", .response,
            #""name": "Item", "properties": { "a": { "type": "integer", "aliases": ["A", "b"] }, "n": { "type": "string", "optional": true } }"#,
            nil,
            [
                .accepts(#"{ "a": 1 }"#, "6.5.3"), .accepts(#"{ "a": 1, "z": [null] }"#, "unknown fields never fail"),
                .accepts(#"{ "b": 1 }"#, "aliases"),
                .accepts(#"{ "a": null, "b": 1 }"#, "aliases: the one with a value"),
                .accepts(#"{ "a": 1, "n": null }"#, "Swift has one nil"), .refuses("{}", "6.5.3"),
                .refuses(#"{ "b": null }"#, "6.1.1"), .refuses(#"{ "a": 1, "n": 1 }"#, "6.1.1"),
                .refuses(#"{ "a": "1", "b": 1 }"#, "the first that has a value counts"), .refuses("[]", "6.1.1"),
                .refuses("null", "6.1.1"),
            ]),
        ValueTable(
            "a map", .response, #""additionalProperties": { "type": "integer", "accept": ["string"], "minimum": 1 }"#,
            nil,
            [
                .accepts(#"{ "a": 1, "b": "2" }"#, "accept"), .accepts("{}", "Core 10.3.2.3"),
                .accepts(#"{ "a": 0 }"#, "constraints are not for responses"),
                .refuses(#"{ "a": null }"#, "6.1.1"), .refuses(#"{ "a": "x" }"#, "accept"), .refuses("[]", "6.1.1"),
                .refuses("null", "6.1.1"),
            ]),
        ValueTable(
            "an object with other fields", .response,
            #""name": "Box", "properties": { "w": { "type": "integer", "aliases": ["v"] } }, "additionalProperties": { "type": "string" }"#,
            nil,
            [
                .accepts(#"{ "w": 1, "x": "a" }"#, "Core 10.3.2.3"), .accepts(#"{ "v": 1 }"#, "aliases"),
                .refuses(#"{ "w": 1, "x": 2 }"#, "6.1.1"), .refuses(#"{ "x": "a" }"#, "6.5.3"),
                .accepts(#"{ "v": 1, "w": 2 }"#, "aliases: another spelling is no other field"),
            ]),
        ValueTable(
            "an array of objects", .response,
            #""type": "array", "maxItems": 1, "items": { "name": "Item", "properties": { "a": { "type": "integer" } } }"#,
            nil,
            [
                .accepts(#"[{ "a": 1 }, { "a": 2 }]"#, "constraints are not for responses"),
                .refuses(#"[{ "a": 1 }, {}]"#, "6.5.3"), .refuses("[null]", "6.1.1"), .refuses("[[]]", "6.1.1"),
            ]),
    ]
}
