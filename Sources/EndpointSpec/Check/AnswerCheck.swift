/// Checks an example's answer: what it means by the envelope and the error rules, and the payload in it.
struct AnswerCheck {
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

    func check(_ example: ExampleModel, _ response: JSONNode, error: JSONNode?) {
        // Bytes that are not what was asked for: {"$text": "<html>…"} shows an answer that is no JSON.
        let isRaw = response.members?.count == 1 && (response["$text"] != nil || response["$base64"] != nil)
        let envelope = isRaw || model.envelope == .none ? nil : session.service.envelope
        // Reported with service.json.
        if let envelope, envelope.success.isEmpty { return }
        if let envelope, let code = code(response, envelope), isWrapped(code, envelope) {
            checkWrapped(example, response, envelope, code, error)
        } else if let error {
            checkBareError(example, response, error, isRaw: isRaw)
        } else if !(200..<300).contains(example.status) {
            report.error(
                response.position,
                "the answer's status is \(example.status), which is a failure; add \"error\": \"\(Self.kind(status: example.status))\""
            )
        } else if let envelope, model.envelope == .service {
            report.error(
                response.position,
                "the answer has no \"\(envelope.code)\" as the service's envelope has; add it, or write \"envelope\": false for the endpoint"
            )
        } else {
            checkPayload(response, at: response.position)
        }
    }

    /// A code as the envelope's kind of codes.
    private func code(_ response: JSONNode, _ envelope: EnvelopeModel) -> (code: SpecCode, position: SourcePosition)? {
        response[envelope.code].flatMap { node in SpecCode(node).map { ($0, node.position) } }
    }

    /// Without an envelope round successes, a success code is one of the payload's own fields.
    private func isWrapped(_ code: (code: SpecCode, position: SourcePosition), _ envelope: EnvelopeModel) -> Bool {
        model.envelope == .service || !envelope.success.contains(code.code)
    }

    // MARK: In an envelope

    private func checkWrapped(
        _ example: ExampleModel, _ response: JSONNode, _ envelope: EnvelopeModel,
        _ code: (code: SpecCode, position: SourcePosition), _ error: JSONNode?
    ) {
        let inner = envelope.payload.map { response[$0] } ?? response
        guard envelope.success.contains(code.code) else {
            let message = envelope.message.flatMap { response[$0]?.string } ?? ""
            let rules = model.errors + session.service.errors
            var kind = ErrorRules.match(rules, code: code.code, message: message)?.kind.rawValue
            if model.polling?.pending.contains(code.code) == true { kind = kind ?? "pending" }
            let actual = kind ?? (example.status < 400 ? "service" : Self.kind(status: example.status))
            if let error, let wanted = error.string {
                if EndpointKeywords.exampleErrors.contains(wanted), wanted != actual,
                    !(wanted == "service" && kind == nil)
                {
                    report.error(
                        error.position,
                        "the code \(code.code) becomes \"\(actual)\" by the error rules, not \"\(wanted)\"; write that, or add a rule to \"errors\""
                    )
                }
            } else if example.error == nil {
                report.error(
                    code.position,
                    "the code \(code.code) is no success; add \"error\": \"\(actual)\" to the example, or mend the code"
                )
            }
            return
        }
        let rule = model.errors.first { rule in
            guard let (name, value) = rule.payload else { return false }
            return inner?[name]?.isSame(as: value) ?? false
        }
        switch (error, rule) {
        case (let error?, nil):
            if error.string == "decoding" { return }
            report.error(
                error.position,
                "the code \(code.code) means success (see \"envelope\"); remove \"error\", or mend the code")
        case (let error?, let rule?):
            if let wanted = error.string, wanted != rule.kind.rawValue {
                report.error(
                    error.position,
                    "the payload becomes \"\(rule.kind.rawValue)\" by the error rules, not \"\(wanted)\"; write that")
            }
        case (nil, let rule?):
            report.error(
                inner?.position ?? response.position,
                "the payload is an error by the endpoint's \"errors\"; add \"error\": \"\(rule.kind.rawValue)\" to the example"
            )
        case (nil, nil):
            if let inner {
                checkPayload(inner, at: inner.position)
            } else {
                checkPayload(JSONNode(.null, position: response.position), at: response.position)
            }
        }
    }

    // MARK: Bare

    private func checkBareError(_ example: ExampleModel, _ response: JSONNode, _ error: JSONNode, isRaw: Bool) {
        guard let wanted = error.string, EndpointKeywords.exampleErrors.contains(wanted) else { return }
        if example.status < 400 {
            // An answer that cannot be read, or one that an own rule makes an error.
            let rule = model.errors.first { rule in
                rule.payload.map { name, value in response[name]?.isSame(as: value) ?? false } ?? false
            }
            if wanted == "decoding" || (isRaw && wanted == "http") || rule?.kind.rawValue == wanted { return }
            report.error(
                error.position, "nothing in the answer makes it an error; add its \"status\", or remove \"error\"")
            return
        }
        let actual = Self.kind(status: example.status)
        if wanted != actual {
            report.error(
                error.position, "the status \(example.status) becomes \"\(actual)\", not \"\(wanted)\"; write that")
        }
    }

    /// What a status alone means.
    private static func kind(status: Int) -> String {
        switch status {
        case 401: "authentication"
        case 429: "throttled"
        default: "http"
        }
    }

    // MARK: Payload

    private func checkPayload(_ node: JSONNode, at position: SourcePosition) {
        switch model.response {
        case .none: return
        case .binary:
            let isRaw = node.members?.count == 1 && (node["$text"]?.string ?? node["$base64"]?.string) != nil
            if !isRaw {
                report.error(position, "the answer is bytes; write { \"$text\": \"…\" } or { \"$base64\": \"…\" }")
            }
        case .payload(let schema):
            if node.isNull, model.nullPayloadAsEmpty { return }
            if node.isNull, !schema.isNullable, !schema.nullAsEmpty, !schema.isUnknown {
                report.error(
                    position,
                    "the payload is null; write \"nullPayload\": \"empty\" or \"response\": null for the endpoint, or mend the example"
                )
                return
            }
            ValueCheck(session, .wire).check(node, schema, .payload)
        }
    }
}
