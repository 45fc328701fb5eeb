extension Pager {
    /// Creates a pager for pages with numbers.
    ///
    /// - Parameters:
    ///   - client: The client that fetches the pages.
    ///   - first: The number of the first page.
    ///   - size: The number of items in a full page. Below 1, only an empty page ends a list without a total.
    ///   - untilShortPage: Whether a page with fewer than `size` items ends the list, for services whose total is unreliable.
    ///   - items: Returns the items of a page.
    ///   - total: Returns the number of items of all pages, which ends the list; nil if a page does not tell.
    ///   - hiding: Whether to leave an item out. Hidden items are counted.
    ///   - endpoint: Returns the call that fetches the page with a number.
    /// - Returns: A pager, which has sent nothing yet.
    public static func pages<Response: Sendable>(
        _ client: Client, first: Int = 1, size: Int? = nil, untilShortPage: Bool = false,
        items: @escaping @Sendable (Response) -> [Element], total: (@Sendable (Response) -> Int?)? = nil,
        hiding: (@Sendable (Element) -> Bool)? = nil, _ endpoint: @escaping @Sendable (Int) -> Endpoint<Response>
    ) -> Pager {
        let source = CountedPages(
            client: client, size: size, untilShortPage: untilShortPage, items: items, total: total, endpoint: endpoint)
        return Pager(first: { () throws(APIError) in try await source.page(first, seen: 0) }, hiding: hiding)
    }

    /// Creates a pager for pages that contain a cursor for the next page.
    ///
    /// - Parameters:
    ///   - client: The client that fetches the pages.
    ///   - end: The cursor of the last page. A page without a cursor and an empty page end the list as well.
    ///   - items: Returns the items of a page.
    ///   - next: Returns the cursor that a page contains; nil if it contains none.
    ///   - hiding: Whether to leave an item out.
    ///   - endpoint: Returns the call that fetches the page at a cursor; nil for the first page.
    /// - Returns: A pager, which has sent nothing yet.
    public static func cursor<Response: Sendable, Cursor: Hashable & Sendable>(
        _ client: Client, end: Cursor, items: @escaping @Sendable (Response) -> [Element],
        next: @escaping @Sendable (Response) -> Cursor?, hiding: (@Sendable (Element) -> Bool)? = nil,
        _ endpoint: @escaping @Sendable (Cursor?) -> Endpoint<Response>
    ) -> Pager {
        let source = CursorPages(client: client, end: end, items: items, next: next, endpoint: endpoint)
        return Pager(first: { () throws(APIError) in try await source.page(nil, seen: []) }, hiding: hiding)
    }
}

private struct CountedPages<Element: Sendable, Response: Sendable>: Sendable {
    let client: Client
    let size: Int?
    let untilShortPage: Bool
    let items: @Sendable (Response) -> [Element]
    let total: (@Sendable (Response) -> Int?)?
    let endpoint: @Sendable (Int) -> Endpoint<Response>

    func page(_ number: Int, seen: Int) async throws(APIError) -> Pager<Element>.Page {
        let endpoint = endpoint(number)
        let response = try await client.send(endpoint)
        let items = items(response)
        let seen = seen + items.count
        let isLast: Bool
        if !untilShortPage, let total = total?(response) {
            isLast = seen >= total
            guard isLast || !items.isEmpty else {
                throw APIError.inconsistentPaging(
                    endpoint.id, "page \(number) is empty after \(seen) of \(total) items")
            }
        } else {
            isLast = items.isEmpty || size.map { items.count < $0 } ?? false
        }
        var page = Pager<Element>.Page(items: items)
        guard isLast || number < .max else {
            throw APIError.inconsistentPaging(endpoint.id, "page \(number) is the last that has a number")
        }
        if !isLast { page.next = { () throws(APIError) in try await self.page(number + 1, seen: seen) } }
        return page
    }
}

private struct CursorPages<Element: Sendable, Response: Sendable, Cursor: Hashable & Sendable>: Sendable {
    let client: Client
    let end: Cursor
    let items: @Sendable (Response) -> [Element]
    let next: @Sendable (Response) -> Cursor?
    let endpoint: @Sendable (Cursor?) -> Endpoint<Response>

    func page(_ cursor: Cursor?, seen: Set<Cursor>) async throws(APIError) -> Pager<Element>.Page {
        let endpoint = endpoint(cursor)
        let response = try await client.send(endpoint)
        var page = Pager<Element>.Page(items: items(response))
        guard let following = next(response), following != end, !page.items.isEmpty else { return page }
        let seen = cursor.map { seen.union([$0]) } ?? seen
        guard !seen.contains(following) else {
            throw APIError.inconsistentPaging(endpoint.id, "the cursor \(following) is repeated")
        }
        page.next = { () throws(APIError) in try await self.page(following, seen: seen) }
        return page
    }
}

extension APIError {
    fileprivate static func inconsistentPaging(_ endpointID: String, _ what: String) -> APIError {
        var error = APIError(
            .service, "the list is incomplete: \(what)", remedy: "Retry: the list may have changed meanwhile")
        error.endpointID = endpointID
        return error
    }
}
