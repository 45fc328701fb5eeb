import Foundation

extension HTTPResponse {
    /// The beginning of the body as one line, for messages; nil if there is nothing to show.
    ///
    /// Secrets are replaced before the text is cut, since half of one would remain otherwise. A body that is not valid JSON
    /// cannot be searched for fields, so nothing is shown of one that contains the name of a sensitive field.
    func excerpt(hiding sensitive: Set<String>, redactor: Redactor) -> String? {
        let text = String(decoding: body.prefix(65_536), as: UTF8.self)
        for name in sensitive {
            for form in ["\"\(name)\"", "\(name)="] where text.range(of: form, options: .caseInsensitive) != nil {
                return Redactor.replacement
            }
        }
        let line = redactor.redactCut(text).split(whereSeparator: \.isWhitespace).joined(separator: " ").withoutControls
        guard !line.isEmpty else { return nil }
        return line.count > 120 ? line.prefix(120) + "…" : line
    }

    var looksLikeJSON: Bool {
        guard var type = headers["Content-Type"] else { return body.first == UInt8(ascii: "{") }
        return type.withUTF8 { $0.containsJSON }
    }
}

extension String {
    /// The text without control characters, which a terminal would interpret.
    var withoutControls: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { $0.properties.generalCategory != .control }))
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether `json` occurs, in upper or lower case: in `application/json` and `application/problem+json`.
    fileprivate var containsJSON: Bool {
        var matched = 0
        let word: StaticString = "json"
        return word.withUTF8Buffer { word in
            contains { byte in
                let letter = byte | 0x20
                matched = letter == word[matched] ? matched + 1 : letter == word[0] ? 1 : 0
                return matched == word.count
            }
        }
    }
}
