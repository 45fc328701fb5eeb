import EndpointCore

/// Texts of a document as a spec's: one line, and no longer than a reader wants.
enum Prose {
    /// The description of a field: its first paragraph.
    static func field(_ text: String?) -> String? { text.flatMap { line(paragraph($0), atMost: 240) } }

    /// The summary of a call: its first sentence.
    static func summary(_ text: String?) -> String? { text.flatMap { line(paragraph($0), atMost: 120) } }

    /// A paragraph of documentation.
    static func note(_ text: String?) -> String? { text.flatMap { line(paragraph($0), atMost: 400) } }

    /// The text up to the first empty line.
    private static func paragraph(_ text: String) -> String {
        var lines: [Substring] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let isEmpty = line.allSatisfy(\.isWhitespace)
            if isEmpty, !lines.isEmpty { break }
            if !isEmpty { lines.append(line) }
        }
        return lines.joined(separator: " ")
    }

    /// Without the elements of HTML; their content stays.
    private static func withoutTags(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
        var result: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "<"), let end = endOfTag(bytes, index) {
                index = end + 1
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let tags: Set<String> = [
        "a", "b", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "hr", "i", "li", "ol", "p", "pre", "span",
        "strong",
        "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
    ]

    /// The end of an element's tag that begins here; nil for any other text, such as `<id>`.
    private static func endOfTag(_ bytes: [UInt8], _ start: Int) -> Int? {
        guard let end = bytes[start...].prefix(400).firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let name = bytes[(start + 1)..<end].drop { $0 == UInt8(ascii: "/") }
            .prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "/") }
        return tags.contains(String(decoding: name, as: UTF8.self).lowercased()) ? end : nil
    }

    /// Without control characters and runs of blanks; nil for an empty text. A long one ends with a sentence, or with a word.
    static func line(_ text: String, atMost limit: Int) -> String? {
        var result = ""
        var isBlank = true
        for scalar in withoutTags(text).unicodeScalars {
            if scalar.properties.isWhitespace || scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
                if !isBlank { result.unicodeScalars.append(" ") }
                isBlank = true
            } else if scalar.properties.generalCategory != .format {
                result.unicodeScalars.append(scalar)
                isBlank = false
            }
        }
        if isBlank, !result.isEmpty { result.removeLast() }
        if result.isEmpty { return nil }
        guard result.count > limit else { return result }
        let head = result.prefix(limit)
        if let end = head.range(of: ". ", after: limit / 4) { return String(head[..<end]) + "." }
        if let blank = head.lastIndex(of: " ") { return String(head[..<blank]) + " …" }
        return String(head) + "…"
    }
}

extension Substring {
    /// Where the last sentence ends that ends after so many characters.
    fileprivate func range(of separator: String, after count: Int) -> Index? {
        var found: Index?
        var index = self.index(startIndex, offsetBy: count, limitedBy: endIndex) ?? endIndex
        while index < endIndex {
            if self[index...].hasPrefix(separator) { found = index }
            index = self.index(after: index)
        }
        return found
    }
}
