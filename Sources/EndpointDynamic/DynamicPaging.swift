import EndpointKit
import EndpointSpec

extension DynamicEndpoint {
    /// All items of a paged list; nil if the spec declares no paging.
    ///
    /// - Throws: `.invalidParameter`, also for an argument that the pages themselves set.
    public func allItems(with arguments: JSONObject, using client: Client) throws(APIError) -> Pager<JSONValue>? {
        guard model.paging != nil else { return nil }
        return allItems(from: try endpoint(with: firstPage(of: arguments)), using: client)
    }

    /// All items of a paged list, from the call of its first page; nil if the spec declares no paging.
    package func allItems(from start: Endpoint<JSONValue>, using client: Client) -> Pager<JSONValue>? {
        guard let paging = model.paging else { return nil }
        let items: @Sendable (JSONValue) -> [JSONValue] = { $0[paging.items]?.array ?? [] }
        let hiding = hiding(paging)
        switch paging.style {
        case .page(let parameter, let first, let total, let untilShortPage):
            var totalOf: (@Sendable (JSONValue) -> Int?)?
            if let total {
                let schema = payloadSchema(total)
                totalOf = { page in
                    page[total].map { schema?.decoded($0) ?? $0 }?.integral.flatMap { Int(exactly: $0) }
                }
            }
            return .pages(
                client, first: Int(first), size: size(paging, of: start), untilShortPage: untilShortPage, items: items,
                total: totalOf, hiding: hiding
            ) { page in start.setting(parameter, to: .integer(Int64(page))) }
        case .cursor(let parameter, let field, let end):
            return .cursor(
                client, end: end.isNull ? nil : end, items: items, next: cursor(field), hiding: hiding
            ) { cursor in cursor.map { start.setting(parameter, to: $0) } ?? start }
        }
    }

    /// The arguments of the first page of all.
    package func firstPage(of arguments: JSONObject) throws(APIError) -> JSONObject {
        guard case .page(let parameter, let first, _, _)? = model.paging?.style else { return arguments }
        guard arguments[parameter] == nil else {
            throw APIError(.invalidParameter, "\(parameter): cannot be given where every page is asked for")
        }
        var arguments = arguments
        arguments[parameter] = .integer(first)
        return arguments
    }

    /// The number of items that a whole page has.
    private func size(_ paging: PagingModel, of page: Endpoint<JSONValue>) -> Int? {
        guard let name = paging.size,
            case .json(let value)? = page.parameters.first(where: { $0.name == name })?.content
        else { return nil }
        return value.integral.flatMap { Int(exactly: $0) }
    }

    private func cursor(_ field: String) -> @Sendable (JSONValue) -> JSONValue? {
        let schema = payloadSchema(field)
        return { page in
            guard let value = page[field] else { return nil }
            let cursor = schema?.meaning(of: value) ?? value
            return cursor.isNull ? nil : cursor
        }
    }

    private func hiding(_ paging: PagingModel) -> (@Sendable (JSONValue) -> Bool)? {
        guard !paging.hide.isEmpty, let list = payloadFields.first(where: { $0.name == paging.items }) else {
            return nil
        }
        let fields = types.items(of: list.schema).map { types.fields(of: $0) } ?? []
        let conditions = paging.hide.map { PayloadCondition($0, on: fields, types) }
        return { item in conditions.contains { $0.holds(in: item) } }
    }
}

extension Endpoint {
    /// The same call with another value for one parameter.
    fileprivate func setting(_ name: String, to value: JSONValue) -> Self {
        var copy = self
        copy.setParameter(name, to: value)
        return copy
    }
}
