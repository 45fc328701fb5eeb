import Foundation

extension HTTPRequest {
    /// Returns the request that follows a redirect; nil if the response is not a redirect to follow.
    ///
    /// Every ``Transport`` follows redirects by these rules: within one origin only; for GET and HEAD, and after 307 and 308
    /// for any method. It throws ``TransportError/Kind/redirectRefused(status:location:)`` for another origin and from `https`
    /// to `http`. The transport limits how many redirects it follows.
    public func redirected(by response: HTTPResponse) throws(TransportError) -> HTTPRequest? {
        guard [301, 302, 303, 307, 308].contains(response.status), let location = response.headers["Location"],
            let target = URL(string: location, relativeTo: url)?.absoluteURL, target.scheme != nil
        else { return nil }
        guard target.isSameOrigin(as: url) else {
            throw refusing(response, to: target, because: "leads to another origin")
        }
        // Clients turn a POST into a GET after 301 to 303. The caller did not ask for a GET, so the redirect is the response.
        guard response.status >= 307 || method == .get || method == .head else { return nil }
        var next = self
        next.url = target
        return next
    }

    /// The greatest number of redirects that one call follows.
    static let maximumRedirects = 5

    /// Sends the request with `exchange`, and the requests that follow redirects.
    func followingRedirects(
        after followed: Int = 0, _ exchange: (HTTPRequest) async throws(TransportError) -> HTTPResponse
    ) async throws(TransportError) -> HTTPResponse {
        let response = try await exchange(self)
        guard let next = try redirected(by: response) else { return response }
        guard followed < Self.maximumRedirects else {
            throw refusing(response, to: next.url, because: "is redirect number \(Self.maximumRedirects + 1)")
        }
        return try await next.followingRedirects(after: followed + 1, exchange)
    }

    func refusing(_ response: HTTPResponse, to target: URL, because reason: String) -> TransportError {
        let location = target.withoutSecrets
        return TransportError(
            .redirectRefused(status: response.status, location: location), mayHaveBeenSent: true,
            message: "\(summary): the redirect (\(response.status)) to \(location) \(reason)")
    }
}
