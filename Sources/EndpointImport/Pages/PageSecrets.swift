import EndpointCore

/// Keeps secrets of samples out of specs.
enum PageSecrets {
    /// What stands for a secret.
    static let replacement = "REDACTED"

    /// Whether a field of this name holds a secret.
    static func isSecret(_ name: String) -> Bool {
        let folded = PageNames.folded(name)
        return PageWords.secretWholeNames.contains(folded) || PageWords.secretNames.contains { folded.contains($0) }
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
        text = text.replacing(/(?i)(bearer|basic)(\s+|%20)(?!REDACTED)[^\s"'&,]+/) { "\($0.output.1) \(replacement)" }
        return text.replacing(/([?&])([A-Za-z0-9_\-]+)=([^&#\s"']*)/) { match in
            let name = PageNames.folded(String(match.output.2))
            let isSecret =
                ["key", "sign", "token", "secret", "credential", "password", "pwd"].contains { name.contains($0) }
                || name == "s" || name == "sig"
            return isSecret && !match.output.3.isEmpty
                ? "\(match.output.1)\(match.output.2)=\(replacement)" : String(match.output.0)
        }
    }
}
