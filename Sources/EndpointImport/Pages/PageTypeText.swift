extension PageType {
    /// The type that a cell names, such as `number`, `[]string` or `array<int>`; nil for any other text.
    init?(_ text: String) {
        var word = PageInline.folded(text)
        if let known = PageWords.types[word] {
            self = known
            return
        }
        // "string(32)", "number (double)", "integer, required".
        if word.hasPrefix("[]"), let items = PageType(String(word.dropFirst(2))) {
            self = .array(items)
            return
        }
        if word.hasPrefix("["), word.hasSuffix("]"), word.count > 2 {
            self = .array(PageType(String(word.dropFirst().dropLast())) ?? .object)
            return
        }
        if word.hasSuffix("[]"), let items = PageType(String(word.dropLast(2))) {
            self = .array(items)
            return
        }
        if let match = word.firstMatch(of: /^(array|list|数组|set)\s*(<|\[|\(|of\s|\s)\s*([^>\]\)]*?)s?\s*[>\])]?$/) {
            let items = String(match.output.3)
            self = .array(PageType(items) ?? PageType(items + "s") ?? (items.isEmpty ? nil : .object))
            return
        }
        if let match = word.firstMatch(of: /^(\p{L}+)\s*(数组|列表|array|list)$/),
            let items = PageType(String(match.output.1))
        {
            self = .array(items)
            return
        }
        if let match = word.firstMatch(of: /^(\p{L}+[0-9]{0,2})\s*[(\[<,;|\/ ]\s*([^)\]>]*)/) {
            word = String(match.output.1)
            // "number (double)" is the second word; "string(32)" the first.
            if word == "number" || word == "integer", let inner = PageType(String(match.output.2)), inner != .string {
                self = inner
                return
            }
            if let known = PageWords.types[word] {
                self = known
                return
            }
        }
        return nil
    }

    /// The text without what says that a value may be null: `integer?`, `string | null`, `integer (nullable)`.
    static func withoutNull(_ text: String) -> (String, isNullable: Bool) {
        let bare = text.replacing(
            /\s*(?:\?|[|\/,]\s*null|or null|[(（,]\s*nullable\s*[)）]?)\s*$/.ignoresCase(), with: ""
        )
        .replacing(/^null\s*[|\/]\s*/.ignoresCase(), with: "")
        return (bare, bare.count < text.count)
    }

    /// Whether a value in JSON is of the type, as far as the type says.
    var isNumber: Bool {
        switch self {
        case .integer, .number, .fraction: true
        default: false
        }
    }

    /// Whether other fields can be inside.
    var holdsFields: Bool {
        switch self {
        case .object, .any, .array(nil), .array(.object), .array(.any): true
        default: false
        }
    }
}
