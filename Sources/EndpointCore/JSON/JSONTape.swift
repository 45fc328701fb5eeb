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
