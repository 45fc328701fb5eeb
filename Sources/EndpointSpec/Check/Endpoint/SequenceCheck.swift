/// Conditions on fields, and names of generated methods.
extension EndpointCheck {
    /// Checks conditions, and gives each the path that leads to its field, whatever other names a response has.
    func conditions(
        _ node: JSONNode?, _ list: [FieldCondition], in key: String,
        route: (String, SourcePosition) -> FieldRoute?
    ) -> [FieldCondition] {
        var paths: [String: FieldPath] = [:]
        for member in node?.members ?? [] {
            let route = route(member.key, member.keyPosition)
            checkCondition(member, route, in: key)
            paths[member.key] = route?.path
        }
        return list.map { condition in
            var condition = condition
            condition.field = paths[condition.field.text] ?? condition.field
            return condition
        }
    }

    /// The values that a condition on a field names; the field is nil after a mistake.
    private func checkCondition(_ member: JSONMember, _ route: FieldRoute?, in key: String) {
        // An object without "not" is reported with its keys.
        if member.value.members != nil, member.value["not"] == nil { return }
        let values = FieldCondition.values(of: member.value)
        if values.isEmpty {
            report.error(member.value.position, "\"\(key)\" has no value for \"\(member.key)\"; write one")
        }
        guard let route else { return }
        for value in values where !(value.isNull && route.admitsNull) {
            ValueCheck(session).argument(
                value, route.last.schema, .the("value of", member.key), checksConstraints: false)
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
        model.until = conditions(node, "until", model.until)
        model.fail = conditions(node, "fail", model.fail)
        checkPending(node)
        checkSeconds(node, "interval")
        checkSeconds(node, "timeout")
        return model
    }

    private func conditions(_ node: JSONNode, _ key: String, _ list: [FieldCondition]) -> [FieldCondition] {
        endpoint.conditions(node[key], list, in: key) { name, position in
            payload.route(name, position, "\"\(key)\"", endpoint.session)
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

extension FieldRoute {
    /// Whether a payload may be without a value for the field.
    var admitsNull: Bool {
        fields.contains { $0.isOptional || $0.schema.isNullable || !$0.schema.leniency.sentinels.isEmpty }
    }
}
