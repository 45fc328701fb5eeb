/// The method that yields all items of a list.
extension EndpointTranslation {
    var pager: FunctionDeclaration? {
        guard let paging = endpoint.paging, let items = payloadField(paging.items),
            case .array(let item) = items.schema.kind
        else { return nil }
        let element = payloadScope.type(of: item) + (item.isNullable ? "?" : "")
        var replaced: [String: Expression] = [:]
        var dropped: String?
        var call: [Expression.Argument] = [.init(nil, .code(client("")))]
        let closure: Expression.Closure
        switch paging.style {
        case .page(let name, let first, let total, let untilShortPage):
            guard let page = argument(name) else { return nil }
            if first != 1 { call.append(.init("first", .number(first))) }
            if let size = pageSize(paging) { call.append(.init("size", size)) }
            if untilShortPage { call.append(.init("untilShortPage", "true")) }
            call.append(.init("items", list(items, element)))
            if let total, let field = payloadField(total) {
                call.append(.init("total", reading(field, as: .integer(.native))))
            }
            dropped = page.swiftName
            replaced[SwiftText.name(page.swiftName)] = Self.convert("page", .integer(.native), to: page.schema.kind)
            closure = .init(
                parameter: "page", parameterType: "Int", result: "Endpoint<\(responseType)>",
                body: descriptorCall(replaced: replaced))
        case .cursor(let name, let fieldName, let end):
            guard let cursor = argument(name), let field = payloadField(fieldName) else { return nil }
            call.append(.init("end", end.isNull ? "nil" : literals.standalone(end)))
            call.append(.init("items", list(items, element)))
            call.append(.init("next", reading(field, as: cursor.schema.kind)))
            let argument = parameters.argument(cursor)
            // The first page is asked for without a cursor; where the call wants one, with its default or the caller's.
            if cursor.isOptionalInSwift, cursor.defaultValue == nil {
                dropped = cursor.swiftName
                replaced[argument.name] = "cursor"
            } else if let value = argument.defaultValue {
                dropped = cursor.swiftName
                replaced[argument.name] = .affixed("cursor ?? ", value, "")
            } else {
                replaced[argument.name] = .code("cursor ?? \(argument.name)")
            }
            closure = .init(
                parameter: "cursor", parameterType: scope.type(of: cursor.schema) + "?",
                result: "Endpoint<\(responseType)>", body: descriptorCall(replaced: replaced))
        }
        if let hiding = hiding(paging, item, element) { call.append(.init("hiding", hiding)) }
        return FunctionDeclaration(
            documentation: Documentation(
                "Returns every item of \(documentation.link), fetching pages as needed."),
            attributes: attributes, head: "public func \(SwiftText.name(paging.name))",
            parameters: arguments.filter { $0.name != dropped.map(SwiftText.name) },
            result: "Pager<\(element)>",
            body: [Statement("", .call("." + style(paging), call, trailing: closure))])
    }

    private func style(_ paging: PagingModel) -> String {
        if case .page = paging.style { "pages" } else { "cursor" }
    }

    /// A field of the payload, by its name on the wire.
    func payloadField(_ name: String) -> FieldModel? { payloadFields.first { $0.name == name } }

    private func argument(_ name: String) -> FieldModel? { fields.first { $0.name == name } }

    /// `\.list`, or `{ (response: Response) -> [Item] in response.list ?? [] }`
    private func list(_ field: FieldModel, _ element: String) -> Expression {
        let name = SwiftText.name(field.swiftName)
        guard field.isOptionalInSwift else { return .code("\\.\(name)") }
        return .closure("response", responseType, "[\(element)]", .code("response.\(name) ?? []"))
    }

    /// A closure that reads a field of the payload as a value of another type; optional.
    private func reading(_ field: FieldModel, as kind: SchemaModel.Kind) -> Expression {
        let property = "response.\(SwiftText.name(field.swiftName))"
        let type = scope.type(of: SchemaModel(kind, position: field.position))
        let own = scope.type(of: field.schema)
        let body: Expression
        if own == type {
            return .code("\\.\(SwiftText.name(field.swiftName))")
        } else if field.isOptionalInSwift {
            let method = own == "String" ? "flatMap" : "map"
            body = .code(
                "\(property).\(method) { (value: \(own)) -> \(type)\(own == "String" ? "?" : "") in \(type)(value) }")
        } else {
            body = .code("\(type)(\(property))")
        }
        return .closure("response", responseType, type + "?", body)
    }

    /// The size of a page, as the run time counts it.
    private func pageSize(_ paging: PagingModel) -> Expression? {
        guard let name = paging.size else { return nil }
        let all = endpoint.pathParameters + endpoint.query + endpoint.headers + endpoint.body.fields
        guard let field = all.first(where: { $0.name == name }) else { return nil }
        if let constant = field.constant { return constant.integer.map { .number($0) } }
        let argument = parameters.argument(field)
        if argument.type == "Int" || argument.type == "Int?" { return .code(argument.name) }
        return argument.type.hasSuffix("?")
            ? .code("\(argument.name).map { Int($0) }") : .code("Int(\(argument.name))")
    }

    private func hiding(_ paging: PagingModel, _ item: SchemaModel, _ element: String) -> Expression? {
        let fields = context.table.fields(of: item)
        let tests = paging.hide.compactMap { hide in
            fields.first { $0.name == hide.field }.map { literals.test("item", $0, hide) }
        }
        guard let first = tests.first else { return nil }
        let body = tests.count == 1 ? first : .chain(tests, operator: "||")
        return .closure("item", element, "Bool", body)
    }

