/// Percent-encoding as in RFC 3986, 2.1, byte by byte.
enum PercentEncoding {
    /// The unreserved characters of RFC 3986, 2.3: a value has all others encoded.
    static let unreserved = bytes("-._~")
    /// The characters that a path in a spec is written with, a query included. `%` begins a byte that is encoded already.
    static let writtenPath = bytes("-._~/!$&'()*+,;=:@?")

    /// A table of letters, digits and further characters, by byte.
    private static func bytes(_ others: StaticString) -> [Bool] {
        var table = [Bool](repeating: false, count: 256)
        for range in [0x30...0x39, 0x41...0x5A, 0x61...0x7A] {
            for byte in range { table[byte] = true }
        }
        others.withUTF8Buffer { for byte in $0 { table[Int(byte)] = true } }
        return table
    }

    fileprivate static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }

    fileprivate static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}

extension String {
    /// The text with all characters encoded that are not unreserved.
    var percentEncoded: String {
        var result: [UInt8] = []
        result.appendEncoded(self)
        return String(decoding: result, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Appends a value with all characters encoded that are not unreserved.
    mutating func appendEncoded(_ value: String) {
        let allowed = PercentEncoding.unreserved
        if appendWhole(value, of: allowed) { return }
        for byte in value.utf8 { append(byte, if: allowed[Int(byte)]) }
    }

    /// Appends a text whose bytes a table has all; otherwise appends nothing and returns false.
    mutating func appendWhole(_ text: String, of allowed: [Bool]) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.allSatisfy({ allowed[Int($0)] }) else { return false }
            append(contentsOf: bytes)
            return true
        }
    }

    /// Appends a part of a path as it is written in a spec, with percent-encoded characters and a query.
    mutating func appendPath(_ path: Substring) {
        let allowed = PercentEncoding.writtenPath
        var rest = path.utf8[...]
        while let byte = rest.popFirst() {
            let isEncodedByte =
                byte == UInt8(ascii: "%") && rest.count >= 2 && rest.prefix(2).allSatisfy(PercentEncoding.isHexadecimal)
            append(byte, if: allowed[Int(byte)] || isEncodedByte)
        }
    }

    /// Appends a byte, encoded where it is not allowed.
    private mutating func append(_ byte: UInt8, if isAllowed: Bool) {
        if isAllowed {
            append(byte)
        } else {
            append(UInt8(ascii: "%"))
            append(PercentEncoding.digit(byte >> 4))
            append(PercentEncoding.digit(byte & 15))
        }
    }
}
