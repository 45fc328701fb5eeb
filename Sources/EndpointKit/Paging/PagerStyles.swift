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
            client: client, size: size, untilShortPage: untilShortPage, countsItems: false, items: items, total: total,
            endpoint: endpoint)
        return Pager(first: { () throws(APIError) in try await source.page(first, PageHistory()) }, hiding: hiding)
    }

    /// Creates a pager for pages that are asked for by the number of items before them.
    ///
    /// - Parameters:
    ///   - client: The client that fetches the pages.
    ///   - first: The offset of the first page. Each page begins behind the items that came so far.
    ///   - size: The number of items in a full page: without a total, a page with fewer ends the list. With nil, only an empty
    ///     page does.
    ///   - items: Returns the items of a page. A page that repeats an earlier one is an error, where items are `Equatable`.
    ///   - total: Returns the number of items of all pages, which ends the list; nil if a page does not tell. Fewer items, and
    ///     more, are an error.
    ///   - hiding: Whether to leave an item out. Hidden items are counted.
    ///   - endpoint: Returns the call that fetches the page at an offset.
    /// - Returns: A pager, which has sent nothing yet.
    public static func offset<Response: Sendable>(
        _ client: Client, first: Int = 0, size: Int?, items: @escaping @Sendable (Response) -> [Element],
        total: (@Sendable (Response) -> Int?)? = nil, hiding: (@Sendable (Element) -> Bool)? = nil,
        _ endpoint: @escaping @Sendable (Int) -> Endpoint<Response>
    ) -> Pager {
        let source = CountedPages(
            client: client, size: size, untilShortPage: false, countsItems: true, items: items, total: total,
            endpoint: endpoint)
        return Pager(first: { () throws(APIError) in try await source.page(first, PageHistory()) }, hiding: hiding)
    }
}

private struct CountedPages<Element: Sendable, Response: Sendable>: Sendable {
    let client: Client
    let size: Int?
    let untilShortPage: Bool
    /// Whether the number of a page is that of the items before it.
    let countsItems: Bool
    let items: @Sendable (Response) -> [Element]
    let total: (@Sendable (Response) -> Int?)?
    let endpoint: @Sendable (Int) -> Endpoint<Response>

    func page(_ number: Int, _ history: PageHistory<Element>) async throws(APIError) -> Pager<Element>.Page {
        let endpoint = endpoint(number)
        let response = try await client.response(for: endpoint)
        let items = items(response.value)
        func inconsistent(_ what: String) -> APIError { .inconsistentPaging(endpoint.id, what).after(response) }
        let history = try history.adding(items, failing: inconsistent)
        let isLast: Bool
        if !untilShortPage, let total = total?(response.value) {
            isLast = history.count == total
            if history.count > total {
                return Pager.Page(items: items, inconsistent("\(history.count) items came, and the total is \(total)"))
            }
            guard isLast || !items.isEmpty else {
                throw inconsistent("\(name(number)) is empty after \(history.count) of \(total) items")
            }
        } else {
            isLast = items.isEmpty || size.map { items.count < $0 } ?? false
        }
        var page = Pager<Element>.Page(items: items)
        if isLast { return page }
        let (next, isBeyond) = number.addingReportingOverflow(countsItems ? items.count : 1)
        if isBeyond { throw inconsistent("\(name(number)) is the last that has a number") }
        page.next = { () throws(APIError) in try await self.page(next, history) }
        return page
    }

    private func name(_ number: Int) -> String { countsItems ? "the page at offset \(number)" : "page \(number)" }
}
