/// Examples must agree with the schemas they illustrate.
///
/// A class: what copies a model of this size is several kilobytes of code.
final class ExampleCheck {
    private let endpoint: EndpointCheck
    private let model: EndpointModel

    init(endpoint: EndpointCheck, model: EndpointModel) {
        self.endpoint = endpoint
        self.model = model
    }

    private var report: Report { endpoint.report }
    private var session: CheckSession { endpoint.session }

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
            var example = ExampleModel(position: node.position)
            KeywordTable.example.bind(node, to: &example)
            if !session.isChecked { check(example, node) }
            return example
        }
    }

    private func check(_ example: ExampleModel, _ node: JSONNode) {
        if let status = node["status"], !(100..<600).contains(example.status) {
            report.error(status.position, "\(example.status) is not an HTTP status; write one from 100 to 599")
        }
        if let request = node["request"] { checkRequest(request) }
        if let wire = node["wire"] { checkWire(wire) }
        guard let response = node["response"] else {
            if let error = node["error"] {
                ResponseCheck(endpoint: endpoint, model: model).checkStatus(example, error: error)
            } else if example.request == nil {
                report.error(node.position, "the example shows nothing; add \"request\", \"response\" or both")
            }
            return
        }
        ResponseCheck(endpoint: endpoint, model: model).check(example, response, error: node["error"])
    }

    // MARK: Requests

    private func checkRequest(_ request: JSONNode) {
        guard request.members != nil else { return }
        var fields = model.fields
        switch model.host {
        case .service: break
        case .announced: fields.insert(text("host", request.position), at: 0)
        case .caller: fields.insert(text("url", request.position), at: 0)
        }
        ValueCheck(session).arguments(request, fields)
        checkAddress(request)
        for (fields, location) in [(model.pathParameters, FieldLocation.path), (model.headers, .header)] {
            for field in fields {
                guard let node = request[field.argumentName] else { continue }
                ValueCheck(session).text(node, of: field, in: location, ValueName(path: field.argumentName))
            }
        }
    }

    /// Checks the `host` or `url` from another response.
    private func checkAddress(_ request: JSONNode) {
        switch model.host {
        case .service: break
        case .announced:
            guard let host = request["host"], let text = host.string, !WebAddress.isBase(text) else { return }
            report.error(host.position, "\"host\" \(WebAddress.baseRule)")
        case .caller:
            guard let url = request["url"], let text = url.string, !WebAddress.isAbsolute(text) else { return }
            report.error(url.position, "\"url\" \(WebAddress.rule)")
        }
    }

    private func text(_ name: String, _ position: SourcePosition) -> FieldModel {
        FieldModel(
            name: name, swiftName: name, schema: SchemaModel(.string, position: position), position: position)
    }

    private func checkWire(_ wire: JSONNode) {
        if let method = wire["method"], let text = method.string, text != model.method.rawValue,
            !model.method.rawValue.isEmpty
        {
            report.error(method.position, "the endpoint's method is \(model.method), not \"\(text)\"; make them agree")
        }
        if let body = wire["body"], case .none = model.body {
            report.error(body.position, "the endpoint has no body; remove \"body\" from \"wire\"")
        }
    }
}

/// Checks an example's response: what it means by the envelope and the error rules, and the payload in it.
final class ResponseCheck {
    private let endpoint: EndpointCheck
    private let model: EndpointModel

    init(endpoint: EndpointCheck, model: EndpointModel) {
        self.endpoint = endpoint
        self.model = model
    }

    private var report: Report { endpoint.report }
    private var session: CheckSession { endpoint.session }

