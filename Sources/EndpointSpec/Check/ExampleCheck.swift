/// Examples must agree with the schemas they illustrate.
struct ExampleCheck {
    let endpoint: EndpointCheck
    let model: EndpointModel
    let payload: Payload

    private var report: Report { endpoint.report }
    private var session: CheckSession { endpoint.session }

    init(_ endpoint: EndpointCheck, _ model: EndpointModel, _ payload: Payload) {
        self.endpoint = endpoint
        self.model = model
        self.payload = payload
    }

    func models() -> [ExampleModel] {
        var names: [String: SourcePosition] = [:]
        return (endpoint.spec["examples"]?.elements ?? []).compactMap { node in
            guard node.members != nil else { return nil }
            let name = node["name"]?.string ?? ""
            let position = node["name"]?.position ?? node.position
            if !name.isEmpty, let other = names.updateValue(position, forKey: name) {
                report.error(
                    position, "an example is called \"\(name)\" already (line \(other.line)); choose another name")
            }
            let example = ExampleModel(
                name: name, request: node["request"]?.sorted, response: node["response"]?.sorted,
                status: node["status"]?.integer.flatMap { Int(exactly: $0) } ?? 200, error: node["error"]?.string,
                wire: node["wire"]?.sorted, position: node.position)
            check(example, node)
            return example
        }
    }

    private func check(_ example: ExampleModel, _ node: JSONNode) {
        if let status = node["status"], !(100..<600).contains(example.status) {
            report.error(status.position, "\(example.status) is no HTTP status; write one from 100 to 599")
        }
        if let request = example.request { checkRequest(request) }
        if let wire = example.wire { checkWire(wire) }
        guard let response = example.response else {
            if let error = node["error"] {
                if example.status < 400 {
                    report.error(
                        error.position,
                        "without \"response\" the answer is no error; add the answer's body or its \"status\"")
                }
            } else if example.request == nil {
                report.error(node.position, "the example shows nothing; add \"request\", \"response\" or both")
            }
            return
        }
        AnswerCheck(endpoint, model, payload).check(example, response, error: node["error"])
    }

    // MARK: Requests

    private func checkRequest(_ request: JSONNode) {
        guard let members = request.members else { return }
        var fields = model.arguments
        switch model.host {
        case .service: break
        case .announced: fields.insert(text("host", request.position), at: 0)
        case .caller: fields.insert(text("url", request.position), at: 0)
        }
        let known = Set(fields.map(\.name))
        let constants = Set((model.pathParameters + model.query + model.headers + model.body.fields).map(\.name))
        for member in members where !known.contains(member.key) {
            let hint =
                constants.contains(member.key)
                ? "it is constant and no argument; remove it"
                : Suggestion.hint(for: member.key, in: fields.map(\.name), otherwise: "the call takes no arguments")
            report.error(member.keyPosition, "there is no argument \"\(member.key)\"; \(hint)")
        }
        ValueCheck(session, .argument).check(members, fields, at: request.position)
    }

    private func text(_ name: String, _ position: SourcePosition) -> FieldModel {
        FieldModel(
            name: name, swiftName: name, schema: SchemaModel(.string, position: position), isOptional: false,
            defaultValue: nil, constant: nil, description: nil, deprecated: nil, isSensitive: false, aliases: [],
            position: position)
    }

    private func checkWire(_ wire: JSONNode) {
        if let method = wire["method"], let text = method.string, text != model.method, !model.method.isEmpty {
            report.error(method.position, "the endpoint's method is \(model.method), not \"\(text)\"; make them agree")
        }
        if let body = wire["body"], case .none = model.body {
            report.error(body.position, "the endpoint has no body; remove \"body\" from \"wire\"")
        }
    }
}
