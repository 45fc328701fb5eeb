import EndpointSpec

/// Values of a spec as Swift literals.
struct LiteralTranslation {
    let context: ModuleContext

    /// A literal of the schema's Swift type; nil where there is none, as for a time.
    func typed(_ value: JSONNode, _ schema: SchemaModel) -> Expression? {
        if value.isNull { return schema.admitsNil ? "nil" : nil }
        let schema = context.resolved(schema)
        switch (schema.kind, value.value) {
        case (.string, .string(let text)): return .string(text)
        case (.integer, .integer(let number)), (.number, .integer(let number)): return .number(number)
        case (.number, .double(let number)): return .code("\(number)")
        case (.boolean, .boolean(let truth)): return .code("\(truth)")
        case (.enumeration(let enumeration), _):
            if let known = enumeration.cases.first(where: { $0.value.isSame(as: value) }) {
                return .code(".\(SwiftText.name(known.swiftName))")
            }
            return .call(".init", [.init("rawValue", json(value))])
        case (.array(let items), .array(let elements)):
            let literals = elements.compactMap { typed($0, items) }
            return literals.count == elements.count ? .array(literals) : nil
        case (.any, _): return .affixed("", json(value), " as JSONValue")
        default: return nil
        }
    }

    /// A literal that is the same JSON value, where Swift knows that one is wanted.
    func json(_ value: JSONNode) -> Expression {
        switch value.value {
        case .null: "nil"
        case .boolean(let truth): .code("\(truth)")
        case .integer(let number): .number(number)
        case .double(let number): .code("\(number)")
        case .string(let text): .string(text)
        case .array(let elements): .array(elements.map(json))
        case .object(let members): .dictionary(members.map { .init(key: .string($0.key), value: json($0.value)) })
        }
    }

    /// The same where nothing says so.
    func standalone(_ value: JSONNode) -> Expression {
        switch value.value {
        case .array, .object: .affixed("", json(value), " as JSONValue")
        case .null: "JSONValue.null"
        default: json(value)
        }
    }

    /// Whether a property of `object` has a value: `answer.status == .finished`.
    func test(_ object: String, _ field: FieldModel, _ value: JSONNode) -> Expression {
        let property = "\(object).\(SwiftText.name(field.swiftName))"
        if case .boolean(let truth) = value.value, !field.isOptionalInSwift, case .boolean = field.schema.kind {
            return .code(truth ? property : "!\(property)")
        }
        return .affixed("\(property) == ", value.isNull ? "nil" : typed(value, field.schema) ?? standalone(value), "")
    }

    func code(_ code: SpecCode) -> Expression {
        switch code {
        case .integer(let number): .number(number)
        case .string(let text): .string(text)
        case .boolean(let truth): .code("\(truth)")
        }
    }

    func rate(_ rate: RateModel) -> Expression {
        var arguments: [Expression.Argument] = [.init(nil, number(rate.limit)), .init("per", .code(".\(rate.per)"))]
        if let group = rate.group { arguments.append(.init("group", .string(group))) }
        return .call("Rate", arguments)
    }

    func errorRule(_ rule: ErrorRuleModel) -> Expression {
        var arguments: [Expression.Argument] = []
        if let code = rule.code { arguments.append(.init("code", self.code(code))) }
        if let contains = rule.contains { arguments.append(.init("contains", .string(contains))) }
        if let payload = rule.payload {
            arguments.append(
                .init("payload", .call(".init", [.init(nil, .string(payload.field)), .init(nil, json(payload.value))])))
        }
        arguments.append(.init("kind", .code(".\(rule.kind)")))
        if rule.isRetryable { arguments.append(.init("retry", "true")) }
        if rule.refreshesToken != (rule.kind == .authentication) {
            arguments.append(.init("refresh", .code("\(rule.refreshesToken)")))
        }
        if let remedy = rule.remedy { arguments.append(.init("remedy", .string(remedy))) }
        return .call("ErrorRule", arguments)
    }

    /// A number without a needless fraction.
    func number(_ value: Double) -> Expression {
        Int64(exactly: value).map { .number($0) } ?? .code("\(value)")
    }

    func number(_ value: JSONNumber) -> Expression {
        switch value {
        case .integer(let number): .number(number)
        case .double(let number): self.number(number)
        }
    }

    /// A `Duration`.
    func seconds(_ value: Double) -> Expression {
        if let whole = Int64(exactly: value) { return .call(".seconds", [.init(nil, .number(whole))]) }
        return .call(".milliseconds", [.init(nil, .number(Int64((value * 1000).rounded())))])
    }
}
