/// Checks that a value has the form that its place in a spec wants: known keys, the right kinds of values, nothing
/// required left out. What the values mean is checked later, by code that passes over what is reported here.
struct ShapeCheck {
    let report: Report

    func check(_ node: JSONNode, _ shape: Shape, called name: String) {
        switch (shape, node.value) {
        case (.any, _), (.null, .null), (.boolean, .boolean), (.string, .string), (.integer, .integer),
            (.number, .integer), (.number, .double):
            break
        case (.integer, .double):
            report.error(node.position, "\"\(name)\" must be an integer between -2^63 and 2^63 - 1")
        case (.word(let words), .string(let text)):
            if !words.contains(text) {
                report.error(
                    node.position, "unknown value \"\(text)\" of \"\(name)\"; \(Suggestion.hint(for: text, in: words))")
            }
        case (.list(let element), .array(let elements)):
            for node in elements { check(node, element, called: name) }
        case (.map(let value, _), .object(let members)):
            for member in members { check(member.value, value, called: member.key) }
        case (.keywords(let table), .object(let members)):
            check(members, of: node, in: table)
        case (.either(let shapes), _):
            if let shape = shapes.first(where: { $0.fits(node) }) {
                check(node, shape, called: name)
            } else {
                mismatch(node, shape, name)
            }
        default: mismatch(node, shape, name)
        }
    }

    private func mismatch(_ node: JSONNode, _ shape: Shape, _ name: String) {
        report.error(node.position, "\"\(name)\" must be \(shape.kindName), not \(node.kindName)")
    }

    private func check(_ members: [JSONMember], of node: JSONNode, in table: KeywordTable) {
        for member in members {
            if let keyword = table[member.key] {
                check(member.value, keyword.shape, called: member.key)
                if case .string = keyword.shape, member.value.string == "" {
                    report.error(member.value.position, "\"\(member.key)\" is empty; write a text or remove the key")
                }
            } else {
                report.error(member.keyPosition, unknown(member.key, in: table))
            }
        }
        for keyword in table.keywords where keyword.isRequired && node.member(keyword.name) == nil {
            let misspelt = members.map(\.key).filter { table[$0] == nil }
            if Suggestion.nearest(to: keyword.name, in: misspelt) != nil { continue }
            let what = keyword.summary.lowercasedFirst.dropLast(keyword.summary.hasSuffix(".") ? 1 : 0)
            report.error(node.position, "\(table.title) lacks \"\(keyword.name)\"; add it: \(what)")
        }
    }

    private func unknown(_ key: String, in table: KeywordTable) -> String {
        let isField = FieldKeywords.tables.contains(table)
        if isField, let home = FieldKeywords.elsewhere[key] {
            return "\"\(key)\" may not stand in \(table.title); it is for \(home)"
        }
        if isField, let advice = FieldKeywords.foreign[key] {
            return "unknown key \"\(key)\" in \(table.title); \(advice)"
        }
        let names = table.keywords.map(\.name)
        return "unknown key \"\(key)\" in \(table.title); \(Suggestion.hint(for: key, in: names))"
    }
}

extension FieldKeywords {
    static let tables: Set<KeywordTable> = [
        .parameter, .parameterItems, .bodyType, .responseField, .responseItems, .responseType, .type,
    ]

    /// Habits from JSON Schema and OpenAPI that have another form here.
    static let foreign: [String: String] = [
        "required": "a field is required unless it has \"optional\": true",
        "nullable": "write \"type\": [\"string\", \"null\"]",
        "title": "write \"description\"",
        "additionalProperties": "unknown fields are always allowed; remove it",
        "oneOf": "write \"type\": \"any\", or \"accept\" for several scalar types",
        "anyOf": "write \"type\": \"any\", or \"accept\" for several scalar types",
        "allOf": "write out all \"properties\", or one \"$ref\"",
        "exclusiveMinimum": "write \"minimum\"", "exclusiveMaximum": "write \"maximum\"",
        "examples": "write \"example\"", "schema": "write its keys here, without \"schema\"",
    ]
}

extension String {
    /// The text as the continuation of a sentence.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
