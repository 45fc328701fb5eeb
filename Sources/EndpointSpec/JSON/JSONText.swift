/// Writing values as text.
extension JSONNode {
    /// The value as JSON without blanks, members in the order they stand.
    public var compactText: String {
        var text = ""
        write(to: &text)
        return text
    }

    /// The value as JSON without blanks, members of all objects sorted by key.
    public var sortedText: String { sorted.compactText }

    /// The value with the members of all objects sorted by key.
    public var sorted: JSONNode {
        switch value {
        case .array(let elements): JSONNode(.array(elements.map(\.sorted)), position: position)
        case .object(let members):
            JSONNode(
                .object(
                    members.sorted { $0.key < $1.key }.map {
                        JSONMember(key: $0.key, keyPosition: $0.keyPosition, value: $0.value.sorted)
                    }), position: position)
        default: self
        }
    }

    private func write(to text: inout String) {
        switch value {
        case .null: text += "null"
        case .boolean(let boolean): text += boolean ? "true" : "false"
        case .integer(let integer): text += String(integer)
        case .double(let double): text += String(describing: double)
        case .string(let string): JSONText.write(string, to: &text)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                element.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                JSONText.write(member.key, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }
}

/// JSON text from Swift values.
enum JSONText {
    /// Writes a string in quotes; only what must be escaped is.
    static func write(_ string: String, to text: inout String) {
        text += "\""
        if string.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            text += string
        } else {
            for scalar in string.unicodeScalars { write(scalar, to: &text) }
        }
        text += "\""
    }

    private static func write(_ scalar: Unicode.Scalar, to text: inout String) {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case "\0"..<" ":
            let digits = String(scalar.value, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: text.unicodeScalars.append(scalar)
        }
    }
}
