import Foundation

extension DecodingError {
    /// Where in the body, what was expected and what stands there: `data.list[3].fileId: expected Int64, found "x"`.
    func explanation(in body: JSONValue, hiding sensitive: Set<String>) -> String {
        switch self {
        case .keyNotFound(let key, let context):
            return "\(Self.text(context.codingPath + [key])): the field is missing"
        case .valueNotFound(let type, let context):
            return "\(Self.text(context.codingPath)): expected \(type), found null"
        case .typeMismatch(let type, let context):
            return "\(Self.text(context.codingPath)): expected \(type), found "
                + Self.value(at: context.codingPath, in: body, hiding: sensitive)
        case .dataCorrupted(let context):
            let seen = Self.value(at: context.codingPath, in: body, hiding: sensitive)
            let isHidden = seen == Redactor.mark
            return "\(Self.text(context.codingPath)): " + (isHidden ? "found \(seen)" : context.debugDescription)
        @unknown default: return "unreadable"
        }
    }

    private static func text(_ path: [any CodingKey]) -> String {
        var text = ""
        for key in path {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
        return text.isEmpty ? "the body" : text
    }

    private static func value(at path: [any CodingKey], in body: JSONValue, hiding sensitive: Set<String>) -> String {
        var value = body
        for key in path {
            if sensitive.contains(key.stringValue) { return Redactor.mark }
            guard let next = key.intValue.map({ value[$0] }) ?? value[key.stringValue] else { return "nothing" }
            value = next
        }
        switch value {
        case .array(let items): return "an array of \(items.count)"
        case .object(let object): return "an object with \(object.keys.prefix(5).joined(separator: ", "))"
        default:
            let text = value.text()
            return text.count > 80 ? text.prefix(80) + "…" : text
        }
    }
}

extension HTTPResponse {
    /// The beginning of the body as one line, for messages; nil if it is empty or not text.
    var excerpt: String? {
        let text = String(decoding: body.prefix(400), as: UTF8.self)
        let line = text.split(whereSeparator: { $0.isWhitespace || $0.isNewline }).joined(separator: " ")
        let safe = String(line.unicodeScalars.filter { $0.properties.generalCategory != .control })
        guard !safe.isEmpty else { return nil }
        return safe.count > 120 ? safe.prefix(120) + "…" : safe
    }

    var looksLikeJSON: Bool {
        headers["Content-Type"]?.lowercased().contains("json") ?? (body.first == UInt8(ascii: "{"))
    }

    /// `Retry-After`, in seconds or as an HTTP date.
    var retryAfter: Duration? {
        guard let text = headers["Retry-After"]?.trimmingCharacters(in: .whitespaces) else { return nil }
        if let seconds = Int(text) { return seconds >= 0 ? .seconds(seconds) : nil }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        guard let date = formatter.date(from: text) else { return nil }
        return .seconds(max(0, date.timeIntervalSinceNow.rounded(.up)))
    }
}
