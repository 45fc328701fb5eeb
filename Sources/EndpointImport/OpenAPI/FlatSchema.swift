import EndpointCore
import EndpointSpec

/// A schema with the parts of its `allOf` put together.
struct FlatSchema {
    /// The types that it names, null left out.
    var types: [String] = []
    var isNullable = false
    var format: String?
    /// The values of `enum` or `const`, null left out.
    var values: [JSONValue]?
    /// In the order written; the schemas of one name are those of all parts.
    var properties: [(name: String, nodes: [JSONNode])] = []
    var required: Set<String> = []
    /// The schemas of further values; a boolean stands for itself.
    var additional: [JSONNode] = []
    var items: [JSONNode] = []
    var tuple: [JSONNode] = []
    /// `oneOf` and `anyOf`, each with the part that it stands in.
    var unions: [(alternatives: [JSONNode], part: JSONNode)] = []
    /// Validation keywords, the first of each.
    var limits: [String: JSONNode] = [:]
    var encoding: String?
    var description: String?
    var title: String?

    private var indices: [String: Int] = [:]

    static let limitKeys = [
        "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems",
        "maxItems",
    ]
    /// What narrows values and changes no type; there is no keyword for it in a spec.
    static let uncheckedKeys = [
        "multipleOf", "uniqueItems", "minProperties", "maxProperties", "not", "if", "contains", "propertyNames",
        "dependentRequired", "dependentSchemas", "unevaluatedProperties", "unevaluatedItems",
    ]

    /// Adds a part, which has no `allOf` and no `$ref` of its own any more.
    mutating func add(_ part: JSONNode) {
        addType(part)
        addValues(part)
        format = format ?? part["format"]?.string
        encoding = encoding ?? part["contentEncoding"]?.string
        description = description ?? part["description"]?.string
        title = title ?? part["title"]?.string
        for member in part["properties"]?.members ?? [] {
            if let index = indices[member.key] {
                properties[index].nodes.append(member.value)
            } else {
                indices[member.key] = properties.count
                properties.append((member.key, [member.value]))
            }
        }
        for name in part["required"]?.elements ?? [] { if let name = name.string { required.insert(name) } }
        if let node = part["additionalProperties"] { additional.append(node) }
        for member in part["patternProperties"]?.members ?? [] { additional.append(member.value) }
        if let node = part["items"] {
            if let list = node.elements { tuple += list } else { items.append(node) }
        }
        tuple += part["prefixItems"]?.elements ?? []
        for key in ["oneOf", "anyOf"] {
            let alternatives = (part[key]?.elements ?? []).filter(Self.saysType)
            if !alternatives.isEmpty { unions.append((alternatives, part)) }
        }
        for key in Self.limitKeys where limits[key] == nil { limits[key] = part[key] }
    }

    private mutating func addType(_ part: JSONNode) {
        let names = part["type"]?.string.map { [$0] } ?? part["type"]?.elements?.compactMap(\.string) ?? []
        if names.contains("null") || part["nullable"]?.boolean == true { isNullable = true }
        let types = names.filter { $0 != "null" }
        if !types.isEmpty { self.types = types }
    }

    private mutating func addValues(_ part: JSONNode) {
        let list = part["const"].map { [$0] } ?? part["enum"]?.elements
        guard let list else { return }
        if list.contains(where: \.isNull) { isNullable = true }
        let values = list.filter { !$0.isNull }.map(\.json)
        // Both parts of an `allOf` hold.
        self.values = self.values.map { known in known.filter(values.contains) } ?? values
    }

    /// Whether a schema is more than a condition on a value whose type is said elsewhere, such as `{ "required": […] }`.
    static func saysType(_ node: JSONNode) -> Bool {
        guard let members = node.members else { return node.boolean == nil }
        let conditions: Set<String> = ["required", "not", "description", "title", "minProperties", "maxProperties"]
        return !members.allSatisfy { conditions.contains($0.key) } || members.isEmpty
    }

    /// The type that the other keywords imply where none is named.
    var impliedTypes: [String] {
        if !types.isEmpty { return types }
        if let values, !values.isEmpty {
            var found: [String] = []
            for value in values {
                let name = value.typeName
                if !found.contains(name) { found.append(name) }
            }
            return found
        }
        if !properties.isEmpty || !additional.isEmpty { return ["object"] }
        if !items.isEmpty || !tuple.isEmpty || limits["minItems"] != nil || limits["maxItems"] != nil {
            return ["array"]
        }
        if limits["minLength"] != nil || limits["maxLength"] != nil || limits["pattern"] != nil { return ["string"] }
        if limits["minimum"] != nil || limits["maximum"] != nil { return ["number"] }
        return []
    }
}
