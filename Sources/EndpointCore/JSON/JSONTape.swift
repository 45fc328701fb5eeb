/// An index of JSON text: one entry of 8 bytes for each value and key, in the order of the text.
///
/// The text is checked by RFC 8259's grammar while it is indexed, in one loop whose memory does not depend on the nesting.
/// Strings and numbers are decoded when they are read. A tape does not hold the text: it is read along with it.
///
///     let tape = try JSONTape(bytes)
///     let total = try tape.read(bytes) { json in try json["total"].int() }
public struct JSONTape: ~Copyable {
    /// How deep arrays and objects may be nested by default, so that reading a value cannot exhaust a thread's stack.
    public static let defaultDepth = 512
    /// The number of bytes that an entry can address.
    public static let maximumBytes = Int(JSONEntry.mask)

    private let entries: UnsafeMutablePointer<JSONEntry>

    /// Indexes JSON text in UTF-8; a byte order mark at its beginning is skipped.
    ///
    /// - Parameters:
    ///   - bytes: The text, of at most ``maximumBytes`` bytes.
    ///   - depth: How many arrays and objects may be inside each other.
    /// - Throws: The first departure from the grammar.
    public init(_ bytes: UnsafeRawBufferPointer, depth: Int = defaultDepth) throws(JSONSyntaxError) {
        var builder = JSONTapeBuilder(bytes, depth: depth)
        entries = try builder.build()
    }

    deinit { entries.deallocate() }

    /// Calls a function with a reader of the outermost value. Neither it nor what it finds may outlive the call.
    ///
    /// - Parameters:
    ///   - bytes: The text that was indexed.
    ///   - body: The function.
    /// - Returns: What the function returns.
    /// - Throws: What the function throws.
    public borrowing func read<Result, Failure: Error>(
        _ bytes: UnsafeRawBufferPointer, _ body: (JSONReader) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(
            JSONReader(
                bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? Self.nothing, UnsafePointer(entries), 0))
    }

    /// The address that stands for an empty text, which no tape has. The address 1 is not null.
    private static var nothing: UnsafePointer<UInt8> { UnsafePointer(bitPattern: 1).unsafelyUnwrapped }
}

/// A value or a key: its kind, where it begins, and how far it reaches.
struct JSONEntry {
    enum Kind: UInt64 {
        case null, `false`, `true`
        /// A number without fraction and exponent.
        case integer
        case number, string
        /// A string that holds a backslash.
        case escaped
        case array, object
    }

    static let mask: UInt64 = (1 << 30) - 1
    var bits: UInt64

    init(_ kind: Kind, at offset: Int, extent: Int) {
        bits = kind.rawValue << 60 | UInt64(truncatingIfNeeded: extent) << 30 | UInt64(truncatingIfNeeded: offset)
    }

    // The builder writes no other kind.
    var kind: Kind { Kind(rawValue: bits >> 60).unsafelyUnwrapped }
    /// The byte that the value begins at; behind the quote for a string.
    var offset: Int { Int(truncatingIfNeeded: bits & Self.mask) }
    /// For strings and numbers the length in bytes; for arrays and objects the number of entries, its own included.
    var extent: Int { Int(truncatingIfNeeded: bits >> 30 & Self.mask) }
    var isContainer: Bool { bits >> 60 >= Kind.array.rawValue }
    var isEscaped: Bool { bits >> 60 == Kind.escaped.rawValue }
    /// Whether this is a string of so many bytes, none of which is a backslash.
    func isPlainString(_ length: Int) -> Bool {
        bits >> 30 == Kind.string.rawValue << 30 | UInt64(truncatingIfNeeded: length)
    }
    /// The number of entries of the value.
    var span: Int { isContainer ? extent : 1 }
}

/// A departure from RFC 8259's grammar.
public struct JSONSyntaxError: Error, Sendable, Hashable {
    /// What is wrong.
    public enum Problem: Sendable, Hashable {
        case empty, tooLarge
        case tooDeep(Int)
        case value, word, key, separatorInObject, separatorInArray, trailing
        /// A colon is missing after the key that begins at this byte.
        case colon(key: Int)
        /// A comma stands before the end of an object or of an array.
        case commaBeforeEnd
        case unclosedString, controlCharacter, escape, escapeAtEnd, hexadecimalDigits
        case digitAfterMinus, digitAfterPoint, digitAfterExponent, leadingZero
    }

    /// What is wrong.
    public var problem: Problem
    /// The byte where it is.
    public var offset: Int

