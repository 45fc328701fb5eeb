import Foundation

/// What becomes of redirects. The same rules on every platform: `URLSession` never follows one by itself.
extension HTTPRequest {
    /// The request to send next if a response is a redirect that may be followed; nil if the response is the answer.
    ///
    /// The rules for every ``Transport``: within one origin only, GET and HEAD, and for 307 and 308 any method. Whoever
    /// follows counts: a server may redirect for ever.
    ///
    /// - Throws: ``TransportError/Kind/redirectRefused(status:location:)`` for another origin, or from `https` to `http`.
    public func redirected(by response: HTTPResponse) throws(TransportError) -> HTTPRequest? {
        guard [301, 302, 303, 307, 308].contains(response.status), let location = response.headers["Location"],
            let target = URL(string: location, relativeTo: url)?.absoluteURL, target.scheme != nil
        else { return nil }
        guard target.isSameOrigin(as: url) else {
            throw refusing(response, to: target, because: "leads to another origin")
        }
        // 301 to 303 turn a POST into a GET in practice: the caller asked for no GET, so the answer is the redirect.
        guard response.status >= 307 || method == .get || method == .head else { return nil }
        var next = self
        next.url = target
        return next
    }

    func refusing(_ response: HTTPResponse, to target: URL, because reason: String) -> TransportError {
        let location = target.withoutSecrets
        return TransportError(
            .redirectRefused(status: response.status, location: location), mayHaveBeenSent: true,
            message: "\(summary): the redirect (\(response.status)) to \(location) \(reason)")
    }
}
