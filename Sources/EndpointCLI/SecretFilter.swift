import EndpointKit
import Foundation
import Synchronization

/// Takes secrets that the program knows out of whatever it shows: the last net, below the redaction of every layer.
struct SecretFilter: Sendable {
    static let mark = "<redacted>"
    private let known = KnownSecrets()
    /// Names of fields whose values are not shown.
    var fields: Set<String> = []

    /// Short texts are no secrets, and taking them out would garble everything.
    func add(_ secret: String?) {
        guard let secret, secret.utf8.count >= 4 else { return }
        known.texts.withLock { texts in
            guard !texts.contains(secret) else { return }
            texts.append(secret)
            // Longest first, or a secret that holds another would leave its rest behind.
            texts.sort { $0.utf8.count > $1.utf8.count }
        }
    }

    func clean(_ text: String) -> String {
        known.texts.withLock { $0 }.reduce(text) { text, secret in
            text.contains(secret) ? text.replacingOccurrences(of: secret, with: Self.mark) : text
        }
    }

    /// The value without secrets, and with the values of sensitive fields hidden.
    func clean(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): return .string(clean(text))
        case .array(let items): return .array(items.map { clean($0) })
        case .object(let object):
            var result = JSONObject()
            for (key, member) in object.members {
                result[key] = fields.contains(key) && !member.isNull ? .string(Self.mark) : clean(member)
            }
            return .object(result)
        default: return value
        }
    }
}

/// The secrets of one run of the program. Copies of a filter share them: a token may be made while a command runs.
private final class KnownSecrets: Sendable {
    let texts = Mutex<[String]>([])
}
