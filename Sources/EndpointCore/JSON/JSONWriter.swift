/// Writes JSON text in UTF-8.
public struct JSONWriter {
    /// What was written.
    public internal(set) var bytes: [UInt8] = []
    private let indent: Int?
    private let inlinesStrings: Bool
    private var level = 0
    /// Whether the last value was one that an object leaves out.
    var isAbsent = false

    /// Creates a writer without text.
    ///
    /// - Parameters:
    ///   - indent: Spaces a level, each member on a line of its own; nil for one line without blanks.
    ///   - inliningStrings: Whether an array of strings is written in one line all the same.
    public init(indent: Int? = nil, inliningStrings: Bool = false) {
        self.indent = indent
        inlinesStrings = inliningStrings
    }

    /// What was written, as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes a value, members in their own order. A number that is not finite is written as null, for JSON has none.
    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .integer(let value): append(value)
        case .number(let value): append(value.isFinite ? "\(value)" : "null")
        case .decimal(let text): append(text)
        case .string(let value): write(value)
        case .array(let items):
            let isFlat = inlinesStrings && items.allSatisfy { $0.string != nil }
            open("[")
            for (index, item) in items.enumerated() {
                next(isFirst: index == 0, isFlat: isFlat)
                write(item)
            }
            close("]", isEmpty: items.isEmpty, isFlat: isFlat)
        case .object(let object):
            open("{")
            for (index, member) in object.members.enumerated() {
                next(isFirst: index == 0)
                key(member.key)
                write(member.value)
            }
            close("}", isEmpty: object.isEmpty)
        }
    }

    /// Writes a string in quotes. Most strings need no escape, and are copied whole.
    public mutating func write(_ string: String) {
        bytes.append(0x22)
        if Self.isPlain(string) {
            append(string)
        } else {
            for byte in string.utf8 { appendEscaped(byte) }
        }
        bytes.append(0x22)
    }

    /// A string as JSON text, in quotes.
    public static func quoted(_ string: String) -> String {
        if isPlain(string) { return "\"" + string + "\"" }
        var writer = JSONWriter()
        writer.write(string)
        return writer.text
    }

    /// Whether no byte needs an escape.
    private static func isPlain(_ string: String) -> Bool {
        string.everyByte { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F }
    }

    /// Ends a line of text that holds one value a line.
    public mutating func endLine() { bytes.append(0x0A) }

    // MARK: Text

    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func append(_ value: Int64) {
        let start = bytes.count
        var rest = value.magnitude
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            bytes.append(0x30 + UInt8(truncatingIfNeeded: digit))
            rest = quotient
        } while rest > 0
        if value < 0 { bytes.append(0x2D) }
        bytes[start...].reverse()
    }

    mutating func open(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        level += 1
    }

    mutating func next(isFirst: Bool, isFlat: Bool = false) {
        if !isFirst { append(isFlat && indent != nil ? ", " : ",") }
        if !isFlat { breakLine() }
    }

    mutating func close(_ bracket: Unicode.Scalar, isEmpty: Bool, isFlat: Bool = false) {
        level -= 1
        if !isFlat, !isEmpty { breakLine() }
        bytes.append(UInt8(ascii: bracket))
    }

    mutating func key(_ name: String) {
        write(name)
        append(indent == nil ? ":" : ": ")
    }

    private mutating func breakLine() {
        guard let indent else { return }
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(0x20, count: indent * level))
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case 0x22: append("\\\"")
        case 0x5C: append("\\\\")
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        case _ where byte < 0x20 || byte == 0x7F:
            append(byte < 0x10 ? "\\u000" : "\\u00")
            append(String(byte, radix: 16))
        default: bytes.append(byte)
        }
    }
}

extension JSONValue {
    /// The value as JSON text, members in their own order.
    ///
    /// - Parameters:
    ///   - indent: Spaces a level, each member on a line of its own; nil for one line without blanks.
    ///   - inliningStrings: Whether an array of strings is written in one line all the same.
    /// - Returns: The text. A number that is not finite is written as null, for JSON has none.
    public func text(indent: Int? = nil, inliningStrings: Bool = false) -> String {
        if case .integer(let integer) = self { return integer.description }
        var writer = JSONWriter(indent: indent, inliningStrings: inliningStrings)
        writer.write(self)
        return writer.text
    }
}

extension JSONValue: CustomStringConvertible {
    /// The value as compact JSON text.
    public var description: String { text() }
}
