/// Compiled regular expressions, each once.
final class PatternCache {
    private var expressions: [String: Regex<AnyRegexOutput>] = [:]
    private var broken: Set<String> = []

    /// Nil if the pattern is not a regular expression.
    func expression(_ pattern: String) -> Regex<AnyRegexOutput>? {
        if let known = expressions[pattern] { return known }
        if broken.contains(pattern) { return nil }
        guard let expression = try? Regex(pattern) else {
            broken.insert(pattern)
            return nil
        }
        let scalars = expression.matchingSemantics(.unicodeScalar)
        expressions[pattern] = scalars
        return scalars
    }
}
