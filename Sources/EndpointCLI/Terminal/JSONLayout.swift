import EndpointKit

/// JSON for reading: a value that fits is on one line, any other is broken at its members.
struct JSONLayout {
    let width: Int

    /// The lines of a value at an indent, with a text before the value.
    func text(_ value: JSONValue, before: String = "", indent: Int) -> String {
        lines(value, before: before, after: "", indent: indent)
            .map { String(repeating: " ", count: $0.indent) + $0.text + "\n" }.joined()
    }

    private func lines(
        _ value: JSONValue, before: String, after: String, indent: Int
    ) -> [(indent: Int, text: String)] {
        let flat = before + self.flat(value) + after
        if indent + DisplayWidth.of(flat) <= width { return [(indent, flat)] }
        func block(_ parts: [(String, JSONValue)], _ open: String, _ close: String) -> [(indent: Int, text: String)] {
            [(indent, before + open)]
                + parts.enumerated().flatMap { index, part in
                    lines(part.1, before: part.0, after: index < parts.count - 1 ? "," : "", indent: indent + 2)
                } + [(indent, close + after)]
        }
        switch value {
        case .object(let object) where !object.isEmpty:
            return block(object.members.map { (self.flat(.string($0.key)) + ": ", $0.value) }, "{", "}")
        case .array(let items) where !items.isEmpty: return block(items.map { ("", $0) }, "[", "]")
        default: return [(indent, flat)]
        }
    }

    private func flat(_ value: JSONValue) -> String {
        switch value {
        case .object(let object):
            let members = object.members.map { "\(flat(.string($0.key))): \(flat($0.value))" }
            return members.isEmpty ? "{}" : "{ \(members.joined(separator: ", ")) }"
        case .array(let items): return "[\(items.map(flat).joined(separator: ", "))]"
        default: return SafeText.escapedJSON(value.text())
        }
    }
}
