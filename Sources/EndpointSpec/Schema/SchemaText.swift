/// JSON that is written from Swift, with its members in order.
indirect enum SchemaText {
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case array([SchemaText])
    case object([(String, SchemaText)])

    static func strings(_ strings: [String]) -> SchemaText { .array(strings.map { .string($0) }) }

    static func reference(_ table: KeywordTable) -> SchemaText {
        .object([("$ref", .string("#/$defs/\(table.rawValue)"))])
    }

    /// Indented by two, short arrays of scalars in one line.
    var text: String {
        var text = ""
        write(to: &text, indent: "\n")
        return text
    }

    private func write(to text: inout String, indent: String) {
        switch self {
        case .string(let string): JSONText.write(string, to: &text)
        case .integer(let integer): text += String(integer)
        case .boolean(let boolean): text += boolean ? "true" : "false"
        case .array(let elements): write(elements, to: &text, indent: indent)
        case .object(let members):
            if members.isEmpty {
                text += "{}"
                return
            }
            for (index, (key, value)) in members.enumerated() {
                text += (index == 0 ? "{" : ",") + indent + "  "
                JSONText.write(key, to: &text)
                text += ": "
                value.write(to: &text, indent: indent + "  ")
            }
            text += indent + "}"
        }
    }

    private func write(_ elements: [SchemaText], to text: inout String, indent: String) {
        let isFlat = elements.allSatisfy { if case .string = $0 { true } else { false } }
        for (index, element) in elements.enumerated() {
            text += index == 0 ? "[" : ","
            text += isFlat ? (index == 0 ? "" : " ") : indent + "  "
            element.write(to: &text, indent: indent + "  ")
        }
        text += elements.isEmpty ? "[]" : isFlat ? "]" : indent + "]"
    }
}
