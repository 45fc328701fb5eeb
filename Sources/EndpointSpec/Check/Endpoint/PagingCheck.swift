/// `paging`: the fields it names, and the pager's name.
struct PagingCheck {
    let endpoint: EndpointCheck
    let locations: Locations
    let payload: Payload

    private var report: Report { endpoint.report }

    init(_ endpoint: EndpointCheck, _ locations: Locations, _ payload: Payload) {
        self.endpoint = endpoint
        self.locations = locations
        self.payload = payload
    }

    func model() -> PagingModel? {
        guard let node = endpoint.spec["paging"], node.members != nil else { return nil }
        let items = items(node)
        refuseKeys(node)
        var model = PagingModel(style: style(node, items), position: node.position)
        KeywordTable.paging.bind(node, to: &model)
        model.items = items?.path
        if let items { model.hide = hidden(node, model.hide, items.element) }
        if let given = node["name"] {
            endpoint.checkGeneratedName(model.name, given.position)
        } else {
            model.name = name(node)
        }
        return model
    }

    // MARK: Items

    /// The list, and what an item of it is.
    private struct Items {
        /// The field with the list; nil where the payload is the list.
        var path: FieldPath?
        var element: SchemaModel
    }

    /// The list that the pages are of; nil after a mistake.
    private func items(_ node: JSONNode) -> Items? {
        guard node["items"] != nil else {
            guard case .payload(let schema) = payload.response, !schema.isUnknown else {
                if case .payload = payload.response { return nil }
                lacks(node, "items", "the field of the payload with the items")
                return nil
            }
            if let element = endpoint.session.typeTable.items(of: schema) { return Items(element: element) }
            lacks(node, "items", "the field of the payload with the items")
            return nil
        }
        guard let route = payloadField(node, "items") else { return nil }
        let schema = route.last.schema
        if schema.isUnknown { return nil }
        guard let element = endpoint.session.typeTable.items(of: schema) else {
            report.error(
                position(node, "items"),
                "\"items\" names \"\(route.path)\", which is not an array; name the field with the items")
            return nil
        }
        return Items(path: route.path, element: element)
    }

    // MARK: Styles

    private func style(_ node: JSONNode, _ items: Items?) -> PagingModel.Style {
        switch node["style"]?.string {
        case "offset": offset(node)
        case "cursor": cursor(node)
        case "next": next(node)
        case "lastItem": lastItem(node, items)
        default: page(node)
        }
    }

    private func page(_ node: JSONNode) -> PagingModel.Style {
        let size = parameter(node, "size", isInteger: true)
        let parameter = parameter(node, "page", isInteger: true)
        if node["page"] == nil { lacks(node, "page", "the parameter with the page's number") }
        let total = total(node)
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
        return .page(parameter: parameter?.name ?? "", first: first, total: total, untilShortPage: untilShortPage)
    }

    private func offset(_ node: JSONNode) -> PagingModel.Style {
        let parameter = parameter(node, "offset", isInteger: true)
        if node["offset"] == nil { lacks(node, "offset", "the parameter with the number of items before the page") }
        let total = total(node)
        checkSize(node, isLimit: total == nil)
        return .offset(parameter: parameter?.name ?? "", first: parameter?.defaultValue?.integer ?? 0, total: total)
    }

    private func cursor(_ node: JSONNode) -> PagingModel.Style {
        _ = parameter(node, "size", isInteger: true)
        guard let parameter = cursorParameter(node) else { return .cursor(parameter: "", field: "", end: .null) }
        let key = node["field"] == nil ? "cursor" : "field"
        let route = payloadField(node, key)
        checkTypes(node, key, parameter, route?.last)
        guard let end = node["end"] else {
            lacks(node, "end", "the cursor that says there is no further page, such as -1 or \"\"")
            return .cursor(parameter: parameter.name, field: route?.path ?? "", end: .null)
        }
        let field = route?.last
        if let route, !(end.isNull && route.admitsNull) {
            ValueCheck(endpoint.session).argument(
                end, route.last.schema, ValueName(path: "end"), checksConstraints: false)
        }
        // A sentinel reads as null, so that it is null that says so.
        let isSentinel = field?.schema.leniency.sentinels.contains(end.json) ?? false
        return .cursor(parameter: parameter.name, field: route?.path ?? "", end: isSentinel ? .null : end.json)
    }

    private func next(_ node: JSONNode) -> PagingModel.Style {
        switch (node.member("field"), node.member("header")) {
        case (nil, nil):
            report.error(
                node.position,
                "the next page cannot be told; add \"field\" (the field with its URL), or \"header\": \"Link\"")
        case (.some, let header?):
            report.error(header.keyPosition, "\"field\" and \"header\" exclude each other; keep one")
        default: break
        }
        let route = payloadField(node, "field")
        if let route, !route.last.schema.isUnknown, route.last.schema.jsonType != "string" {
            report.error(
                position(node, "field"),
                "\"field\" names \"\(route.path)\", which is not a string; name the field with the URL"
            )
        }
        return .next(field: route?.path)
    }

    private func lastItem(_ node: JSONNode, _ items: Items?) -> PagingModel.Style {
        let parameter = cursorParameter(node)
        checkSize(node, isLimit: true)
        guard let name = node["field"]?.string, let items else {
            if node["field"] == nil { lacks(node, "field", "the field of an item that the next call names") }
            return .lastItem(parameter: parameter?.name ?? "", field: "")
        }
        let route = itemField(name, position(node, "field"), "field", items.element)
        checkTypes(node, "field", parameter, route?.last)
        return .lastItem(parameter: parameter?.name ?? "", field: route?.path ?? "")
    }

