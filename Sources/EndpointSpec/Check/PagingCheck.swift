/// `paging`: the fields it names, and the pager's name.
struct PagingCheck {
    let endpoint: EndpointCheck
    let places: Places
    let payload: Payload

    private var report: Report { endpoint.report }

    init(_ endpoint: EndpointCheck, _ places: Places, _ payload: Payload) {
        self.endpoint = endpoint
        self.places = places
        self.payload = payload
    }

    func model() -> PagingModel? {
        guard let node = endpoint.spec["paging"], node.members != nil else { return nil }
        let items = payloadField(node, "items")
        if let items, !items.schema.isUnknown, items.schema.jsonType != "array" {
            report.error(
                position(node, "items"),
                "\"items\" names \"\(items.name)\", which is no array; name the field with the items")
        }
        let size = parameter(node, "size", isInteger: true)
        let style = node["style"]?.string == "cursor" ? cursor(node) : page(node, size)
        return PagingModel(
            style: style, size: size?.name, items: items?.name ?? "", hide: hide(node, items), name: name(node),
            position: node.position)
    }

    // MARK: Styles

    private func page(_ node: JSONNode, _ size: FieldModel?) -> PagingModel.Style {
        refuseKeys(of: "cursor", node)
        let parameter = parameter(node, "page", isInteger: true)
        if node["page"] == nil { lacks(node, "page", "the parameter with the page's number") }
        let total = payloadField(node, "total")
        if let total, !total.schema.isUnknown, total.schema.jsonType != "integer" {
            report.error(
                position(node, "total"),
                "\"total\" names \"\(total.name)\", which is no integer; name the number of all items")
        }
        let untilShortPage = node["until"]?.string == "shortPage"
        if let until = node.member("until"), untilShortPage {
            if node["total"] != nil {
                report.error(
                    until.keyPosition,
                    "\"until\" and \"total\" exclude each other; keep the one that the service can be trusted with")
            }
            if size == nil, node["size"] == nil {
                report.error(
                    until.keyPosition,
                    "a short page is judged by its size; add \"size\": the parameter with the size of a page")
            }
        } else if node["total"] == nil, node["until"] == nil {
            report.error(
                node.position,
                "the last page cannot be told; add \"total\" (a field of the payload), or \"until\": \"shortPage\"")
        }
        let first = node["first"]?.integer ?? parameter?.defaultValue?.integer ?? 1
        return .page(parameter: parameter?.name ?? "", first: first, total: total?.name, untilShortPage: untilShortPage)
    }

    private func cursor(_ node: JSONNode) -> PagingModel.Style {
        refuseKeys(of: "page", node)
        guard let cursor = node["cursor"] else {
            lacks(node, "cursor", "the parameter that takes the mark")
            return .cursor(parameter: "", field: "", end: node)
        }
        let parameter = parameter(node, "cursor", isInteger: false)
        if let parameter, !parameter.isOptional, parameter.defaultValue == nil {
            report.error(
                cursor.position,
                "the first page has no mark: make the parameter \"\(parameter.name)\" optional, or give it a \"default\""
            )
        }
        let key = node["field"] == nil ? "cursor" : "field"
        let field = payloadField(node, key)
        if let parameter, let field, !parameter.schema.isUnknown, !field.schema.isUnknown,
            parameter.schema.jsonType != field.schema.jsonType
        {
            report.error(
                position(node, key),
                "the parameter \"\(parameter.name)\" is of type \(parameter.schema.jsonType), the field \"\(field.name)\" of type \(field.schema.jsonType); give both one type"
            )
        }
        guard let end = node["end"] else {
            lacks(node, "end", "the mark that says there is no more, such as -1 or \"\"")
            return .cursor(parameter: parameter?.name ?? "", field: field?.name ?? "", end: node)
        }
        if let field, !(end.isNull && (field.schema.isNullable || field.isOptional)) {
            ValueCheck(endpoint.session, .argument, checksRanges: false).check(
                end, field.schema, ValueName(path: "end"))
        }
        return .cursor(parameter: parameter?.name ?? "", field: field?.name ?? "", end: end)
    }

    private func refuseKeys(of style: String, _ node: JSONNode) {
        for other in EndpointKeywords.pagingStyles where other.name == style {
            for key in other.required + other.optional {
                guard let position = node.member(key)?.keyPosition else { continue }
                report.error(position, "\"\(key)\" is for the style \"\(style)\"; remove it, or change \"style\"")
            }
        }
    }

    private func lacks(_ node: JSONNode, _ key: String, _ what: String) {
        report.error(node.position, "\"paging\" lacks \"\(key)\"; add it: \(what)")
    }

    // MARK: Fields

    private func position(_ node: JSONNode, _ key: String) -> SourcePosition { node[key]?.position ?? node.position }

    private func payloadField(_ node: JSONNode, _ key: String) -> FieldModel? {
        guard let name = node[key]?.string else { return nil }
        return payload.field(name, position(node, key), "\"\(key)\"", report)
    }

    private func parameter(_ node: JSONNode, _ key: String, isInteger: Bool) -> FieldModel? {
        guard let name = node[key]?.string else { return nil }
        let position = position(node, key)
        guard let field = places.field(name) else {
            let known = places.all.map(\.field.name)
            report.error(
                position,
                "\"\(key)\" names \"\(name)\", which is no parameter; \(Suggestion.hint(for: name, in: known))")
            return nil
        }
        if field.constant != nil {
            report.error(position, "\"\(key)\" names \"\(name)\", which is constant; remove its \"const\"")
        }
        if isInteger, !field.schema.isUnknown, field.schema.jsonType != "integer" {
            report.error(position, "\"\(key)\" names \"\(name)\", which is no integer; change its \"type\"")
        }
        return field
    }

    private func hide(_ node: JSONNode, _ items: FieldModel?) -> [(field: String, value: JSONNode)] {
        guard let members = node["hide"]?.members, let items, case .array(let element) = items.schema.kind else {
            return []
        }
        if element.isUnknown { return [] }
        let fields = endpoint.session.objectFields(element) ?? []
        for member in members {
            guard let field = fields.first(where: { $0.name == member.key }) else {
                let hint = Suggestion.hint(
                    for: member.key, in: fields.map(\.name), otherwise: "the items have no fields")
                report.error(
                    member.keyPosition, "\"hide\" names \"\(member.key)\", which is no field of the items; \(hint)")
                continue
            }
            ValueCheck(endpoint.session, .argument).check(member.value, field.schema, .the("value of", member.key))
        }
        return members.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
    }

    // MARK: Name

    private func name(_ node: JSONNode) -> String {
        if let given = node["name"], let name = given.string {
            endpoint.checkGeneratedName(name, given.position)
            return name
        }
        let method = endpoint.source.methodName
        if method.hasPrefix("list"), method.dropFirst(4).first?.isUppercase == true {
            return "all" + method.dropFirst(4)
        }
        report.error(
            node.position,
            "no name for the pager can be made from \"\(method)\"; add \"name\", such as \"all\(SwiftName.upperCamel(method))\""
        )
        return ""
    }
}

extension EndpointCheck {
    /// A name that the author gives to a generated method.
    func checkGeneratedName(_ name: String, _ position: SourcePosition) {
        if !SwiftName.isValueName(name) {
            report.error(position, "\"\(name)\" cannot be the name of a Swift method; write one like \"allFiles\"")
        } else if SwiftName.takenInGroups.contains(name) {
            report.error(position, "every group has a \"\(name)\" of its own; choose another name")
        }
    }
}