    func check(_ example: ExampleModel, _ node: JSONNode, error: JSONNode?) {
        let envelope = session.service.envelope
        // Reported with service.json.
        if let envelope, envelope.success.isEmpty { return }
        var body: JSONValue? = node.json
        var isEmpty = false
        if EncodedBytes.isMeant(by: node.json) {
            // Bytes as they are: {"$text": "<html>…"} shows a response that is not JSON. A file may be JSON, too.
            let bytes = EncodedBytes(node.json)?.bytes
            isEmpty = bytes?.isEmpty ?? false
            body = bytes.flatMap { try? JSONValue(reading: $0) }
            if body != nil, model.payloadUse.isDecoded {
                report.error(node.position, "the bytes of the response are JSON; write them as JSON")
                return
            }
        }
        let verdict = verdict(example.status, body, isEmpty: isEmpty)
        if body != nil { checkErrorResponse(verdict, node) }
        switch verdict {
        // Nothing was wanted, or nothing is a value.
        case .success where body == nil && model.payloadUse == .decodedIfAny && error == nil:
            checkHeaders(example, node)
        case .success(let isEnveloped):
            checkSuccess(node, isEnveloped ? envelope?.payload : nil, error)
            if error == nil { checkHeaders(example, node) }
        case .failure(let kind, let code, _, let rule):
            if let rule, rule.status != nil, rule.code == nil, rule.contains == nil {
                checkStatus(example, node, kind, error)
            } else {
                checkFailure(node, kind, code, rule, error)
            }
        case .http(let kind): checkStatus(example, node, kind, error)
        case .unreadable:
            let missing = envelope.map { "the response has no \"\($0.code)\" as the service's envelope has" }
            let remedy = "add it, write \"envelope\": false for the endpoint, or add \"error\": \"decoding\""
            if let error {
                if error.string != "decoding" { refuse(error, "the response cannot be read", .decoding) }
            } else {
                report.error(node.position, "\(missing ?? "the response is not JSON"); \(remedy)")
            }
        }
    }

    /// Checks the error of an example without a response, which only the status can tell.
    func checkStatus(_ example: ExampleModel, error: JSONNode) {
        let verdict = verdict(example.status, nil, isEmpty: true)
        let isRuled = if case .failure = verdict { true } else { false }
        guard !(200..<300).contains(example.status) || isRuled else {
            report.error(
                error.position,
                "without \"response\" the example is not an error; add the response's body or its \"status\"")
            return
        }
        guard let kind = verdict.kind else { return }
        checkKind(kind, "the status \(example.status)", error, else: (error.position, ""))
    }

    private func checkStatus(_ example: ExampleModel, _ node: JSONNode, _ kind: ErrorKind, _ error: JSONNode?) {
        checkKind(
            kind, "the status \(example.status)", error,
            else: (node.position, "the response's status is \(example.status), which is a failure"))
    }

    private func verdict(_ status: Int, _ body: JSONValue?, isEmpty: Bool) -> ResponseVerdict {
        func verdict(_ json: JSONReader?) -> ResponseVerdict {
            ResponseVerdict(
                status: status, body: json, isEmpty: isEmpty, envelope: session.service.envelope, use: model.envelope,
                rules: model.errors + session.service.errors, payload: model.payloadUse)
        }
        return (try? body?.read { json in verdict(json) }) ?? verdict(nil)
    }

    // MARK: Failures

    /// The body of a failure has the declared type.
    private func checkErrorResponse(_ verdict: ResponseVerdict, _ node: JSONNode) {
        guard let schema = model.errorResponse else { return }
        switch verdict {
        case .failure(_, _, _, let rule) where rule?.payload == nil: break
        case .http: break
        default: return
        }
        if !EncodedBytes.isMeant(by: node.json) { ValueCheck(session).response(node, schema, .failure) }
    }

    private func checkFailure(
        _ node: JSONNode, _ kind: ErrorKind, _ code: ServiceCode?, _ rule: ErrorRule?, _ error: JSONNode?
    ) {
        if rule?.payload != nil {
            let payload = session.service.envelope?.payload.flatMap { node.node(at: $0) } ?? node
            return checkKind(
                kind, "the payload", error,
                else: (payload.position, "the payload is an error by the endpoint's \"errors\""))
        }
        let position = session.service.envelope.flatMap { node.node(at: $0.code)?.position } ?? node.position
        let shown = code?.value.text() ?? ""
        checkKind(
            kind, "the code \(shown)", error,
            else: (position, "the code \(shown) is not a success (see \"envelope\")"))
    }

