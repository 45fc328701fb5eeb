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
        let items = payloadField(node, "items")
        if let items, !items.schema.isUnknown, items.schema.jsonType != "array" {
            report.error(
                position(node, "items"),
                "\"items\" names \"\(items.name)\", which is not an array; name the field with the items")
        }
        let size = parameter(node, "size", isInteger: true)
        let style = node["style"]?.string == "cursor" ? cursor(node) : page(node, size)
        var model = PagingModel(style: style, position: node.position)
        KeywordTable.paging.bind(node, to: &model)
        checkHide(node, items)
        if let given = node["name"] {
            endpoint.checkGeneratedName(model.name, given.position)
        } else {
            model.name = name(node)
        }
        return model
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
                "\"total\" names \"\(total.name)\", which is not an integer; name the number of all items")
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
            lacks(node, "cursor", "the parameter that takes the cursor")
            return .cursor(parameter: "", field: "", end: .null)
        }
        let parameter = parameter(node, "cursor", isInteger: false)
        if let parameter, !parameter.isOptional, parameter.defaultValue == nil {
            report.error(
                cursor.position,
                "the first page has no cursor: make the parameter \"\(parameter.name)\" optional, or give it a \"default\""
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
            lacks(node, "end", "the cursor that says there is no further page, such as -1 or \"\"")
            return .cursor(parameter: parameter?.name ?? "", field: field?.name ?? "", end: .null)
        }
        if let field, !(end.isNull && field.admitsNull) {
            ValueCheck(endpoint.session).argument(
                end, field.schema, ValueName(path: "end"), checksConstraints: false)
        }
        // A sentinel reads as null, so that it is null that says so.
        let isSentinel = field?.schema.leniency.sentinels.contains(end.json) ?? false
        return .cursor(
            parameter: parameter?.name ?? "", field: field?.name ?? "", end: isSentinel ? .null : end.json)
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

    private func checkHide(_ node: JSONNode, _ items: FieldModel?) {
        guard let members = node["hide"]?.members, let items, case .array(let element) = items.schema.kind,
            !element.isUnknown
        else { return }
        let fields = endpoint.session.objectFields(element) ?? []
        for member in members {
            guard let field = fields.first(where: { $0.name == member.key }) else {
                let hint = Suggestion.hint(
                    for: member.key, in: fields.map(\.name), otherwise: "the items have no fields")
                report.error(
                    member.keyPosition, "\"hide\" names \"\(member.key)\", which is not a field of the items; \(hint)")
                continue
            }
            endpoint.checkCondition(member, field, in: "hide")
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

extension EndpointCheck {
    /// The values that a condition on a field names; the field is nil after a mistake.
    func checkCondition(_ member: JSONMember, _ field: FieldModel?, in key: String) {
        // An object without "not" is reported with its keys.
        if member.value.members != nil, member.value["not"] == nil { return }
        let values = FieldCondition.values(of: member.value)
        if values.isEmpty {
            report.error(member.value.position, "\"\(key)\" has no value for \"\(member.key)\"; write one")
        }
        guard let field else { return }
        for value in values where !(value.isNull && field.admitsNull) {
            ValueCheck(session).argument(
                value, field.schema, .the("value of", member.key), checksConstraints: false)
        }
    }

    /// A name that the author gives to a generated method.
    func checkGeneratedName(_ name: String, _ position: SourcePosition) {
        if !SwiftName.isValueName(name) {
            report.error(position, "\"\(name)\" cannot be the name of a Swift method; write one like \"allFiles\"")
        } else if SwiftName.takenInGroups.contains(name) {
            report.error(position, "every group has a \"\(name)\" of its own; choose another name")
        }
    }
}

/// `batch` and `partial`.
extension EndpointCheck {
    func batch(_ locations: Locations, _ payload: Payload) -> BatchModel? {
        guard let node = spec["batch"], node.members != nil else { return nil }
        var model = BatchModel(name: source.methodName + "InBatches", position: node.position)
        KeywordTable.batch.bind(node, to: &model)
        if let given = node["name"] { checkGeneratedName(model.name, given.position) }
        if let position = node["over"]?.position, !model.over.isEmpty { checkOver(model.over, position, locations) }
        if let collect = node["collect"] {
            checkCollect(collect, payload)
        } else {
            model.collect = (payload.fields ?? []).filter { $0.schema.jsonType == "array" }.map(\.name)
        }
        return model
    }

    private func checkOver(_ name: String, _ position: SourcePosition, _ locations: Locations) {
        guard let field = locations.field(name) else {
            let arrays = locations.all.map(\.field).filter { $0.schema.jsonType == "array" }.map(\.name)
            report.error(
                position,
                "\"over\" names \"\(name)\", which is not a parameter; "
                    + Suggestion.hint(for: name, in: arrays, otherwise: "there is no array to split"))
            return
        }
        if field.schema.isUnknown { return }
        if field.schema.jsonType != "array" {
            report.error(
                position, "\"over\" names \"\(name)\", which is not an array; name the array that may be split")
        } else if let size = field.schema.constraints.maxItems, size < 1 {
            report.error(position, "\"\(name)\" is split by its \"maxItems\", which must be at least 1; change it")
        } else if field.schema.constraints.maxItems == nil {
            report.error(position, "\"\(name)\" is split by its \"maxItems\", which it lacks; add it to the field")
        }
        if field.constant != nil {
            report.error(position, "\"over\" names \"\(name)\", which is constant; remove its \"const\"")
        }
    }

    private func checkCollect(_ node: JSONNode, _ payload: Payload) {
        var names: Set<String> = []
        for element in node.elements ?? [] {
            guard let name = element.string else { continue }
            let field = payload.field(name, element.position, "\"collect\"", report)
            if let field, !field.schema.isUnknown, field.schema.jsonType != "array" {
                report.error(
                    element.position, "\"collect\" names \"\(name)\", which is not an array; name arrays alone")
            }
            if !names.insert(name).inserted {
                report.error(element.position, "\"\(name)\" is duplicated in \"collect\"; remove one")
            }
        }
    }

    func checkPartial(_ payload: Payload) {
        guard let failed = spec["partial"]?["failed"], let name = failed.string, !name.isEmpty else { return }
        let field = payload.field(name, failed.position, "\"failed\"", report)
        if let field, !field.schema.isUnknown, field.schema.jsonType != "array" {
            report.error(
                failed.position, "\"failed\" names \"\(name)\", which is not an array; name the list of what failed")
        }
    }
}

/// `polling`: when a wait is over.
struct PollingCheck {
    let endpoint: EndpointCheck
    let payload: Payload

    private var report: Report { endpoint.report }

    init(_ endpoint: EndpointCheck, _ payload: Payload) {
        self.endpoint = endpoint
        self.payload = payload
    }

    func model() -> PollingModel? {
        guard let node = endpoint.spec["polling"], node.members != nil else { return nil }
        if (node["until"]?.members ?? []).isEmpty, (node["pending"]?.elements ?? []).isEmpty {
            report.error(
                node.position,
                "the end of the wait cannot be told; add \"until\" (fields and their values), or \"pending\" (codes)")
        }
        var model = PollingModel(
            name: "waitFor" + SwiftName.upperCamel(endpoint.source.methodName), position: node.position)
        KeywordTable.polling.bind(node, to: &model)
        if let given = node["name"] { endpoint.checkGeneratedName(model.name, given.position) }
        checkConditions(node, "until")
        checkConditions(node, "fail")
        checkPending(node)
        checkSeconds(node, "interval")
        checkSeconds(node, "timeout")
        return model
    }

    private func checkConditions(_ node: JSONNode, _ key: String) {
        for member in node[key]?.members ?? [] {
            let field = payload.field(member.key, member.keyPosition, "\"\(key)\"", report)
            endpoint.checkCondition(member, field, in: key)
        }
    }

    private func checkPending(_ node: JSONNode) {
        let elements = node["pending"]?.elements ?? []
        if let first = elements.first, endpoint.session.service.envelope == nil || payload.envelope == .none {
            report.error(
                first.position,
                "there is no envelope with a code; remove \"pending\", or describe the envelope in service.json")
        }
        for element in elements {
            guard let code = ServiceCode(element.json) else { continue }
            if endpoint.session.service.envelope?.success.contains(code) == true {
                report.error(
                    element.position,
                    "\(code.value) means success (see \"envelope\"); write the codes that mean \"not yet\"")
            }
        }
    }

    private func checkSeconds(_ node: JSONNode, _ key: String) {
        guard let value = node[key], let seconds = value.double, !PollingTimes.isValid(seconds) else { return }
        report.error(value.position, "\"\(key)\" \(PollingTimes.rule), not \(value.compactText)")
    }
}

extension FieldModel {
    /// Whether a payload may be without a value for the field.
    fileprivate var admitsNull: Bool {
        isOptional || schema.isNullable || !schema.leniency.sentinels.isEmpty
    }
}
