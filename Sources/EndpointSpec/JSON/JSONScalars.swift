/// Strings and numbers of the reader.
extension JSONReader {
    // MARK: Strings

    /// Reads a string from its opening quote to behind its closing one.
    mutating func string() throws(Diagnostic) -> String {
        let start = here
        index += 1
        var first = index
        var text = ""
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                try append(first..<index, to: &text)
                index += 1
                return text
            } else if byte == UInt8(ascii: "\\") {
                try append(first..<index, to: &text)
                text.unicodeScalars.append(try escape())
                first = index
            } else if byte < 0x20 {
                let hint = byte == 0x0A || byte == 0x0D ? "close the string or write \\n" : "write \\u00\(hex(byte))"
                throw error("a control character (0x\(hex(byte))) in a string; \(hint)")
            } else {
                index += 1
            }
        }
        throw Diagnostic(start, "the string that begins here has no closing quote")
    }

    private func append(_ range: Range<Int>, to text: inout String) throws(Diagnostic) {
        guard !range.isEmpty else { return }
        guard let part = String(validating: bytes[range], as: UTF8.self) else {
            throw Diagnostic(position(at: firstInvalid(in: range)), "invalid UTF-8 in a string; save the file as UTF-8")
        }
        text += part
    }

    /// The first byte that is no part of a valid scalar.
    private func firstInvalid(in range: Range<Int>) -> Int {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let lead = bytes[offset]
            let length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
            let end = min(offset + length, range.upperBound)
            if String(validating: bytes[offset..<end], as: UTF8.self) == nil { return offset }
            offset = end
        }
        return range.lowerBound
    }

    private mutating func escape() throws(Diagnostic) -> Unicode.Scalar {
        let start = here
        index += 1
        guard let byte = peek() else { throw Diagnostic(start, "the file ends inside a string") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(start)
        default:
            let shown = byte > 0x20 && byte < 0x7F ? String(UnicodeScalar(byte)) : "0x\(hex(byte))"
            throw Diagnostic(start, "unknown escape \\\(shown); a backslash itself is written \\\\")
        }
    }

    private mutating func unicodeEscape(_ start: SourcePosition) throws(Diagnostic) -> Unicode.Scalar {
        let unit = try fourDigits(start)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let lone = Diagnostic(start, "a lone surrogate; write both halves (\\uD83D\\uDE00) or the character itself")
        guard (0xD800..<0xDC00).contains(unit), bytes[index...].starts(with: [0x5C, 0x75]) else { throw lone }
        index += 2
        let low = try fourDigits(start)
        guard (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw lone }
        return scalar
    }

    private mutating func fourDigits(_ start: SourcePosition) throws(Diagnostic) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw Diagnostic(start, "\\u needs four hexadecimal digits")
            }
            unit = unit << 4 | UInt32(digit)
            index += 1
        }
        return unit
    }

    private func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16, uppercase: true)
        return byte < 0x10 ? "0" + text : text
    }

    // MARK: Numbers

    mutating func number() throws(Diagnostic) -> JSONNode.Value {
        let start = here
        let first = index
        var isInteger = true
        if peek() == UInt8(ascii: "-") { index += 1 }
        let leading = peek()
        let digits = skipDigits()
        if digits == 0 { throw error("a digit must follow \"-\"") }
        if digits > 1 && leading == UInt8(ascii: "0") {
            throw Diagnostic(start, "a number may not begin with 0; remove the zero, or write a string")
        }
        if peek() == UInt8(ascii: ".") {
            isInteger = false
            index += 1
            if skipDigits() == 0 { throw error("a digit must follow the decimal point") }
        }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            isInteger = false
            index += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { index += 1 }
            if skipDigits() == 0 { throw error("a digit must follow the exponent's \"e\"") }
        }
        let text = String(decoding: bytes[first..<index], as: UTF8.self)
        if isInteger, let integer = Int64(text) { return .integer(integer) }
        guard let double = Double(text), double.isFinite else {
            throw Diagnostic(start, "the number is too large; write a string, or a number below 1e308")
        }
        return .double(double)
    }

    private mutating func skipDigits() -> Int {
        let first = index
        while let byte = peek(), byte.isDigit { index += 1 }
        return index - first
    }
}
