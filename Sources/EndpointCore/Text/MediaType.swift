/// The texts of media types (RFC 9110, 8.3.1).
public enum MediaType {
    /// What is wrong with any other text, after its name.
    public static let rule = "must be a media type such as \"application/json\""

    /// Whether a text is a media type: `type/subtype`, and parameters `name=value` behind semicolons.
    public static func isValid(_ text: String) -> Bool {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(trimmed)
        let names = parts[0].split(separator: "/", omittingEmptySubsequences: false)
        return names.count == 2 && names.allSatisfy { HeaderField.isToken(String($0)) }
            && parts.dropFirst().allSatisfy(isParameter)
    }

    /// Whether a text is a media type with a parameter of this name, in upper or lower case.
    public static func hasParameter(_ name: String, in text: String) -> Bool {
        text.split(separator: ";").dropFirst().contains { trimmed($0).lowercased().hasPrefix(name + "=") }
    }

    /// A value in quotes may not hold a semicolon here, which no registered parameter needs.
    private static func isParameter(_ text: Substring) -> Bool {
        guard let equals = text.firstIndex(of: "="), HeaderField.isToken(String(text[..<equals])) else { return false }
        let value = text[text.index(after: equals)...]
        if HeaderField.isToken(String(value)) { return true }
        return value.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"") && HeaderField.isValue(String(value))
            && !value.dropFirst().dropLast().contains { $0 == "\"" || $0 == "\\" }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first == " " || text.first == "\t" { text = text.dropFirst() }
        while text.last == " " || text.last == "\t" { text = text.dropLast() }
        return text
    }
}
