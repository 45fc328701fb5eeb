import Foundation

extension Pager {
    /// Creates a pager for pages that contain the URL of the next page.
    ///
    /// The URL is resolved against that of its page, and its query is sent as it is. It gets the token, so that it must have
    /// the same scheme, host and port: for another one the pager throws `.redirectRefused`, and sends nothing. A URL that comes
    /// again is an error.
    ///
    /// - Parameters:
    ///   - client: The client that fetches the pages.
    ///   - items: Returns the items of a page. A page that repeats an earlier one is an error, where items are `Equatable`.
    ///   - next: Returns the URL of the next page; nil or an empty text after the last page. ``APIResponse/nextLink`` is the one
    ///     of the header field `Link`.
    ///   - hiding: Whether to leave an item out.
    ///   - endpoint: The call that fetches the first page.
    /// - Returns: A pager, which has sent nothing yet.
    public static func next<Response: Sendable>(
        _ client: Client, items: @escaping @Sendable (Response) -> [Element],
        next: @escaping @Sendable (APIResponse<Response>) -> String?, hiding: (@Sendable (Element) -> Bool)? = nil,
        _ endpoint: Endpoint<Response>
    ) -> Pager {
        let source = LinkedPages(client: client, items: items, next: next, endpoint: endpoint)
        return Pager(
            first: { () throws(APIError) in
                try await source.page(try client.request(for: endpoint), seen: [], PageHistory())
            }, hiding: hiding)
    }
}

private struct LinkedPages<Element: Sendable, Response: Sendable>: Sendable {
    let client: Client
    let items: @Sendable (Response) -> [Element]
    let next: @Sendable (APIResponse<Response>) -> String?
    let endpoint: Endpoint<Response>

    func page(
        _ request: HTTPRequest, seen: Set<String>, _ history: PageHistory<Element>
    ) async throws(APIError) -> Pager<Element>.Page {
        let response = try await client.response(for: endpoint, sending: request)
        var page = Pager<Element>.Page(items: items(response.value))
        func inconsistent(_ what: String) -> APIError { .inconsistentPaging(endpoint.id, what).after(response) }
        let history = try history.adding(page.items, failing: inconsistent)
        guard let link = next(response), !link.isEmpty else { return page }
        let base = response.url ?? request.url
        guard let url = URL(string: link, relativeTo: base)?.absoluteURL.withoutFragment else {
            return Pager.Page(items: page.items, inconsistent("the address of the next page is not a URL"))
        }
        // The token belongs to one origin, and a URL with a user has a credential of its own.
        guard url.isSameOrigin(as: request.url), url.user == nil, url.password == nil else {
            var error = APIError(
                .redirectRefused, "the next page is at \(url.withoutSecrets), which is another origin",
                remedy: APIError.Kind.redirectRefused.remedy)
            error.endpointID = endpoint.id
            return Pager.Page(items: page.items, error.after(response))
        }
        let seen = seen.union([request.url.absoluteString])
        guard !seen.contains(url.absoluteString) else {
            return Pager.Page(items: page.items, inconsistent("the address \(url.withoutSecrets) is repeated"))
        }
        var following = request
        following.url = url
        page.next = { [following] () throws(APIError) in try await self.page(following, seen: seen, history) }
        return page
    }
}

extension URL {
    /// The URL as it is sent: a fragment is not (RFC 9110, 7.1).
    fileprivate var withoutFragment: URL? {
        let text = absoluteString
        return text.firstIndex(of: "#").map { URL(string: String(text[..<$0])) } ?? self
    }
}
