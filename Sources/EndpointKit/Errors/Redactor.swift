import Foundation

/// Removes known secrets from text: an error page may repeat the header fields of a request.
package struct Redactor: Sendable {
    package static let replacement = "<redacted>"
    /// Every encoding in which a secret may be repeated, the longest first, so that a short one does not split a longer one.
    private var forms: [String] = []

    package init(_ secrets: [String] = []) {
        for secret in secrets { add(secret) }
    }

    /// Adds a secret. Texts shorter than four bytes are ignored, since removing them would garble messages.
    package mutating func add(_ secret: String) {
        guard secret.utf8.count >= 4, !forms.contains(secret) else { return }
        for form in Self.forms(of: secret) where !forms.contains(form) { forms.append(form) }
        forms.sort { $0.utf8.count > $1.utf8.count }
    }

    private static func forms(of secret: String) -> [String] {
        // Most tokens consist of characters that are the same in every encoding.
        if secret.utf8.allSatisfy({ PercentEncoding.unreserved[Int($0)] }) { return [secret] }
        let inJSON = String(JSONValue.string(secret).text().dropFirst().dropLast())
        return [secret, secret.percentEncoded, inJSON, inJSON.replacingOccurrences(of: "/", with: "\\/")]
    }

    /// Whether there is nothing to remove.
    package var isEmpty: Bool { forms.isEmpty }

    package func redact(_ text: String) -> String {
        var text = text
        for form in forms where Self.contains(&text, form) {
            text = text.replacingOccurrences(of: form, with: Self.replacement)
        }
        return text
    }

    /// By bytes: every text that is shown is searched, and nearly none has a secret.
    private static func contains(_ text: inout String, _ form: String) -> Bool {
        var form = form
        return text.withUTF8 { text in
            form.withUTF8 { form in
                guard let first = form.first, let start = text.baseAddress, let needle = form.baseAddress else {
                    return false
                }
                var offset = 0
                while text.count - offset >= form.count,
                    let found = memchr(start + offset, Int32(first), text.count - offset - form.count + 1)
                {
                    if memcmp(found, needle, form.count) == 0 { return true }
                    offset = UnsafeRawPointer(found) - UnsafeRawPointer(start) + 1
                }
                return false
            }
        }
    }

    /// Replaces secrets in a text that may end within one.
    func redactCut(_ text: String) -> String {
        let text = redact(text)
        for form in forms {
            var head = form.dropLast()
            while head.utf8.count >= 4 {
                if text.hasSuffix(head) { return text.dropLast(head.count) + Self.replacement }
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
        error.headers = redact(error.headers)
        error.body = error.body.map(redact)
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
            // Only the text of other errors is known: one that contains a secret is replaced by its text without the secret.
            let texts = [String(describing: error), String(reflecting: error)]
            return texts.allSatisfy { redact($0) == $0 } ? error : RedactedError(description: redact(texts[0]))
        }
    }
}

/// The text of an error that contained a secret.
struct RedactedError: Error, CustomStringConvertible {
    var description: String
}
