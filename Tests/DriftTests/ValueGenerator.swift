import EndpointKit
import TestSupport

/// Random JSON texts that are near what a schema wants: most parts fit, some are of another type or just out of range.
struct ValueGenerator {
    var random: Seeded
    /// Whether the values are arguments; otherwise they are encoded, as in responses.
    let isSent: Bool

    /// The members of an object with these fields.
    mutating func object(_ fields: JSONObject, others: JSONValue? = nil) -> String {
        var members: [String] = []
        for (name, schema) in fields.members {
            guard let schema = schema.object else { continue }
            let isAbsent = schema["const"] != nil ? !chance(20) : chance(schema["optional"] != nil ? 3 : 25)
            if isAbsent { continue }
            let key = schema["aliases"] != nil && chance(2) ? schema["aliases"]?[0]?.string ?? name : name
            members.append("\(key.quoted): \(value(schema))")
        }
        if chance(25) { members.append(#""unknown": 1"#) }
        if let others {
            for index in 0..<Int.random(in: 0...2, using: &random) {
                members.append("\"o\(index)\": \(others.object.map { value($0) } ?? pick(Self.strange))")
            }
        }
        members.shuffle(using: &random)
        return "{ \(members.joined(separator: ", ")) }"
    }

    mutating func value(_ schema: JSONObject) -> String {
        if chance(14) { return pick(Self.strange) }
        if schema["$ref"] != nil { return tree(2) }
        if let member = schema["oneOf"]?.array?.randomElement(using: &random)?.object { return value(member) }
        var schema = schema
        if let type = schema["type"]?[0] {
            if chance(4) { return "null" }
            schema["type"] = type
        }
        if let wrap = schema["wrap"]?.string, !isSent {
            schema["wrap"] = nil
            return "{ \(wrap.quoted): \(value(schema)) }"
        }
        if let sentinel = schema["sentinels"]?[0], chance(4) { return sentinel.text() }
        if let other = schema["accept"]?.array?.randomElement(using: &random)?.string, chance(3) {
            return scalar(["type": .string(other)])
        }
        switch schema["type"]?.string {
        case nil where schema["properties"] != nil: return object(schema["properties"]?.object ?? [:])
        case "array": return array(schema)
        case "object": return object(schema["properties"]?.object ?? [:], others: schema["additionalProperties"])
        case "any": return pick(Self.strange)
        default:
            let text = scalar(schema)
            guard !isSent, let wire = schema["wire"]?.string else { return text }
            return wire == "string" ? text.quoted : text == "true" ? "1" : "0"
        }
    }

    private mutating func array(_ schema: JSONObject) -> String {
        guard let items = schema["items"]?.object else { return "[]" }
        var values: [String] = []
        for _ in 0..<Int.random(in: 0...3, using: &random) { values.append(value(items)) }
        guard let separator = schema["join"]?.string, !isSent else { return "[\(values.joined(separator: ", "))]" }
        let parts = values.map { text in text.hasPrefix("\"") ? String(text.dropFirst().dropLast()) : text }
        return "\"\(parts.joined(separator: separator).filter { $0 != "\"" && $0 != "\\" })\""
    }

    private mutating func scalar(_ schema: JSONObject) -> String {
        switch schema["format"]?.string {
        case "date-time", "local-date-time": return pick(Self.times)
        default: break
        }
        if let values = schema["enum"] {
            if let names = values.object { return names.members.first?.value.text() ?? "1" }
            return (values[0]?.string ?? "red").quoted
        }
        switch schema["type"]?.string {
        case "boolean": return chance(2) ? "true" : "false"
        case "number": return pick(["0.5", "1", "2.25", "2.3", "1e2", "-0.0", "0.49", "3.14159"])
        case "integer": return pick(Self.integers)
        default: return pick(["a", "ab", "abc", "abcd", "", "1", "12", "e\u{301}", "👨‍👩‍👧", "𝄞", "٣", "x y", "Z"]).quoted
        }
    }

    /// A value of the type that holds itself.
    private mutating func tree(_ depth: Int) -> String {
        if chance(12) { return pick(Self.strange) }
        var members = [#""label": "# + (chance(8) ? "\"\"" : #""a""#)]
        if depth > 0, chance(2) {
            members.append(#""children": [\#(tree(depth - 1)), \#(tree(depth - 1))]"#)
        } else if chance(12) {
            members.append(#""children": null"#)
        }
        return "{ \(members.joined(separator: ", ")) }"
    }

    private static let integers = [
        "0", "1", "1.0", "2e0", "50", "100", "101", "1e2", "-1", "9", "2147483647", "2147483648", "-2147483649",
        "9007199254740992", "9007199254740993", "9223372036854775807", "-9223372036854775808", "1742716117",
    ]

    private static let times = [
        "2025-03-23T15:48:37Z", "2025-03-23t15:48:37.5z", "2025-03-23T15:48:37+08:00", "2025-03-23 15:48:37",
        "2025-03-23 15:48:37 +0800 CST", "2025-02-31T00:00:00Z", "2016-12-31T23:59:60Z", "2025-03-23T15:48:37",
        "0000-01-01 00:00:00", "9999-12-31T23:59:59-23:59",
    ].map(\.quoted)

    private static let strange =
        [
            "null", "true", "false", "0", "1", "1.0", "1.5", "-0.0", "1e2", "1e19", "9223372036854775808",
            "9223372036854775807.0", "12345678901234567.0", "0.1", "5e-324", "1e308", "[]", "[null]", "[1]", "{}",
            #"{ "a": 1 }"#, #"{ "w": 1 }"#, #"{ "$text": "a" }"#,
        ]
        + [
            "", "1", "01", "1.0", "1e2", "-1", "true", "none", "red", "running", "1,2", "1; 2", "a\nb", "null", "0",
            "9223372036854775808", "1e400", "NaN",
        ].map(\.quoted)

    private mutating func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "null" }

    private mutating func chance(_ times: Int) -> Bool { Int.random(in: 0..<times, using: &random) == 0 }
}
