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
        let items: @Sendable (JSONValue) -> [JSONValue] = { [self] in pagedItems(of: $0) ?? [] }
        let hiding = hiding(paging)
        switch paging.style {
        case .page(let parameter, let first, let total, let untilShortPage):
            return .pages(
                client, first: Int(first), size: size(paging, of: start), untilShortPage: untilShortPage, items: items,
                total: total.map(count), hiding: hiding
            ) { page in setting(parameter, of: start, to: .integer(Int64(page))) }
        case .offset(let parameter, let first, let total):
            return .offset(
                client, first: Int(first), size: size(paging, of: start), items: items, total: total.map(count),
                hiding: hiding
            ) { offset in setting(parameter, of: start, to: .integer(Int64(offset))) }
        case .cursor(let parameter, let field, let value):
            // Not `nil : value`, which would be a null.
            let end: JSONValue? = value.isNull ? .none : .some(value)
            return .cursor(
                client, end: end, items: items, next: self.value(at: field, as: payloadSchema(field)),
                hiding: hiding
            ) { cursor in cursor.map { setting(parameter, of: start, to: $0) } ?? start }
        case .next(let field):
            let url = field.map { value(at: $0, as: payloadSchema($0)) }
            return .next(
                client, items: items, next: { page in url.map { $0(page.value)?.string } ?? page.nextLink },
                hiding: hiding, start)
        case .lastItem(let parameter, let field):
            return .lastItem(
                client, size: size(paging, of: start), items: items, cursor: value(at: field, as: itemSchema(field)),
                hiding: hiding
            ) { cursor in cursor.map { setting(parameter, of: start, to: $0) } ?? start }
        }
    }

    /// The arguments of the first page of all.
    package func firstPage(of arguments: JSONObject) throws(APIError) -> JSONObject {
        let (name, start): (String, Int64)
        switch model.paging?.style {
        case .page(let parameter, let first, _, _): (name, start) = (parameter, first)
        case .offset(let parameter, let first, _): (name, start) = (parameter, first)
        case .cursor, .next, .lastItem, nil: return arguments
        }
        guard arguments[name] == nil else {
            throw APIError(.invalidParameter, "\(name): cannot be given where every page is asked for")
        }
        var arguments = arguments
        arguments[name] = .integer(start)
        return arguments
    }

    /// The number of items that a whole page has.
    private func size(_ paging: PagingModel, of page: Endpoint<JSONValue>) -> Int? {
        guard let name = paging.size,
            case .json(let value)? = parameter(name, of: page)?.content
        else { return nil }
        return value.integral.flatMap { Int(exactly: $0) }
    }

    /// Reads the number of all items.
    private func count(_ total: FieldPath) -> @Sendable (JSONValue) -> Int? {
        let schema = payloadSchema(total)
        return { page in
            page.value(at: total).map { schema?.decoded($0) ?? $0 }?.integral.flatMap { Int(exactly: $0) }
        }
    }

    private func value(at path: FieldPath, as schema: Schema?) -> @Sendable (JSONValue) -> JSONValue? {
        { object in
            guard let value = object.value(at: path) else { return nil }
            let meaning = schema?.meaning(of: value) ?? value
            return meaning.isNull ? nil : meaning
        }
    }

    /// A field of an item as a schema.
    private func itemSchema(_ path: FieldPath) -> Schema? {
        pagedItem.flatMap { types.route(path, in: types.fields(of: $0)) }.map { types.schema(of: $0.last) }
    }

    private func hiding(_ paging: PagingModel) -> (@Sendable (JSONValue) -> Bool)? {
        guard !paging.hide.isEmpty, let item = pagedItem else { return nil }
        let conditions = paging.hide.map { PayloadCondition($0, on: types.fields(of: item), types) }
        return { item in conditions.contains { $0.holds(in: item) } }
    }
}
