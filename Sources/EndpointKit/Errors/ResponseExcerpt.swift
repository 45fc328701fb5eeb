import Foundation

extension HTTPResponse {
    /// The beginning of the body as one line, for messages; nil if there is nothing to show.
    ///
    /// Secrets go before the text is cut, or half of one would stay. A body that is not whole JSON cannot be taken apart,
    /// so where a sensitive field is named in it nothing is shown.
    func excerpt(hiding sensitive: Set<String>, redactor: Redactor) -> String? {
        let text = String(decoding: body.prefix(65_536), as: UTF8.self)
        for name in sensitive {
            for form in ["\"\(name)\"", "\(name)="] where text.range(of: form, options: .caseInsensitive) != nil {
                return Redactor.mark
            }
        }
        let line = redactor.redactCut(text).split(whereSeparator: \.isWhitespace).joined(separator: " ").withoutControls
        guard !line.isEmpty else { return nil }
        return line.count > 120 ? line.prefix(120) + "…" : line
    }

    var looksLikeJSON: Bool {
        headers["Content-Type"]?.lowercased().contains("json") ?? (body.first == UInt8(ascii: "{"))
    }
}

extension String {
    /// The text without characters that would steer a terminal.
    var withoutControls: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { $0.properties.generalCategory != .control }))
    }
}
