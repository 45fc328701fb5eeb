import EndpointKit

// Where a reason names a section alone it is one of JSON Schema 2020-12, Validation; "Core" is JSON Schema 2020-12, Core.

extension ValueTable {
    static let requests = texts + numbers + presence + containers + times + locations + unions + formats

    // MARK: Strings

    private static let texts = [
        ValueTable(
            "a string", .body, #""type": "string""#, .string(),
            [
                .accepts(#""a""#, "6.1.1"), .accepts(#""""#, "6.1.1: the empty string is a string"),
                .refuses("1", "6.1.1"), .refuses("true", "6.1.1"), .refuses("null", "6.1.1: null has its own type"),
                .refuses("[]", "6.1.1"), .refuses("{}", "6.1.1"),
                .refuses("", "spec language: a field is required unless it is optional"),
            ]),
        ValueTable(
            "lengths", .body, #""type": "string", "minLength": 2, "maxLength": 3"#,
            .string(minLength: 2, maxLength: 3),
            [
                .accepts(#""ab""#, "6.3.2"), .accepts(#""abc""#, "6.3.1"), .refuses(#""a""#, "6.3.2"),
                .refuses(#""abcd""#, "6.3.1"),
                .accepts(#""e\u0301""#, "6.3.1: characters are those of RFC 8259, code points: two here"),
                .refuses(#""\u00e9""#, "6.3.2: one code point"),
                .refuses(#""👨‍👩‍👧""#, "6.3.1: five code points, one grapheme"),
                .accepts(#""𝄞𝄞""#, "6.3.1: two code points, four units of UTF-16"),
            ]),
        ValueTable(
            "a pattern that is found anywhere", .body, #""type": "string", "pattern": "b""#, .string(pattern: "b"),
            [
                .accepts(#""abc""#, "6.3.3: patterns are not anchored"), .refuses(#""ac""#, "6.3.3"),
                .refuses(#""B""#, "6.3.3: case counts"),
            ]),
        ValueTable(
            "a text in lower case", .body, #""type": "string", "pattern": "^[A-F]+$", "maxLength": 2, "case": "lower""#,
            .string(maxLength: 2, pattern: "^[A-F]+$", case: .lower),
            [
                .accepts(#""AB""#, "spec language: checked as it is given"),
                .refuses(#""ab""#, "spec language: checked before it is lowered"), .refuses(#""ABC""#, "6.3.1"),
            ]),
        ValueTable(
            #"\d"#, .body, #""type": "string", "pattern": "^\\d$""#, .string(pattern: #"^\d$"#),
            [
                .accepts(#""3""#, "6.3.3"), .refuses(#""٣""#, "Core 6.4 and ECMA-262: \\d is 0 to 9"),
                .refuses(#""3\n""#, "ECMA-262: $ is the end alone, without the flag m"),
                .refuses(#""33""#, "6.3.3"),
            ]),
        ValueTable(
            #"\w and \s"#, .body, #""type": "string", "pattern": "^\\w\\s$""#, .string(pattern: #"^\w\s$"#),
            [
                .accepts(#""a ""#, "6.3.3"), .refuses(#""é ""#, "spec language: \\w is ASCII"),
                .refuses(#""a\u3000""#, "spec language: \\s is ASCII"),
            ]),
        ValueTable(
            "a pattern that other matchers take years for", .body, #""type": "string", "pattern": "^(a+)+$""#,
            .string(pattern: "^(a+)+$"),
            [
                .accepts(String(repeating: "a", count: 40).quoted, "6.3.3"),
                .refuses((String(repeating: "a", count: 40) + "!").quoted, "spec language: in linear time"),
            ]),
        ValueTable(
            "any one character", .body, #""type": "string", "pattern": "^.$""#, .string(pattern: "^.$"),
            [
                .accepts(#""𝄞""#, "Core 6.4: matched by code points, with the flag u"),
                .refuses(#""\n""#, "ECMA-262: the dot matches no line terminator"),
            ]),
        ValueTable(
            "an enumeration", .body, #""type": "string", "enum": ["red", "green"]"#, .string(),
            [
                .accepts(#""red""#, "6.1.2"), .accepts(#""blue""#, "spec language: enumerations are open"),
                .refuses("1", "6.1.1"), .refuses("null", "6.1.1"),
            ]),
        ValueTable(
            "a shared enumeration", .body, #""$ref": "types/Colour.json""#, .string(),
            [.accepts(#""red""#, "Core 8.2.3.1"), .refuses("[]", "6.1.1"), .refuses("", "spec language: required")]),
    ]

    // MARK: Numbers and booleans

    private static let numbers = [
        ValueTable(
            "an integer", .body, #""type": "integer""#, .integer(),
            [
                .accepts("1", "6.1.1"), .accepts("-1", "6.1.1"), .accepts("-0", "RFC 8259, 6"),
                .accepts("1.0", "Core 4.2.3: a number with a zero fraction is an integer"),
                .accepts("1e2", "Core 4.2.3: numbers are compared by value, however they are written"),
                .accepts("9007199254740993", "spec language: 64 bits are exact"),
                .accepts("9223372036854775807", "Int64.max"), .accepts("-9223372036854775808", "Int64.min"),
                .refuses("9223372036854775808", "beyond Int64"), .refuses("1e19", "beyond Int64"),
                .refuses("1.5", "6.1.1"), .refuses(#""1""#, "6.1.1"), .refuses("true", "6.1.1"),
                .refuses("null", "6.1.1"), .refuses("1e400", "beyond the numbers that are read"),
                .refuses("01", "RFC 8259, 6: no leading zero"),
            ]),
        ValueTable(
            "an integer of 32 bits", .body, #""type": "integer", "format": "int32""#, .integer(.int32),
            [
                .accepts("2147483647", "Int32.max"), .refuses("2147483648", "beyond Int32"),
                .accepts("-2147483648", "Int32.min"), .refuses("-2147483649", "beyond Int32"),
                .accepts("2147483647.0", "Core 4.2.3"), .refuses("1.5", "6.1.1"),
            ]),
        ValueTable(
            "a range of integers", .body, #""type": "integer", "minimum": 1, "maximum": 100"#,
            .integer(minimum: 1, maximum: 100),
            [
                .accepts("1", "6.2.4: inclusive"), .accepts("100", "6.2.2: inclusive"), .refuses("0", "6.2.4"),
                .refuses("101", "6.2.2"), .accepts("1.0", "Core 4.2.3"), .refuses("0.0", "6.2.4"),
                .refuses("1.01e2", "6.2.2: 101"), .refuses("50.5", "6.1.1"),
            ]),
        ValueTable(
            "a bound at the end of 64 bits", .body, #""type": "integer", "minimum": 9223372036854775807"#,
            .integer(minimum: .max),
            [
                .accepts("9223372036854775807", "6.2.4"), .refuses("9223372036854775806", "6.2.4: compared exactly"),
            ]),
        ValueTable(
            "a bound at 2^53", .body, #""type": "integer", "maximum": 9007199254740992"#,
            .integer(maximum: 9_007_199_254_740_992),
            [
                .accepts("9007199254740992", "6.2.2"), .refuses("9007199254740993", "6.2.2: compared exactly"),
            ]),
        ValueTable(
            "a shared type with a bound", .body, #""$ref": "types/Size.json""#, .integer(minimum: 0),
            [.accepts("0", "6.2.4"), .refuses("-1", "6.2.4"), .refuses("-1.0", "6.2.4")]),
        ValueTable(
            "a named enumeration of integers", .body, #""type": "integer", "enum": { "running": 1, "done": 2 }"#,
            .integer(),
            [
                .accepts("1", "6.1.2"), .accepts("7", "spec language: enumerations are open"),
                .accepts("1.0", "Core 4.2.3"), .refuses(#""running""#, "6.1.1: the value is sent, not its name"),
            ]),
        ValueTable(
            "a number", .body, #""type": "number""#, .number(),
            [
                .accepts("1", "6.1.1: every integer is a number"), .accepts("1.5", "6.1.1"), .accepts("-0.0", "6.1.1"),
                .accepts("1e308", "within Double"), .accepts("5e-324", "within Double"),
                .accepts("9223372036854775808", "within Double"), .refuses("1e400", "beyond Double"),
                .refuses(#""1.5""#, "6.1.1"), .refuses("null", "6.1.1"), .refuses("false", "6.1.1"),
                .refuses("NaN", "RFC 8259, 6: not JSON"),
            ]),
        ValueTable(
            "a range of numbers", .query, #""type": "number", "minimum": 0.5, "maximum": 2"#,
            .number(minimum: 0.5, maximum: 2),
            [
                .accepts("0.5", "6.2.4"), .accepts("2.0", "6.2.2"), .accepts("2", "6.2.2"), .refuses("0.4999", "6.2.4"),
                .refuses("2.0000001", "6.2.2"), .refuses("3", "6.2.2"),
            ]),
        ValueTable(
            "a boolean", .body, #""type": "boolean""#, .boolean,
            [
                .accepts("true", "6.1.1"), .accepts("false", "6.1.1"), .refuses("1", "6.1.1"),
                .refuses(#""true""#, "6.1.1"), .refuses("null", "6.1.1"),
            ]),
        ValueTable(
            "a boolean that is written as 0 or 1", .body, #""type": "boolean", "wire": "integer""#,
            .boolean(wire: .integer),
            [
                .accepts("true", "spec language: checked before encoding"),
                .refuses("1", "the same"), .refuses(#""true""#, "6.1.1"),
            ]),
        ValueTable(
            "an integer that is written as text", .body, #""type": "integer", "wire": "string""#,
            .integer(wire: .string),
            [
                .accepts("12", "spec language: checked before encoding"), .accepts("12.0", "Core 4.2.3"),
                .refuses(#""12""#, "spec language: checked before encoding"),
                .refuses("1.5", "6.1.1"),
            ]),
    ]

    // MARK: Presence

    private static let presence = [
        ValueTable(
            "any value", .body, #""type": "any""#, .any,
            [
                .accepts("null", "Core 4.3.2: no type is asked for"), .accepts("1", "the same"),
                .accepts(#"{ "a": [null] }"#, "the same"), .refuses("", "spec language: required"),
            ]),
        ValueTable(
            "a nullable value", .body, #""type": ["integer", "null"]"#, .integer(nullable: true),
            [
                .accepts("null", "6.1.1"), .accepts("1", "6.1.1"), .refuses(#""1""#, "6.1.1"),
                .refuses("", "6.5.3: null is a value, and absent is not null"),
            ]),
        ValueTable(
            "an optional value", .body, #""type": "integer", "optional": true"#, .integer(),
            [
                .accepts("", "6.5.3"), .accepts("1", "6.1.1"),
                .refuses("null", "6.1.1: an absent field is left out; null is a value, and not an integer"),
            ]),
        ValueTable(
            "an optional nullable value", .body, #""type": ["integer", "null"], "optional": true"#,
            .integer(nullable: true),
            [.accepts("", "6.5.3"), .accepts("null", "6.1.1"), .accepts("1", "6.1.1"), .refuses("[]", "6.1.1")]),
        ValueTable(
            "a default", .body, #""type": "integer", "default": 10"#, .integer(),
            [
                .accepts("", "spec language: the default is sent"), .accepts("5", "6.1.1"),
                .refuses("null", "6.1.1: null is not the default"), .refuses(#""5""#, "6.1.1"),
            ]),
        ValueTable(
            "a constant", .body, #""type": "integer", "const": 1"#, nil,
            [
                .accepts("", "spec language: sent always"), .refuses("1", "spec language: not an argument"),
                .refuses("2", "6.1.3"),
            ]),
    ]

    // MARK: Arrays and objects

    private static let containers = [
        ValueTable(
            "an array", .body, #""type": "array", "items": { "type": "integer" }, "minItems": 1, "maxItems": 2"#,
            .array(.integer(), minItems: 1, maxItems: 2),
            [
                .accepts("[1]", "6.4.2"), .accepts("[1, 2]", "6.4.1"), .refuses("[]", "6.4.2"),
                .refuses("[1, 2, 3]", "6.4.1"), .accepts("[1.0]", "Core 4.2.3"), .refuses("[null]", "Core 10.3.1.2"),
                .refuses(#"["1"]"#, "Core 10.3.1.2"), .refuses("{}", "6.1.1"), .refuses("1", "6.1.1"),
            ]),
        ValueTable(
            "an array of nullable items", .body, #""type": "array", "items": { "type": ["string", "null"] }"#,
            .array(.string(nullable: true)),
            [.accepts(#"["a", null]"#, "6.1.1"), .accepts("[]", "6.4.2"), .refuses("[1]", "6.1.1")]),
        ValueTable(
            "a map", .body, #""additionalProperties": { "type": "integer", "minimum": 0 }"#,
            .map(.integer(minimum: 0)),
            [
                .accepts("{}", "Core 10.3.2.3"), .accepts(#"{ "a": 1, "b": 2.0 }"#, "Core 10.3.2.3"),
                .accepts(#"{ "": 0 }"#, "RFC 8259, 4: any text is a name"),
                .refuses(#"{ "a": -1 }"#, "6.2.4"), .refuses(#"{ "a": null }"#, "6.1.1"),
                .refuses(#"{ "a": 1, "b": "1" }"#, "6.1.1"), .refuses("[]", "6.1.1"), .refuses("null", "6.1.1"),
            ]),
        ValueTable(
            "a map of any values", .body, #""additionalProperties": true"#, .map(.any),
            [.accepts(#"{ "a": null, "b": [{}] }"#, "Core 10.3.2.3"), .refuses(#""a""#, "6.1.1")]),
        ValueTable(
            "an object with other fields", .body,
            #""name": "Box", "properties": { "w": { "type": "integer" } }, "additionalProperties": { "type": ["string", "null"] }"#,
            .object([.init("w", .integer())], additional: .string(nullable: true)),
            [
                .accepts(#"{ "w": 1 }"#, "Core 10.3.2.1"),
                .accepts(#"{ "w": 1, "x": "a", "y": null }"#, "Core 10.3.2.3"),
                .refuses(#"{ "x": "a" }"#, "6.5.3"), .refuses(#"{ "w": 1, "x": 2 }"#, "6.1.1"),
                .refuses(#"{ "w": "1" }"#, "Core 10.3.2.3: a field has its own type alone"),
            ]),
        ValueTable(
            "an array without room", .body, #""type": "array", "items": { "type": "string" }, "maxItems": 0"#,
            .array(.string(), maxItems: 0), [.accepts("[]", "6.4.1"), .refuses(#"["a"]"#, "6.4.1")]),
        ValueTable(
            "a joined array", .query, #""type": "array", "items": { "type": "string" }, "join": ",""#,
            .array(.string(), join: ","),
            [
                .accepts(#"["a", "b"]"#, "spec language: checked before encoding"),
                .refuses(#""a,b""#, "spec language: checked before encoding"),
                .refuses("[1]", "6.1.1"), .accepts("[]", "6.4.2"),
            ]),
        ValueTable(
            "wrapped items", .body, #""type": "array", "items": { "type": "integer", "wrap": "id" }"#,
            .array(.integer(wrap: "id")),
            [
                .accepts("[1]", "spec language: checked before encoding"),
                .refuses(#"[{ "id": 1 }]"#, "spec language: checked before encoding"),
            ]),
        ValueTable(
            "an object", .body,
            #""name": "Item", "properties": { "a": { "type": "integer" }, "n": { "type": "string", "optional": true }, "k": { "type": "integer", "const": 1 }, "d": { "type": "integer", "default": 3 } }"#,
            .object([
                .init("a", .integer()), .init("n", .string(), optional: true), .init("k", .integer(), const: 1),
                .init("d", .integer(), default: 3),
            ]),
            [
                .accepts(#"{ "a": 1 }"#, "6.5.3"), .accepts(#"{ "n": "x", "a": 1, "d": 4 }"#, "RFC 8259, 4: unordered"),
                .refuses("{}", "6.5.3"), .refuses(#"{ "a": null }"#, "6.1.1"),
                .refuses(#"{ "a": 1, "n": null }"#, "6.1.1"),
                .refuses(#"{ "a": 1, "k": 1 }"#, "spec language: a constant is not an argument"),
                .refuses(#"{ "a": 1, "d": null }"#, "6.1.1"),
                .refuses(#"{ "a": 1, "b": 2 }"#, "a misspelled optional field would be lost without a word"),
                .refuses("[]", "6.1.1"), .refuses(#""a""#, "6.1.1"),
            ]),
        ValueTable(
            "an object that is written as text", .query,
            #""name": "Pair", "template": "{id}|{name}", "properties": { "id": { "type": "integer" }, "name": { "type": "string" } }"#,
            .object([.init("id", .integer()), .init("name", .string())], template: "{id}|{name}"),
            [
                .accepts(#"{ "id": 1, "name": "n" }"#, "spec language: checked before encoding"),
                .refuses(#"{ "id": 1 }"#, "6.5.3"),
                .refuses(#""1|n""#, "spec language: checked before encoding"),
            ]),
        ValueTable(
            "a type that holds itself", .body, #""$ref": "types/Tree.json""#, nil,
            [
                .accepts(#"{ "label": "a" }"#, "6.5.3"),
                .accepts(#"{ "label": "a", "children": [{ "label": "b", "children": [] }] }"#, "Core 8.2.3.1"),
                .refuses(#"{ "label": "a", "children": [{ "label": "" }] }"#, "6.3.2"),
                .refuses(#"{ "label": "a", "children": [{ "label": "b", "children": [{}] }] }"#, "6.5.3"),
                .refuses(#"{ "label": "a", "children": null }"#, "6.1.1"),
                .refuses(#"{ "label": "a", "children": [{ "label": "b", "chidlren": [] }] }"#, "an unknown field"),
            ]),
        ValueTable(
            "a whole body", .wholeBody, #""type": "array", "items": { "type": "integer" }"#, .array(.integer()),
            [
                .accepts("[1]", "6.1.1"), .refuses("{}", "6.1.1"), .refuses("null", "6.1.1"),
                .refuses("", "spec language: required"),
            ]),
        ValueTable(
            "a nullable whole body", .wholeBody, #""type": ["integer", "null"]"#, .integer(nullable: true),
            [.accepts("null", "6.1.1"), .accepts("1", "6.1.1"), .refuses(#""a""#, "6.1.1")]),
    ]
}