    /// What is wrong and where, for a message: `byte 12: a comma or "}" is missing`.
    public var message: String {
        let what =
            switch problem {
            case .empty: "there is no value"
            case .tooLarge: "at most \(JSONTape.maximumBytes) bytes are read"
            case .tooDeep(let depth): "nested deeper than \(depth) levels"
            case .value: "a value is missing"
            case .word: "a word is neither true, false nor null"
            case .key: "a key in double quotes is missing"
            case .colon: "a colon is missing after the key"
            case .separatorInObject: "a comma or \"}\" is missing"
            case .separatorInArray: "a comma or \"]\" is missing"
            case .commaBeforeEnd: "a comma stands before the end"
            case .trailing: "something follows the value"
            case .unclosedString: "a string has no closing quote"
            case .controlCharacter: "a control character stands in a string"
            case .escape, .escapeAtEnd, .hexadecimalDigits: "an escape in a string is not complete, or unknown"
            case .digitAfterMinus, .digitAfterPoint, .digitAfterExponent: "a digit is missing in a number"
            case .leadingZero: "a number begins with 0"
            }
        return "byte \(offset): \(what)"
    }
}

/// Makes the entries of a tape. While an array or object is open, the extent of its entry leads to the one that it is in.
struct JSONTapeBuilder {
    private let bytes: UnsafePointer<UInt8>
    private let end: Int
    private let depth: Int
    private var entries: UnsafeMutablePointer<JSONEntry>
    private var capacity: Int
    private var count = 0
    private var index = 0

    init(_ buffer: UnsafeRawBufferPointer, depth: Int) {
        end = buffer.count
        self.depth = depth
        capacity = min(end, JSONTape.maximumBytes) / 8 + 16
        entries = .allocate(capacity: capacity)
        // Nothing is read of an empty text: any address will do.
        bytes =
            buffer.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
    }

    /// The entries, which the caller deallocates.
    mutating func build() throws(JSONSyntaxError) -> UnsafeMutablePointer<JSONEntry> {
        do throws(JSONSyntaxError) {
            try document()
            return entries
        } catch {
            entries.deallocate()
            throw error
        }
    }

    private enum State { case value, key, afterValue }