    private static func convert(
        _ name: String, _ kind: SchemaModel.Kind, to other: SchemaModel.Kind
    ) -> Expression {
        switch other {
        case .integer(.native): .code(name)
        case .integer(.int32): .code("Int32(\(name))")
        case .integer(.int64): .code("Int64(\(name))")
        case .number: .code("Double(\(name))")
        default: .code("String(\(name))")
        }
    }
}

/// The methods that wait for a job and that split a long list.
extension EndpointTranslation {
    var waiter: FunctionDeclaration? {
        guard let polling = endpoint.polling else { return nil }
        let taken = Set(arguments.map(\.name))
        let interval = taken.contains("interval") ? "pollingInterval" : "interval"
        let timeout = taken.contains("timeout") ? "pollingTimeout" : "timeout"
        var call: [Expression.Argument] = [
            .init(nil, descriptorCall()), .init("interval", .code(interval)), .init("timeout", .code(timeout)),
        ]
        if !polling.pending.isEmpty { call.append(.init("pending", .array(polling.pending.map(literals.code)))) }
        let done = conditions(polling.until, "&&")
        call.append(.init("until", .closure(done == nil ? "_" : "response", responseType, "Bool", done ?? "true")))
        if let failed = conditions(polling.fail, "||") {
            call.append(.init("failed", .closure("response", responseType, "Bool", failed)))
        }
        return FunctionDeclaration(
            documentation: Documentation(
                "Calls \(documentation.link) until the job is done, at most for `\(timeout)`."),
            attributes: attributes, head: "public func \(SwiftText.name(polling.name))",
            parameters: arguments + [
                .init(name: interval, type: "Duration", defaultValue: literals.seconds(polling.interval)),
                .init(name: timeout, type: "Duration", defaultValue: literals.seconds(polling.timeout)),
            ],
            effects: "async throws(APIError)", result: responseType == "Void" ? nil : responseType,
            body: [Statement("try await ", .call(client(".poll"), call))])
    }

    /// Conditions on the payload; nil if there are none.
    private func conditions(_ list: [FieldCondition], _ symbol: String) -> Expression? {
        let tests = list.compactMap { condition -> Expression? in
            guard let field = payloadField(condition.field) else { return nil }
            let test = literals.test("response", field, condition)
            let isAlternative = condition.values.count > 1 && !condition.isNegated
            return isAlternative && symbol == "&&" && list.count > 1 ? .affixed("(", test, ")") : test
        }
        if tests.isEmpty { return nil }
        return tests.count == 1 ? tests[0] : .chain(tests, operator: symbol)
    }

    // MARK: Batches

    private var batched: (model: BatchModel, field: FieldModel, item: String)? {
        guard let batch = endpoint.batch, let field = fields.first(where: { $0.name == batch.over }),
            case .array(let items) = field.schema.kind
        else { return nil }
        return (batch, field, scope.type(of: items) + (items.isNullable ? "?" : ""))
    }

    var batch: FunctionDeclaration? {
        guard let (batch, field, item) = batched else { return nil }
        let name = SwiftText.name(field.swiftName)
        let size = field.schema.constraints.maxItems ?? 1
        return FunctionDeclaration(
            documentation: Documentation(
                "Calls \(documentation.link) as often as a list of any length needs, \(size) items a call."),
            attributes: attributes, head: "public func \(SwiftText.name(batch.name))",
            parameters: arguments.map { $0.name == name ? .init(name: name, type: "[\(item)]") : $0 },
            effects: "async", result: "BatchOutcome<\(item), \(responseType)>",
            body: [
                Statement(
                    "await ",
                    .call(
                        client(".batch"), [.init(nil, .code(name)), .init("size", .number(size))],
                        trailing: .init(
                            parameter: "part", parameterType: "[\(item)]", result: "Endpoint<\(responseType)>",
                            body: descriptorCall(replaced: [name: "part"]))))
            ])
    }

    /// A field of the responses as a property of the outcome, which has some names itself: `failed` → `reportedFailed`.
    private static func outcomeName(_ field: FieldModel) -> String {
        let own: Set = ["responses", "done", "failed", "stoppedBy", "notSent", "isComplete"]
        guard own.contains(field.swiftName) else { return SwiftText.name(field.swiftName) }
        return "reported" + field.swiftName.prefix(1).uppercased() + field.swiftName.dropFirst()
    }

    /// The arrays of all responses of a batch, joined.
    var batchOutcome: TypeDeclaration? {
        guard let (batch, field, _) = batched, case .payload(let payload) = endpoint.response,
            case .object(let object) = payload.kind,
            object.owner == .endpoint(id: endpoint.id, group: scope.group ?? ""),
            case .array(let items) = field.schema.kind
        else { return nil }
        var names = batch.collect
        if let failures = endpoint.partialFailures, !names.contains(failures) { names.append(failures) }
        let outside = Scope(client: context.client)
        let within = outside.within(outside.type(of: payload))
        let members = names.compactMap(payloadField).compactMap { field -> Declaration? in
            guard case .array = field.schema.kind else { return nil }
            let name = SwiftText.name(field.swiftName)
            let type = within.type(of: field.schema)
            let getter: Expression
            if field.isOptionalInSwift {
                let closure = Expression.Closure(
                    parameter: "response", parameterType: outside.type(of: payload), result: type,
                    body: .code("response.\(name) ?? []"))
                getter = .call("responses.flatMap", [], trailing: closure)
            } else {
                getter = .call("responses.flatMap", [.init(nil, .code("\\.\(name)"))])
            }
            return .property(
                PropertyDeclaration(
                    documentation: Documentation("``\(field.swiftName)`` of all responses."),
                    head: "public var \(Self.outcomeName(field)): \(type)", getter: getter))
        }
        if members.isEmpty { return nil }
        return TypeDeclaration(
            head: "extension BatchOutcome",
            condition: "Item == \(outside.type(of: items)), Response == \(outside.type(of: payload))", members: members)
    }
}
