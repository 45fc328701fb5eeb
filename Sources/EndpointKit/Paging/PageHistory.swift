/// The pages of a list so far, to notice a server that does not come to an end.
struct PageHistory<Element: Sendable>: Sendable {
    /// How many empty pages may follow one another.
    private static var maximumEmptyPages: Int { 100 }

    /// The number of items.
    private(set) var count = 0
    private var pages = 0
    private var first: [Element] = []
    private var last: [Element] = []
    private var emptyPages = 0

    /// The history with one page more; throws if that page repeats the first or the last one, or is one empty page too many.
    func adding(_ items: [Element], failing error: (String) -> APIError) throws(APIError) -> PageHistory {
        var history = self
        history.pages += 1
        history.count += items.count
        history.last = items
        if pages == 0 { history.first = items }
        history.emptyPages = items.isEmpty ? emptyPages + 1 : 0
        guard history.emptyPages <= Self.maximumEmptyPages else {
            throw error("more than \(Self.maximumEmptyPages) pages in a row are empty")
        }
        for (name, page) in [("the one before", last), ("the first", first)] where Self.areEqual(items, page) {
            throw error("page \(history.pages) repeats \(name)")
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
    init(items: [Element], _ error: APIError) {
        self.init(items: items, next: { () throws(APIError) in throw error })
    }
}

extension APIError {
    /// A list that does not come to its end.
    static func inconsistentPaging(_ endpointID: String, _ what: String) -> APIError {
        var error = APIError(
            .service, "the list is incomplete: \(what)", remedy: "Retry: the list may have changed meanwhile")
        error.endpointID = endpointID
        return error
    }
}
