/// A field of a payload or of an item, as Swift reads it.
struct FieldAccess {
    let field: FieldModel
    /// `metadata?.items`
    let path: String
    /// Whether the value is optional, as that of a field in an optional object.
    let isOptional: Bool

    /// A field, within `prefix` where the object is not the whole.
    init(_ route: FieldRoute, in context: ModuleContext, prefix: String = "") {
        field = route.last
        let names = route.fields.map { field in
            SwiftText.name(field.swiftName)
                + (context.hasThreeStates(field) ? "?.value?" : field.isOptionalInSwift ? "?" : "")
        }
        let path = prefix + names.joined(separator: ".")
        self.path = field.isOptionalInSwift ? String(path.dropLast()) : path
        isOptional = route.fields.contains(where: \.isOptionalInSwift)
    }
}

/// The method that yields all items of a list.
extension EndpointTranslation {
    var pager: FunctionDeclaration? {
        guard let paging = endpoint.paging, let item = pagedItem(paging) else { return nil }
        let element = payloadScope.type(of: item) + (item.admitsNone ? "?" : "")
        var call = PagerCall(items: .init("items", list(paging, element)))
        guard let style = style(paging, item, element, &call) else { return nil }
        if let hiding = hiding(paging, item, element) { call.rest.append(.init("hiding", hiding)) }
        return FunctionDeclaration(
            documentation: Documentation(
                "Returns every item of \(documentation.link), fetching pages as needed."),
            attributes: attributes, head: "public func \(SwiftText.name(paging.name))",
            parameters: arguments.filter { $0.name != call.dropped.map(SwiftText.name) },
            result: "Pager<\(element)>",
            body: [
                Statement(
                    "",
                    .call(
                        "." + style,
                        [.init(nil, .code(client("")))] + call.first + [call.items] + call.rest + call.last,
                        trailing: call.closure))
            ])
    }

    /// What a pager is made with.
    private struct PagerCall {
        /// The arguments before and behind the items, and the one behind all others.
        var first: [Expression.Argument] = []
        let items: Expression.Argument
        var rest: [Expression.Argument] = []
        var last: [Expression.Argument] = []
        /// The argument of the method that the pages set.
        var dropped: String?
        var closure: Expression.Closure?
    }

    /// Fills in what a way of paging needs; returns the run time's name for it.
    private func style(
        _ paging: PagingModel, _ item: SchemaModel, _ element: String, _ call: inout PagerCall
    ) -> String? {
        switch paging.style {
        case .page(let name, let first, let total, let untilShortPage):
            guard let page = argument(name) else { return nil }
            if first != 1 { call.first.append(.init("first", .number(first))) }
            if let size = pageSize(paging) { call.first.append(.init("size", size)) }
            if untilShortPage { call.first.append(.init("untilShortPage", "true")) }
            count(total, named: "page", page, &call)
            return "pages"
        case .offset(let name, let first, let total):
            guard let offset = argument(name) else { return nil }
            if first != 0 { call.first.append(.init("first", .number(first))) }
            call.first.append(.init("size", pageSize(paging) ?? "nil"))
            count(total, named: "offset", offset, &call)
            return "offset"
        case .cursor(let name, let path, let end):
            guard let cursor = argument(name), let field = payloadField(path) else { return nil }
            call.first.append(.init("end", end.isNull ? "nil" : literals.standalone(end)))
            call.rest.append(.init("next", reading(field, "response", responseType, as: cursor.schema.kind)))
            follow(cursor, &call)
            return "cursor"
        case .next(let path):
            guard let path else {
                call.rest.append(.init("next", "\\.nextLink"))
                call.last.append(.init(nil, descriptorCall()))
                return "next"
            }
            guard let field = payloadField(path) else { return nil }
            call.rest.append(.init("next", .code("\\.value.\(field.path)")))
            call.last.append(.init(nil, descriptorCall()))
            return "next"
        case .lastItem(let name, let path):
            guard let cursor = argument(name), let route = context.table.route(path, in: context.table.fields(of: item))
            else { return nil }
            call.first.append(.init("size", pageSize(paging) ?? "nil"))
            call.rest.append(
                .init("cursor", reading(FieldAccess(route, in: context), "item", element, as: cursor.schema.kind)))
            follow(cursor, &call)
            return "lastItem"
        }
    }

    /// Pages that a number asks for.
    private func count(_ total: FieldPath?, named name: String, _ parameter: FieldModel, _ call: inout PagerCall) {
        if let total, let field = payloadField(total) {
            call.rest.append(.init("total", reading(field, "response", responseType, as: .integer(.native))))
        }
        call.dropped = parameter.swiftName
        let name = free(name, prefix: "next", besides: SwiftText.name(parameter.swiftName))
        let value = Self.convert(name, .integer(.native), to: parameter.schema.kind)
        call.closure = .init(
            parameter: name, parameterType: "Int", result: "Endpoint<\(responseType)>",
            body: descriptorCall(replaced: [SwiftText.name(parameter.swiftName): value]))
    }

