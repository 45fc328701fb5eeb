import EndpointCore

/// Keeps secrets of documents out of specs, and says which values the specs call sensitive.
enum Secrets {
    /// What stands for a secret.
    static let replacement = "REDACTED"

    /// How the names of parameters and fields that hold secrets end, folded.
    private static let endings = [
        "secret", "secretkey", "password", "passwd", "pwd", "accesstoken", "refreshtoken", "apikey", "privatekey",
        "credential", "credentials", "sessionkey", "authorization",
    ]
    /// Whole names of such parameters and fields, folded.
    private static let names: Set<String> = ["token", "cookie", "sign", "signature"]
    /// Parts of the names of parameters in URLs that sign or open what the URL leads to, folded.
    private static let parts = ["key", "sign", "token", "secret", "credential", "password", "pwd"]

    /// Whether a parameter or a field of this name holds a secret.
    static func isSecret(_ name: String) -> Bool {
        let folded = WireName.folded(name)
        return names.contains(folded) || endings.contains { folded.hasSuffix($0) }
    }

    /// The value without secrets: those of fields with such names, tokens, and those in the queries of addresses.
    static func removed(from value: JSONValue, name: String = "") -> JSONValue {
        switch value {
        case .string(let text):
            if isSecret(name), !text.isEmpty { return .string(replacement) }
            return .string(removed(from: text))
        case .array(let items): return .array(items.map { removed(from: $0, name: name) })
        case .object(let object):
            var copy = JSONObject()
            for (key, value) in object.members { copy[key] = removed(from: value, name: key) }
            return .object(copy)
        default: return value
        }
    }

    private static func removed(from text: String) -> String {
        var text = text.replacing(/eyJ[A-Za-z0-9_\-]{6,}[^\s"'&,]*/, with: replacement)
        // A credential has a digit or padding, which tells it from "Basic plan".
        text = text.replacing(/(?i)(bearer|basic)(\s+|%20)(?=[^\s"'&,]*[0-9=])[^\s"'&,]+/) {
            "\($0.output.1) \(replacement)"
        }
        return text.replacing(/([?&])([A-Za-z0-9_\-]+)=([^&#\s"']*)/) { match in
            let name = WireName.folded(String(match.output.2))
            let isSecret = parts.contains { name.contains($0) } || name == "s" || name == "sig"
            return isSecret && !match.output.3.isEmpty
                ? "\(match.output.1)\(match.output.2)=\(replacement)" : String(match.output.0)
        }
    }
}
