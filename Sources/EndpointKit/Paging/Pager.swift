/// All the items of a list that a service hands out page by page; pages are asked for as they are needed.
///
///     for try await failure in pan.oss.allCopyFailures(taskID: id) { print(failure.filename) }
///
/// A list that ends before the total that the service gave, or whose cursor comes back, is an error: a short list never
/// passes for the whole.
public struct Pager<Element: Sendable>: AsyncSequence, Sendable {
    public typealias Failure = APIError

    /// One page, and how to get the next; nil after the last.
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

    public func makeAsyncIterator() -> Iterator {
        Iterator(pages: pages.makeAsyncIterator())
    }

    /// The same items, a page at a time.
    public var pages: Pages { Pages(first: first, hiding: hiding) }

    /// All items in one array.
    public func collect() async throws(APIError) -> [Element] {
        var items: [Element] = []
        for try await page in pages { items += page }
        return items
    }

    public struct Iterator: AsyncIteratorProtocol {
        var pages: Pages.Iterator
        private var page: [Element] = []
        private var position = 0

        init(pages: Pages.Iterator) {
            self.pages = pages
        }

        public mutating func next() async throws(APIError) -> Element? {
            try await next(isolation: nil)
        }

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
        public typealias Element = [Pager.Element]
        public typealias Failure = APIError

        let first: Fetch
        let hiding: (@Sendable (Pager.Element) -> Bool)?

        public func makeAsyncIterator() -> Iterator {
            Iterator(fetch: first, hiding: hiding)
        }

        public struct Iterator: AsyncIteratorProtocol {
            var fetch: Fetch?
            let hiding: (@Sendable (Pager.Element) -> Bool)?

            public mutating func next() async throws(APIError) -> [Pager.Element]? {
                try await next(isolation: nil)
            }

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
