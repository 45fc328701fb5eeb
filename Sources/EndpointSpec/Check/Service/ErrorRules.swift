/// Rules that turn responses into errors.
struct ErrorRules {
    /// Whose rules they are.
    enum Scope {
        case service
        case endpoint
        /// An endpoint without the envelope that the service has: why, as a remedy names it; nil where it cannot have it.
        case bareEndpoint(reason: String?)
    }

    let scope: Scope
    /// The service's envelope.
    let envelope: Envelope?
    let report: Report

    /// Reads the rules of a service or of an endpoint. Where a rule has a mistake that leaves nothing of it, there is none.
    func read(_ node: JSONNode?) -> [(rule: ErrorRule, node: JSONNode)] {
        (node?.elements ?? []).compactMap { node in rule(node).map { ($0, node) } }
    }

    private func rule(_ node: JSONNode) -> ErrorRule? {
        guard node.members != nil else { return nil }
        let code = node["code"].flatMap { ServiceCode($0.json) }
        if ["status", "code", "contains", "payload"].allSatisfy({ node[$0] == nil }) {
            report.error(
                node.position, "the rule matches every error; add \"status\", \"code\", \"contains\" or \"payload\"")
        }
        if let code, let position = node["code"]?.position, envelope?.success.contains(code) == true {
            report.error(
                position,
                "\(code.value) means success (see \"envelope\"); write the code of a failure, or use \"payload\"")
        }
        checkStatus(node)
        checkEnvelope(node)
        checkPayload(node)
        guard let kind = node["kind"]?.string.flatMap(ErrorKind.init(rawValue:)) else { return nil }
        if let refresh = node.member("refresh"), kind != .authentication {
            report.error(
                refresh.keyPosition, "\"refresh\" is for the kind \"authentication\"; remove it or change \"kind\"")
        }
        var rule = ErrorRule(kind: kind)
        KeywordTable.errorRule.bind(node, to: &rule)
        return rule
    }

    private func checkStatus(_ node: JSONNode) {
        guard let status = node["status"], status.integer != nil, StatusRange.range(of: status.json) == nil else {
            return
        }
        report.error(status.position, "\"status\" \(StatusRange.rule), not \(status.compactText)")
    }

    /// Reports what looks into an envelope that no response has: such a rule never matches.
    private func checkEnvelope(_ node: JSONNode) {
        let remedy: String
        switch (scope, envelope) {
        case (.bareEndpoint(let reason?), .some): remedy = "write \"status\" or \"payload\", or \(reason)"
        case (.bareEndpoint(nil), .some): remedy = "write \"status\" or \"payload\""
        case (.service, nil): remedy = "write \"status\", or describe the \"envelope\""
        case (_, nil): remedy = "write \"status\" or \"payload\", or describe the envelope in service.json"
        case (.service, let envelope?), (.endpoint, let envelope?):
            if envelope.message == nil, let contains = node.member("contains") {
                report.error(
                    contains.keyPosition,
                    "\"contains\" is about the envelope's message, and \"envelope\" names no field for it; add \"message\" there, or write \"code\""
                )
            }
            return
        }
        for key in ["code", "contains"] {
            guard let member = node.member(key) else { continue }
            report.error(
                member.keyPosition,
                "\"\(key)\" is about the envelope, which the responses do not have, so that the rule never matches; \(remedy)"
            )
        }
    }

    private func checkPayload(_ node: JSONNode) {
        guard let payload = node["payload"] else { return }
        if case .service = scope {
            report.error(payload.position, "\"payload\" is for an endpoint's own rules; move the rule there")
        } else if payload.members?.count != 1 {
            report.error(payload.position, "\"payload\" names one field and its value: { \"isFull\": true }")
        } else if ["status", "code", "contains"].contains(where: { node[$0] != nil }) {
            report.error(
                payload.position,
                "\"payload\" judges a success; put \"status\", \"code\" and \"contains\" into a rule of their own")
        }
    }
}
