import EndpointCore

/// Writes JSON as specs are written by hand: two spaces an indent, a value on one line where it fits.
package enum SpecText {
    /// The longest line.
    private static let width = 120

    /// The text of a file, with a line break at its end. The members of the outermost object stand on lines of their own.
    package static func file(_ object: JSONObject) -> String {
        var text = ""
        write(.object(object), indent: 0, prefix: 0, isOutermost: true, to: &text)
        return text + "\n"
    }

    /// Writes a value whose line begins with `prefix` characters.
    private static func write(
        _ value: JSONValue, indent: Int, prefix: Int, isOutermost: Bool = false, to text: inout String
    ) {
        if !isOutermost {
            let line = oneLine(value)
            // The comma that may follow is part of the line.
            if prefix + line.count < width {
                text += line
                return
            }
        }
        let inner = String(repeating: " ", count: indent + 2)
        switch value {
        case .object(let object) where !object.isEmpty:
            text += "{\n"
            for (index, member) in object.members.enumerated() {
                let key = JSONValue.string(member.key).text() + ": "
                text += inner + key
                write(member.value, indent: indent + 2, prefix: inner.count + key.count, to: &text)
                text += index + 1 < object.count ? ",\n" : "\n"
            }
            text += String(repeating: " ", count: indent) + "}"
        case .array(let items) where !items.isEmpty:
            text += "[\n"
            for (index, item) in items.enumerated() {
                text += inner
                write(item, indent: indent + 2, prefix: inner.count, to: &text)
                text += index + 1 < items.count ? ",\n" : "\n"
            }
            text += String(repeating: " ", count: indent) + "]"
        default: text += value.text()
        }
    }

    private static func oneLine(_ value: JSONValue) -> String {
        switch value {
        case .object(let object) where !object.isEmpty:
            "{ "
                + object.members.map { "\(JSONValue.string($0.key).text()): \(oneLine($0.value))" }
                .joined(separator: ", ") + " }"
        case .array(let items): "[" + items.map(oneLine).joined(separator: ", ") + "]"
        default: value.text()
        }
    }
}
