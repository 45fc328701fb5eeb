extension JSONValue {
    /// Reads a value and all that is in it.
    public init(_ json: JSONReader) {
        switch json.kind {
        case .null: self = .null
        case .true: self = .bool(true)
        case .false: self = .bool(false)
        case .string, .escaped: self = .string(json.text(of: json.entry))
        case .integer:
            self = json.integer(json.entry).map(JSONValue.integer) ?? .decimal(json.numberText(json.entry))
        case .number: self = Self.number(json.numberText(json.entry))
        case .array:
            var items: [JSONValue] = []
            json.forEachElement { items.append(JSONValue($0)) }
            self = .array(items)
        case .object:
            var object = JSONObject()
            json.forEachMember { object.appendIfNew($0.keyText, JSONValue($1)) }
            self = .object(object)
        }
    }

    /// Reads JSON text by the rules for responses; see ``JSONReader``.
    ///
    /// - Parameter bytes: The text in UTF-8.
    /// - Throws: The first departure from RFC 8259.
    public init(reading bytes: UnsafeRawBufferPointer) throws(JSONSyntaxError) {
        let tape = try JSONTape(bytes)
        self = tape.read(bytes) { json in JSONValue(json) }
    }

    /// Reads JSON text by the rules for responses; see ``JSONReader``.
    ///
    /// - Parameter bytes: The text in UTF-8.
    /// - Throws: The first departure from RFC 8259.
    public init(reading bytes: [UInt8]) throws(JSONSyntaxError) {
        let result: Result<JSONValue, JSONSyntaxError> = bytes.withUnsafeBytes { bytes in
            Result { () throws(JSONSyntaxError) in try JSONValue(reading: bytes) }
        }
        self = try result.get()
    }

    /// A number with a fraction or an exponent: as `Double`; where that would lose digits, as the integer that it is, or as
    /// written.
    static func number(_ text: String) -> JSONValue {
        guard let number = Double(text), number.isFinite else { return .decimal(text) }
        // A double tells any 15 digits apart (IEEE 754).
        let digits = text.utf8.prefix { $0 | 0x20 != 0x65 }.filter { $0 &- 0x30 < 10 }.drop { $0 == 0x30 }
        if digits.count <= 15 { return .number(number) }
        let shortest = "\(number)".utf8.prefix { $0 | 0x20 != 0x65 }.filter { $0 &- 0x30 < 10 }.drop { $0 == 0x30 }
        func significant(_ digits: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
            var digits = digits
            while digits.last == 0x30 { digits.removeLast() }
            return digits
        }
        if significant(digits[...]) == significant(shortest[...]) { return .number(number) }
        let parts = text.split(separator: ".", maxSplits: 1)
        if parts.count == 2, parts[1].utf8.allSatisfy({ $0 == 0x30 }), let integer = Int64(String(parts[0])) {
            return .integer(integer)
        }
        return .decimal(text)
    }
}

extension JSONValue {
    /// Reads a value as JSON text would be read.
    ///
    /// - Parameter body: Reads the value.
    /// - Returns: What the function returns.
    /// - Throws: The `Violation` that a ``JSONReadError`` means, or what else the function throws.
    public func read<Result>(_ body: (JSONReader) throws -> Result) throws -> Result {
        var writer = JSONWriter()
        writer.write(self)
        return try writer.bytes.withUnsafeBytes { bytes in
            let tape = try JSONTape(bytes)
            return try tape.read(bytes) { json throws(any Error) in
                do {
                    return try body(json)
                } catch let error as JSONReadError {
                    throw json.violation(error)
                }
            }
        }
    }
}

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
        var text = text
        return text.withUTF8 { bytes in
            var index = 0
            func skip(_ characters: String) -> Bool {
                guard index < bytes.count, characters.utf8.contains(bytes[index]) else { return false }
                index += 1
                return true
            }
            func skipDigits() -> Int {
                let start = index
                while index < bytes.count, bytes[index].isDigitByte { index += 1 }
                return index - start
            }
            _ = skip("-")
            let first = index
            let digits = skipDigits()
            if digits == 0 || digits > 1 && bytes[first] == UInt8(ascii: "0") { return false }
            if allowsFraction {
                if skip("."), skipDigits() == 0 { return false }
                if skip("eE") {
                    _ = skip("+-")
                    if skipDigits() == 0 { return false }
                }
            }
            return index == bytes.count
        }
    }
}
