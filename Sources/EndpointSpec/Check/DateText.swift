/// The forms of dates in examples.
enum DateText {
    /// RFC 3339: `2025-01-31T08:30:00.5+08:00`.
    static func isDateTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, hasDateAndTime(bytes, separators: [0x54, 0x74]) else { return false }
        var rest = bytes[19...]
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix(while: \.isDigit)
            if digits.isEmpty { return false }
            rest = rest.dropFirst(digits.count + 1)
        }
        if rest.elementsEqual([0x5A]) || rest.elementsEqual([0x7A]) { return true }
        return isOffset(rest)
    }

    /// `2025-01-31 08:30:00`, perhaps with an offset and a zone's name behind it.
    static func isLocalDateTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard hasDateAndTime(bytes, separators: [0x20, 0x54]) else { return false }
        let rest = bytes[19...].drop { $0 == 0x20 }.prefix { $0 != 0x20 }
        return rest.isEmpty || rest.elementsEqual([0x5A]) || isOffset(rest)
    }

    private static func isOffset(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-") else { return false }
        let digits = bytes.dropFirst().filter { $0 != UInt8(ascii: ":") }
        return digits.count == 4 && digits.allSatisfy(\.isDigit)
    }

    private static func hasDateAndTime(_ bytes: [UInt8], separators: Set<UInt8>) -> Bool {
        guard bytes.count >= 19, separators.contains(bytes[10]) else { return false }
        func number(_ range: Range<Int>) -> Int? {
            bytes[range].reduce(0) { total, byte in total.flatMap { byte.isDigit ? $0 * 10 + Int(byte - 0x30) : nil } }
        }
        let isMarked = [4: "-", 7: "-", 13: ":", 16: ":"].allSatisfy { bytes[$0.key] == $0.value.utf8.first }
        guard isMarked, number(0..<4) != nil, let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
        else { return false }
        return (1...12).contains(month) && (1...31).contains(day) && hour < 24 && minute < 60 && second <= 60
    }
}
