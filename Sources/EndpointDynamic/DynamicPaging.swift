import EndpointKit
import EndpointSpec

extension DynamicEndpoint {
    /// All items of a paged list; nil if the spec declares no paging.
    ///
    /// - Throws: `.invalidParameter`, also for an argument that the pages themselves set.
    public func allItems(_ client: Client, _ arguments: JSONObject) throws(APIError) -> Pager<JSONValue>? {
        guard let paging = model.paging else { return nil }
        let items: @Sendable (JSONValue) -> [JSONValue] = { $0[paging.items]?.array ?? [] }
        let hiding = hiding(paging)
        switch paging.style {
        case .page(let parameter, let first, let total, let untilShortPage):
            let start = try endpoint(firstPage(arguments))
            var totalOf: (@Sendable (JSONValue) -> Int?)?
            if let total { totalOf = { page in page[total].flatMap { Int(lenient: $0) } } }
            return .pages(
                client, first: Int(first), size: size(paging, arguments), untilShortPage: untilShortPage, items: items,
                total: totalOf, hiding: hiding
            ) { page in start.setting(parameter, to: .integer(Int64(page))) }
        case .cursor(let parameter, let field, let end):
            let start = try endpoint(arguments)
            return .cursor(
                client, end: JSONValue(end), items: items, next: cursor(field), hiding: hiding
            ) { cursor in cursor.map { start.setting(parameter, to: $0) } ?? start }
        }
    }

    /// The arguments of the first page of all.
    package func firstPage(_ arguments: JSONObject) throws(APIError) -> JSONObject {
        guard case .page(let parameter, let first, _, _)? = model.paging?.style else { return arguments }
        guard arguments[parameter] == nil else {
            throw APIError(.invalidParameter, "\(parameter): cannot be given where every page is asked for")
        }
        var arguments = arguments
        arguments[parameter] = .integer(first)
        return arguments
    }

    /// The number of items that a whole page has.
    private func size(_ paging: PagingModel, _ arguments: JSONObject) -> Int? {
        guard let name = paging.size else { return nil }
        let argument = self.arguments.first { $0.name == name }
        return (arguments[name] ?? argument?.defaultValue.map(JSONValue.init)).flatMap { Int(lenient: $0) }
    }

    private func cursor(_ field: String) -> @Sendable (JSONValue) -> JSONValue? {
        let types = types
        let declared = payloadFields.first { $0.name == field }
        return { page in
            guard let value = page[field], !value.isNull else { return nil }
            return declared.map { types.decoded(value, as: $0.schema) } ?? value
        }
    }

    private func hiding(_ paging: PagingModel) -> (@Sendable (JSONValue) -> Bool)? {
        guard !paging.hide.isEmpty, let list = payloadFields.first(where: { $0.name == paging.items }) else {
            return nil
        }
        let types = types
        let fields = types.items(of: list.schema).map { types.fields(of: $0) } ?? []
        let conditions = paging.hide.map { (field: $0.field, value: JSONValue($0.value)) }
        return { item in
            conditions.contains { types.field($0.field, of: item, declared: fields, isOneOf: [$0.value]) }
        }
    }

    /// The declared fields of the payload, if it is an object.
    package var payloadFields: [FieldModel] {
        if case .payload(let schema) = model.response { types.fields(of: schema) } else { [] }
    }
}

extension Endpoint where Response == JSONValue {
    /// The same call with another value for one parameter.
    func setting(_ name: String, to value: JSONValue) -> Self {
        var copy = self
        func set(_ parameters: inout Parameters) {
            for index in parameters.list.indices where parameters.list[index].name == name {
                parameters.list[index].content = value.parameterContent
            }
        }
        set(&copy.pathParameters)
        set(&copy.query)
        set(&copy.headers)
        switch copy.body {
        case .json(var fields):
            set(&fields)
            copy.body = .json(fields)
        case .multipart(var fields):
            set(&fields)
            copy.body = .multipart(fields)
        case .jsonValue(var parameter) where parameter.name == name:
            parameter.content = value.parameterContent
            copy.body = .jsonValue(parameter)
        default: break
        }
        return copy
    }
}
