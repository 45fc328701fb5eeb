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
        let name = node["name"]?.string ?? "waitFor" + SwiftName.upperCamel(endpoint.source.methodName)
        if let given = node["name"] { endpoint.checkGeneratedName(name, given.position) }
        return PollingModel(
            until: conditions(node, "until"), fail: conditions(node, "fail"), pending: pending(node),
            interval: seconds(node, "interval", 1), timeout: seconds(node, "timeout", 600), name: name,
            position: node.position)
    }

    private func conditions(_ node: JSONNode, _ key: String) -> [(field: String, values: [JSONNode])] {
        let members = (node[key]?.members ?? []).sorted { $0.key < $1.key }
        return members.map { member in
            let field = payload.field(member.key, member.keyPosition, "\"\(key)\"", report)
            let values = member.value.elements ?? [member.value]
            if values.isEmpty {
                report.error(member.value.position, "\"\(key)\" has no value for \"\(member.key)\"; write one")
            }
            for value in values {
                guard let field else { break }
                ValueCheck(endpoint.session, .argument).check(value, field.schema, .the("value of", member.key))
            }
            return (member.key, values)
        }
    }

    private func pending(_ node: JSONNode) -> [SpecCode] {
        let elements = node["pending"]?.elements ?? []
        if let first = elements.first, endpoint.session.service.envelope == nil || payload.envelope == .none {
            report.error(
                first.position,
                "there is no envelope with a code; remove \"pending\", or describe the envelope in service.json")
        }
        return elements.compactMap { element in
            guard let code = SpecCode(element) else { return nil }
            if endpoint.session.service.envelope?.success.contains(code) == true {
                report.error(
                    element.position, "\(code) means success (see \"envelope\"); write the codes that mean \"not yet\"")
            }
            return code
        }
    }

    private func seconds(_ node: JSONNode, _ key: String, _ usual: Double) -> Double {
        guard let value = node[key], let seconds = value.double else { return usual }
        if seconds <= 0 { report.error(value.position, "\"\(key)\" must be above 0 seconds, not \(value.compactText)") }
        return seconds
    }
}
