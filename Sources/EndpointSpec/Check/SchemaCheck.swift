/// Types: from a checked form to a model.
extension CheckSession {
    /// The type that a field, an array's items or a file of `types/` describes; nil after a mistake.
    func schema(_ node: JSONNode, _ context: TypeContext) -> SchemaModel? {
        guard node.members != nil else { return nil }
        if node["$ref"] != nil { return reference(node, context) }
        guard let type = declaredType(node) else { return nil }
        let fits = refuseForeignKeywords(node, type.name, context)
        guard let kind = kind(node, type.name, context), fits else { return nil }
        var schema = SchemaModel(kind, position: node.position)
        schema.isNullable = type.isNullable
        readRanges(node, &schema)
        readWireForms(node, &schema, context)
        return schema
    }

    // MARK: The type's name

    private func declaredType(_ node: JSONNode) -> (name: String, isNullable: Bool)? {
        guard let type = node["type"] else {
            if let name = impliedType(node) { return (name, false) }
            report.error(
                node.position, "there is no \"type\"; write one of: \(FieldKeywords.types.joined(separator: ", "))")
            return nil
        }
        if let name = type.string { return FieldKeywords.types.contains(name) ? (name, false) : nil }
        let names = type.elements?.compactMap(\.string) ?? []
        let rest = names.filter { $0 != "null" }
        guard rest.count == 1, Set(names).count == names.count else {
            let hint =
                rest.count > 1
                ? "write one, and the others in \"accept\" if the service answers either"
                : "write one, or one with \"null\": [\"\(rest.first ?? "string")\", \"null\"]"
            report.error(type.position, "a value has one type; \(hint)")
            return nil
        }
        return FieldKeywords.types.contains(rest[0]) ? (rest[0], rest.count < names.count) : nil
    }

    private func impliedType(_ node: JSONNode) -> String? {
        if node["properties"] != nil { return "object" }
        if node["items"] != nil { return "array" }
        let values = node["enum"].map { $0.elements ?? $0.members?.map(\.value) ?? [] }
        guard let values, !values.isEmpty else { return nil }
        if values.allSatisfy({ $0.string != nil }) { return "string" }
        return values.allSatisfy({ $0.integer != nil }) ? "integer" : nil
    }

    /// Reports keys that are for another type; says whether there are none.
    private func refuseForeignKeywords(_ node: JSONNode, _ type: String, _ context: TypeContext) -> Bool {
        var fits = true
        for member in node.members ?? [] {
            guard let types = context.table[member.key]?.types else { continue }
            if !types.contains(type) {
                let wanted = types.map { Self.articles[$0] ?? $0 }.joined(separator: " or ")
                let instead = Self.counterparts[member.key]?[type].map { "write \"\($0)\"" } ?? "remove it"
                report.error(
                    member.keyPosition,
                    "\"\(member.key)\" is for \(wanted), not for \(Self.articles[type] ?? type); \(instead)")
                fits = false
            } else if node["enum"] != nil || hasSpecialFormat(node), Self.ranges.contains(member.key) {
                let what = node["enum"] != nil ? "an enumeration" : "the format \"\(node["format"]?.string ?? "")\""
                report.error(member.keyPosition, "\"\(member.key)\" means nothing for \(what); remove it")
                fits = false
            }
        }
        if node["enum"] != nil, let format = node["format"], hasSpecialFormat(node) {
            report.error(format.position, "an enumeration has no such \"format\"; remove one of the two")
            fits = false
        }
        if let name = node["name"], type != "object", node["enum"] == nil {
            report.error(name.position, "\"name\" is for an object or an enumeration; remove it")
            fits = false
        }
        return fits
    }

    private func hasSpecialFormat(_ node: JSONNode) -> Bool {
        let plain = ["int32", "int64", "float", "double"]
        return node["format"]?.string.map { !plain.contains($0) } ?? false
    }

    private static let ranges: Set<String> = ["minLength", "maxLength", "pattern", "minimum", "maximum"]
    private static let articles = [
        "string": "a string", "integer": "an integer", "number": "a number", "boolean": "a boolean",
        "array": "an array", "object": "an object", "any": "any value",
    ]
    private static let counterparts: [String: [String: String]] = {
        let least = ["string": "minLength", "integer": "minimum", "number": "minimum", "array": "minItems"]
        let most = ["string": "maxLength", "integer": "maximum", "number": "maximum", "array": "maxItems"]
        return [
            "minLength": least, "minimum": least, "minItems": least,
            "maxLength": most, "maximum": most, "maxItems": most,
        ]
    }()

