import Foundation

/// Takes known secrets out of text that came from outside: an error page may repeat a request's headers.
struct Redactor: Sendable {
    static let mark = "<redacted>"
    private var secrets: [String] = []

    /// Short texts are no secrets, and taking them out would garble messages.
    mutating func add(_ secret: String) {
        guard secret.utf8.count >= 4 else { return }
        secrets.append(secret)
        if let encoded = secret.addingPercentEncoding(withAllowedCharacters: .unreserved), encoded != secret {
            secrets.append(encoded)
        }
    }

    func redact(_ text: String) -> String {
        secrets.reduce(text) { $0.replacingOccurrences(of: $1, with: Self.mark) }
    }

    func redact(_ error: APIError) -> APIError {
        var error = error
        error.message = redact(error.message)
        error.traceID = error.traceID.map(redact)
        return error
    }
}

extension CharacterSet {
    /// What RFC 3986 lets stand anywhere: everything else is percent-encoded.
    static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
