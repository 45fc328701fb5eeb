extension Pager {
    /// Creates a pager for pages with numbers.
    ///
    /// - Parameters:
    ///   - client: The client that fetches the pages.
    ///   - first: The number of the first page.
    ///   - size: The number of items in a full page. Below 1, only an empty page ends a list without a total.
    ///   - untilShortPage: Whether a page with fewer than `size` items ends the list, for services whose total is unreliable.
    ///   - items: Returns the items of a page. A page that repeats an earlier one is an error, where items are `Equatable`.
    ///   - total: Returns the number of items of all pages, which ends the list; nil if a page does not tell. Fewer items, and
    ///     more, are an error.
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
        return Pager(first: { () throws(APIError) in try await source.page(first, PageHistory()) }, hiding: hiding)
    }

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
        let source = CursorPages(client: client, end: end, items: items, next: next, endpoint: endpoint)
        return Pager(
            first: { () throws(APIError) in try await source.page(nil, seen: [], PageHistory()) }, hiding: hiding)
    }
}

private struct CountedPages<Element: Sendable, Response: Sendable>: Sendable {
    let client: Client
    let size: Int?
    let untilShortPage: Bool
    let items: @Sendable (Response) -> [Element]
    let total: (@Sendable (Response) -> Int?)?
    let endpoint: @Sendable (Int) -> Endpoint<Response>

    func page(_ number: Int, _ history: PageHistory<Element>) async throws(APIError) -> Pager<Element>.Page {
        let endpoint = endpoint(number)
        let response = try await client.send(endpoint)
        let items = items(response)
        let history = try history.adding(items, of: endpoint.id)
        let isLast: Bool
        if !untilShortPage, let total = total?(response) {
            isLast = history.count == total
            if history.count > total {
                return Pager.Page(
                    items: items,
                    inconsistent: endpoint.id, "\(history.count) items came, and the total is \(total)")
            }
            guard isLast || !items.isEmpty else {
                throw APIError.inconsistentPaging(
                    endpoint.id, "page \(number) is empty after \(history.count) of \(total) items")
            }
        } else {
            isLast = items.isEmpty || size.map { items.count < $0 } ?? false
        }
        guard isLast || number < .max else {
            throw APIError.inconsistentPaging(endpoint.id, "page \(number) is the last that has a number")
        }
        var page = Pager<Element>.Page(items: items)
        if !isLast { page.next = { () throws(APIError) in try await self.page(number + 1, history) } }
        return page
    }
}

private struct CursorPages<Element: Sendable, Response: Sendable, Cursor: Hashable & Sendable>: Sendable {
    let client: Client
    let end: Cursor?
    let items: @Sendable (Response) -> [Element]
    let next: @Sendable (Response) -> Cursor?
    let endpoint: @Sendable (Cursor?) -> Endpoint<Response>

    func page(
        _ cursor: Cursor?, seen: Set<Cursor>, _ history: PageHistory<Element>
    ) async throws(APIError) -> Pager<Element>.Page {
        let endpoint = endpoint(cursor)
        let response = try await client.send(endpoint)
        var page = Pager<Element>.Page(items: items(response))
        let history = try history.adding(page.items, of: endpoint.id)
        let following = next(response)
        if following == end { return page }
        guard let following else {
            return Pager.Page(items: page.items, inconsistent: endpoint.id, "a page that is not the last has no cursor")
        }
        let seen = cursor.map { seen.union([$0]) } ?? seen
        guard !seen.contains(following) else {
            return Pager.Page(
                items: page.items, inconsistent: endpoint.id, "the cursor \(Self.text(of: following)) is repeated")
        }
        page.next = { () throws(APIError) in try await self.page(following, seen: seen, history) }
        return page
    }
}

extension CursorPages {
    /// A cursor in a message: a text is the same with and without a type of its own.
    private static func text(of cursor: Cursor) -> String { (cursor as? JSONValue)?.plainText ?? "\(cursor)" }
}

/// The pages of a list so far, to notice a server that does not come to an end.
private struct PageHistory<Element: Sendable>: Sendable {
    /// How many empty pages may follow one another.
    private static var maximumEmptyPages: Int { 100 }

    /// The number of items.
    private(set) var count = 0
    private var pages = 0
    private var first: [Element] = []
    private var last: [Element] = []
    private var emptyPages = 0

    /// The history with one page more; throws if that page repeats the first or the last one, or is one empty page too many.
    func adding(_ items: [Element], of endpointID: String) throws(APIError) -> PageHistory {
        var history = self
        history.pages += 1
        history.count += items.count
        history.last = items
        if pages == 0 { history.first = items }
        history.emptyPages = items.isEmpty ? emptyPages + 1 : 0
        guard history.emptyPages <= Self.maximumEmptyPages else {
            throw APIError.inconsistentPaging(
                endpointID, "more than \(Self.maximumEmptyPages) pages in a row are empty")
        }
        for (name, page) in [("the one before", last), ("the first", first)] where Self.areEqual(items, page) {
            throw APIError.inconsistentPaging(endpointID, "page \(history.pages) repeats \(name)")
        }
        return history
    }

    /// Whether two pages have the same items; false for an empty page, and for items that cannot be compared.
    private static func areEqual(_ left: [Element], _ right: [Element]) -> Bool {
        guard !left.isEmpty, left.count == right.count else { return false }
        return zip(left, right).allSatisfy { ($0 as? any Equatable)?.equals($1) ?? false }
    }
}

extension Equatable {
    fileprivate func equals(_ other: Any) -> Bool { other as? Self == self }
}

extension Pager.Page {
    /// A page whose items still count, though the list cannot go on.
    fileprivate init(items: [Element], inconsistent endpointID: String, _ what: String) {
        self.init(items: items, next: { () throws(APIError) in throw APIError.inconsistentPaging(endpointID, what) })
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
