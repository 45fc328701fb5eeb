/// The items of a list that a service returns page by page. Pages are fetched as they are needed.
///
///     for try await failure in pan.oss.allCopyFailures(taskID: id) { print(failure.filename) }
///
/// A list that ends before the service's total, or whose cursor is repeated, is an error: an incomplete list is never
/// returned as complete.
public struct Pager<Element: Sendable>: AsyncSequence, Sendable {
    /// The error that iteration throws.
    public typealias Failure = APIError

    /// A page, and the closure that fetches the next one; nil after the last page.
    struct Page: Sendable {
        var items: [Element]
        var next: Fetch?
    }

    typealias Fetch = @Sendable () async throws(APIError) -> Page

    let first: Fetch
    private let hiding: (@Sendable (Element) -> Bool)?

    init(first: @escaping Fetch, hiding: (@Sendable (Element) -> Bool)?) {
        self.first = first
        self.hiding = hiding
    }

    /// Returns an iterator that begins with the first page.
    public func makeAsyncIterator() -> Iterator {
        Iterator(pages: pages.makeAsyncIterator())
    }

    /// The same items, one page at a time. A page may be empty when items are hidden.
    public var pages: Pages { Pages(first: first, hiding: hiding) }

    /// Fetches all pages and returns their items. Throws the errors of the calls, and `.service` for an incomplete list.
    public func collect() async throws(APIError) -> [Element] {
        var items: [Element] = []
        for try await page in pages { items += page }
        return items
    }

    /// An iterator over the items of a ``Pager``.
    public struct Iterator: AsyncIteratorProtocol {
        var pages: Pages.Iterator
        private var page: [Element] = []
        private var position = 0

        init(pages: Pages.Iterator) {
            self.pages = pages
        }

        /// Returns the next item, and fetches a page if necessary; nil after the last item.
        public mutating func next() async throws(APIError) -> Element? {
            try await next(isolation: nil)
        }

        /// Returns the next item, on the caller's actor; nil after the last item.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(APIError) -> Element? {
            while position >= page.count {
                guard let next = try await pages.next(isolation: actor) else { return nil }
                page = next
                position = 0
            }
            defer { position += 1 }
            return page[position]
        }
    }

    /// The pages of a ``Pager``.
    public struct Pages: AsyncSequence, Sendable {
        /// The items of one page.
        public typealias Element = [Pager.Element]
        /// The error that iteration throws.
        public typealias Failure = APIError

        let first: Fetch
        let hiding: (@Sendable (Pager.Element) -> Bool)?

        /// Returns an iterator that begins with the first page.
        public func makeAsyncIterator() -> Iterator {
            Iterator(fetch: first, hiding: hiding)
        }

        /// An iterator over the pages of a ``Pager``.
        public struct Iterator: AsyncIteratorProtocol {
            var fetch: Fetch?
            let hiding: (@Sendable (Pager.Element) -> Bool)?

            /// Fetches the next page and returns its items; nil after the last page.
            public mutating func next() async throws(APIError) -> [Pager.Element]? {
                try await next(isolation: nil)
            }

            /// Fetches the next page, on the caller's actor, and returns its items; nil after the last page.
            public mutating func next(isolation actor: isolated (any Actor)?) async throws(APIError) -> [Pager.Element]?
            {
                guard let fetch else { return nil }
                self.fetch = nil
                guard !Task.isCancelled else { throw APIError(.cancelled, "the call was cancelled") }
                let page = try await fetch()
                self.fetch = page.next
                guard let hiding else { return page.items }
                return page.items.filter { !hiding($0) }
            }
        }
    }
}
