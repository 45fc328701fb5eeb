import EndpointCore

/// A spec as a variant of another one: what it says otherwise, and what it lacks.
enum OwnVariant {
    private static let locations = ["pathParameters", "query", "headers", "body"]
    private static let blocks = ["paging", "batch", "partial", "polling"]
    /// What a variant never takes over.
    private static let own = ["swiftName", "examples"]

    /// The variant.
    ///
    /// - Parameters:
    ///   - whole: The spec with all that it takes over.
    ///   - id: The id of the other endpoint.
    ///   - base: The other endpoint's spec.
    /// - Returns: The spec with `variantOf`.
    static func spec(_ whole: JSONObject, of id: String, _ base: JSONObject) -> JSONObject {
        var spec: JSONObject = ["variantOf": .string(id)]
        for (key, value) in whole.members {
            if own.contains(key) {
                spec[key] = value
            } else if locations.contains(key), let mine = value.object, let theirs = base[key]?.object {
                let fields = fields(mine, theirs)
                if !fields.isEmpty { spec[key] = .object(fields) }
            } else if !isSame(value, base[key]) {
                spec[key] = value
            }
        }
        for key in blocks where whole[key] == nil && base[key] != nil { spec[key] = .null }
        for key in locations where whole[key] == nil {
            guard let theirs = base[key]?.object else { continue }
            spec[key] = .object(fields([:], theirs))
        }
        // The type of a payload that is taken over has the other's name.
        if spec["response"] == nil, spec["responseType"] == nil { spec["responseName"] = nil }
        if spec["response"] != nil || spec["responseType"] != nil { spec["responseName"] = whole["responseName"] }
        return spec
    }

    private static func fields(_ mine: JSONObject, _ theirs: JSONObject) -> JSONObject {
        var fields = JSONObject()
        for (name, field) in mine.members where !isSame(field, theirs[name]) { fields[name] = field }
        for name in theirs.keys where mine[name] == nil { fields[name] = ["hidden": true] }
        return fields
    }

    /// With the order of keys, which fields have.
    private static func isSame(_ left: JSONValue, _ right: JSONValue?) -> Bool { left.text() == right?.text() }
}