    /// Compares the kind of an example's error; `missing` is where and what to report if the example names no error.
    private func checkKind(
        _ kind: ErrorKind, _ what: String, _ error: JSONNode?, else missing: (SourcePosition, String)
    ) {
        if let error {
            if let wanted = error.string, wanted != kind.rawValue { refuse(error, what, kind) }
        } else {
            report.error(
                missing.0, "\(missing.1); add \"error\": \"\(kind.rawValue)\" to the example, or fix the response")
        }
    }

    private func refuse(_ error: JSONNode, _ what: String, _ kind: ErrorKind) {
        guard let wanted = error.string, EndpointKeywords.exampleErrors.contains(wanted) else { return }
        report.error(
            error.position,
            "\(what) becomes \"\(kind.rawValue)\", not \"\(wanted)\"; write that, or add a rule to \"errors\"")
    }

    // MARK: Successes

    private func checkSuccess(_ node: JSONNode, _ key: FieldPath?, _ error: JSONNode?) {
        let payload = key.map { node.node(at: $0) } ?? node
        guard let error else { return checkPayload(payload ?? JSONNode(.null, position: node.position), in: node) }
        guard EndpointKeywords.exampleErrors.contains(error.string ?? "") else { return }
        if error.string == "decoding", !isReadable(payload?.json ?? .null) { return }
        report.error(
            error.position,
            "nothing in the response makes it an error; fix its code or its \"status\", or remove \"error\"")
    }

    /// Header fields are as declared.
    private func checkHeaders(_ example: ExampleModel, _ node: JSONNode) {
        guard let schema = model.responseHeaders else { return }
        let properties = session.typeTable.schema(of: schema).properties
        let given = (example.responseHeaders ?? [:]).members.map { ($0.key.lowercased(), $0.value.string ?? "") }
        var fields = JSONObject()
        for property in properties {
            let lines = given.filter { $0.0 == property.name.lowercased() }.map(\.1)
            if !lines.isEmpty { fields[property.name] = property.schema.value(ofHeader: lines) }
        }
        for violation in ValueCheck(session).violations(ofResponse: .object(fields), schema) {
            let remedy =
                if case .missing = violation.problem { "; add it to \"responseHeaders\" of the example" } else { "" }
            report.error(
                node.position,
                "the header field \"\(Violation.text(of: violation.path))\" \(violation.message)\(remedy)")
        }
    }

    private func isReadable(_ payload: JSONValue) -> Bool {
        guard case .payload(let schema) = model.response else { return true }
        if model.stream != nil {
            let elements = payload.array ?? []
            return elements.allSatisfy { ValueCheck(session).violations(ofResponse: $0, schema).isEmpty }
        }
        if payload.isNull, model.nullPayloadAsEmpty { return true }
        return ValueCheck(session).violations(ofResponse: payload, schema).isEmpty
    }

    private func checkPayload(_ payload: JSONNode, in node: JSONNode) {
        switch model.response {
        case .none: return
        case .binary:
            if EncodedBytes(node.json) != nil { return }
            report.error(
                node.position, "the response is bytes; write { \"$text\": \"…\" } or { \"$base64\": \"…\" }")
        case .payload(let schema) where model.stream != nil:
            if EncodedBytes(node.json) != nil { return }
            guard let elements = node.elements else {
                return report.error(node.position, "the response is a stream; write its elements as an array")
            }
            for (index, element) in elements.enumerated() {
                ValueCheck(session).response(element, schema, ValueName(path: "[\(index)]"))
            }
        case .payload(let schema):
            if payload.isNull, model.nullPayloadAsEmpty { return }
            if payload.isNull, !isReadable(.null) {
                report.error(
                    payload.position,
                    "the payload is null; write \"nullPayload\": \"empty\" or \"response\": null for the endpoint, or fix the example"
                )
                return
            }
            ValueCheck(session).response(payload, schema, .payload)
        }
    }
}

extension EndpointModel {
    /// What is done with the payload.
    public var payloadUse: PayloadUse {
        if stream != nil { return .bytes }
        return switch response {
        case .none: .ignored
        case .payload: admitsEmptyResponse ? .decodedIfAny : .decoded
        case .binary: .bytes
        }
    }
}
