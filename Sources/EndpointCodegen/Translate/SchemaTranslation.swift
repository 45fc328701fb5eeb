/// Schemas as expressions of the run time's `Schema`.
struct SchemaTranslation {
    /// What a schema is for.
    enum Purpose {
        /// Arguments: all checks and encodings; objects in full.
        case sending
        /// Payloads: encodings and lenient decoding alone; objects decode themselves.
        case coding
    }

    let purpose: Purpose
    /// Where named types are declared.
    let client: String

    init(for purpose: Purpose, in context: ModuleContext) {
        self.purpose = purpose
        client = context.client
    }

    /// Named types that hold themselves say what they are as arguments.
    static let named = "parameterSchema"

    func expression(_ schema: Schema) -> Expression {
        var result = base(schema)
        if purpose == .coding {
            let accept = schema.leniency.accept
            if !accept.isEmpty {
                result = .method(result, "accepting", accept.map { .init(nil, .code(".\($0)")) })
            }
            let sentinels = schema.leniency.sentinels
            if !sentinels.isEmpty {
                result = .method(result, "sentinels", [.init(nil, .array(sentinels.map(LiteralTranslation.json)))])
            }
        }
        if purpose == .sending {
            if let style = schema.encoding.style { result = .method(result, "style", [.init(nil, .code(".\(style)"))]) }
            if let type = schema.encoding.contentType {
                result = .method(result, "contentType", [.init(nil, .string(type))])
            }
        }
        if let wrap = schema.encoding.wrap { result = .method(result, "wrapped", [.init("in", .string(wrap))]) }
        if schema.isSensitive { result = .affixed("", result, ".sensitive") }
        return result
    }

    private func base(_ schema: Schema) -> Expression {
        var arguments: [Expression.Argument] = []
        func add(_ label: String, _ value: Expression?) {
            if let value { arguments.append(.init(label, value)) }
        }
        func call(_ function: String) -> Expression {
            add("wire", schema.encoding.wire.map { .code(".\($0)") })
            add("join", schema.encoding.join.map { .string($0) })
            add("template", schema.encoding.template.map { .string($0) })
            add("nullable", schema.isNullable ? "true" : nil)
            return .call(function, arguments)
        }
        if purpose == .sending {
            let constraints = schema.constraints
            add("minLength", constraints.minLength.map { .number($0) })
            add("maxLength", constraints.maxLength.map { .number($0) })
            add("pattern", constraints.pattern.map { .string($0) })
            add("minimum", constraints.minimum.map { LiteralTranslation.json($0.value) })
            add("maximum", constraints.maximum.map { LiteralTranslation.json($0.value) })
            add("minItems", constraints.minItems.map { .number($0) })
            add("maxItems", constraints.maxItems.map { .number($0) })
        }
        switch schema.kind {
        case .string:
            if purpose == .sending { add("case", schema.encoding.letterCase.map { .code(".\($0)") }) }
            return call(".string")
        case .text(let format):
            arguments.insert(.init(nil, .code(".\(format)")), at: 0)
            return call(".text")
        // The Swift type of the argument says how wide it is.
        case .integer: return call(".integer")
        case .number: return call(".number")
        case .boolean:
            let boolean = call(".boolean")
            return arguments.isEmpty ? ".boolean" : boolean
        case .date(let format):
            arguments.insert(.init(nil, .code(Self.dateFormat(format))), at: 0)
            return call(".date")
        case .binary: return ".binary"
        case .array(let items):
            arguments.insert(.init(nil, expression(items)), at: 0)
            return call(".array")
        case .object([], let values?):
            arguments.insert(.init(nil, expression(values)), at: 0)
            return call(".map")
        case .object(let properties, let additional) where purpose == .sending:
            arguments.insert(.init(nil, .array(properties.map(property))), at: 0)
            if let additional { arguments.insert(.init("additional", expression(additional)), at: 1) }
            return call(".object")
        case .union(let union) where purpose == .sending:
            arguments = self.arguments(union)
            return call(".oneOf")
        case .reference(let reference) where purpose == .sending:
            let nullable = schema.isNullable ? ", nullable: true" : ""
            let schema = "\(client).\(reference.name).\(Self.named)"
            return .code(".reference(\(SwiftText.literal(reference.name))\(nullable)) { \(schema) }")
        case .object, .any, .union, .reference: return ".any"
        }
    }

    /// The tag and the members of a union, each with its schema where `hasSchema` says that it needs one.
    func arguments(_ union: Schema.Union, where hasSchema: (Int) -> Bool = { _ in true }) -> [Expression.Argument] {
        let members = union.members.enumerated().map { index, member in
            Expression.call(
                ".init",
                [.init(nil, Self.mark(member.mark))] + (hasSchema(index) ? [.init(nil, expression(member.schema))] : [])
            )
        }
        return (union.tag.map { [.init("tag", .string($0))] } ?? []) + [.init(nil, .array(members))]
    }

    private static func mark(_ mark: Schema.Union.Mark) -> Expression {
        switch mark {
        case .types(let types):
            let names = Schema.JSONType.allCases.filter(types.contains).map { Expression.code(".\($0)") }
            return .call(".types", [.init(nil, .array(names))])
        case .tags(let tags): return .call(".tags", [.init(nil, .array(tags.map { .string($0) }))])
        case .field(let names): return .call(".field", [.init(nil, .array(names.map { .string($0) }))])
        }
    }

