import EndpointKit

// Where a reason names a section alone it is one of JSON Schema 2020-12, Validation; "Core" is JSON Schema 2020-12, Core.

extension ValueTable {
    // MARK: Unions

    private static let oneScalar =
        #""name": "A", "oneOf": [{ "type": "string", "maxLength": 2 }, { "type": "integer", "minimum": 1 }, { "type": ["boolean", "null"] }]"#

    private static let oneObject =
        #""name": "A", "oneOf": [{ "name": "B", "properties": { "b": { "type": "integer" } } }, { "name": "C", "properties": { "c": { "type": "string" }, "e": { "type": "string", "optional": true } } }, { "type": "array", "items": { "type": "integer" } }]"#

    private static let oneTagged =
        #""name": "A", "discriminator": { "propertyName": "t", "mapping": { "1": "B", "c": "C", "cc": "C" } }, "oneOf": [{ "name": "B", "properties": { "t": { "type": "integer" }, "x": { "type": "integer" } } }, { "name": "C", "properties": { "t": { "type": "string" }, "x": { "type": "string" } } }, { "type": "string" }]"#

    static let unions = [
        ValueTable(
            "one of several types", .body, oneScalar,
            .oneOf(
                [
                    .init(.types([.string]), .string(maxLength: 2)), .init(.types([.integer]), .integer(minimum: 1)),
                    .init(.types([.boolean]), .boolean),
                ], nullable: true),
            [
                .accepts(#""ab""#, "Core 10.2.1.3"), .accepts("1.0", "Core 4.2.3"), .accepts("false", "Core 10.2.1.3"),
                .accepts("null", "Core 10.2.1.3"), .refuses(#""abc""#, "6.3.1"), .refuses("0", "6.2.4"),
                .accepts("1.5", "spec language: a value of no type is sent as it is"), .accepts("[]", "the same"),
                .refuses("", "spec language: required"),
            ]),
        ValueTable(
            "objects told apart by a field", .body, oneObject,
            .oneOf([
                .init(.field(["b"]), .object([.init("b", .integer())])),
                .init(.field(["c"]), .object([.init("c", .string()), .init("e", .string(), optional: true)])),
                .init(.types([.array]), .array(.integer())),
            ]),
            [
                .accepts(#"{ "c": "x", "e": "y" }"#, "Core 10.2.1.3"), .accepts(#"{ "b": 1 }"#, "Core 10.2.1.3"),
                .refuses(#"{ "c": "x", "e": 1 }"#, "6.1.1"), .refuses(#"{ "b": "1" }"#, "6.1.1"),
                .refuses(#"{ "b": 1, "c": "x" }"#, "the first type whose field is there"),
                .accepts(#"{ "e": "y" }"#, "an object of no type"), .accepts("[1]", "Core 10.2.1.3"),
                .refuses(#"["a"]"#, "6.1.1"), .refuses("null", "6.1.1"),
            ]),
        ValueTable(
            "objects told apart by a discriminator", .body, oneTagged,
            .oneOf(
                tag: "t",
                [
                    .init(.tags(["1"]), .object([.init("t", .integer()), .init("x", .integer())])),
                    .init(.tags(["c", "cc"]), .object([.init("t", .string()), .init("x", .string())])),
                    .init(.types([.string]), .string()),
                ]),
            [
                .accepts(#"{ "t": 1, "x": 2 }"#, "Core 10.2.1.3"), .accepts(#"{ "t": "cc", "x": "a" }"#, "two tags"),
                .refuses(#"{ "t": "c", "x": 2 }"#, "6.1.1"),
                .refuses(#"{ "t": "1", "x": 2 }"#, "6.1.1: the tag's type"),
                .accepts(#"{ "t": "d", "x": 2 }"#, "another tag"), .accepts(#"{ "x": 2 }"#, "no tag"),
                .accepts(#""a""#, "Core 10.2.1.3"),
            ]),
        ValueTable(
            "one of several scalars", .query,
            #""name": "A", "oneOf": [{ "type": "string", "minLength": 1 }, { "type": "integer" }]"#,
            nil, [.accepts(#""a""#, "Core 10.2.1.3"), .accepts("1", "Core 10.2.1.3"), .refuses(#""""#, "6.3.2")]),
    ]

    static let responseUnions = [
        ValueTable(
            "one of several types", .response, oneScalar, nil,
            [
                .accepts(#""abc""#, "constraints are not for responses"), .accepts("true", "Core 10.2.1.3"),
                .accepts("null", "Core 10.2.1.3"), .accepts("{}", "a value of no type is preserved"),
            ]),
        ValueTable(
            "objects told apart by a field", .response, oneObject, nil,
            [
                .accepts(#"{ "c": "x", "z": 1 }"#, "unknown fields never fail"), .refuses(#"{ "b": "1" }"#, "6.1.1"),
                .refuses(#"{ "b": 1.5 }"#, "6.1.1"), .accepts(#"{ "b": null }"#, "null tells nothing"),
                .refuses(#"["a"]"#, "6.1.1"), .refuses("null", "6.1.1"),
            ]),
        ValueTable(
            "objects told apart by a discriminator", .response, oneTagged, nil,
            [
                .accepts(#"{ "t": "c", "x": "a" }"#, "Core 10.2.1.3"), .refuses(#"{ "t": "c" }"#, "6.5.3"),
                .accepts(#"{ "t": null, "x": 1 }"#, "no tag"), .accepts(#"{ "t": "C", "x": 1 }"#, "compared by bytes"),
            ]),
    ]

    // MARK: Formats

    private static let dates = [
        ValueRow.accepts(#""2024-02-29""#, "RFC 3339, 5.6"), .refuses(#""2023-02-29""#, "RFC 3339, 5.7"),
        .refuses(#""2024-2-29""#, "RFC 3339, 5.6"), .refuses(#""2024-02-29T00:00:00Z""#, "RFC 3339, 5.6: full-date"),
        .refuses(#""""#, "RFC 3339, 5.6"), .refuses("20240229", "6.1.1"),
    ]
    private static let uuids = [
        ValueRow.accepts(#""f81d4fae-7dec-11d0-a765-00a0c91e6bf6""#, "RFC 9562, 4"),
        .accepts(#""F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6""#, "RFC 9562, 4: case does not matter"),
        .refuses(#""f81d4fae7dec11d0a76500a0c91e6bf6""#, "RFC 9562, 4"), .refuses(#""""#, "RFC 9562, 4"),
        .refuses(#""g81d4fae-7dec-11d0-a765-00a0c91e6bf6""#, "RFC 9562, 4"),
        .refuses(#""{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}""#, "RFC 9562, 4"),
    ]
    private static let uris = [
        ValueRow.accepts(#""https://a.example/b%20c?d=e#f""#, "RFC 3986, 3"), .accepts(#""urn:isbn:1""#, "RFC 3986, 3"),
        .accepts(#""mailto:a@b.example""#, "RFC 3986, 3"),
        .accepts(#""http://[2001:db8::1.2.3.4]:8080/""#, "RFC 3986, 3.2.2"),
        .refuses(#""/a""#, "RFC 3986, 4.3: a reference is not a URI"), .refuses(#""a b:c""#, "RFC 3986, 3.1"),
        .refuses(#""https://a.example/ü""#, "RFC 3986, 2"), .refuses(#""https://a.example/%zz""#, "RFC 3986, 2.1"),
        .refuses(#""https://[::1""#, "RFC 3986, 3.2.2"), .refuses(#""https://[1:2]/""#, "RFC 3986, 3.2.2"),
        .refuses(#""https://a:b/""#, "RFC 3986, 3.2.3"), .refuses(#""""#, "RFC 3986, 3"),
    ]
    private static let bytes = [
        ValueRow.accepts(#""aGVsbG8=""#, "RFC 4648, 4"), .accepts(#""""#, "RFC 4648, 4: no bytes"),
        .refuses(#""aGVsbG8""#, "RFC 4648, 3.2: with padding"), .refuses(#""aGVs bG8=""#, "RFC 4648, 3.3"),
        .refuses(#""-_8=""#, "RFC 4648, 5: another alphabet"),
    ]

    static let formats = [
        ValueTable("a day", .body, #""type": "string", "format": "date""#, .text(.date), dates),
        ValueTable("a UUID", .body, #""type": "string", "format": "uuid""#, .text(.uuid), uuids),
        ValueTable("a URI", .body, #""type": "string", "format": "uri""#, .text(.uri), uris),
        ValueTable("bytes in text", .body, #""type": "string", "format": "byte""#, .text(.byte), bytes),
    ]

    static let responseFormats = [
        ValueTable("a day", .response, #""type": "string", "format": "date""#, nil, dates),
        ValueTable("a UUID", .response, #""type": "string", "format": "uuid""#, nil, uuids),
        ValueTable("a URI", .response, #""type": "string", "format": "uri""#, nil, uris),
        ValueTable("bytes in text", .response, #""type": "string", "format": "byte""#, nil, bytes),
    ]
}
