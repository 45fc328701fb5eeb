import EndpointKit
import TestSupport

/// Random schemas of all kinds, as specs have them.
struct SchemaGenerator {
    var random: Seeded
    /// Whether the schemas are of what is sent; otherwise of what comes.
    let isSent: Bool
    private var count = 0

    init(_ seed: UInt64, isSent: Bool) {
        random = Seeded(seed)
        self.isSent = isSent
    }

    /// A map of fields: their schemas by name.
    mutating func fields(_ range: ClosedRange<Int> = 1...3, depth: Int = 3, scalarsOnly: Bool = false) -> JSONObject {
        var fields = JSONObject()
        for _ in 0..<Int.random(in: range, using: &random) {
            count += 1
            fields["f\(count)"] = .object(field("f\(count)", depth, scalarsOnly))
        }
        return fields
    }

    private mutating func field(_ name: String, _ depth: Int, _ scalarsOnly: Bool) -> JSONObject {
        var schema = scalarsOnly ? scalar() : value(depth)
        if !isSent, chance(5) { schema["aliases"] = [.string("g" + name.dropFirst())] }
        if scalarsOnly {
            if schema["type"]?.array != nil { schema["type"] = schema["type"]?[0] }
            return schema
        }
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1: schema["optional"] = true
        case 2 where isSent:
            if let literal = Self.literal(of: schema) { schema[chance(2) ? "default" : "const"] = literal }
        default: break
        }
        return schema
    }

    /// A value that any schema of these keywords has; nil for what cannot stand in a spec.
    private static func literal(of schema: JSONObject) -> JSONValue? {
        guard schema["format"] == nil, schema["minimum"] == nil, schema["minLength"] == nil, schema["pattern"] == nil,
            schema["enum"] == nil
        else { return nil }
        return switch schema["type"]?.string {
        case "string": "a"
        case "integer": 5
        case "number": 1.5
        case "boolean": true
        default: nil
        }
    }

    private mutating func value(_ depth: Int) -> JSONObject {
        switch Int.random(in: 0..<(depth > 0 ? 13 : 9), using: &random) {
        case 8 where depth == 3: return ["$ref": "types/Tree.json"]
        case 7: return ["type": "any"]
        case 9, 10: return array(depth - 1)
        case 11: return chance(3) ? map(depth - 1) : object(depth - 1)
        case 12: return union(depth - 1)
        default: return scalar()
        }
    }

    private mutating func array(_ depth: Int) -> JSONObject {
        var schema: JSONObject = ["type": "array"]
        let isJoined = chance(4)
        var items = isJoined ? scalar() : value(depth)
        if isJoined {
            schema["join"] = chance(2) ? "," : "; "
            if items["type"]?.array != nil { items["type"] = items["type"]?[0] }
        } else if chance(5), items["$ref"] == nil, items["oneOf"] == nil {
            items["wrap"] = "w"
        }
        schema["items"] = .object(items)
        if chance(3) { schema["minItems"] = .integer(.random(in: 0...2, using: &random)) }
        if chance(3) { schema["maxItems"] = .integer(.random(in: 2...3, using: &random)) }
        if !isSent, chance(3) {
            schema["nullAsEmpty"] = isItem(depth) ? nil : true
        } else {
            makeNullable(&schema)
        }
        return schema
    }

    /// `nullAsEmpty` is a keyword of fields, which are made at the greatest depth alone.
    private func isItem(_ depth: Int) -> Bool { depth < 2 }

    private mutating func object(_ depth: Int) -> JSONObject {
        var schema: JSONObject = ["type": "object"]
        if isSent, chance(4) {
            let fields = fields(scalarsOnly: true)
            schema["template"] = .string(fields.keys.map { "{\($0)}" }.joined(separator: "|"))
            schema["properties"] = .object(fields)
        } else {
            schema["properties"] = .object(fields(depth: depth))
            if chance(4) { schema["additionalProperties"] = chance(3) ? true : .object(scalar()) }
        }
        makeNullable(&schema)
        return schema
    }

    private mutating func map(_ depth: Int) -> JSONObject {
        var schema: JSONObject = ["type": "object"]
        schema["additionalProperties"] = chance(5) ? true : .object(value(depth))
        makeNullable(&schema)
        return schema
    }

    /// Types that are told by what they are in JSON, or objects that are told by a field each. What has a value written in
    /// another way is not allowed in them.
    private mutating func union(_ depth: Int) -> JSONObject {
        count += 1
        let name = "U\(count)"
        var members: [JSONObject]
        if chance(2) {
            members = [text(), chance(2) ? integer() : number(), ["type": "boolean"]]
            members.append(["type": "array", "items": .object(value(depth))])
            members.shuffle(using: &random)
            members.removeLast(.random(in: 0...2, using: &random))
        } else {
            members = (0...Int.random(in: 1...2, using: &random)).map { index in
                var properties = fields(0...2, depth: depth)
                properties["own\(index)"] = ["type": "string"]
                return ["name": .string("\(name)Member\(index)"), "properties": .object(properties)]
            }
            if chance(3) { members.append(["type": "boolean"]) }
        }
        if chance(6), let type = members[0]["type"] { members[0]["type"] = [type, "null"] }
        return ["name": .string(name), "oneOf": .array(members.map(JSONValue.object))]
    }

    private mutating func scalar() -> JSONObject {
        var schema: JSONObject
        switch Int.random(in: 0..<8, using: &random) {
        case 0: schema = text()
        case 1: schema = ["type": "string", "enum": ["red", "green"]]
        case 2: schema = ["type": "string", "format": chance(2) ? "date-time" : "local-date-time"]
        case 3: schema = ["type": "integer", "format": chance(2) ? "unix-seconds" : "unix-milliseconds"]
        case 4: schema = ["type": "integer", "enum": ["running": 1, "done": 2]]
        case 5: schema = number()
        case 6: schema = ["type": "boolean"]
        default: schema = integer()
        }
        let type = schema["type"]?.string ?? ""
        if type != "string", schema["enum"] == nil, chance(5) {
            schema["wire"] = type == "boolean" ? "integer" : "string"
        }
        if !isSent { addLeniency(&schema, type) }
        makeNullable(&schema)
        return schema
    }

    private mutating func text() -> JSONObject {
        var schema: JSONObject = ["type": "string"]
        if chance(3) { schema["minLength"] = .integer(.random(in: 0...2, using: &random)) }
        if chance(3) { schema["maxLength"] = .integer(.random(in: 2...4, using: &random)) }
        if chance(4) {
            schema["pattern"] = [#"^\d+$"#, "^[a-z]*$", "a", #"^\w\s?"#].randomElement(using: &random) ?? "a"
        }
        return schema
    }

    private mutating func integer() -> JSONObject {
        var schema: JSONObject = ["type": "integer"]
        if chance(3) { schema["format"] = chance(2) ? "int32" : "int64" }
        if chance(3) { schema["minimum"] = chance(2) ? 1 : -9_007_199_254_740_993 }
        if chance(3) { schema["maximum"] = chance(2) ? 100 : 9_007_199_254_740_992 }
        return schema
    }

    private mutating func number() -> JSONObject {
        var schema: JSONObject = ["type": "number"]
        if chance(3) { schema["minimum"] = 0.5 }
        if chance(3) { schema["maximum"] = chance(2) ? 100 : 2.25 }
        return schema
    }

    private mutating func addLeniency(_ schema: inout JSONObject, _ type: String) {
        if chance(4) {
            var types = ["string", "integer", "number", "boolean"]
            types.shuffle(using: &random)
            schema["accept"] = .array(types.prefix(.random(in: 1...3, using: &random)).map(JSONValue.string))
        }
        guard chance(6) else { return }
        switch (type, schema["wire"]?.string) {
        case ("string", _), (_, "string"): schema["sentinels"] = ["none"]
        case ("boolean", nil): schema["sentinels"] = [false]
        default: schema["sentinels"] = [-1, 9]
        }
    }

    private mutating func makeNullable(_ schema: inout JSONObject) {
        if chance(6), let type = schema["type"] { schema["type"] = [type, "null"] }
    }

    /// Once in so many times.
    private mutating func chance(_ times: Int) -> Bool { Int.random(in: 0..<times, using: &random) == 0 }
}
