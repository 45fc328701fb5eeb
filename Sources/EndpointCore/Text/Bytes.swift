extension String {
    /// Whether all bytes of the text in UTF-8 meet a condition.
    ///
    /// The same as `utf8.allSatisfy`, for the build plugin, whose program is never optimized: there a generic loop takes ten
    /// times as long as one over memory, and a buffer's subscript three times as long as a pointer's.
    @inline(__always) public func everyByte(_ condition: (UInt8) -> Bool) -> Bool {
        var text = self
        return text.withUTF8 { text in
            guard let bytes = text.baseAddress else { return true }
            let count = text.count
            var index = 0
            while index < count {
                if !condition(bytes[index]) { return false }
                index += 1
            }
            return true
        }
    }
}

extension Substring {
    /// The text without spaces and tabs at its ends.
    var trimmed: Substring {
        func isText(_ byte: UInt8) -> Bool { byte != 0x20 && byte != 0x09 }
        guard let first = utf8.firstIndex(where: isText), let last = utf8.lastIndex(where: isText) else { return "" }
        return Substring(utf8[first...last])
    }
}

extension UInt8 {
    /// The value of an ASCII hexadecimal digit; nil for any other byte.
    var hexadecimalDigit: UInt32? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - 0x30)
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - 0x57)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - 0x37)
        default: nil
        }
    }

    /// Whether this is an ASCII digit.
    public var isDigitByte: Bool { self &- 0x30 < 10 }

    /// Whether this is an ASCII letter.
    public var isLetterByte: Bool { (self | 0x20) &- 0x61 < 26 }

    /// Whether this is an ASCII letter, a digit or an underscore.
    var isWordByte: Bool { isDigitByte || isLetterByte || self == 0x5F }
}