    private mutating func document() throws(JSONSyntaxError) {
        if end > JSONTape.maximumBytes { throw error(.tooLarge) }
        if end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { index = 3 }
        skipWhitespace()
        if index == end { throw error(.empty) }
        var parent = -1
        var level = 0
        var state = State.value
        while true {
            skipWhitespace()
            switch state {
            case .value:
                guard index < end else { throw error(.value) }
                state = .afterValue
                switch bytes[index] {
                case UInt8(ascii: "\""): try string()
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    level += 1
                    if level > depth { throw error(.tooDeep(depth)) }
                    let isObject = bytes[index] == UInt8(ascii: "{")
                    append(JSONEntry(isObject ? .object : .array, at: index, extent: parent + 1))
                    parent = count - 1
                    index += 1
                    skipWhitespace()
                    if index < end, bytes[index] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                        close(&parent, &level)
                    } else {
                        state = isObject ? .key : .value
                    }
                case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
                case UInt8(ascii: "t") where isWord(0x6575_7274, 4): word(.true, 4)
                case UInt8(ascii: "f") where isWord(0x736C_6166, 4) && bytes[index + 4] == 0x65: word(.false, 5)
                case UInt8(ascii: "n") where isWord(0x6C6C_756E, 4): word(.null, 4)
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): throw error(.word)
                case UInt8(ascii: "]") where parent >= 0 && entries[parent].kind == .array: throw error(.commaBeforeEnd)
                default: throw error(.value)
                }
            case .key:
                guard index < end, bytes[index] == UInt8(ascii: "\"") else {
                    let isEnd = index < end && bytes[index] == UInt8(ascii: "}")
                    throw error(isEnd ? .commaBeforeEnd : .key)
                }
                let key = index
                try string()
                skipWhitespace()
                guard index < end, bytes[index] == UInt8(ascii: ":") else { throw error(.colon(key: key)) }
                index += 1
                state = .value
            case .afterValue:
                if parent < 0 {
                    if index < end { throw error(.trailing) }
                    return
                }
                let isObject = entries[parent].kind == .object
                guard index < end else { throw error(isObject ? .separatorInObject : .separatorInArray) }
                switch bytes[index] {
                case UInt8(ascii: ","):
                    index += 1
                    state = isObject ? .key : .value
                case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject: close(&parent, &level)
                default: throw error(isObject ? .separatorInObject : .separatorInArray)
                }
            }
        }
    }

    private mutating func close(_ parent: inout Int, _ level: inout Int) {
        let open = entries[parent]
        entries[parent] = JSONEntry(open.kind, at: open.offset, extent: count - parent)
        parent = open.extent - 1
        level -= 1
        index += 1
    }

    private mutating func append(_ entry: JSONEntry) {
        if count == capacity {
            let larger = UnsafeMutablePointer<JSONEntry>.allocate(capacity: capacity * 2)
            larger.moveInitialize(from: entries, count: count)
            entries.deallocate()
            entries = larger
            capacity *= 2
        }
        (entries + count).initialize(to: entry)
        count += 1
    }

    private func error(_ problem: JSONSyntaxError.Problem) -> JSONSyntaxError {
        JSONSyntaxError(problem: problem, offset: index)
    }

    @inline(__always) private mutating func skipWhitespace() {
        while index < end {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default: return
            }
        }
    }

    // MARK: Words and numbers

    /// Whether these four bytes are here, as many are left, and no letter or digit follows.
    private func isWord(_ word: UInt32, _ length: Int) -> Bool {
        let full = word == 0x736C_6166 ? 5 : length
        guard end - index >= full, UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt32.self).littleEndian == word
        else { return false }
        return index + full == end || !bytes[index + full].isWordByte
    }

    private mutating func word(_ kind: JSONEntry.Kind, _ length: Int) {
        append(JSONEntry(kind, at: index, extent: length))
        index += length
    }

    private mutating func number() throws(JSONSyntaxError) {
        let start = index
        var kind = JSONEntry.Kind.integer
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let first = index
        let digits = skipDigits()
        if digits == 0 { throw error(.digitAfterMinus) }
        if digits > 1, bytes[first] == UInt8(ascii: "0") {
            index = start
            throw error(.leadingZero)
        }
        if index < end, bytes[index] == UInt8(ascii: ".") {
            kind = .number
            index += 1
            if skipDigits() == 0 { throw error(.digitAfterPoint) }
        }
        if index < end, bytes[index] | 0x20 == UInt8(ascii: "e") {
            kind = .number
            index += 1
            if index < end, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
            if skipDigits() == 0 { throw error(.digitAfterExponent) }
        }
        append(JSONEntry(kind, at: start, extent: index - start))
    }

    private mutating func skipDigits() -> Int {
        let first = index
        while index < end, bytes[index] &- 0x30 < 10 { index += 1 }
        return index - first
    }

    // MARK: Strings

    /// Indexes a string from its opening quote to behind its closing one.
    private mutating func string() throws(JSONSyntaxError) {
        let start = index
        var kind = JSONEntry.Kind.string
        var index = index + 1
        defer { self.index = index }
        while true {
            while index + 8 <= end {
                let word = UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self).littleEndian
                let stop = Self.stops(in: word)
                if stop != 0 {
                    index += stop.trailingZeroBitCount >> 3
                    break
                }
                index += 8
            }
            guard index < end else {
                index = start
                throw JSONSyntaxError(problem: .unclosedString, offset: start)
            }
            switch bytes[index] {
            case UInt8(ascii: "\""):
                append(JSONEntry(kind, at: start + 1, extent: index - start - 1))
                index += 1
                return
            case UInt8(ascii: "\\"):
                kind = .escaped
                try checkEscape(at: &index)
            case 0..<0x20: throw JSONSyntaxError(problem: .controlCharacter, offset: index)
            default: index += 1
            }
        }
    }

    /// The high bits of bytes that are a quote, a backslash or a control character; exact for the first of them.
    @inline(__always) private static func stops(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        let controls = (word &- ones &* 0x20) & ~word
        return ((quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes | controls) & highs
    }

    private func checkEscape(at index: inout Int) throws(JSONSyntaxError) {
        let start = index
        guard index + 1 < end else { throw JSONSyntaxError(problem: .escapeAtEnd, offset: start) }
        switch bytes[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            index += 2
        case UInt8(ascii: "u"):
            guard index + 6 <= end, (2..<6).allSatisfy({ bytes[start + $0].hexadecimalDigit != nil }) else {
                throw JSONSyntaxError(problem: .hexadecimalDigits, offset: start)
            }
            index += 6
        default: throw JSONSyntaxError(problem: .escape, offset: start)
        }
    }
}
