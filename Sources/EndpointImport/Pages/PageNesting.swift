import EndpointCore

/// Puts fields where they belong: those of a second table inside a field of the first, and those that a table lists beside
/// the list that they are in.
enum PageNesting {
    /// Adds the fields of a table to those of the tables before it.
    ///
    /// - Parameters:
    ///   - new: The fields of the table.
    ///   - caption: The line above the table.
    ///   - fields: The fields so far.
    ///   - notes: Where it is said what was decided.
    static func add(_ new: [PageField], below caption: String, to fields: inout [PageField], notes: PageNotes) {
        guard let first = new.first else { return }
        guard !fields.isEmpty else {
            fields = new
            return
        }
        if let path = named(caption, in: fields) ?? onlyEmpty(in: fields, besides: new) {
            update(&fields, path[...]) { field in
                field.children += new
                if field.type == nil || field.type == .any { field.type = .object }
            }
            return
        }
        guard new.contains(where: { field in !fields.contains { $0.name == field.name } }) else {
            addValues(new, to: &fields)
            return
        }
        notes.add(.note, line: first.line, "a second table: its fields stand beside those of the first")
        fields += new.filter { field in !fields.contains { $0.name == field.name } }
    }

    /// A table of values: each row has the name of a field that was described before, and a value of it.
    private static func addValues(_ new: [PageField], to fields: inout [PageField]) {
        for field in new {
            guard let index = fields.firstIndex(where: { $0.name == field.name }) else { continue }
            let values = field.text.split(separator: "\n").map { PageInline.trimmed($0) }.filter { !$0.isEmpty }
            if values.count > 1 { fields[index].knownValues = values }
        }
    }

    /// The field that a caption names, or whose type it names.
    static func named(_ caption: String, in fields: [PageField]) -> [Int]? {
        guard !caption.isEmpty else { return nil }
        let words = Set(
            caption.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }.map { $0.lowercased() })
        var found: [Int]?
        func search(_ fields: [PageField], _ path: [Int]) {
            for (index, field) in fields.enumerated() {
                let isNamed =
                    words.contains(field.name.lowercased())
                    || field.typeName.map { words.contains($0.lowercased()) } ?? false
                // The innermost counts: "data.list".
                if isNamed, field.type?.holdsFields ?? true { found = path + [index] }
                search(field.children, path + [index])
            }
        }
        search(fields, [])
        return found
    }

    /// The only list or object of which nothing is said.
    private static func onlyEmpty(in fields: [PageField], besides new: [PageField]) -> [Int]? {
        var found: [[Int]] = []
        func search(_ fields: [PageField], _ path: [Int]) {
            for (index, field) in fields.enumerated() {
                if field.type?.holdsFields ?? false, field.children.isEmpty { found.append(path + [index]) }
                search(field.children, path + [index])
            }
        }
        search(fields, [])
        return found.count == 1 ? found[0] : nil
    }

    static func update(
        _ fields: inout [PageField], _ path: ArraySlice<Int>, _ change: (inout PageField) -> Void
    ) {
        guard let first = path.first else { return }
        if path.count == 1 { change(&fields[first]) } else { update(&fields[first].children, path.dropFirst(), change) }
    }

    /// Moves fields that the samples have inside a list or object that the table lists before them.
    static func relocated(
        _ fields: [PageField], in containers: [JSONObject], notes: PageNotes, sampleLine: (String) -> Int?
    ) -> [PageField] {
        var result: [PageField] = []
        for field in fields {
            let isHere = containers.isEmpty || containers.contains { $0[field.name] != nil }
            if !isHere, let path = holder(of: field.name, among: result, in: containers) {
                let holder = update(&result, with: field, at: path)
                notes.add(
                    .note, line: field.line,
                    "\"\(field.name)\" stands beside \"\(holder)\" in the table and inside it in the sample\(sampleLine(field.name).map { " (line \($0))" } ?? ""); inside"
                )
            } else {
                result.append(field)
            }
        }
        for index in result.indices where !result[index].children.isEmpty {
            let inner = containers.flatMap { objects($0[result[index].name]) }
            result[index].children = relocated(result[index].children, in: inner, notes: notes, sampleLine: sampleLine)
        }
        return result
    }

    /// Gives a list or object of the table, which no sample has, the name that samples have for one with the same fields.
    static func renamed(
        _ fields: [PageField], in containers: [JSONObject], notes: PageNotes, sampleLine: (String) -> Int?
    ) -> [PageField] {
        guard !containers.isEmpty else { return fields }
        let missing = fields.indices.filter { index in
            !fields[index].children.isEmpty && !containers.contains { $0[fields[index].name] != nil }
        }
        let others = Set(containers.flatMap(\.keys)).filter { key in !fields.contains { $0.name == key } }.sorted()
        guard missing.count == 1, let index = missing.first else { return fields }
        let names = Set(fields[index].children.map(\.name))
        for other in others {
            let keys = Set(containers.flatMap { objects($0[other]) }.flatMap(\.keys))
            guard !keys.isEmpty, names.intersection(keys).count * 2 >= names.count else { continue }
            var result = fields
            result[index].aliases = [other]
            notes.add(
                .note, line: fields[index].line,
                "\"\(fields[index].name)\" is called \"\(other)\" in the sample\(sampleLine(other).map { " (line \($0))" } ?? ""); both are read"
            )
            return result
        }
        return fields
    }

    private static func update(_ fields: inout [PageField], with field: PageField, at path: [Int]) -> String {
        var name = ""
        update(&fields, path[...]) { holder in
            name = holder.name
            if !holder.children.contains(where: { $0.name == field.name }) { holder.children.append(field) }
        }
        return name
    }

    /// The last field before that holds one of this name in the samples.
    private static func holder(of name: String, among fields: [PageField], in containers: [JSONObject]) -> [Int]? {
        for index in fields.indices.reversed() {
            let inner = containers.flatMap { objects($0[fields[index].name]) }
            guard !inner.isEmpty else { continue }
            if inner.contains(where: { $0[name] != nil }) { return [index] }
            if let path = holder(of: name, among: fields[index].children, in: inner) { return [index] + path }
        }
        return nil
    }

    /// The objects in a value: itself, or the items of a list.
    static func objects(_ value: JSONValue?) -> [JSONObject] {
        switch value {
        case .object(let object): [object]
        case .array(let items): items.flatMap { objects($0) }
        default: []
        }
    }
}