    /// Pages that a cursor asks for. The first page is asked for without one; where the call wants one, with its default or
    /// the caller's.
    private func follow(_ cursor: FieldModel, _ call: inout PagerCall) {
        let argument = parameters.argument(cursor)
        let isDropped = cursor.isOptionalInSwift || argument.defaultValue != nil
        let name = free("cursor", prefix: "next", besides: isDropped ? argument.name : nil)
        let value: Expression
        if cursor.isOptionalInSwift, cursor.defaultValue == nil {
            call.dropped = cursor.swiftName
            value = .code(name)
        } else if let given = argument.defaultValue {
            call.dropped = cursor.swiftName
            value = .affixed("\(name) ?? ", given, "")
        } else {
            value = .code("\(name) ?? \(argument.name)")
        }
        call.closure = .init(
            parameter: name, parameterType: scope.type(of: cursor.schema) + "?",
            result: "Endpoint<\(responseType)>", body: descriptorCall(replaced: [argument.name: value]))
    }

    /// What an item of the list is.
    private func pagedItem(_ paging: PagingModel) -> SchemaModel? {
        let schema: SchemaModel
        if let path = paging.items {
            guard let field = payloadField(path) else { return nil }
            schema = field.field.schema
        } else if case .payload(let payload) = endpoint.response {
            schema = payload
        } else {
            return nil
        }
        if case .array(let item) = schema.kind { return item }
        return context.table.items(of: schema)
    }

    /// A field of the payload.
    func payloadField(_ path: FieldPath) -> FieldAccess? {
        context.table.route(path, in: payloadFields).map { FieldAccess($0, in: context, prefix: inResponse("")) }
    }

    func argument(_ name: String) -> FieldModel? { fields.first { $0.argumentName == name } }

    /// `\.list`, or `{ (response: Response) -> [Item] in response.list ?? [] }`
    private func list(_ paging: PagingModel, _ element: String) -> Expression {
        guard let path = paging.items, let field = payloadField(path) else {
            let path = endpoint.responseHeaders == nil ? "" : ".payload"
            let isOptional = payloadType.hasSuffix("?")
            return isOptional
                ? .closure("response", responseType, "[\(element)]", .code("response\(path) ?? []"))
                : .code("\\\(path.isEmpty ? ".self" : path)")
        }
        guard field.isOptional else { return .code("\\.\(field.path)") }
        return .closure("response", responseType, "[\(element)]", .code("response.\(field.path) ?? []"))
    }

    /// A closure that reads a field of the payload or of an item as a value of another type; optional.
    private func reading(
        _ field: FieldAccess, _ object: String, _ objectType: String, as kind: SchemaModel.Kind
    ) -> Expression {
        let path = "\(object).\(field.path)"
        // Behind a chain of optionals, `map` would be that of the last value.
        let property = path.contains("?") ? "(\(path))" : path
        let type = scope.type(of: SchemaModel(kind, position: field.field.position))
        let own = payloadScope.type(of: field.field.schema)
        let body: Expression
        if own == type {
            return .code("\\.\(field.path)")
        } else if field.isOptional {
            let method = own == "String" ? "flatMap" : "map"
            body = .code(
                "\(property).\(method) { (value: \(own)) -> \(type)\(own == "String" ? "?" : "") in \(type)(value) }")
        } else {
            body = .code("\(type)(\(property))")
        }
        return .closure(object, objectType, type + "?", body)
    }

    /// The size of a page, as the run time counts it.
    private func pageSize(_ paging: PagingModel) -> Expression? {
        guard let name = paging.size else { return nil }
        guard let field = argument(name) ?? endpoint.fields.first(where: { $0.name == name }) else { return nil }
        if let constant = field.constant { return constant.integer.map { .number($0) } }
        let argument = parameters.argument(field)
        if argument.type == "Int" || argument.type == "Int?" { return .code(argument.name) }
        return argument.type.hasSuffix("?")
            ? .code("\(argument.name).map { Int($0) }") : .code("Int(\(argument.name))")
    }

    private func hiding(_ paging: PagingModel, _ item: SchemaModel, _ element: String) -> Expression? {
        let fields = context.table.fields(of: item)
        let tests = paging.hide.compactMap { hide in
            context.table.route(hide.field, in: fields).map {
                literals.test("item", FieldAccess($0, in: context), hide)
            }
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
