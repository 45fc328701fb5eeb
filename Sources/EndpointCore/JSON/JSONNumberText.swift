/// Numbers in text, by RFC 8259's grammar alone: no plus sign, no leading zero, no hexadecimal digits, no infinity.
public enum JSONNumberText {
    /// The integer that a text is; nil for anything else, and beyond 64 bits.
    public static func integer(_ text: String) -> Int64? {
        isNumber(text, allowsFraction: false) ? Int64(text) : nil
    }

    /// The number that a text is; nil for anything else, and beyond the range of `Double`.
    public static func number(_ text: String) -> JSONValue? {
        guard isNumber(text, allowsFraction: true) else { return nil }
        if let integer = Int64(text) { return .integer(integer) }
        return Double(text).flatMap { $0.isFinite ? .number($0) : nil }
    }

    private static func isNumber(_ text: String, allowsFraction: Bool) -> Bool {
        var rest = text[...].utf8
        func isDigit(_ byte: UInt8?) -> Bool { byte.map { (0x30...0x39).contains($0) } ?? false }
        func skipDigits() -> Int {
            let count = rest.count
            while isDigit(rest.first) { rest.removeFirst() }
            return count - rest.count
        }
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let first = rest.first
        let digits = skipDigits()
        if digits == 0 || digits > 1 && first == UInt8(ascii: "0") { return false }
        if !allowsFraction { return rest.isEmpty }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            if skipDigits() == 0 { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
            if skipDigits() == 0 { return false }
        }
        return rest.isEmpty
    }
}
