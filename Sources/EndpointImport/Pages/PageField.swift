import EndpointCore

/// A field that a page describes.
struct PageField {
    /// The name on the wire.
    var name: String
    /// What the page says that it is; nil where it says nothing.
    var type: PageType?
    /// Whether the page says that it must be there; nil where it says nothing.
    var isRequired: Bool?
    /// What the page says about it.
    var text = ""
    var line: Int
    var column = 1
    /// Whether its type says that it may be null.
    var isNullable = false
    /// A type that the page describes elsewhere, by its name.
    var typeName: String?
    /// The cell of a column with defaults.
    var defaultText: String?
    /// The cell of a column with examples.
    var exampleText: String?
    /// The greatest length, in a column of its own.
    var maxLength: Int?
    /// The greatest number of items, which a sentence outside the table names.
    var maxItems: Int64?
    /// Its values, where a table of its own lists them.
    var knownValues: [String] = []
    /// Other names that samples have for it.
    var aliases: [String] = []
    /// Where the page says that a parameter is.
    var location: PageSection.Role?
    /// The fields inside it.
    var children: [PageField] = []
    /// Whether the table has no row for it: only a path through it is named, or a sample has it.
    var isImplied = false
}

/// A part of the description of a call.
struct PageSection {
    /// What it is about.
    enum Role: Sendable, Hashable {
        case headers, path, query, form, body, request, response, responseHeaders
        case sample, requestSample, responseSample
        case other

        /// Whether it describes parameters.
        var isRequest: Bool { [.headers, .path, .query, .form, .body, .request].contains(self) }
        /// Whether it shows requests or responses.
        var isSample: Bool { [.sample, .requestSample, .responseSample].contains(self) }
    }

    var role: Role
    /// The heading; the level is one more than the enclosing heading's for a line that serves as one.
    var heading: PageText
    var blocks: [PageBlock] = []

    /// What a heading announces; nil for one that names no part of a call.
    static func role(of heading: String) -> Role? {
        let text = PageInline.folded(heading).replacing("-", with: " ").replacing("_", with: " ")
        guard text.count <= 60 else { return nil }
        return PageWords.sections.first { section in section.words.contains { PageSection.holds(text, $0) } }?.role
    }

    /// Whether a text holds a word: one in Latin letters begins and ends where words do, but for a plural.
    private static func holds(_ text: String, _ word: String) -> Bool {
        var rest = Substring(text)
        let isLatin = word.first?.isASCII ?? false
        while let range = rest.firstRange(of: word) {
            guard isLatin else { return true }
            let before = range.lowerBound == text.startIndex ? nil : text[text.index(before: range.lowerBound)]
            var after = text[range.upperBound...]
            if after.first == "s" { after = after.dropFirst() }
            func isLetter(_ character: Character?) -> Bool { character.map { $0.isASCII && $0.isLetter } ?? false }
            if !isLetter(before), !isLetter(after.first) { return true }
            rest = rest[range.upperBound...]
        }
        return false
    }
}
