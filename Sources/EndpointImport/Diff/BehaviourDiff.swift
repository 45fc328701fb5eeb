import EndpointCore
import EndpointSpec

/// Compares what two versions of an endpoint say beside what is sent and what comes back.
struct BehaviourDiff {
    let old: (endpoint: EndpointModel, form: SpecForm)
    let new: (endpoint: EndpointModel, form: SpecForm)
    let list: ChangeList

    func compare() {
        let (before, after) = (old.form.behaviour(old.endpoint), new.form.behaviour(new.endpoint))
        let position = new.endpoint.position
        list.compare(before["rate"], after["rate"], .rateChanged, "\"rate\"", position, key: "rate")
        list.compare(
            old.endpoint.isIdempotent, new.endpoint.isIdempotent, .idempotenceChanged,
            "whether the call is idempotent", position, key: "idempotent", { "\($0)" })
        list.compare(
            old.endpoint.isDestructive, new.endpoint.isDestructive, .destructiveChanged,
            "whether the call is destructive", position, key: "destructive", { "\($0)" })
        list.compare(before["partial"], after["partial"], .partialChanged, "\"partial\"", position, key: "partial")
        list.compare(before["checksum"], after["checksum"], .checksumChanged, "\"checksum\"", position, key: "checksum")
        ErrorRuleDiff(list: list, position: position).compare(
            (old.endpoint.errors, old.form), (new.endpoint.errors, new.form))
        comparePaging(before["paging"], after["paging"])
        compareBatch(before["batch"], after["batch"])
        compareWait(before["polling"], after["polling"])
    }

    private func comparePaging(_ before: JSONValue?, _ after: JSONValue?) {
        let position = new.endpoint.paging?.position ?? old.endpoint.paging?.position ?? new.endpoint.position
        guard let before, let after else {
            if let after { list.add(.pagerAdded, "the pager \(Self.name(after)) was added", position) }
            if let before { list.add(.pagerRemoved, "the pager \(Self.name(before)) was removed", position) }
            return
        }
        list.compare(before["name"], after["name"], .pagerRenamed, "the name of the pager", position)
        for key in ["style", "page", "offset", "cursor", "field", "header", "size", "items"] {
            list.compare(before[key], after[key], .pagerChanged, "\"\(key)\" of \"paging\"", position)
        }
        for key in ["first", "total", "until", "end", "hide"] {
            list.compare(before[key], after[key], .pagerEndChanged, "\"\(key)\" of \"paging\"", position)
        }
    }

    private func compareBatch(_ before: JSONValue?, _ after: JSONValue?) {
        let position = new.endpoint.batch?.position ?? old.endpoint.batch?.position ?? new.endpoint.position
        guard let before, let after else {
            if let after { list.add(.batchAdded, "the method \(Self.name(after)) was added", position) }
            if let before { list.add(.batchRemoved, "the method \(Self.name(before)) was removed", position) }
            return
        }
        for key in ["name", "over", "collect"] {
            list.compare(before[key], after[key], .batchChanged, "\"\(key)\" of \"batch\"", position)
        }
    }

    private func compareWait(_ before: JSONValue?, _ after: JSONValue?) {
        let position = new.endpoint.polling?.position ?? old.endpoint.polling?.position ?? new.endpoint.position
        guard let before, let after else {
            if let after { list.add(.waitAdded, "the method \(Self.name(after)) was added", position) }
            if let before { list.add(.waitRemoved, "the method \(Self.name(before)) was removed", position) }
            return
        }
        list.compare(before["name"], after["name"], .waitRenamed, "the name of the wait", position)
        for key in ["until", "fail", "pending"] {
            list.compare(before[key], after[key], .waitChanged, "\"\(key)\" of \"polling\"", position)
        }
        for key in ["interval", "timeout"] {
            list.compare(before[key], after[key], .waitTimesChanged, "\"\(key)\" of \"polling\"", position)
        }
    }

    private static func name(_ form: JSONValue) -> String { form["name"]?.string ?? "" }
}

/// Compares rules that make responses errors.
struct ErrorRuleDiff {
    let list: ChangeList
    let position: SourcePosition

    /// Rules that are for the same responses are one rule in two versions.
    func compare(_ old: (rules: [ErrorRule], form: SpecForm), _ new: (rules: [ErrorRule], form: SpecForm)) {
        let before = old.rules.map { ($0, Self.condition(old.form.rule($0))) }
        let after = new.rules.map { ($0, Self.condition(new.form.rule($0))) }
        for (rule, condition) in before {
            guard let (other, _) = after.first(where: { $0.1 == condition }) else {
                list.add(
                    .errorRuleRemoved, "the error rule for \(condition.text()) was removed", position, key: "errors")
                continue
            }
            list.compare(
                rule.kind, other.kind, .errorKindChanged, "the kind of the error rule for \(condition.text())",
                position,
                \.rawValue)
            if rule.isRetryable != other.isRetryable || rule.refreshesToken != other.refreshesToken,
                rule.kind == other.kind
            {
                list.add(
                    .errorRetryChanged, "what is done after the error rule for \(condition.text()) changed", position,
                    key: "errors")
            }
            if rule.remedy != other.remedy {
                list.add(
                    .remedyChanged, "the remedy of the error rule for \(condition.text()) changed", position,
                    key: "errors")
            }
        }
        for (_, condition) in after where !before.contains(where: { $0.1 == condition }) {
            list.add(.errorRuleAdded, "an error rule for \(condition.text()) was added", position, key: "errors")
        }
        // The first that matches counts.
        let conditions = (before.map(\.1), after.map(\.1))
        let common = (
            conditions.0.filter { conditions.1.contains($0) }, conditions.1.filter { conditions.0.contains($0) }
        )
        if common.0 != common.1 {
            list.add(.errorKindChanged, "the order of the error rules changed", position, key: "errors")
        }
    }

    private static func condition(_ form: JSONObject) -> JSONValue {
        var condition = JSONObject()
        for key in ["status", "code", "contains", "payload"] { condition[key] = form[key] }
        return .object(condition)
    }
}
