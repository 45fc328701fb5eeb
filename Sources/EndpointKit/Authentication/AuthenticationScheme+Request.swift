import Foundation

extension AuthenticationScheme {
    /// Throws `.authentication` if a token cannot be sent this way. The message does not contain the token.
    func check(_ token: String) throws(APIError) {
        guard !token.isEmpty, HeaderField.isValue(token) else {
            throw APIError(
                .authentication, "the token is empty or contains characters that are not allowed in a header field")
        }
        if self == .basic, !token.contains(":") {
            throw APIError(
                .authentication, "the token of basic authentication must be a user and a password: user:password")
        }
    }

    /// Adds a token to a request.
    func authorize(_ request: inout HTTPRequest, with token: AccessToken) throws(APIError) {
        switch self {
        case .none: break
        case .bearer: request.headers["Authorization"] = "Bearer \(token.value)"
        case .basic: request.headers["Authorization"] = "Basic \(Self.base64(token.value))"
        case .header(let name): request.headers[name] = token.value
        case .query(let name):
            // The URL of a next page may repeat the key of the page before.
            let bare = withoutQueryToken(request).url
            let start = bare.query(percentEncoded: true) == nil ? "?" : "&"
            let pair = "\(start)\(name.percentEncoded)=\(token.value.percentEncoded)"
            guard let url = URL(string: bare.absoluteString + pair) else {
                throw APIError(.authentication, "the token cannot be put into the query")
            }
            request.url = url
        }
    }

    /// RFC 7617, 2: user and password in UTF-8.
    private static func base64(_ token: String) -> String { Data(token.utf8).base64EncodedString() }

    /// The texts that no message may show where a token is sent.
    package func secrets(of token: String) -> [String] {
        guard self == .basic, let colon = token.firstIndex(of: ":") else { return [token] }
        return [token, Self.base64(token), String(token[token.index(after: colon)...])]
    }

    /// A token that can be sent, for a call to an example or to a simulator.
    package func placeholder(_ word: String) -> String { self == .basic ? "\(word):\(word)" : word }

    /// A request without the token that it carries in its query.
    package func withoutQueryToken(_ request: HTTPRequest) -> HTTPRequest {
        guard case .query(let name) = self, let query = request.url.query(percentEncoded: true) else { return request }
        let start = "\(name.percentEncoded)="
        let rest = query.split(separator: "&").filter { !$0.hasPrefix(start) }.joined(separator: "&")
        var request = request
        let text = request.url.absoluteString.prefix { $0 != "?" } + (rest.isEmpty ? "" : "?\(rest)")
        if let url = URL(string: String(text)) { request.url = url }
        return request
    }
}
