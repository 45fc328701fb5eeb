import EndpointSpec

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
            documentation: Documentation("All that ``\(documentation.signature)`` gives, page after page."),
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

    private func argument(_ name: String) -> FieldModel? { endpoint.arguments.first { $0.name == name } }

    /// `\.list`, or `{ (answer: Answer) -> [Item] in answer.list ?? [] }`
    private func list(_ field: FieldModel, _ element: String) -> Expression {
        let name = SwiftText.name(field.swiftName)
        guard field.isOptionalInSwift else { return .code("\\.\(name)") }
        return .closure("answer", responseType, "[\(element)]", .code("answer.\(name) ?? []"))
    }

    /// A closure that reads a field of the payload as a value of another type; optional.
    private func reading(_ field: FieldModel, as kind: SchemaModel.Kind) -> Expression {
        let property = "answer.\(SwiftText.name(field.swiftName))"
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
        return .closure("answer", responseType, type + "?", body)
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
        let fields = context.fields(of: item)
        let tests = paging.hide.compactMap { hide in
            fields.first { $0.name == hide.field }.map { literals.test("item", $0, hide.value) }
        }
        if tests.isEmpty { return nil }
        return .closure("item", element, "Bool", .chain(tests, operator: "||"))
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
