import EndpointKit
import Foundation

/// Takes secrets that the program knows out of whatever it shows: the last net, below the redaction of every layer.
struct SecretFilter: Sendable {
    static let mark = "<redacted>"
    private var secrets: [String] = []
    /// Names of fields whose values are not shown.
    var fields: Set<String> = []

    /// Short texts are no secrets, and taking them out would garble everything.
    mutating func add(_ secret: String?) {
        guard let secret, secret.utf8.count >= 4, !secrets.contains(secret) else { return }
        secrets.append(secret)
        // Longest first, or a secret that holds another would leave its rest behind.
        secrets.sort { $0.utf8.count > $1.utf8.count }
    }

    func clean(_ text: String) -> String {
        secrets.reduce(text) { text, secret in
            text.contains(secret) ? text.replacingOccurrences(of: secret, with: Self.mark) : text
        }
    }

    /// The value without secrets, and with the values of sensitive fields hidden.
    func clean(_ value: JSONValue) -> JSONValue {
        guard !secrets.isEmpty || !fields.isEmpty else { return value }
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
