import Foundation

/// What becomes of a redirect. The same rules on every platform: `URLSession` never follows one by itself.
enum RedirectDecision {
    /// Not a redirect that is followed: the response is the answer.
    case answer
    case follow(HTTPRequest)

    /// - Throws: ``TransportError/Kind/redirectRefused(status:location:)`` for another origin, or from `https` to `http`.
    init(_ response: HTTPResponse, to request: HTTPRequest) throws(TransportError) {
        guard [301, 302, 303, 307, 308].contains(response.status), let location = response.headers["Location"],
            let target = URL(string: location, relativeTo: request.url)?.absoluteURL, target.scheme != nil
        else {
            self = .answer
            return
        }
        guard target.isSameOrigin(as: request.url) else {
            throw Self.refused(response, target, of: request, because: "leads to another origin")
        }
        // 301 to 303 turn a POST into a GET in practice: the caller asked for no GET, so the answer is the redirect.
        guard response.status >= 307 || request.method == .get || request.method == .head else {
            self = .answer
            return
        }
        var next = request
        next.url = target
        self = .follow(next)
    }

    static func refused(
        _ response: HTTPResponse, _ target: URL, of request: HTTPRequest, because reason: String
    ) -> TransportError {
        let location = target.withoutSecrets
        return TransportError(
            .redirectRefused(status: response.status, location: location), mayHaveBeenSent: true,
            message: "\(request.summary): the redirect (\(response.status)) to \(location) \(reason)")
    }
}

extension HTTPRequest {
    /// The request to send next if a response is a redirect that may be followed; nil if the response is the answer.
    ///
    /// The rules for every ``Transport``: within one origin only, GET and HEAD, and for 307 and 308 any method. Whoever
    /// follows counts: a server may redirect for ever.
    ///
    /// - Throws: ``TransportError/Kind/redirectRefused(status:location:)`` for another origin, or from `https` to `http`.
    public func redirected(by response: HTTPResponse) throws(TransportError) -> HTTPRequest? {
        switch try RedirectDecision(response, to: self) {
        case .answer: nil
        case .follow(let next): next
        }
    }
}