    func property(_ property: Schema.Property) -> Expression {
        var arguments: [Expression.Argument] = [
            .init(nil, .string(property.name)), .init(nil, expression(property.schema)),
        ]
        if property.isOptional { arguments.append(.init("optional", "true")) }
        if let value = property.defaultValue { arguments.append(.init("default", LiteralTranslation.json(value))) }
        if let value = property.constant { arguments.append(.init("const", LiteralTranslation.json(value))) }
        return .call(".init", arguments)
    }

    /// The name of a time format.
    static func dateFormat(_ format: DateFormat) -> String {
        switch format {
        case .dateTime: ".dateTime"
        case .unixSeconds: ".unixSeconds"
        case .unixMilliseconds: ".unixMilliseconds"
        case .localDateTime(let offset): ".localDateTime(secondsFromGMT: \(offset))"
        }
    }
}

/// Values of a spec as Swift literals.
struct LiteralTranslation {
    let context: ModuleContext

    /// A literal of the schema's Swift type; nil where there is none, as for a time.
    func typed(_ value: JSONValue, _ schema: SchemaModel) -> Expression? {
        if value.isNull { return schema.admitsNone ? "nil" : nil }
        let schema = context.resolved(schema)
        switch (schema.kind, value) {
        case (.string, .string(let text)): return .string(text)
        case (.integer, .integer(let number)), (.number, .integer(let number)): return .number(number)
        case (.number, .number(let number)): return .code("\(number)")
        case (.boolean, .bool(let truth)): return .code("\(truth)")
        case (.enumeration(let enumeration), _):
            // `.none` and `.some` would be those of an optional.
            let known = enumeration.cases.first { $0.value == value && !["none", "some"].contains($0.swiftName) }
            if let known {
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
    static func json(_ value: JSONValue) -> Expression {
        switch value {
        case .null: "nil"
        case .bool(let truth): .code("\(truth)")
        case .integer(let number): .number(number)
        case .number(let number): .code("\(number)")
        case .decimal(let text): .call(".decimal", [.init(nil, .string(text))])
        case .string(let text): .string(text)
        case .array(let elements): .array(elements.map(json))
        case .object(let object): .dictionary(object.members.map { .init(key: .string($0.key), value: json($0.value)) })
        }
    }

    func json(_ value: JSONValue) -> Expression { Self.json(value) }

    /// The same where nothing says so.
    func standalone(_ value: JSONValue) -> Expression {
        switch value {
        case .array, .object: .affixed("", json(value), " as JSONValue")
        case .null: "JSONValue.null"
        default: json(value)
        }
    }

    /// Whether a property of `object` has one of the values, or none of them: `response.status == .finished`.
    func test(_ object: String, _ field: FieldAccess, _ condition: FieldCondition) -> Expression {
        let tests = condition.values.map { test(object, field, $0, isNegated: condition.isNegated) }
        guard tests.count > 1, let first = tests.first else { return tests.first ?? "false" }
        return .chain([first] + tests.dropFirst(), operator: condition.isNegated ? "&&" : "||")
    }

    private func test(_ object: String, _ access: FieldAccess, _ value: JSONValue, isNegated: Bool) -> Expression {
        let (property, field) = ("\(object).\(access.path)", access.field)
        if case .bool(let truth) = value, !access.isOptional, case .boolean = field.schema.kind {
            return .code(truth != isNegated ? property : "!\(property)")
        }
        // A sentinel reads as nil.
        let isNone = value.isNull || context.resolved(field.schema).leniency.sentinels.contains(value)
        let other = isNone ? "nil" : typed(value, field.schema) ?? standalone(value)
        return .affixed("\(property) \(isNegated ? "!=" : "==") ", other, "")
    }

    func code(_ code: ServiceCode) -> Expression { json(code.value) }

    func rate(_ rate: Rate) -> Expression {
        var arguments: [Expression.Argument] = [.init(nil, number(rate.limit)), .init("per", .code(".\(rate.per)"))]
        if let group = rate.group { arguments.append(.init("group", .string(group))) }
        return .call("Rate", arguments)
    }

    func errorRule(_ rule: ErrorRule) -> Expression {
        var arguments: [Expression.Argument] = []
        if let status = rule.status {
            arguments.append(.init("status", .code("\(status.lowerBound)...\(status.upperBound)")))
        }
        if let code = rule.code { arguments.append(.init("code", self.code(code))) }
        if let contains = rule.contains { arguments.append(.init("contains", .string(contains))) }
        if let payload = rule.payload {
            arguments.append(
                .init(
                    "payload",
                    .call(".init", [.init(nil, .string(payload.field.text)), .init(nil, json(payload.value))])))
        }
        arguments.append(.init("kind", .code(".\(rule.kind)")))
        if let retry = rule.retry, retry != (rule.kind == .throttled) || rule.status != nil {
            arguments.append(.init("retry", .code("\(retry)")))
        }
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

    /// A `Duration`.
    func seconds(_ value: Double) -> Expression {
        if let whole = Int64(exactly: value) { return .call(".seconds", [.init(nil, .number(whole))]) }
        return .call(".milliseconds", [.init(nil, .number(Int64((value * 1000).rounded())))])
    }
}