    /// Reports keys that other styles have.
    private func refuseKeys(_ node: JSONNode) {
        let own = EndpointKeywords.pagingStyles.first { $0.name == node["style"]?.string }
        guard let own else { return }
        for member in node.members ?? []
        where EndpointKeywords.ofPagingStyles.subtracting(own.required + own.optional).contains(member.key) {
            let styles = EndpointKeywords.pagingStyles.filter { ($0.required + $0.optional).contains(member.key) }
                .map { "\"\($0.name)\"" }
            let whose =
                styles.count == 1
                ? "the style \(styles[0])"
                : "the styles " + styles.dropLast().joined(separator: ", ") + " and " + (styles.last ?? "")
            report.error(
                member.keyPosition, "\"\(member.key)\" is for \(whose); remove it, or change \"style\"")
        }
    }

    private func lacks(_ node: JSONNode, _ key: String, _ what: String) {
        report.error(node.position, "\"paging\" lacks \"\(key)\"; add it: \(what)")
    }

    // MARK: Fields

    private func position(_ node: JSONNode, _ key: String) -> SourcePosition { node[key]?.position ?? node.position }

    private func payloadField(_ node: JSONNode, _ key: String) -> FieldRoute? {
        guard let name = node[key]?.string else { return nil }
        return payload.route(name, position(node, key), "\"\(key)\"", endpoint.session)
    }

    /// A field of an item; reports if there is none.
    private func itemField(
        _ name: String, _ position: SourcePosition, _ key: String, _ element: SchemaModel
    ) -> FieldRoute? {
        if element.isUnknown { return nil }
        let table = endpoint.session.typeTable
        switch table.match(FieldPath(name), in: table.fields(of: element)) {
        case .found(let route): return route
        case .ambiguous: report.error(position, Payload.ambiguity(name, key: "\"\(key)\""))
        case .unknown(let step, let known):
            let hint = Suggestion.hint(for: step, in: known, otherwise: "the items have no fields")
            report.error(position, "\"\(key)\" names \"\(name)\", which is not a field of the items; \(hint)")
        }
        return nil
    }

    /// The field with the number of all items.
    private func total(_ node: JSONNode) -> FieldPath? {
        let total = payloadField(node, "total")
        if let total, !total.last.schema.isUnknown, total.last.schema.jsonType != "integer" {
            report.error(
                position(node, "total"),
                "\"total\" names \"\(total.path)\", which is not an integer; name the number of all items")
        }
        return total?.path
    }

    /// The parameter that takes the cursor, which the first page is asked for without.
    private func cursorParameter(_ node: JSONNode) -> FieldModel? {
        guard let cursor = node["cursor"] else {
            lacks(node, "cursor", "the parameter that takes the cursor")
            return nil
        }
        let parameter = parameter(node, "cursor", isInteger: false)
        if let parameter, !parameter.isOptional, parameter.defaultValue == nil {
            report.error(
                cursor.position,
                "the first page has no cursor: make the parameter \"\(parameter.name)\" optional, or give it a \"default\""
            )
        }
        return parameter
    }

    /// What a response tells goes into the next request as it is.
    private func checkTypes(_ node: JSONNode, _ key: String, _ parameter: FieldModel?, _ field: FieldModel?) {
        guard let parameter, let field, !parameter.schema.isUnknown, !field.schema.isUnknown,
            parameter.schema.jsonType != field.schema.jsonType
        else { return }
        report.error(
            position(node, key),
            "the parameter \"\(parameter.name)\" is of type \(parameter.schema.jsonType), the field \"\(field.name)\" of type \(field.schema.jsonType); give both one type"
        )
    }

    /// The parameter with the size of a page, which must have a value where a short page ends the list.
    private func checkSize(_ node: JSONNode, isLimit: Bool) {
        guard node["size"] != nil else { return lacks(node, "size", "the parameter with the size of a page") }
        guard let size = sizeParameter(node), isLimit, size.isOptional, size.defaultValue == nil else { return }
        report.error(
            position(node, "size"),
            "a short page ends the list, and \"\(size.name)\" may be left out; give it a \"default\", or make it required"
        )
    }

    /// The size may be a constant.
    private func sizeParameter(_ node: JSONNode) -> FieldModel? {
        if let name = node["size"]?.string, let field = locations.field(name), field.constant?.integer != nil {
            return field
        }
        return parameter(node, "size", isInteger: true)
    }

    private func parameter(_ node: JSONNode, _ key: String, isInteger: Bool) -> FieldModel? {
        guard let name = node[key]?.string else { return nil }
        let position = position(node, key)
        guard let field = locations.field(name) else {
            let known = locations.all.map(\.field.name)
            report.error(
                position,
                "\"\(key)\" names \"\(name)\", which is not a parameter; \(Suggestion.hint(for: name, in: known))")
            return nil
        }
        if field.constant != nil {
            report.error(position, "\"\(key)\" names \"\(name)\", which is constant; remove its \"const\"")
        }
        if isInteger, !field.schema.isUnknown, field.schema.jsonType != "integer" {
            report.error(position, "\"\(key)\" names \"\(name)\", which is not an integer; change its \"type\"")
        }
        return field
    }

    /// The conditions on fields of an item, each by the way that leads to it.
    private func hidden(_ node: JSONNode, _ list: [FieldCondition], _ element: SchemaModel) -> [FieldCondition] {
        endpoint.conditions(node["hide"], list, in: "hide") { name, position in
            itemField(name, position, "hide", element)
        }
    }

    // MARK: Name

    /// The pager's name where the spec gives none.
    private func name(_ node: JSONNode) -> String {
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
