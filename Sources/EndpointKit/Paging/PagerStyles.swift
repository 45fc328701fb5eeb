extension Pager {
    /// Pages that are counted.
    ///
    /// - Parameters:
    ///   - first: The number of the first page.
    ///   - size: How many items a whole page has.
    ///   - untilShortPage: A page with fewer than `size` items is the last; for services whose total cannot be trusted.
    ///   - total: How many items there are in all. Ends the list, and proves that it is whole.
    ///   - hiding: Items to leave out, after the page was counted.
    public static func pages<Answer: Sendable>(
        _ client: Client, first: Int = 1, size: Int? = nil, untilShortPage: Bool = false,
        items: @escaping @Sendable (Answer) -> [Element], total: (@Sendable (Answer) -> Int?)? = nil,
        hiding: (@Sendable (Element) -> Bool)? = nil, _ endpoint: @escaping @Sendable (Int) -> Endpoint<Answer>
    ) -> Pager {
        let source = CountedPages(
            client: client, size: size, untilShortPage: untilShortPage, items: items, total: total, endpoint: endpoint)
        return Pager(first: { () throws(APIError) in try await source.page(first, seen: 0) }, hiding: hiding)
    }

    /// Pages that each name the next by a cursor.
    ///
    /// - Parameters:
    ///   - end: The cursor that says there is no more. No cursor, or an empty page, ends the list as well.
    ///   - hiding: Items to leave out, after the page was judged.
    public static func cursor<Answer: Sendable, Cursor: Hashable & Sendable>(
        _ client: Client, end: Cursor, items: @escaping @Sendable (Answer) -> [Element],
        next: @escaping @Sendable (Answer) -> Cursor?, hiding: (@Sendable (Element) -> Bool)? = nil,
        _ endpoint: @escaping @Sendable (Cursor?) -> Endpoint<Answer>
    ) -> Pager {
        let source = CursorPages(client: client, end: end, items: items, next: next, endpoint: endpoint)
        return Pager(first: { () throws(APIError) in try await source.page(nil, seen: []) }, hiding: hiding)
    }
}

private struct CountedPages<Element: Sendable, Answer: Sendable>: Sendable {
    let client: Client
    let size: Int?
    let untilShortPage: Bool
    let items: @Sendable (Answer) -> [Element]
    let total: (@Sendable (Answer) -> Int?)?
    let endpoint: @Sendable (Int) -> Endpoint<Answer>

    func page(_ number: Int, seen: Int) async throws(APIError) -> Pager<Element>.Page {
        let endpoint = endpoint(number)
        let answer = try await client.send(endpoint)
        let items = items(answer)
        let seen = seen + items.count
        let isLast: Bool
        if !untilShortPage, let total = total?(answer) {
            isLast = seen >= total
            guard isLast || !items.isEmpty else {
                throw APIError.inconsistentPaging(
                    endpoint.id, "page \(number) is empty, but only \(seen) of \(total) items came")
            }
        } else {
            isLast = items.isEmpty || size.map { items.count < $0 } ?? false
        }
        var page = Pager<Element>.Page(items: items)
        if !isLast { page.next = { () throws(APIError) in try await self.page(number + 1, seen: seen) } }
        return page
    }
}

private struct CursorPages<Element: Sendable, Answer: Sendable, Cursor: Hashable & Sendable>: Sendable {
    let client: Client
    let end: Cursor
    let items: @Sendable (Answer) -> [Element]
    let next: @Sendable (Answer) -> Cursor?
    let endpoint: @Sendable (Cursor?) -> Endpoint<Answer>

    func page(_ cursor: Cursor?, seen: Set<Cursor>) async throws(APIError) -> Pager<Element>.Page {
        let endpoint = endpoint(cursor)
        let answer = try await client.send(endpoint)
        var page = Pager<Element>.Page(items: items(answer))
        guard let following = next(answer), following != end, !page.items.isEmpty else { return page }
        let seen = cursor.map { seen.union([$0]) } ?? seen
        guard !seen.contains(following) else {
            throw APIError.inconsistentPaging(endpoint.id, "the cursor \(following) came twice")
        }
        page.next = { () throws(APIError) in try await self.page(following, seen: seen) }
        return page
    }
}

extension APIError {
    fileprivate static func inconsistentPaging(_ endpointID: String, _ what: String) -> APIError {
        var error = APIError(
            .service, "the list is not whole: \(what)", remedy: "List it again: it may have changed meanwhile")
        error.endpointID = endpointID
        return error
    }
}
