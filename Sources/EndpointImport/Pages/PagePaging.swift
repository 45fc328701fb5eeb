import EndpointCore

/// Proposes how pages follow each other, and settles the parameters that pages are made of.
struct PagePaging {
    let operation: PageOperation
    /// The fields of the payload.
    let original: JSONObject
    let notes: PageNotes
    /// What `paging` says; nil where nothing is plain.
    private(set) var keyword: JSONObject?
    /// The payload, where paging needs another description of a field.
    private(set) var response: JSONObject?

    init(operation: PageOperation, response: JSONObject, notes: PageNotes) {
        (self.operation, original, self.notes) = (operation, response, notes)
    }

    /// Settles parameters with the names of pages and page sizes, and proposes the paging.
    mutating func settle(_ locations: inout PageLocations, sources: [PageField]) {
        let isQuery = !locations.query.isEmpty
        var map = isQuery ? locations.query : locations.body
        let facts = Dictionary(sources.map { ($0.name, PageFacts($0)) }) { first, _ in first }
        let page = parameter(PageWords.pageNames, in: map)
        let size = parameter(PageWords.sizeNames, in: map)
        let offset = page == nil ? parameter(PageWords.offsetNames, in: map) : nil
        let isPaged = page != nil || offset != nil || cursor(in: map) != nil
        if let page { settlePage(&map, page, facts[page]) }
        if let size, isPaged { settleSize(&map, size) }
        if let offset { settleOffset(&map, offset) }
        if isQuery { locations.query = map } else { locations.body = map }
        propose(map, page: page, size: size, offset: offset, sources)
    }

    private func parameter(_ names: Set<String>, in map: JSONObject) -> String? {
        map.members.first { member in
            names.contains(WireName.folded(member.key)) && member.value.object?["type"] == "integer"
                && member.value.object?["enum"] == nil
                && member.value.object?["const"] == nil
        }?.key
    }

    private func settlePage(_ map: inout JSONObject, _ name: String, _ facts: PageFacts?) {
        guard var schema = map[name]?.object else { return }
        let first = facts?.first ?? schema["minimum"]?.integer ?? (facts?.defaultText == "0" ? 0 : 1)
        schema["minimum"] = .integer(first)
        schema["default"] = .integer(first)
        schema["optional"] = nil
        map[name] = .object(PageSchema.ordered(schema))
    }

    /// The page size is its greatest value unless the caller says otherwise.
    private func settleSize(_ map: inout JSONObject, _ name: String) {
        guard var schema = map[name]?.object else { return }
        if schema["minimum"] == nil { schema["minimum"] = 1 }
        if let greatest = schema["maximum"] {
            schema["default"] = greatest
            schema["optional"] = nil
        }
        map[name] = .object(PageSchema.ordered(schema))
    }

    private func settleOffset(_ map: inout JSONObject, _ name: String) {
        guard var schema = map[name]?.object else { return }
        if schema["minimum"] == nil { schema["minimum"] = 0 }
        schema["default"] = schema["minimum"]
        schema["optional"] = nil
        map[name] = .object(PageSchema.ordered(schema))
    }

    // MARK: Proposals

    /// A parameter that takes a cursor, with the field that it comes from.
    private func cursor(in map: JSONObject) -> (parameter: String, field: String)? {
        for member in map.members {
            if original[member.key] != nil, original[member.key]?.object?["type"] != "array",
                WireName.folded(member.key).hasPrefix("last") || WireName.folded(member.key).contains("cursor")
                    || WireName.folded(member.key).contains("token") || WireName.folded(member.key).contains("marker")
            {
                return (member.key, member.key)
            }
            guard let known = PageWords.cursors.first(where: { $0.parameter == WireName.folded(member.key) }) else {
                continue
            }
            for name in known.fields {
                if let field = original.keys.first(where: { WireName.folded($0) == name }),
                    original[field]?.object?["type"] != "array"
                {
                    return (member.key, field)
                }
            }
        }
        return nil
    }

