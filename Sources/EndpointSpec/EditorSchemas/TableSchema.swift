/// A table of keywords as a JSON Schema.
enum TableSchema {
    static func schema(_ table: KeywordTable) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("type", .string("object")),
            ("properties", .members(table.keywords.map { ($0.name, property($0)) })),
            ("additionalProperties", .bool(false)),
        ]
        let required = table.keywords.filter(\.isRequired).map(\.name)
        if !required.isEmpty { members.append(("required", .strings(required))) }
        let typed = table.keywords.filter { $0.types != nil }
        if !typed.isEmpty {
            members.append(("dependentSchemas", .members(typed.map { ($0.name, hasType($0.types ?? [])) })))
        }
        let rules = rules(table)
        if !rules.isEmpty { members.append(("allOf", .array(rules))) }
        return .members(members)
    }

    private static func property(_ keyword: Keyword) -> JSONValue {
        var members: [(String, JSONValue)] = [("description", .string(keyword.summary))]
        members += schema(keyword.shape).object?.members.map { ($0.key, $0.value) } ?? []
        if case .string = keyword.shape {
            members.append(keyword.pattern.map { ("pattern", .string($0)) } ?? ("minLength", .integer(1)))
        }
        return .members(members)
    }

    private static func schema(_ shape: Shape) -> JSONValue {
        switch shape {
        case .any: .members([])
        case .null: .members([("type", .string("null"))])
        case .string: .members([("type", .string("string"))])
        case .word(let words): .members([("enum", .strings(words))])
        case .boolean: .members([("type", .string("boolean"))])
        case .integer: .members([("type", .string("integer"))])
        case .count: .members([("type", .string("integer")), ("minimum", .integer(0))])
        case .number: .members([("type", .string("number"))])
        case .list(let element): .members([("type", .string("array")), ("items", schema(element))])
        case .map(let value, _): .members([("type", .string("object")), ("additionalProperties", schema(value))])
        case .keywords(let table): .reference(table)
        case .either(let shapes): .members([("anyOf", .array(shapes.map(schema)))])
        }
    }

    // MARK: Keys that depend on others

    /// A `type`, where one is written, out of these.
    private static func hasType(_ types: [String]) -> JSONValue {
        let one: JSONValue = .members([("enum", .strings(types))])
        let nullable: JSONValue = .members([("type", .string("array")), ("contains", one)])
        return .members([("properties", .members([("type", .members([("anyOf", .array([one, nullable]))]))]))])
    }

    private static func rules(_ table: KeywordTable) -> [JSONValue] {
        if table == .endpoint { return endpointRules }
        if table == .paging { return pagingRules }
        guard FieldKeywords.tables.contains(table) else { return [] }
        var rules = FieldKeywords.types.map { type -> JSONValue in
            let formats = FieldKeywords.formats.filter { $0.type == type }.map(\.name)
            let format: JSONValue = formats.isEmpty ? .bool(false) : .members([("enum", .strings(formats))])
            return when("type", is: type, .members([("properties", .members([("format", format)]))]))
        }
        // A field of a variant may only change the base's.
        let starts = [
            "type", "$ref", "properties", "additionalProperties", "items", "oneOf", "enum", "const", "default",
            "hidden",
        ]
        rules.append(anyOf(starts.filter { table[$0] != nil }))
        for (type, keys) in [("array", ["items"]), ("object", ["properties", "additionalProperties"])] {
            rules.append(when("type", is: type, anyOf(["$ref"] + keys)))
        }
        let discriminated: [(String, JSONValue)] = [("discriminator", .members([("required", .strings(["oneOf"]))]))]
        rules.append(.members([("dependentSchemas", .members(discriminated))]))
        rules.append(excluding(["oneOf", "type"]))
        if table["const"] != nil { rules += [excluding(["default", "const"]), excluding(["optional", "const"])] }
        return rules
    }

    private static var endpointRules: [JSONValue] {
        let needed = EndpointKeywords.choices.map(anyOf)
        let isVariant: JSONValue = .members([("required", .strings(["variantOf"]))])
        return [.members([("if", isVariant), ("then", .members([])), ("else", .members([("allOf", .array(needed))]))])]
            + EndpointKeywords.exclusive.map(excluding)
    }

    private static var pagingRules: [JSONValue] {
        EndpointKeywords.pagingStyles.map { style in
            let others = EndpointKeywords.ofPagingStyles.subtracting(style.required + style.optional)
            let none: [(String, JSONValue)] = others.sorted().map { ($0, .bool(false)) }
            return when(
                "style", is: style.name,
                .members([("required", .strings(style.required)), ("properties", .members(none))]))
        }
    }

    private static func when(_ key: String, is value: String, _ then: JSONValue) -> JSONValue {
        let condition: JSONValue = .members([
            ("properties", .members([(key, .members([("const", .string(value))]))])), ("required", .strings([key])),
        ])
        return .members([("if", condition), ("then", then)])
    }

    private static func anyOf(_ keys: [String]) -> JSONValue {
        .members([("anyOf", .array(keys.map { .members([("required", .strings([$0]))]) }))])
    }

    private static func excluding(_ keys: [String]) -> JSONValue {
        .members([("not", .members([("required", .strings(keys))]))])
    }
}

extension JSONValue {
    static func strings(_ strings: [String]) -> JSONValue { .array(strings.map { .string($0) }) }

    static func members(_ members: [(String, JSONValue)]) -> JSONValue {
        var object = JSONObject()
        for (key, value) in members { object[key] = value }
        return .object(object)
    }

    static func reference(_ table: KeywordTable) -> JSONValue { ["$ref": .string("#/$defs/\(table.name)")] }
}
