import EndpointKit
import Synchronization

/// Removes known secrets from everything that the program shows, after the redaction of the layers below.
struct SecretFilter: Sendable {
    static let replacement = Redactor.replacement
    private let known = KnownSecrets()
    /// The names of fields whose values are hidden.
    var fields: Set<String> = []
    /// The names of fields whose values are shown as they are, whatever they hold.
    var shownFields: Set<String> = []

    /// Adds a secret that later texts must not show.
    func add(_ secret: String?) {
        guard let secret else { return }
        known.redactor.withLock { $0.add(secret) }
    }

    func clean(_ text: String) -> String {
        known.redactor.withLock { $0 }.redact(text)
    }

    /// The value without secrets, and with the values of sensitive fields hidden.
    func clean(_ value: JSONValue) -> JSONValue {
        let redactor = known.redactor.withLock { $0 }
        if redactor.isEmpty, fields.isEmpty { return value }
        return clean(value) { redactor.redact($0) }
    }

    /// Each value as one line of JSON, without secrets, and with the values of sensitive fields hidden.
    func lines(_ values: [JSONValue]) -> String {
        // As a whole, which is faster, unless a field may hold what stands nowhere else.
        let isCleanedAsText = shownFields.isEmpty
        var writer = JSONWriter()
        for value in values {
            writer.write(isCleanedAsText ? hidden(value) : clean(value))
            writer.endLine()
        }
        return isCleanedAsText ? clean(writer.text) : writer.text
    }

    /// The value with the values of sensitive fields hidden.
    private func hidden(_ value: JSONValue) -> JSONValue { fields.isEmpty ? value : clean(value) { $0 } }

    private func clean(_ value: JSONValue, _ text: (String) -> String) -> JSONValue {
        switch value {
        case .string(let value): return .string(text(value))
        case .array(let items): return .array(items.map { clean($0, text) })
        case .object(let object):
            var result = JSONObject()
            for (key, member) in object.members {
                if shownFields.contains(key), !fields.contains(key) {
                    result[key] = member
                } else {
                    result[key] =
                        fields.contains(key) && !member.isNull ? .string(Self.replacement) : clean(member, text)
                }
            }
            return .object(result)
        default: return value
        }
    }
}

/// The secrets of one run of the program. Copies of a filter share them, since a token may be made while a command runs. The
/// lock guards the redactor.
private final class KnownSecrets: Sendable {
    let redactor = Mutex(Redactor())
}
