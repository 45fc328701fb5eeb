/// Checks that a value has the form that its position in a spec requires: known keys, the right kinds of values, nothing
/// required left out. What the values mean is checked later, by code that passes over what is reported here.
struct StructureCheck {
    let report: Report

    func check(_ node: JSONNode, _ shape: Shape, called name: String) {
        switch (shape, node.value) {
        case (.any, _), (.null, .null), (.boolean, .boolean), (.string, .string), (.integer, .integer),
            (.number, .integer), (.number, .double):
            break
        case (.count, .integer(let count)):
            if count < 0 { report.error(node.position, "\"\(name)\" is negative; write 0 or more") }
        case (.integer, .double), (.count, .double):
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
            if let shape = Shape.first(of: shapes, fitting: node) {
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
        for keyword in table.required where node.member(keyword.name) == nil {
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
        "anyOf": "write \"oneOf\", or \"accept\" for several scalar types",
        "allOf": "write out all \"properties\", or one \"$ref\"",
        "exclusiveMinimum": "write \"minimum\"", "exclusiveMaximum": "write \"maximum\"",
        "examples": "write \"example\"", "schema": "write its keys here, without \"schema\"",
    ]
}

extension String {
    /// The text as the continuation of a sentence.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}

/// Maps misspelled keys to their nearest keyword, so one typo yields one diagnostic: `"qurey"` is reported once, and every
/// check that refers to the query finds it.
enum StructureRepair {
    static func repaired(_ node: JSONNode, _ shape: Shape) -> JSONNode {
        switch (shape, node.value) {
        case (.list(let element), .array(let elements)):
            return JSONNode(.array(elements.map { repaired($0, element) }), position: node.position)
        case (.map(let value, _), .object(let members)):
            return JSONNode(.object(members.map { repaired($0, value) }), position: node.position)
        case (.keywords(let table), .object(let members)):
            var keys = Set(members.map(\.key))
            let members = members.map { member -> JSONMember in
                if let keyword = table[member.key] { return repaired(member, keyword.shape) }
                let names = table.keywords.map(\.name)
                guard let meant = Suggestion.nearest(to: member.key, in: names), let keyword = table[meant],
                    keys.insert(meant).inserted
                else { return member }
                var member = member
                member.key = meant
                return repaired(member, keyword.shape)
            }
            return JSONNode(.object(members), position: node.position)
        case (.either(let shapes), _):
            return Shape.first(of: shapes, fitting: node).map { repaired(node, $0) } ?? node
        default: return node
        }
    }

    private static func repaired(_ member: JSONMember, _ shape: Shape) -> JSONMember {
        var member = member
        member.value = repaired(member.value, shape)
        return member
    }
}

/// The compact form of a spec that does not change when keys are shuffled: keys of the language in the order of their
/// tables, free values sorted by key, and what the author's order gives a meaning as it was written.
enum CanonicalText {
    static func text(of node: JSONNode, as shape: Shape) -> String {
        var text = ""
        write(node, shape, to: &text)
        return text
    }

    private static func write(_ node: JSONNode, _ shape: Shape, to text: inout String) {
        switch (shape, node.value) {
        case (.list(let element), .array(let elements)): write(elements, element, to: &text)
        case (.keywords(let table), .object(let members)):
            write(members, of: table, to: &text)
        case (.map(let value, let isOrdered), .object(let members)):
            write(isOrdered ? members : members.sorted { $0.key < $1.key }, value, to: &text)
        case (.either(let shapes), _): write(node, Shape.first(of: shapes, fitting: node) ?? .any, to: &text)
        case (.any, .object(let members)):
            write(members.sorted { $0.key < $1.key }, .any, to: &text)
        case (.any, .array(let elements)): write(elements, .any, to: &text)
        default: node.write(to: &text)
        }
    }

    /// Writes the members in the order of the table, what it does not know sorted behind.
    private static func write(_ members: [JSONMember], of table: KeywordTable, to text: inout String) {
        // The place in the table before the one in the object: numbers sort fast, also without the optimizer.
        var places: [Int] = []
        var unknown: [JSONMember] = []
        var index = 0
        for member in members {
            if let order = table.order(of: member.key) {
                places.append(order << 32 | index)
            } else {
                unknown.append(member)
            }
            index += 1
        }
        places.sort()
        text += "{"
        var isFirst = true
        for place in places {
            write(members[place & 0xFFFF_FFFF], table.keywords[place >> 32].shape, isFirst: isFirst, to: &text)
            isFirst = false
        }
        if !unknown.isEmpty { unknown.sort { $0.key < $1.key } }
        for member in unknown {
            write(member, .any, isFirst: isFirst, to: &text)
            isFirst = false
        }
        text += "}"
    }

    private static func write(_ elements: [JSONNode], _ shape: Shape, to text: inout String) {
        text += "["
        var isFirst = true
        for element in elements {
            if !isFirst { text += "," }
            isFirst = false
            write(element, shape, to: &text)
        }
        text += "]"
    }

    private static func write(_ members: [JSONMember], _ shape: Shape, to text: inout String) {
        text += "{"
        var isFirst = true
        for member in members {
            write(member, shape, isFirst: isFirst, to: &text)
            isFirst = false
        }
        text += "}"
    }

    private static func write(_ member: JSONMember, _ shape: Shape, isFirst: Bool, to text: inout String) {
        if !isFirst { text += "," }
        text += JSONWriter.quoted(member.key)
        text += ":"
        write(member.value, shape, to: &text)
    }
}
