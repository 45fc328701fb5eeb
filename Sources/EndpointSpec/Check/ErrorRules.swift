/// Rules that turn answers into errors.
enum ErrorRules {
    /// Reads the rules of a service or of an endpoint.
    static func read(_ node: JSONNode?, isService: Bool, success: [SpecCode], _ report: Report) -> [ErrorRuleModel] {
        (node?.elements ?? []).compactMap { rule($0, isService: isService, success: success, report) }
    }

    private static func rule(
        _ node: JSONNode, isService: Bool, success: [SpecCode], _ report: Report
    ) -> ErrorRuleModel? {
        guard node.members != nil else { return nil }
        let code = node["code"].flatMap { SpecCode($0) }
        if node["code"] == nil, node["contains"] == nil, node["payload"] == nil {
            report.error(node.position, "the rule matches every error; add \"code\", \"contains\" or \"payload\"")
        }
        if let code, let position = node["code"]?.position, success.contains(code) {
            report.error(
                position, "\(code) means success (see \"envelope\"); write the code of a failure, or use \"payload\"")
        }
        if let payload = node["payload"] {
            if isService {
                report.error(payload.position, "\"payload\" is for an endpoint's own rules; move the rule there")
            } else if payload.members?.count != 1 {
                report.error(payload.position, "\"payload\" names one field and its value: { \"isFull\": true }")
            } else if node["code"] != nil || node["contains"] != nil {
                report.error(
                    payload.position,
                    "\"payload\" judges a success; put \"code\" and \"contains\" into a rule of their own")
            }
        }
        guard let kind = node["kind"]?.string.flatMap(ErrorRuleModel.Kind.init(rawValue:)) else { return nil }
        if let refresh = node.member("refresh"), kind != .authentication {
            report.error(
                refresh.keyPosition, "\"refresh\" is for the kind \"authentication\"; remove it or change \"kind\"")
        }
        return ErrorRuleModel(
            code: code, contains: node["contains"]?.string,
            payload: node["payload"]?.members?.first.map { ($0.key, $0.value) }, kind: kind,
            isRetryable: node["retry"]?.boolean ?? (kind == .throttled),
            refreshesToken: node["refresh"]?.boolean ?? (kind == .authentication), remedy: node["remedy"]?.string,
            position: node.position)
    }

    /// The rule that an answer meets.
    static func match(_ rules: [ErrorRuleModel], code: SpecCode, message: String) -> ErrorRuleModel? {
        rules.first { rule in
            if rule.payload != nil { return false }
            if let wanted = rule.code, wanted != code { return false }
            if let text = rule.contains { return message.lowercased().contains(text.lowercased()) }
            return true
        }
    }
}
