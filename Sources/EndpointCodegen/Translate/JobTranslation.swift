/// The methods that wait for a job and that split a long list.
extension EndpointTranslation {
    var waiter: FunctionDeclaration? {
        guard let polling = endpoint.polling else { return nil }
        let interval = free("interval", prefix: "polling")
        let timeout = free("timeout", prefix: "polling")
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
        guard let batch = endpoint.batch, let field = argument(batch.over),
            case .array(let items) = field.schema.kind
        else { return nil }
        return (batch, field, scope.type(of: items) + (items.admitsNone ? "?" : ""))
    }

    var batch: FunctionDeclaration? {
        guard let (batch, field, item) = batched else { return nil }
        let name = SwiftText.name(field.swiftName)
        let size = field.schema.constraints.maxItems ?? 1
        let part = free("part", prefix: "next", besides: name)
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
                            parameter: part, parameterType: "[\(item)]", result: "Endpoint<\(responseType)>",
                            body: descriptorCall(replaced: [name: .code(part)]))))
            ])
    }

    /// A field of the responses as a property of the outcome, which has some names itself: `failed` → `reportedFailed`.
    private func outcomeName(_ field: FieldModel) -> String {
        let own: Set = ["responses", "done", "failed", "stoppedBy", "notSent", "isComplete"]
        guard own.contains(field.swiftName) else { return SwiftText.name(field.swiftName) }
        let others = Set(payloadFields.map(\.swiftName))
        var name = field.swiftName
        repeat { name = "reported" + name.prefix(1).uppercased() + name.dropFirst() } while others.contains(name)
        return name
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
        let payloadType = outside.type(of: payload)
        let response =
            endpoint.responseHeaders.map { "WithHeaders<\(payloadType), \(outside.type(of: $0))>" } ?? payloadType
        let members = names.compactMap { name in payloadFields.first { $0.name == name } }.compactMap {
            field -> Declaration? in
            guard case .array = field.schema.kind else { return nil }
            let name = inResponse(SwiftText.name(field.swiftName))
            let type = within.type(of: field.schema)
            let getter: Expression
            if field.isOptionalInSwift {
                let closure = Expression.Closure(
                    parameter: "response", parameterType: response, result: type,
                    body: .code("response.\(name)\(context.hasThreeStates(field) ? "?.value" : "") ?? []"))
                getter = .call("responses.flatMap", [], trailing: closure)
            } else {
                getter = .call("responses.flatMap", [.init(nil, .code("\\.\(name)"))])
            }
            return .property(
                PropertyDeclaration(
                    documentation: Documentation("``\(field.swiftName)`` of all responses."),
                    head: "public var \(outcomeName(field)): \(type)", getter: getter))
        }
        if members.isEmpty { return nil }
        return TypeDeclaration(
            head: "extension BatchOutcome",
            condition: "Item == \(outside.type(of: items)), Response == \(response)", members: members)
    }
}
