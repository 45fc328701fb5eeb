import EndpointDynamic
import EndpointKit
import EndpointSpec

/// `describe ID`: everything about one endpoint.
struct DescribeText {
    let program: String
    let command: Command
    let width: Int

    private var model: EndpointModel { command.model }
    private var types: TypeText { TypeText(types: command.endpoint.types) }

    var text: String {
        var text = command.id + "\n" + paragraph(model.title) + paragraph(model.summary)
        if let link = model.documentation { text += SafeText.escaped(link) + "\n" }
        if let advice = model.deprecated { text += paragraph("Deprecated: \(advice)") }
        text += "\n" + TextLayout.rows(facts, width: width, indent: 0)
        for note in model.notes { text += "\n" + paragraph(note) }
        text += section("Arguments", command.options.isEmpty ? "" : ArgumentRows(command: command).text(width: width))
        text += section("Response", response)
        text += section("Errors", errors)
        text += section("Command", commandLine)
        for example in model.examples { text += section("Example: \(example.name)", self.example(example)) }
        return text
    }

    // MARK: Facts

    private var facts: [(String, String)] {
        var facts = [("Request", command.requestLine)]
        if model.isDestructive { facts.append(("Destructive", "yes: asks before it is sent, unless --yes is given")) }
        if let encoding = model.body.encoding, encoding != .json || model.contentType != nil {
            facts.append(("Body", model.contentType ?? encoding.contentType))
        }
        if let title = model.group.title { facts.append(("Group", "\(command.group) (\(title))")) }
        if let id = model.variantOf { facts.append(("Variant of", id)) }
        if !model.isAuthenticated { facts.append(("Authentication", "none")) }
        if model.isIdempotent, model.method != .get { facts.append(("Idempotent", "yes: may be repeated")) }
        if let rate = model.rate {
            let group = rate.group.map { ", shared with \($0)" } ?? ""
            facts.append(("Rate", "\(number(rate.limit)) a \(rate.per.rawValue)\(group)"))
        }
        if let paging = model.paging { facts.append(("Paging", describe(paging))) }
        if let polling = model.polling { facts.append(("Polling", describe(polling))) }
        if let batch = model.batch {
            let size = command.endpoint.batchSize.map { " in parts of \($0)" } ?? ""
            facts.append(("Batch", "a longer \(batch.over) is sent\(size)"))
        }
        switch model.stream {
        case .lines?: facts.append(("Stream", "a JSON value on each line"))
        case .events(let end)?:
            facts.append(("Stream", "server-sent events" + (end.map { ", until one whose data is \($0)" } ?? "")))
        case nil: break
        }
        if let headers = model.responseHeaders {
            let names = command.endpoint.types.fields(of: headers).map(\.name).joined(separator: ", ")
            facts.append(("Header fields", "\(names); --include prints all that came"))
        }
        if model.admitsEmptyResponse { facts.append(("Empty response", "a success without content has no payload")) }
        if let field = model.md5Header { facts.append(("Checksum", "\(field) of the response has the file's MD5")) }
        if let field = model.partialFailures { facts.append(("Partial success", "\(field) lists what failed")) }
        return facts
    }

    private func describe(_ paging: PagingModel) -> String {
        let size = paging.size.map { ", \"\($0)\" items a page" } ?? ""
        switch paging.style {
        case .page(let parameter, _, let total, let untilShortPage):
            let end = untilShortPage ? "a short page" : total.map { "\"\($0)\" items are read" } ?? "a short page"
            return "by \"\(parameter)\"\(size), until \(end); --all gets every page"
        case .cursor(let parameter, let field, let end):
            let source = field.text == parameter ? "of the previous page" : "from the previous page's \"\(field)\""
            return "by \"\(parameter)\" \(source)\(size), until it is \(end.text()); --all gets every page"
        case .offset(let parameter, _, let total):
            let end = total.map { "\"\($0)\" items are read" } ?? "a short page"
            return "by the number of items before, in \"\(parameter)\"\(size), until \(end); --all gets every page"
        case .next(let field):
            let source = field.map { "in \"\($0)\"" } ?? "in the header field Link"
            return "by the URL of the next page \(source), until there is none; --all gets every page"
        case .lastItem(let parameter, let field):
            return
                "by \"\(field)\" of the last item, in \"\(parameter)\"\(size), until a short page; --all gets every page"
        }
    }

    private func describe(_ polling: PollingModel) -> String {
        func conditions(_ list: [FieldCondition], _ joint: String) -> String {
            list.map { condition in
                let values = condition.values.map { $0.text() }.joined(separator: " or ")
                return "\(condition.field) is \(condition.isNegated ? "not " : "")\(values)"
            }.joined(separator: joint)
        }
        let fail = polling.fail.isEmpty ? "" : ", failed when \(conditions(polling.fail, " or "))"
        return "done when \(conditions(polling.until, " and "))\(fail); --wait polls every "
            + "\(number(polling.interval)) s for at most \(number(polling.timeout)) s"
    }

    private func number(_ value: Double) -> String {
        Int64(exactly: value).map { String($0) } ?? "\(value)"
    }

    // MARK: Response

