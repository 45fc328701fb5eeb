/// Makes text from outside safe to show on a terminal: characters that could move the cursor, change colors or reverse the
/// reading order are written as escapes, such as `\u{1b}` or `\n`.
public enum SafeText {
    /// The text with each such character as an escape.
    public static func escaped(_ text: String) -> String {
        guard hasUnsafe(text, isUnsafe) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where isUnsafe(scalar.value): result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// JSON text with these characters as `\uXXXX`. The values are the same, since the characters occur only in strings. A line
    /// break occurs only between values, and stays.
    public static func escapedJSON(_ text: String) -> String {
        func isUnsafe(_ value: UInt32) -> Bool { value != 0x0A && self.isUnsafe(value) }
        guard hasUnsafe(text, isUnsafe) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isUnsafe(scalar.value) {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Control characters of both sets, line and paragraph separators, marks that change the reading order, and tags.
    @inline(__always) private static func isUnsafe(_ value: UInt32) -> Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFF9...0xFFFB,
            0xE0000...0xE007F:
            true
        default: false
        }
    }

    /// Whether a text has a scalar that is not safe. Decoded from its bytes, which is many times faster than by scalars: every
    /// page of a list passes through here.
    private static func hasUnsafe(_ text: String, _ isUnsafe: (UInt32) -> Bool) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                let lead = UInt32(bytes[index])
                func rest(_ offset: Int) -> UInt32 { UInt32(bytes[index + offset]) & 0x3F }
                switch lead {
                case 0..<0x80:
                    if isUnsafe(lead) { return true }
                    index += 1
                case 0..<0xE0:
                    if isUnsafe((lead & 0x1F) << 6 | rest(1)) { return true }
                    index += 2
                case 0..<0xF0:
                    if isUnsafe((lead & 0x0F) << 12 | rest(1) << 6 | rest(2)) { return true }
                    index += 3
                default:
                    if isUnsafe((lead & 0x07) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3)) { return true }
                    index += 4
                }
            }
            return false
        }
    }
}
