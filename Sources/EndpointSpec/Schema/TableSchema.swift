/// A table of keywords as a JSON Schema.
enum TableSchema {
    static func schema(_ table: KeywordTable) -> SchemaText {
        var members: [(String, SchemaText)] = [
            ("type", .string("object")),
            ("properties", .object(table.keywords.map { ($0.name, property($0)) })),
            ("additionalProperties", .boolean(false)),
        ]
        let required = table.keywords.filter(\.isRequired).map(\.name)
        if !required.isEmpty { members.append(("required", .strings(required))) }
        let typed = table.keywords.filter { $0.types != nil }
        if !typed.isEmpty {
            members.append(("dependentSchemas", .object(typed.map { ($0.name, hasType($0.types ?? [])) })))
        }
        let rules = rules(table)
        if !rules.isEmpty { members.append(("allOf", .array(rules))) }
        return .object(members)
    }

    private static func property(_ keyword: Keyword) -> SchemaText {
        var members: [(String, SchemaText)] = [("description", .string(keyword.summary))]
        if case .object(let more) = schema(keyword.shape) { members += more }
        if case .string = keyword.shape {
            members.append(keyword.pattern.map { ("pattern", .string($0)) } ?? ("minLength", .integer(1)))
        }
        return .object(members)
    }

    private static func schema(_ shape: Shape) -> SchemaText {
        switch shape {
        case .any: .object([])
        case .null: .object([("type", .string("null"))])
        case .string: .object([("type", .string("string"))])
        case .word(let words): .object([("enum", .strings(words))])
        case .boolean: .object([("type", .string("boolean"))])
        case .integer: .object([("type", .string("integer"))])
        case .number: .object([("type", .string("number"))])
        case .list(let element): .object([("type", .string("array")), ("items", schema(element))])
        case .map(let value, _): .object([("type", .string("object")), ("additionalProperties", schema(value))])
        case .keywords(let table): .reference(table)
        case .either(let shapes): .object([("anyOf", .array(shapes.map(schema)))])
        }
    }

    // MARK: Keys that depend on others

    /// A `type`, where one is written, out of these.
    private static func hasType(_ types: [String]) -> SchemaText {
        let one: SchemaText = .object([("enum", .strings(types))])
        let nullable: SchemaText = .object([("type", .string("array")), ("contains", one)])
        return .object([("properties", .object([("type", .object([("anyOf", .array([one, nullable]))]))]))])
    }

    private static func rules(_ table: KeywordTable) -> [SchemaText] {
        if table == .endpoint { return endpointRules }
        guard FieldKeywords.tables.contains(table) else { return [] }
        var rules = ["string", "integer", "number", "boolean", "array", "object", "any"].map { type -> SchemaText in
            let formats = FieldKeywords.formats[type]
            let format: SchemaText = formats.map { .object([("enum", .strings($0))]) } ?? .boolean(false)
            return .object([
                (
                    "if",
                    .object([
                        ("properties", .object([("type", .object([("const", .string(type))]))])),
                        ("required", .strings(["type"])),
                    ])
                ),
                ("then", .object([("properties", .object([("format", format)]))])),
            ])
        }
        if table["const"] != nil { rules += [excluding(["default", "const"]), excluding(["optional", "const"])] }
        return rules
    }

    private static var endpointRules: [SchemaText] {
        let needed = EndpointKeywords.choices.map { keys in
            SchemaText.object([("anyOf", .array(keys.map { .object([("required", .strings([$0]))]) }))])
        }
        let isVariant: SchemaText = .object([("required", .strings(["variantOf"]))])
        return [.object([("if", isVariant), ("then", .object([])), ("else", .object([("allOf", .array(needed))]))])]
            + EndpointKeywords.exclusive.map(excluding)
    }

    private static func excluding(_ keys: [String]) -> SchemaText {
        .object([("not", .object([("required", .strings(keys))]))])
    }
}