    private var response: String {
        switch model.response {
        case .none: return "  Not read.\n"
        case .binary: return "  Bytes.\n"
        case .payload(let schema):
            var rows: [(String, String)] = []
            let table = command.endpoint.types
            let resolved = table.resolved(schema)
            if case .object = resolved.kind {
                addMembers(of: resolved, level: 0, open: [], &rows)
            } else {
                rows.append(("(the payload)", facts(of: schema, optional: false)))
                addInner(schema, level: 1, open: [], &rows)
            }
            return TextLayout.rows(rows, width: width, maxLeft: 32)
        }
    }

    private func addMembers(
        of schema: SchemaModel, level: Int, open: Set<String>, _ rows: inout [(String, String)]
    ) {
        let margin = String(repeating: "  ", count: level)
        if case .union(let union) = schema.kind {
            for member in union.members {
                let tags = member.tags.map { "\"\($0)\"" }.joined(separator: " or ")
                let facts = facts(of: member.schema, optional: false)
                rows.append(
                    ("\(margin)(\(member.swiftName))", union.tag.map { "\($0) is \(tags): " + facts } ?? facts))
                addInner(member.schema, level: level + 1, open: open, &rows)
            }
        }
        guard case .object(let object) = schema.kind else { return }
        for field in object.fields {
            var text = facts(of: field.schema, optional: field.isOptional)
            if field.sensitivity == .everywhere { text += ", hidden except by --show-secrets" }
            if let documentation = field.documentation { text += ". " + documentation }
            rows.append((margin + field.name, text))
            addInner(field.schema, level: level + 1, open: open, &rows)
        }
        if let additional = object.additional {
            rows.append(
                (margin + "(any other)", facts(of: additional, optional: true)))
            addInner(additional, level: level + 1, open: open, &rows)
        }
    }

    private func addInner(_ schema: SchemaModel, level: Int, open: Set<String>, _ rows: inout [(String, String)]) {
        let table = command.endpoint.types
        var open = open
        var inner = schema
        while true {
            if case .reference(let name) = inner.kind, !open.insert(name).inserted { return }
            // An element as it stands in the spec: a reference stays one.
            guard let element = table.resolved(inner).element else { break }
            inner = element
        }
        addMembers(of: table.resolved(inner), level: level, open: open, &rows)
    }

    private func facts(of schema: SchemaModel, optional: Bool) -> String {
        var facts = [types.name(schema)]
        if optional { facts.append("optional") }
        let resolved = command.endpoint.types.resolved(schema)
        switch resolved.kind {
        case .enumeration(let enumeration): facts.append(types.cases(enumeration))
        case .date(let format): facts.append(format.name)
        default: break
        }
        if resolved.isNullable { facts.append("may be null") }
        return facts.joined(separator: ", ")
    }

    // MARK: Errors, command, examples

    /// The rules, with one row for all that differ only in the text of the message.
    private var errors: String {
        var rules: [(rule: ErrorRule, texts: [String])] = []
        for rule in model.errors + command.module.specs.settings.errors {
            let same = rules.firstIndex { other, texts in
                !texts.isEmpty && rule.contains != nil && other.code == rule.code && other.status == rule.status
                    && other.kind == rule.kind
                    && other.isRetryable == rule.isRetryable && other.remedy == rule.remedy
            }
            if let same, let text = rule.contains {
                rules[same].texts.append(text)
            } else {
                rules.append((rule, rule.contains.map { [$0] } ?? []))
            }
        }
        let rows = rules.map { rule, texts -> (String, String) in
            var name = rule.code.map { $0.description } ?? "any code"
            if let status = rule.status {
                let text = status.count == 1 ? "HTTP \(status.lowerBound)" : "HTTP \(status.lowerBound / 100)xx"
                name = rule.code == nil && rule.contains == nil ? text : "\(name), \(text)"
            }
            if let payload = rule.payload { name = "\(payload.field) = \(payload.value.text())" }
            var text = rule.kind.rawValue
            if !texts.isEmpty {
                text += ", if the message says \(texts.map { "\"\($0)\"" }.joined(separator: " or "))"
            }
            if rule.isRetryable { text += "; retried after a wait" }
            if let remedy = rule.remedy { text += ". \(remedy)" }
            return (name, text)
        }
        return rows.isEmpty ? "" : TextLayout.rows(rows, width: width)
    }

    private var commandLine: String {
        let request = model.examples.first { $0.request != nil }?.request?.object
        return ExampleLine(program: program, command: command).text(request, width: width, indent: 2)
    }

    private func example(_ example: ExampleModel) -> String {
        var filter = SecretFilter()
        filter.fields = command.endpoint.sensitiveFields
        let layout = JSONLayout(width: width)
        var text = ""
        if let request = example.request {
            text += layout.text(filter.clean(inOrder(request)), before: "request: ", indent: 2)
        }
        if let error = example.error { text += "  error: \(error)\n" }
        if let response = example.response {
            text += layout.text(filter.clean(response), before: "response: ", indent: 2)
        }
        return text
    }

    /// The arguments in the order of the endpoint.
    private func inOrder(_ request: JSONValue) -> JSONValue {
        guard let given = request.object else { return request }
        var ordered: JSONObject = [:]
        for name in command.endpoint.arguments.map(\.name) + given.keys where ordered[name] == nil {
            ordered[name] = given[name]
        }
        return .object(ordered)
    }

    private func section(_ title: String, _ body: String) -> String {
        body.isEmpty ? "" : "\n\(SafeText.escaped(title))\n\(body)"
    }

    private func paragraph(_ text: String) -> String {
        TextLayout.wrapped(SafeText.escaped(text), to: width).joined(separator: "\n") + "\n"
    }
}
