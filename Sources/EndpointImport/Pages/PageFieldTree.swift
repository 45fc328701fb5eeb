/// The name in a cell, with the marks around it.
struct PageFieldName {
    var name: String
    /// How many marks say that the field is inside another: `└ id`, `» id`, `- id`.
    var depth = 0
    /// Whether white space alone says so.
    var isIndentedOnly = false
    var isRequired: Bool?
    var type: PageType?
    /// What else the cell says.
    var rest = ""

    /// Whether a cell holds a name and little else.
    static func isName(_ text: String) -> Bool { PageFieldName(text) != nil }

    /// The name in a cell; nil for a cell without one.
    init?(_ text: String) {
        var rest = Substring(text)
        let indent = rest.prefix { $0 == "\u{A0}" || $0 == "\u{3000}" }.count
        rest = rest.drop { $0.isWhitespace || $0 == "\u{200B}" }
        var marks = 0
        while let first = rest.first, "└├─│┗┣━┃∟>»›-+·•|↳".contains(first) || first.isWhitespace {
            if "└┗├┣∟>»›-+·•↳".contains(first) { marks += 1 }
            rest.removeFirst()
        }
        // A name that begins with a dot is inside the field above.
        while rest.first == ".", rest.count > 1 {
            marks += 1
            rest.removeFirst()
        }
        depth = marks
        if marks == 0, indent > 0 {
            depth = max(1, (indent + 1) / 2)
            isIndentedOnly = true
        }
        if rest.first == "*" {
            isRequired = true
            rest = rest.dropFirst().drop { $0.isWhitespace }
        }
        rest = rest.drop { "\"'“‘".contains($0) }
        guard
            let match = rest.firstMatch(
                of:
                    /^[A-Za-z_$@][A-Za-z0-9_$@\-]*(?:\[[^\]\s]{0,12}\])*(?:[.](?:[A-Za-z_$@][A-Za-z0-9_$@\-]*)(?:\[[^\]\s]{0,12}\])*)*/
            )
        else {
            return nil
        }
        name = String(match.output)
        var after = PageInline.trimmed(rest[match.range.upperBound...])
        while let first = after.first, "\"'”’".contains(first) { after.removeFirst() }
        if after.hasPrefix("*") {
            isRequired = true
            after.removeFirst()
        } else if after.hasPrefix("?") || after.hasPrefix("？") {
            isRequired = false
            after.removeFirst()
        }
        after = PageInline.trimmed(after)
        let inner = PageInline.trimmed(String(after.filter { !"()（）[]【】".contains($0) }))
        if let required = PageFieldTable.requiredness(inner), after != inner {
            isRequired = required
            after = ""
        } else if let found = PageType(inner), after != inner {
            type = found
            after = ""
        }
        self.rest = after
        // A sentence that begins with a word in Latin letters is not a name.
        if after.count > 24, !after.hasPrefix("("), !after.hasPrefix("（") { return nil }
    }
}

/// Fields in the order of their rows, each inside the one that its depth says.
struct PageFieldTree {
    private(set) var fields: [PageField] = []
    /// Where the last field of each depth is: indices from the outermost.
    private var last: [(depth: Int, path: [Int])] = []

    /// Adds a field.
    ///
    /// - Parameters:
    ///   - field: The field; its name may be a path.
    ///   - depth: How deep its row says that it is.
    ///   - isPath: Whether a name such as `list[].id` is a path.
    ///   - isMarked: Whether only white space says that it is deeper: it may be there without a meaning.
    mutating func append(_ field: PageField, depth: Int, isPath: Bool, isMarked: Bool = false) {
        while let top = last.last, top.depth >= depth { last.removeLast() }
        var parent = last.last?.path ?? []
        if isMarked, let type = self[parent]?.type, !type.holdsFields { parent = [] }
        if isMarked, parent.isEmpty { last = [] }
        var field = field
        let steps = isPath ? Self.steps(field.name) : [(field.name, false)]
        // A path that begins with a field of the outermost level is meant from there.
        if steps.count > 1, let first = steps.first, self.index(of: first.name, in: parent) == nil,
            self.index(of: first.name, in: []) != nil
        {
            parent = []
        }
        for (index, step) in steps.enumerated() {
            let isLast = index == steps.count - 1
            if isLast {
                field.name = step.name
                if step.isList, field.type == nil || field.type.map({ !$0.isList }) == true {
                    field.type = .array(field.type)
                }
                if let existing = self.index(of: field.name, in: parent) {
                    replace(parent + [existing], with: field)
                    parent.append(existing)
                } else {
                    parent.append(add(field, to: parent))
                }
            } else if let existing = self.index(of: step.name, in: parent) {
                parent.append(existing)
                if step.isList {
                    update(parent) { if $0.type == nil || $0.type == .object { $0.type = .array(.object) } }
                }
            } else {
                var implied = PageField(name: step.name, line: field.line, column: field.column, isImplied: true)
                implied.type = step.isList ? .array(.object) : .object
                parent.append(add(implied, to: parent))
            }
        }
        last.append((depth, parent))
    }

    /// Adds text to the last field.
    mutating func extend(_ text: String) {
        guard let path = last.last?.path else { return }
        update(path) { $0.text += $0.text.isEmpty ? text : "\n" + text }
    }

    /// The steps of a path: `list[*].url` is `list`, an array, then `url`.
    private static func steps(_ name: String) -> [(name: String, isList: Bool)] {
        name.split { $0 == "." }.map { part in
            guard let open = part.firstIndex(of: "["), part.hasSuffix("]") else { return (String(part), false) }
            let inside = part[part.index(after: open)...].dropLast()
            let isList = inside.allSatisfy { "*[] ".contains($0) || $0.isNumber || "nixNIX".contains($0) }
            return isList ? (String(part[..<open]), true) : (String(part), false)
        }
    }

    private subscript(path: [Int]) -> PageField? {
        guard let first = path.first else { return nil }
        var field = fields[first]
        for index in path.dropFirst() { field = field.children[index] }
        return field
    }

    private func index(of name: String, in path: [Int]) -> Int? {
        (path.isEmpty ? fields : self[path]?.children ?? []).firstIndex { $0.name == name }
    }

    private mutating func add(_ field: PageField, to path: [Int]) -> Int {
        if path.isEmpty {
            fields.append(field)
            return fields.count - 1
        }
        update(path) { $0.children.append(field) }
        return (self[path]?.children.count ?? 1) - 1
    }

    /// A row for a field that a path named before it takes the place of what was implied.
    private mutating func replace(_ path: [Int], with field: PageField) {
        update(path) { old in
            let children = old.children
            var field = field
            if !old.isImplied, !field.isImplied, field.type == nil,
                !old.text.isEmpty || !field.text.isEmpty || field.exampleText != nil
            {
                field.text = [old.text, old.exampleText ?? "", field.text, field.exampleText ?? ""].filter {
                    !$0.isEmpty
                }.joined(separator: "\n")
                field.exampleText = nil
            }
            if old.isImplied || !field.isImplied { old = field }
            old.children = children + field.children
        }
    }

    private mutating func update(_ path: [Int], _ change: (inout PageField) -> Void) {
        func update(_ fields: inout [PageField], _ path: ArraySlice<Int>) {
            guard let first = path.first else { return }
            if path.count == 1 { change(&fields[first]) } else { update(&fields[first].children, path.dropFirst()) }
        }
        update(&fields, path[...])
    }
}

extension PageType {
    /// Whether it is a list.
    var isList: Bool { if case .array = self { true } else { false } }
}
