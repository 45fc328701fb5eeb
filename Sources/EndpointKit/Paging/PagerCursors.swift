extension Pager {
    /// Creates a pager for pages that contain a cursor for the next page.
    ///
    /// - Parameters:
    ///   - client: The client that fetches the pages.
    ///   - end: The cursor of the last page, and the only end of the list; nil if the last page contains no cursor. An empty
    ///     page with another cursor is followed by the next; more than 100 of them in a row are an error.
    ///   - items: Returns the items of a page. A page that repeats an earlier one is an error, where items are `Equatable`.
    ///   - next: Returns the cursor that a page contains; nil if it contains none. A cursor that comes again is an error.
    ///   - hiding: Whether to leave an item out.
    ///   - endpoint: Returns the call that fetches the page at a cursor; nil for the first page.
    /// - Returns: A pager, which has sent nothing yet.
    public static func cursor<Response: Sendable, Cursor: Hashable & Sendable>(
        _ client: Client, end: Cursor?, items: @escaping @Sendable (Response) -> [Element],
        next: @escaping @Sendable (Response) -> Cursor?, hiding: (@Sendable (Element) -> Bool)? = nil,
        _ endpoint: @escaping @Sendable (Cursor?) -> Endpoint<Response>
    ) -> Pager {
        let source = CursorPages(client: client, items: items, endpoint: endpoint) { response, _ in
            let cursor = next(response)
            return cursor == end
                ? .end : cursor.map { .cursor($0) } ?? .missing("a page that is not the last has no cursor")
        }
        return Pager(
            first: { () throws(APIError) in try await source.page(nil, seen: [], PageHistory()) }, hiding: hiding)
    }

    /// Creates a pager for pages that begin behind an item, which the next call names.
    ///
    /// - Parameters:
    ///   - client: The client that fetches the pages.
    ///   - size: The number of items in a full page; a page with fewer ends the list. With nil, only an empty page does.
    ///   - items: Returns the items of a page. A page that repeats an earlier one is an error, where items are `Equatable`.
    ///   - cursor: Returns what the next call names of the last item; nil if it has nothing, which is an error. A cursor that
    ///     comes again is an error.
    ///   - hiding: Whether to leave an item out. Hidden items are counted.
    ///   - endpoint: Returns the call that fetches the page behind an item; nil for the first page.
    /// - Returns: A pager, which has sent nothing yet.
    public static func lastItem<Response: Sendable, Cursor: Hashable & Sendable>(
        _ client: Client, size: Int?, items: @escaping @Sendable (Response) -> [Element],
        cursor: @escaping @Sendable (Element) -> Cursor?, hiding: (@Sendable (Element) -> Bool)? = nil,
        _ endpoint: @escaping @Sendable (Cursor?) -> Endpoint<Response>
    ) -> Pager {
        let source = CursorPages(client: client, items: items, endpoint: endpoint) { (_, items) -> Following<Cursor> in
            guard let last = items.last, size.map({ items.count >= $0 }) ?? true else { return .end }
            return cursor(last).map { .cursor($0) } ?? .missing("the last item of a page has no cursor")
        }
        return Pager(
            first: { () throws(APIError) in try await source.page(nil, seen: [], PageHistory()) }, hiding: hiding)
    }
}

/// What a page says of the one behind it.
private enum Following<Cursor: Sendable>: Sendable {
    case cursor(Cursor)
    case end
    /// The page says nothing, though it must.
    case missing(String)
}

private struct CursorPages<Element: Sendable, Response: Sendable, Cursor: Hashable & Sendable>: Sendable {
    let client: Client
    let items: @Sendable (Response) -> [Element]
    let endpoint: @Sendable (Cursor?) -> Endpoint<Response>
    let following: @Sendable (Response, [Element]) -> Following<Cursor>

    func page(
        _ cursor: Cursor?, seen: Set<Cursor>, _ history: PageHistory<Element>
    ) async throws(APIError) -> Pager<Element>.Page {
        let endpoint = endpoint(cursor)
        let response = try await client.response(for: endpoint)
        var page = Pager<Element>.Page(items: items(response.value))
        func inconsistent(_ what: String) -> APIError { .inconsistentPaging(endpoint.id, what).after(response) }
        let history = try history.adding(page.items, failing: inconsistent)
        switch following(response.value, page.items) {
        case .end: return page
        case .missing(let what): return Pager.Page(items: page.items, inconsistent(what))
        case .cursor(let following):
            let seen = cursor.map { seen.union([$0]) } ?? seen
            guard !seen.contains(following) else {
                return Pager.Page(
                    items: page.items, inconsistent("the cursor \(Self.text(of: following)) is repeated"))
            }
            page.next = { () throws(APIError) in try await self.page(following, seen: seen, history) }
            return page
        }
    }

    /// A cursor in a message: a text is the same with and without a type of its own.
    private static func text(of cursor: Cursor) -> String { (cursor as? JSONValue)?.plainText ?? "\(cursor)" }
}