    // MARK: Kinds

    private func kind(_ node: JSONNode, _ type: String, _ context: TypeContext) -> SchemaModel.Kind? {
        if node["enum"] != nil, type == "string" || type == "integer" { return enumeration(node, type, context) }
        guard let format = format(node, type) else { return nil }
        switch (type, format) {
        case ("string", "binary"):
            if !context.allowsBinary {
                report.error(
                    node["format"]?.position ?? node.position,
                    "bytes stand only in a multipart or binary body or as the whole \"responseType\"; choose another format"
                )
                return nil
            }
            return .binary(filename: node["filename"]?.string)
        case ("integer", "int32"): return .integer(.int32)
        case ("integer", "int64"): return .integer(.int64)
        case ("integer", ""): return .integer(.native)
        case ("number", "float"): return .number(isFloat: true)
        case ("number", "double"), ("number", ""): return .number(isFloat: false)
        case ("string", ""): return .string
        case ("boolean", _): return .boolean
        case ("array", _): return array(node, context)
        case ("object", _): return object(node, context)
        case ("any", _): return .any
        default: return DateFormatModel(rawValue: format).map { .date($0) }
        }
    }

    /// The format, empty if there is none; nil if it is not for the type.
    private func format(_ node: JSONNode, _ type: String) -> String? {
        guard let format = node["format"], let name = format.string else { return "" }
        guard FieldKeywords.allFormats.contains(name) else { return nil }
        let allowed = FieldKeywords.formats[type] ?? []
        if allowed.contains(name) { return name }
        let hint = allowed.isEmpty ? "remove it" : "write one of: \(allowed.joined(separator: ", "))"
        report.error(format.position, "the format \"\(name)\" is not for \(Self.articles[type] ?? type); \(hint)")
        return nil
    }

    private func array(_ node: JSONNode, _ context: TypeContext) -> SchemaModel.Kind? {
        guard let items = node["items"] else {
            report.error(node.position, "an array says what its elements are; add \"items\": { \"type\": … }")
            return nil
        }
        return schema(items, context.items).map { .array($0) }
    }

    private func object(_ node: JSONNode, _ context: TypeContext) -> SchemaModel.Kind? {
        guard let properties = node["properties"], let members = properties.members else {
            report.error(
                node.position, "an object lists its fields in \"properties\"; add them, or write \"type\": \"any\"")
            return nil
        }
        if members.isEmpty {
            report.error(properties.position, "an object without any field; add fields, or write \"type\": \"any\"")
        }
        var object = ObjectModel(name: "", owner: .enclosing, fields: [])
        (object.name, object.owner) = declare(node, context)
        object.fields = fields(members, context, places: .nested)
        checkNestedTypes(object)
        return .object(object)
    }

    // MARK: Ranges

    private func readRanges(_ node: JSONNode, _ schema: inout SchemaModel) {
        schema.minLength = count(node, "minLength")
        schema.maxLength = count(node, "maxLength")
        schema.minItems = count(node, "minItems")
        schema.maxItems = count(node, "maxItems")
        schema.minimum = bound(node, "minimum", schema)
        schema.maximum = bound(node, "maximum", schema)
        for (least, most) in [("minLength", "maxLength"), ("minItems", "maxItems"), ("minimum", "maximum")] {
            guard let low = node[least], let high = node[most], let left = low.double, let right = high.double else {
                continue
            }
            if left > right {
                report.error(
                    high.position,
                    "\"\(most)\" \(high.compactText) is below \"\(least)\" \(low.compactText); swap or mend them")
            }
        }
        if let pattern = node["pattern"], let text = pattern.string {
            if patterns.expression(text) == nil {
                report.error(
                    pattern.position, "\"pattern\" is not a regular expression; check its brackets and escapes")
            } else {
                schema.pattern = text
            }
        }
    }

    private func count(_ node: JSONNode, _ key: String) -> Int? {
        guard let value = node[key], let count = value.integer else { return nil }
        if count < 0 { report.error(value.position, "\"\(key)\" is negative; write 0 or more") }
        return Int(exactly: count)
    }

    private func bound(_ node: JSONNode, _ key: String, _ schema: SchemaModel) -> JSONNumber? {
        guard let value = node[key] else { return nil }
        if let integer = value.integer { return .integer(integer) }
        guard let double = value.double else { return nil }
        if case .integer = schema.kind {
            report.error(value.position, "\"\(key)\" of an integer must be an integer, not \(value.compactText)")
        }
        return .double(double)
    }
}
