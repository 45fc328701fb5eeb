import Foundation

/// Takes known secrets out of text that came from outside: an error page may repeat a request's headers.
struct Redactor: Sendable {
    static let mark = "<redacted>"
    /// Every form in which a secret may come back, the longest first, so that none hides in what another leaves.
    private var forms: [String] = []

    init(_ secrets: [String] = []) {
        for secret in secrets { add(secret) }
    }

    /// Short texts are no secrets, and taking them out would garble messages.
    mutating func add(_ secret: String) {
        guard secret.utf8.count >= 4, !forms.contains(secret) else { return }
        forms.append(secret)
        let inJSON = String(JSONValue.string(secret).text().dropFirst().dropLast())
        for form in [secret.percentEncoded, inJSON, inJSON.replacingOccurrences(of: "/", with: "\\/")]
        where form != secret && !forms.contains(form) {
            forms.append(form)
        }
        forms.sort { $0.utf8.count > $1.utf8.count }
    }

    func redact(_ text: String) -> String {
        var text = text
        for form in forms where text.contains(form) {
            text = text.replacingOccurrences(of: form, with: Self.mark)
        }
        return text
    }

    /// The same for a text that may end in the middle of a secret.
    func redactCut(_ text: String) -> String {
        let text = redact(text)
        for form in forms {
            var head = form.dropLast()
            while head.utf8.count >= 4 {
                if text.hasSuffix(head) { return text.dropLast(head.count) + Self.mark }
                head = head.dropLast()
            }
        }
        return text
    }

    func redact(_ error: APIError) -> APIError {
        guard !forms.isEmpty else { return error }
        var error = error
        error.message = redact(error.message)
        error.remedy = error.remedy.map(redact)
        error.traceID = error.traceID.map(redact)
        if case .string(let code) = error.code { error.code = .string(redact(code)) }
        error.underlying = error.underlying.map(redact)
        return error
    }

    private func redact(_ error: any Error) -> any Error {
        switch error {
        case var error as TransportError:
            error.message = redact(error.message)
            if case .redirectRefused(let status, let location) = error.kind {
                error.kind = .redirectRefused(status: status, location: redact(location))
            }
            error.underlying = error.underlying.map(redact)
            return error
        case let error as APIError: return redact(error)
        default:
            // Of a foreign error only its text is known: if a secret stands in it, the text without it is what stays.
            let texts = [String(describing: error), String(reflecting: error)]
            return texts.allSatisfy { redact($0) == $0 } ? error : RedactedError(description: redact(texts[0]))
        }
    }
}

/// What is left of an error that held a secret.
struct RedactedError: Error, CustomStringConvertible {
    var description: String
}

extension CharacterSet {
    /// What RFC 3986 lets stand anywhere: everything else is percent-encoded.
    static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
