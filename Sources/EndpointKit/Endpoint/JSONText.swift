import Foundation

extension JSONValue {
    /// Reads JSON text.
    public init(parsing data: Data) throws(DecodingError) {
        do {
            self = try JSONDecoder().decode(JSONValue.self, from: data)
        } catch let error as DecodingError {
            throw error
        } catch {
            throw .dataCorrupted(.init(codingPath: [], debugDescription: "\(error)"))
        }
    }

    /// The value as JSON text, members in their own order (which `JSONEncoder` does not keep).
    ///
    /// - Parameter indent: Spaces a level, each member on a line of its own; nil for one line without blanks.
    public func text(indent: Int? = nil) -> String {
        var out = ""
        write(to: &out, indent: indent, level: 0)
        return out
    }

    /// The value as JSON text in UTF-8.
    public var data: Data { Data(text().utf8) }

    private func write(to out: inout String, indent: Int?, level: Int) {
        switch self {
        case .null: out += "null"
        case .bool(let value): out += value ? "true" : "false"
        case .integer(let value): out += String(value)
        case .number(let value): out += value.isFinite ? "\(value)" : "null"
        case .string(let value): out.appendJSONString(value)
        case .array(let items):
            Self.writeList(items, open: "[", close: "]", to: &out, indent: indent, level: level) { item, out in
                item.write(to: &out, indent: indent, level: level + 1)
            }
        case .object(let object):
            Self.writeList(object.members, open: "{", close: "}", to: &out, indent: indent, level: level) {
                member, out in
                out.appendJSONString(member.key)
                out += indent == nil ? ":" : ": "
                member.value.write(to: &out, indent: indent, level: level + 1)
            }
        }
    }

    private static func writeList<Item>(
        _ items: [Item], open: String, close: String, to out: inout String, indent: Int?, level: Int,
        write: (Item, inout String) -> Void
    ) {
        out += open
        for (index, item) in items.enumerated() {
            if index > 0 { out += "," }
            if let indent { out += "\n" + String(repeating: " ", count: indent * (level + 1)) }
            write(item, &out)
        }
        if let indent, !items.isEmpty { out += "\n" + String(repeating: " ", count: indent * level) }
        out += close
    }
}

extension JSONValue: CustomStringConvertible {
    public var description: String { text() }
}

extension String {
    fileprivate mutating func appendJSONString(_ text: String) {
        self += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": self += "\\\""
            case "\\": self += "\\\\"
            case "\n": self += "\\n"
            case "\r": self += "\\r"
            case "\t": self += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let hex = String(scalar.value, radix: 16)
                self += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: unicodeScalars.append(scalar)
            }
        }
        self += "\""
    }
}
