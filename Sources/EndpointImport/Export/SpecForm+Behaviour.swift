import EndpointCore
import EndpointSpec

/// What an endpoint says of its calls beside what is sent and what comes back.
extension SpecForm {
    /// The keywords of an endpoint that are about its behaviour, by name; absent where the spec need not say them.
    package func behaviour(_ endpoint: EndpointModel) -> JSONObject {
        var form = JSONObject()
        switch endpoint.host {
        case .service: break
        case .announced(let ids): form["host"] = ["announcedBy": .array(ids.map { .string($0) })]
        case .caller: form["url"] = "caller"
        }
        if !endpoint.isAuthenticated, endpoint.host != .caller { form["authentication"] = "none" }
        switch endpoint.envelope {
        case .service: break
        case .none: if endpoint.host != .caller, endpoint.stream == nil { form["envelope"] = false }
        case .errors: form["envelope"] = "errors"
        }
        if endpoint.nullPayloadAsEmpty { form["nullPayload"] = "empty" }
        if endpoint.admitsEmptyResponse { form["emptyResponse"] = true }
        form["stream"] = endpoint.stream.map(stream)
        form["checksum"] = endpoint.md5Header.map { ["md5": .string($0)] }
        form["rate"] = endpoint.rate.map { .object(rate($0)) }
        if endpoint.isIdempotent != endpoint.method.isIdempotent { form["idempotent"] = .bool(endpoint.isIdempotent) }
        if endpoint.isDestructive { form["destructive"] = true }
        if !endpoint.errors.isEmpty {
            form["errors"] = .array(endpoint.errors.map { .object(rule(meant($0, of: endpoint))) })
        }
        form["paging"] = endpoint.paging.map { .object(paging($0)) }
        form["batch"] = endpoint.batch.map { .object(batch($0)) }
        form["partial"] = endpoint.partialFailures.map { ["failed": .string($0)] }
        form["polling"] = endpoint.polling.map { .object(polling($0)) }
        return form
    }

    /// `{"limit": 5, "per": "second"}`
    package func rate(_ rate: Rate) -> JSONObject {
        var form: JSONObject = ["limit": Bound.number(rate.limit).value, "per": .string(rate.per.rawValue)]
        form["group"] = rate.group.map { .string($0) }
        return form
    }

    /// `{"code": 429, "kind": "throttled"}`
    package func rule(_ rule: ErrorRule) -> JSONObject {
        var form = JSONObject()
        form["status"] = rule.status.map(Self.status)
        form["code"] = rule.code?.value
        form["contains"] = rule.contains.map { .string($0) }
        form["payload"] = rule.payload.map { .object([$0.field.text: $0.value]) }
        form["kind"] = .string(rule.kind.rawValue)
        form["retry"] = rule.retry.map { .bool($0) }
        if rule.refreshesToken != (rule.kind == .authentication) { form["refresh"] = .bool(rule.refreshesToken) }
        form["remedy"] = rule.remedy.map { .string($0) }
        return form
    }

    /// A rule whose payload has the value that a spec names, where the model has the one on the wire.
    private func meant(_ rule: ErrorRule, of endpoint: EndpointModel) -> ErrorRule {
        guard let condition = rule.payload, case .payload(let schema) = endpoint.response,
            let route = types.route(condition.field, in: types.fields(of: schema))
        else { return rule }
        var rule = rule
        rule.payload?.value = types.schema(of: route.last).meaning(of: condition.value)
        return rule
    }

    /// `404`, or `"4xx"`.
    private static func status(_ range: ClosedRange<Int>) -> JSONValue {
        range.count == 1 ? .integer(Int64(range.lowerBound)) : .string("\(range.lowerBound / 100)xx")
    }

    private func stream(_ format: StreamFormat) -> JSONValue {
        switch format {
        case .lines: "lines"
        case .events(nil): "events"
        case .events(let end?): ["format": "events", "end": .string(end)]
        }
    }

    private func paging(_ paging: PagingModel) -> JSONObject {
        var form = JSONObject()
        switch paging.style {
        case .page(let parameter, let first, let total, let untilShortPage):
            form = ["style": "page", "page": .string(parameter), "first": .integer(first)]
            form["total"] = total.map { .string($0.text) }
            if untilShortPage { form["until"] = "shortPage" }
        case .offset(let parameter, _, let total):
            form = ["style": "offset", "offset": .string(parameter)]
            form["total"] = total.map { .string($0.text) }
        case .cursor(let parameter, let field, let end):
            form = ["style": "cursor", "cursor": .string(parameter), "field": .string(field.text), "end": end]
        case .next(let field):
            form = ["style": "next"]
            if let field { form["field"] = .string(field.text) } else { form["header"] = "Link" }
        case .lastItem(let parameter, let field):
            form = ["style": "lastItem", "cursor": .string(parameter), "field": .string(field.text)]
        }
        form["size"] = paging.size.map { .string($0) }
        form["items"] = paging.items.map { .string($0.text) }
        if !paging.hide.isEmpty { form["hide"] = conditions(paging.hide) }
        form["name"] = .string(paging.name)
        return form
    }

    private func batch(_ batch: BatchModel) -> JSONObject {
        [
            "over": .string(batch.over), "collect": .array(batch.collect.map { .string($0) }),
            "name": .string(batch.name),
        ]
    }

    private func polling(_ polling: PollingModel) -> JSONObject {
        var form = JSONObject()
        if !polling.until.isEmpty { form["until"] = conditions(polling.until) }
        if !polling.fail.isEmpty { form["fail"] = conditions(polling.fail) }
        if !polling.pending.isEmpty { form["pending"] = .array(polling.pending.map(\.value)) }
        form["interval"] = Bound.number(polling.interval).value
        form["timeout"] = Bound.number(polling.timeout).value
        form["name"] = .string(polling.name)
        return form
    }

    private func conditions(_ conditions: [FieldCondition]) -> JSONValue {
        var form = JSONObject()
        for condition in conditions {
            let values: JSONValue =
                condition.values.count == 1 ? condition.values[0] : .array(condition.values)
            form[condition.field.text] = condition.isNegated ? ["not": values] : values
        }
        return .object(form)
    }
}
