import EndpointKit

extension ValueTable {
    // MARK: Times

    static let times = [
        ValueTable(
            "a time", .body, #""type": "string", "format": "date-time""#, .date(.dateTime), rfc3339),
        ValueTable(
            "a local time, eight hours east", .body, #""type": "string", "format": "local-date-time""#,
            .date(.localDateTime(secondsFromGMT: 28_800)),
            local + [.accepts(#""2025-03-23T15:48:37Z""#, "an argument may always be given in RFC 3339")]),
        ValueTable(
            "seconds since 1970", .body, #""type": "integer", "format": "unix-seconds""#, .date(.unixSeconds),
            [
                .accepts("1742716117", "6.1.1"), .accepts("-1", "6.1.1"), .accepts("1742716117.0", "Core 4.2.3"),
                .refuses("1.5", "6.1.1"), .refuses(#""1742716117""#, "6.1.1"), .refuses("null", "6.1.1"),
                .accepts(#""2025-03-23T15:48:37Z""#, "an argument may always be given in RFC 3339"),
                .refuses(#""2025-02-31T15:48:37Z""#, "RFC 3339, 5.7"), .refuses("true", "6.1.1"),
            ]),
        ValueTable(
            "milliseconds since 1970", .query, #""type": "integer", "format": "unix-milliseconds""#,
            .date(.unixMilliseconds),
            [
                .accepts("1742716117000", "6.1.1"), .accepts("9223372036854775807", "Int64.max"),
                .refuses("9223372036854775808", "beyond Int64"), .refuses("0.5", "6.1.1"),
            ]),
    ]

    /// RFC 3339, section by section.
    static let rfc3339: [ValueRow] = [
        .accepts(#""2025-03-23T15:48:37Z""#, "5.6"), .accepts(#""2025-03-23t15:48:37z""#, "5.6: T and Z in lower case"),
        .accepts(#""2025-03-23T15:48:37+08:00""#, "5.6"), .accepts(#""2025-03-23T15:48:37-00:00""#, "4.3"),
        .accepts(#""2025-03-23T15:48:37+23:59""#, "5.6"), .refuses(#""2025-03-23T15:48:37+24:00""#, "5.6: time-hour"),
        .refuses(#""2025-03-23T15:48:37+08:60""#, "5.6: time-minute"),
        .refuses(#""2025-03-23T15:48:37""#, "5.6: the offset is required"),
        .refuses(#""2025-03-23T15:48:37+0800""#, "5.6: the offset has a colon"),
        .refuses(#""2025-03-23T15:48:37+08""#, "5.6: the offset has minutes"),
        .refuses(#""2025-03-23 15:48:37Z""#, "5.6: the grammar has a T"),
        .accepts(#""2025-03-23T15:48:37.123456789Z""#, "5.6: time-secfrac"),
        .accepts(#""2025-03-23T15:48:37.1234567891Z""#, "5.6: any number of digits"),
        .refuses(#""2025-03-23T15:48:37.Z""#, "5.6: one digit at least"),
        .refuses(#""2025-03-23T15:48:37,5Z""#, "5.6: a point"),
        .refuses(#""2025-03-23T24:00:00Z""#, "5.7: hours end at 23"), .refuses(#""2025-03-23T23:60:00Z""#, "5.7"),
        .accepts(#""2016-12-31T23:59:60Z""#, "5.7: a leap second"),
        .accepts(#""2016-12-31T15:59:60-08:00""#, "5.8: the same in another zone"),
        .accepts(#""2017-01-01T07:59:60.5+08:00""#, "5.7"),
        .refuses(#""2016-12-31T22:59:60Z""#, "5.7: 23:59 in UTC alone"),
        .refuses(#""2016-12-31T23:59:60+08:00""#, "5.7: 15:59 in UTC"),
        .refuses(#""2016-12-30T23:59:60Z""#, "5.7: at the end of a month alone"),
        .refuses(#""2016-12-31T23:59:61Z""#, "5.7"), .refuses(#""2025-02-31T00:00:00Z""#, "5.7: days of a month"),
        .accepts(#""2024-02-29T00:00:00Z""#, "5.7: a leap year"), .refuses(#""2025-02-29T00:00:00Z""#, "5.7"),
        .refuses(#""1900-02-29T00:00:00Z""#, "appendix C"), .accepts(#""2000-02-29T00:00:00Z""#, "appendix C"),
        .refuses(#""2025-13-01T00:00:00Z""#, "5.6"), .refuses(#""2025-01-00T00:00:00Z""#, "5.6"),
        .accepts(#""0000-01-01T00:00:00Z""#, "5.6: four digits"), .refuses(#""12025-01-01T00:00:00Z""#, "5.6"),
        .refuses(#""2025-3-23T15:48:37Z""#, "5.6: two digits"), .refuses(#""2025-03-23T15:48Z""#, "5.6"),
        .refuses(#"" 2025-03-23T15:48:37Z""#, "5.6"), .refuses(#""2025-03-23T15:48:37Z ""#, "5.6"),
        .refuses(#""٢٠٢٥-03-23T15:48:37Z""#, "RFC 5234: DIGIT is ASCII"), .refuses("1742716117", "6.1.1"),
        .refuses(#""""#, "5.6"), .refuses("null", "6.1.1"),
    ]

    /// `YYYY-MM-DD HH:MM:SS`, as `DateFormat` documents it.
    static let local: [ValueRow] = [
        .accepts(#""2025-03-23 15:48:37""#, "the form itself"),
        .refuses(#""2025-03-23T15:48:37""#, "neither the form, which has a space, nor RFC 3339, which has an offset"),
        .accepts(#""2025-03-23 15:48:37 +0800 CST""#, "an offset takes precedence"),
        .refuses(#""2025-03-23 15:48:37+0800""#, "a space is before the offset"),
        .refuses(#""2025-02-31 00:00:00""#, "RFC 3339, 5.7: days of a month"), .refuses(#""2025-03-23""#, "no time"),
        .refuses(#""2025-03-23  15:48:37""#, "one space"), .refuses(#""2025-03-23 15:48:37 ""#, "nothing behind"),
        .accepts(#""2017-01-01 07:59:60""#, "RFC 3339, 5.7: 23:59:60 in UTC"),
        .refuses(#""2016-12-31 23:59:60""#, "RFC 3339, 5.7: 15:59:60 in UTC"),
        .refuses("1742716117", "6.1.1"), .refuses("null", "6.1.1"),
    ]

    // MARK: Locations

    static let locations = [
        ValueTable(
            "a path parameter", .path, #""type": "string""#, nil,
            [
                .accepts(#""a""#, "RFC 3986, 3.3"), .accepts(#""a/b c""#, "RFC 3986, 2.1: percent-encoded"),
                .accepts(#""...""#, "RFC 3986, 3.3"), .accepts(#""%2e""#, "RFC 3986, 2.4: encoded once"),
                .refuses(#""""#, "RFC 3986, 3.3: another path"), .refuses(#"".""#, "RFC 3986, 5.2.4: removed"),
                .refuses(#""..""#, "RFC 3986, 5.2.4: removed with the segment before"), .refuses("null", "6.1.1"),
                .refuses("", "spec language: required"), .refuses("1", "6.1.1"),
            ]),
        ValueTable(
            "a joined path parameter", .path,
            #""type": "array", "items": { "type": "string" }, "join": ".""#, nil,
            [
                .accepts(#"["a"]"#, "RFC 3986, 3.3"), .refuses("[]", "RFC 3986, 3.3: an empty segment"),
                .refuses(#"["", ""]"#, "RFC 3986, 5.2.4: the segment is a dot"),
            ]),
        ValueTable(
            "a header field", .header, #""type": "string""#, nil,
            [
                .accepts(#""a""#, "RFC 9110, 5.5"), .accepts(#""""#, "RFC 9110, 5.5: it may be empty"),
                .accepts(#""a\tb""#, "RFC 9110, 5.5: HTAB"), .accepts(#""é""#, "RFC 9110, 5.5: obs-text"),
                .refuses(#""a\nb""#, "RFC 9110, 5.5: LF"), .refuses(#""a\r\nX: y""#, "RFC 9110, 5.5: CR"),
                .refuses(#""a\u0000""#, "RFC 9110, 5.5: NUL"), .refuses(#""a\u007f""#, "RFC 9110, 5.5: DEL"),
                .refuses("1", "6.1.1"),
            ]),
        ValueTable(
            "a joined header field", .header, #""type": "array", "items": { "type": "string" }, "join": ", ""#, nil,
            [.accepts(#"["a", "b"]"#, "RFC 9110, 5.6.1"), .refuses(#"["a", "b\n"]"#, "RFC 9110, 5.5")]),
        ValueTable(
            "an optional header field", .header, #""type": "string", "optional": true"#, nil,
            [.accepts("", "6.5.3"), .refuses("null", "6.1.1")]),
        ValueTable(
            "a query parameter", .query, #""type": "string""#, .string(),
            [.accepts(#""a\n&=""#, "RFC 3986, 2.1: percent-encoded"), .accepts(#""""#, "RFC 3986, 3.4")]),
        ValueTable(
            "a repeated query parameter", .query, #""type": "array", "items": { "type": "integer" }"#,
            .array(.integer()),
            [.accepts("[1, 2]", "6.1.1"), .accepts("[]", "6.4.2"), .refuses("[null]", "6.1.1"), .refuses("1", "6.1.1")]),
        ValueTable(
            "a field of a form", .form, #""type": "string", "minLength": 1"#, .string(minLength: 1),
            [
                .accepts(#""a=&+""#, "the URL Standard, 5.2: percent-encoded"), .refuses(#""""#, "6.3.2"),
                .refuses("null", "6.1.1"), .refuses("", "spec language: required"), .refuses("1", "6.1.1"),
            ]),
        ValueTable(
            "a repeated field of a form", .form, #""type": "array", "items": { "type": "integer" }, "maxItems": 2"#,
            .array(.integer(), maxItems: 2),
            [
                .accepts("[1, 2]", "6.1.1"), .accepts("[]", "6.4.2"), .refuses("[1, 2, 3]", "6.4.1"),
                .refuses(#"["1"]"#, "6.1.1"),
            ]),
        ValueTable(
            "an object in brackets", .query,
            #""name": "Filter", "style": "deepObject", "properties": { "a": { "type": "integer" }, "b": { "type": "array", "items": { "type": "string" }, "optional": true } }"#,
            .object([.init("a", .integer()), .init("b", .array(.string()), optional: true)]).style(.deepObject),
            [
                .accepts(#"{ "a": 1, "b": ["x", "]"] }"#, "OpenAPI 3.1, 4.8.12.3: style deepObject"),
                .refuses(#"{ "b": [] }"#, "6.5.3"), .refuses(#"{ "a": 1, "c": 2 }"#, "an unknown field"),
                .refuses("1", "6.1.1"), .refuses(#"{ "a": null }"#, "6.1.1"),
            ]),
        ValueTable(
            "an object that is a part", .part, #""name": "Info", "properties": { "a": { "type": "integer" } }"#,
            .object([.init("a", .integer())]),
            [
                .accepts(#"{ "a": 1 }"#, "RFC 7578, 4.4: a part has a media type"), .refuses("{}", "6.5.3"),
                .refuses(#""a""#, "6.1.1"),
            ]),
        ValueTable(
            "an array of parts", .part, #""type": "array", "items": { "type": "string" }, "minItems": 1"#,
            .array(.string(), minItems: 1),
            [
                .accepts(#"["a", "b"]"#, "RFC 7578, 4.3: a part for each"), .refuses("[]", "6.4.2"),
                .refuses("[null]", "6.1.1"), .refuses(#""a""#, "6.1.1"),
            ]),
        ValueTable(
            "an array of files", .part,
            #""type": "array", "items": { "type": "string", "format": "binary" }, "minItems": 1, "maxItems": 2"#, nil,
            [
                .accepts(#"[{ "$text": "a" }, { "$base64": "YQ==" }]"#, "RFC 7578, 4.3"), .refuses("[]", "6.4.2"),
                .refuses(#"[{ "$text": "a" }, { "$text": "b" }, { "$text": "c" }]"#, "6.4.1"),
                .refuses(#"["a"]"#, "text is not told from Base64"), .refuses(#"{ "$text": "a" }"#, "6.1.1"),
            ]),
        ValueTable(
            "a part of bytes", .part, #""type": "string", "format": "binary""#, nil,
            bytes + [.refuses("", "spec language: required")]),
        ValueTable("a body of bytes", .bytes, #""type": "string", "format": "binary""#, nil, bytes),
        ValueTable(
            "an optional part of bytes", .part, #""type": "string", "format": "binary", "optional": true"#, nil,
            [
                .accepts("", "6.5.3"), .refuses("null", "6.1.1"), .accepts(#"{ "$text": "" }"#, "bytes in JSON"),
            ]),
    ]

    private static let bytes: [ValueRow] = [
        .accepts(#"{ "$text": "a" }"#, "bytes in JSON: UTF-8"),
        .accepts(#"{ "$base64": "aGVsbG8=" }"#, "RFC 4648, 4"), .accepts(#"{ "$base64": "" }"#, "RFC 4648, 10"),
        .refuses(#"{ "$base64": "aGVsbG8" }"#, "RFC 4648, 3.2: padded"),
        .refuses(#"{ "$base64": "***" }"#, "RFC 4648, 3.3: the alphabet alone"),
        .refuses(#"{ "$base64": "aGVs\nbG8=" }"#, "RFC 4648, 3.1: no line feeds"),
        .refuses(#"{ "$base64": "-_-_" }"#, "RFC 4648, 5 is another alphabet"),
        .refuses(#"{ "$text": "a", "$base64": "YQ==" }"#, "one of the two"), .refuses(#"{ "$text": 1 }"#, "6.1.1"),
        .refuses("{}", "one of the two"), .refuses(#""plain""#, "text is not told from Base64"),
        .refuses("null", "6.1.1"),
    ]
}