    /// The only list of the payload, as a path; of several, the one with the name of a list.
    private var items: String? {
        func lists(_ object: JSONObject) -> [String] {
            object.members.filter { $0.value.object?["type"] == "array" }.map(\.key)
        }
        let direct = lists(original)
        if direct.count == 1 { return direct[0] }
        return direct.first {
            ["list", "items", "data", "records", "rows", "results"].contains(WireName.folded($0))
                || $0.lowercased().hasSuffix("list")
        }
    }

    private var total: String? {
        original.members.first {
            PageWords.totalNames.contains(WireName.folded($0.key)) && $0.value.object?["type"] == "integer"
        }?.key
    }

    private mutating func propose(
        _ map: JSONObject, page: String?, size: String?, offset: String?, _ sources: [PageField]
    ) {
        guard let items else { return }
        func line(_ name: String?) -> Int { sources.first { $0.name == name }?.line ?? operation.call.line }
        if let page {
            guard let total, size != nil else {
                notes.add(
                    .note, line: line(page),
                    "there are pages, and nothing that says which is the last; add \"paging\" by hand")
                return
            }
            var keyword: JSONObject = ["style": "page", "page": .string(page)]
            if let size { keyword["size"] = .string(size) }
            keyword["items"] = .string(items)
            keyword["total"] = .string(total)
            propose(
                keyword, line(page), "pages of \"\(items)\" by \"\(page)\" and \"\(size ?? "")\" until \"\(total)\"")
        } else if let offset, let size {
            var keyword: JSONObject = [
                "style": "offset", "offset": .string(offset), "size": .string(size), "items": .string(items),
            ]
            if let total { keyword["total"] = .string(total) }
            propose(keyword, line(offset), "pages of \"\(items)\" by \"\(offset)\" and \"\(size)\"")
        } else if let (parameter, field) = cursor(in: map) {
            propose(cursor: parameter, field, items, size, line(parameter))
        }
    }

    private mutating func propose(_ keyword: JSONObject, _ line: Int, _ message: String) {
        self.keyword = keyword
        notes.add(.proposed, line: line, "\"paging\": \(message)")
    }

    /// The keyword with a name for the pager, where none follows from the method's.
    static func named(_ keyword: JSONObject, method: String) -> JSONObject {
        let rest = method.dropFirst(4)
        if method.hasPrefix("list"), rest.first?.isUppercase ?? false { return keyword }
        let items = keyword["items"]?.string ?? ""
        let isGeneric = ["list", "items", "data", "rows", "records", "results"].contains(WireName.folded(items))
        var keyword = keyword
        keyword["name"] = .string("all" + PageNames.upperCamel(isGeneric ? method : items))
        return keyword
    }

    /// A cursor whose text says which value ends the list.
    private mutating func propose(
        cursor parameter: String, _ field: String, _ items: String, _ size: String?, _ line: Int
    ) {
        guard let schema = original[field]?.object else { return }
        let text = PageInline.folded(schema["description"]?.string ?? "")
        let isNumber = schema["type"] == "integer"
        var end: JSONValue?
        if let match = text.firstMatch(
            of: /(-?[0-9]+)\s*(?:代表|表示|为|:|=|means|is|-|when)?\s*(?:最后|没有更多|无更多|the last|last page|no more|end)/)
        {
            end = isNumber ? Int64(match.output.1).map { .integer($0) } : .string(String(match.output.1))
        } else if schema["type"]?.array != nil
            || ["null when", "null if", "为null", "null at"].contains(where: { text.contains($0) })
            || schema["optional"] == .bool(true)
        {
            end = .null
        } else if !isNumber, ["空字符串", "为空", "empty"].contains(where: { text.contains($0) }) {
            end = ""
        }
        guard let end else {
            notes.add(
                .note, line: line,
                "\"\(parameter)\" is a cursor, and nothing says which value ends the list; add \"paging\" by hand")
            return
        }
        var keyword: JSONObject = ["style": "cursor", "cursor": .string(parameter)]
        if field != parameter { keyword["field"] = .string(field) }
        keyword["end"] = end
        if let size { keyword["size"] = .string(size) }
        keyword["items"] = .string(items)
        propose(keyword, line, "pages of \"\(items)\" by the cursor \"\(parameter)\" until \(end.text())")
    }
}
