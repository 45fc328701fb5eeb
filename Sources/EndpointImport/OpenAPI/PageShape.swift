import EndpointCore
import EndpointSpec

/// A payload that may be a page: its fields, and the list in it.
struct PagePayload {
    /// The fields, each with its path; empty where the payload is the list.
    let fields: [(path: String, type: TypeDraft, isOptional: Bool)]
    /// The path of the list; nil where the payload is it.
    let items: String?
    let item: TypeDraft

    init?(_ type: TypeDraft, _ settling: TypeSettling) {
        let resolved = settling.resolved(type)
        if case .array(let item) = resolved.kind {
            (fields, items, self.item) = ([], nil, item)
            return
        }
        guard case .object(let object) = resolved.kind, !resolved.isNullable else { return nil }
        var fields: [(path: String, type: TypeDraft, isOptional: Bool)] = []
        func add(_ list: [FieldDraft], _ prefix: String, _ depth: Int, _ isOptional: Bool) {
            for field in list where !field.name.contains("/") && (prefix.isEmpty || !field.name.contains(".")) {
                let type = settling.resolved(field.type)
                let maybe = isOptional || field.isOptional
                fields.append((prefix + field.name, type, maybe))
                if depth < 2, case .object(let inner) = type.kind, !field.name.contains(".") {
                    add(inner.fields, prefix + field.name + ".", depth + 1, maybe || type.isNullable)
                }
            }
        }
        add(object.fields, "", 0, false)
        let lists = object.fields.compactMap { field -> (String, TypeDraft)? in
            if case .array(let item) = settling.resolved(field.type).kind { (field.name, item) } else { nil }
        }
        let customary: Set<String> = ["items", "data", "results", "entries", "records", "values", "value"]
        guard let list = lists.count == 1 ? lists[0] : lists.first(where: { customary.contains($0.0) }) else {
            return nil
        }
        self.fields = fields
        (items, item) = (list.0, list.1)
    }
}

/// Which style of paging a request and its page have; nil where it is not plain.
struct PageShape {
    let operation: OperationDraft
    let payload: PagePayload
    let settling: TypeSettling

    var paging: JSONObject? {
        guard var paging = link ?? next ?? cursor ?? offset ?? page ?? lastItem else { return nil }
        if let items = payload.items { paging["items"] = .string(items) }
        return paging
    }

    // MARK: Parameters and fields

    private func parameter(_ names: Set<String>, _ isFitting: (TypeDraft.Kind) -> Bool) -> FieldDraft? {
        operation.query.first { field in
            names.contains(WireName.folded(field.name)) && field.constant == nil
                && isFitting(settling.resolved(field.type).kind)
        }
    }

    private func isInteger(_ kind: TypeDraft.Kind) -> Bool {
        if case .integer(let format) = kind { format?.hasPrefix("unix") != true } else { false }
    }

    private func isText(_ kind: TypeDraft.Kind) -> Bool { if case .string(nil) = kind { true } else { false } }

    private var size: FieldDraft? {
        parameter(PagingNames.size.union(["first", "maxitems"]), isInteger)
    }

    private var total: String? {
        payload.fields.first { field in
            let last = WireName.folded(field.path.split(separator: ".").last.map(String.init) ?? "")
            return PagingNames.total.contains(last) && isInteger(field.type.kind)
        }?.path
    }

    // MARK: Styles

    private var link: JSONObject? {
        guard operation.hasLink else { return nil }
        return ["style": "next", "header": "Link"]
    }

    private var next: JSONObject? {
        let names: Set<String> = [
            "next", "nexturl", "nexturi", "nextpageurl", "nextpageuri", "nextlink", "nexthref", "odatanextlink",
        ]
        let field = payload.fields.first { field in
            let steps = field.path.split(separator: ".").map { WireName.folded(String($0)) }
            let last = steps.last == "href" ? steps.dropLast().last ?? "" : steps.last ?? ""
            guard names.contains(last) || field.path == "@odata.nextLink",
                case .string(let format) = field.type.kind, field.isOptional || field.type.isNullable
            else { return false }
            return last != "next" || format == "uri" || steps.last == "href"
                || steps.first.map { ["links", "paging", "pagination", "meta"].contains($0) } ?? false
        }
        return field.map { ["style": "next", "field": .string($0.path)] }
    }

    private var cursor: JSONObject? {
        let names: Set<String> = [
            "cursor", "pagetoken", "nextpagetoken", "marker", "nextmarker", "continue", "continuationtoken",
            "nexttoken", "startingtoken", "after", "streamposition", "nextcursor", "pagecursor", "token",
        ]
        guard let parameter = parameter(names, isText), parameter.isOptional else { return nil }
        let own = WireName.folded(parameter.name)
        let wanted: Set<String> = ["next" + own, own, "nextcursor", "nextpagetoken", "nextmarker", "nexttoken"]
        let field = payload.fields.first { field in
            let last = WireName.folded(field.path.split(separator: ".").last.map(String.init) ?? "")
            return wanted.contains(last) && isText(field.type.kind) && (field.isOptional || field.type.isNullable)
        }
        guard let field else { return nil }
        var paging: JSONObject = ["style": "cursor", "cursor": .string(parameter.name)]
        if field.path != parameter.name { paging["field"] = .string(field.path) }
        paging["end"] = .null
        if let size { paging["size"] = .string(size.name) }
        return paging
    }

    private var offset: JSONObject? {
        guard let parameter = parameter(PagingNames.offset, isInteger), let size,
            let total
        else { return nil }
        return [
            "style": "offset", "offset": .string(parameter.name), "size": .string(size.name), "total": .string(total),
        ]
    }

    private var page: JSONObject? {
        guard let parameter = parameter(PagingNames.page, isInteger), let total else {
            return nil
        }
        var paging: JSONObject = ["style": "page", "page": .string(parameter.name), "total": .string(total)]
        if let first = parameter.assumed?.integral { paging["first"] = .integer(first) }
        if let size { paging["size"] = .string(size.name) }
        return paging
    }

    /// The size of a page that the document says: as a default, or in the words "default is 10".
    static func knownSize(_ field: FieldDraft) -> Int64? {
        if let number = field.assumed?.integral { return number }
        guard let text = field.description?.lowercased(), let place = text.firstRange(of: "default is ") else {
            return nil
        }
        return Int64(text[place.upperBound...].prefix { $0.isNumber })
    }

    /// Ends on a page shorter than its size, so that the size must be known.
    private var lastItem: JSONObject? {
        guard let parameter = parameter(["startingafter", "afterid", "sinceid"], { isText($0) || isInteger($0) }),
            parameter.isOptional, let size, !size.isOptional || Self.knownSize(size) != nil,
            case .object(let object) = settling.resolved(payload.item).kind,
            object.fields.contains(where: { $0.name == "id" && !$0.isOptional })
        else { return nil }
        return [
            "style": "lastItem", "cursor": .string(parameter.name), "field": "id", "size": .string(size.name),
        ]
    }
}
