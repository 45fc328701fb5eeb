/// What an escape stands for.
enum PatternEscape {
    case scalar(Unicode.Scalar)
    case set(ScalarSet)
    case assertion(PatternProgram.Assertion)
}

extension PatternParser {
    /// Parses what follows a backslash.
    ///
    /// - Parameters:
    ///   - start: the offset of the backslash; the cursor is behind it.
    ///   - inClass: whether the escape is inside `[…]`, where `\b` is U+0008.
    /// - Returns: What the escape stands for; never an assertion inside a class.
    /// - Throws: A ``PatternError`` if it is not an escape.
    mutating func escape(at start: Int, inClass: Bool) throws(PatternError) -> PatternEscape {
        guard let scalar = next else {
            throw PatternError(
                offset: start, message: "the pattern ends with \"\\\"; write \"\\\\\" for the character")
        }
        position += 1
        switch scalar {
        // ECMA's syntax characters and `/`; and `-`, which ECMA allows in classes alone: many write it elsewhere too,
        // and it cannot mean anything else.
        case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/", "-": return .scalar(scalar)
        case "d": return .set(.digit)
        case "D": return .set(ScalarSet.digit.complement)
        case "w": return .set(.word)
        case "W": return .set(ScalarSet.word.complement)
        case "s": return .set(.whiteSpace)
        case "S": return .set(ScalarSet.whiteSpace.complement)
        case "b": return inClass ? .scalar("\u{8}") : .assertion(.wordBoundary)
        case "B" where !inClass: return .assertion(.noWordBoundary)
        case "t": return .scalar("\t")
        case "n": return .scalar("\n")
        case "v": return .scalar("\u{B}")
        case "f": return .scalar("\u{C}")
        case "r": return .scalar("\r")
        case "0":
            guard let digit = next?.hexDigit, digit < 10 else { return .scalar("\0") }
            throw PatternError(
                offset: start, message: "\"\\0\" followed by a digit is not an escape; write \"\\x00\"")
        case "c": return .scalar(try controlLetter(at: start))
        case "x", "u": return .scalar(try codePoint(scalar, at: start))
        case "p", "P":
            let set = try property(at: start)
            return .set(scalar == "p" ? set : set.complement)
        default: throw unknownEscape(scalar, at: start)
        }
    }

    private mutating func controlLetter(at start: Int) throws(PatternError) -> Unicode.Scalar {
        guard let letter = next, letter.isASCII, letter.properties.isAlphabetic else {
            throw PatternError(
                offset: start, message: "\"\\c\" needs a letter from A to Z; write as in \"\\cJ\"")
        }
        position += 1
        return Unicode.Scalar(UInt8(letter.value & 0x1F))
    }

    /// `\xHH`, `\uHHHH`, `\u{H…}` or a surrogate pair; the cursor is behind the letter.
    private mutating func codePoint(_ letter: Unicode.Scalar, at start: Int) throws(PatternError) -> Unicode.Scalar {
        let value: UInt32
        if letter == "u", skip("{") {
            guard let digits = hexadecimal(), skip("}"), digits <= 0x10FFFF else {
                throw PatternError(
                    offset: start,
                    message: "\"\\u{\" needs up to 10FFFF in hexadecimal and a \"}\"; "
                        + "write as in \"\\u{1F600}\"")
            }
            value = digits
        } else {
            let count = letter == "x" ? 2 : 4
            guard let digits = hexadecimal(count) else {
                let example = letter == "x" ? "\\xE9" : "\\u00E9"
                throw PatternError(
                    offset: start,
                    message: "\"\\\(letter)\" needs \(count) hexadecimal digits; write as in \"\(example)\"")
            }
            value = letter == "u" && 0xD800...0xDBFF ~= digits ? paired(digits) : digits
        }
        // To ECMA a lone surrogate is a character. A text of Unicode scalars has none, so such a pattern is a mistake:
        // `[\uD800-\uDBFF][\uDC00-\uDFFF]` would match nothing.
        guard let scalar = Unicode.Scalar(value) else {
            throw PatternError(
                offset: start,
                message: "\"\(shown(from: start))\" is half of a surrogate pair, which no text has; write the whole "
                    + "character as in \"\\u{1F600}\"")
        }
        return scalar
    }

    /// The scalar of a surrogate pair if `\uDC00` to `\uDFFF` follows, otherwise the high surrogate itself.
    private mutating func paired(_ high: UInt32) -> UInt32 {
        let end = position
        guard skip("\\u"), let low = hexadecimal(4), 0xDC00...0xDFFF ~= low else {
            position = end
            return high
        }
        return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
    }

    /// A number of exactly so many hexadecimal digits.
    private mutating func hexadecimal(_ count: Int) -> UInt32? {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = next?.hexDigit else { return nil }
            value = value << 4 + digit
            position += 1
        }
        return value
    }

    /// A number of one or more hexadecimal digits; one above U+10FFFF is cut to a value that is above it too.
    private mutating func hexadecimal() -> UInt32? {
        var value: UInt32?
        while let digit = next?.hexDigit {
            value = min((value ?? 0) << 4 + digit, 0x110000)
            position += 1
        }
        return value
    }

    private mutating func property(at start: Int) throws(PatternError) -> ScalarSet {
        guard skip("{"), let end = scalars[position...].firstIndex(of: "}") else {
            throw PatternError(
                offset: start, message: "\"\(shown(from: start))\" needs a property in braces; write as in \"\\p{L}\"")
        }
        let nameStart = position
        position = end
        let name = text(from: nameStart)
        position += 1
        if let set = PatternCategory.set(name) { return set }
        throw PatternError(
            offset: start,
            message:
                "\"\(shown(from: start))\" is not a general category; write one such as \"\\p{L}\" or \"\\p{Lu}\", "
                + "or a range such as \"[\\u4E00-\\u9FFF]\"")
    }

    private func unknownEscape(_ scalar: Unicode.Scalar, at start: Int) -> PatternError {
        let problem =
            switch scalar {
            case "1"..."9", "k":
                "refers back to a group, and a pattern is matched in linear time; write it without back-references"
            case "A": "is not an escape; write \"^\" for the start of the text"
            case "Z", "z": "is not an escape; write \"$\" for the end of the text"
            default: "is not an escape; write \"\(scalar.shown)\", or \"\\\\\" for a backslash"
            }
        return PatternError(offset: start, message: "\"\\\(scalar.isShown ? scalar.shown : "")\" \(problem)")
    }
}

extension Unicode.Scalar {
    /// The value of an ASCII hexadecimal digit; nil if it is none.
    var hexDigit: UInt32? {
        switch self {
        case "0"..."9": value - 0x30
        case "A"..."F": value - 0x37
        case "a"..."f": value - 0x57
        default: nil
        }
    }
}

extension PatternParser {
    /// Parses a class such as `[^a-z\d]`.
    ///
    /// As in ECMA 262, `[]` has no scalar and `[^]` has all; a hyphen that is first, last, or follows a range is itself.
    ///
    /// - Parameter start: the offset of the `[`; the cursor is behind it.
    /// - Returns: The class as a set.
    /// - Throws: A ``PatternError`` if the class does not end, or has a range or an escape that is none.
    mutating func characterClass(at start: Int) throws(PatternError) -> ScalarSet {
        let isInverted = skip("^")
        var ranges: [ClosedRange<UInt32>] = []
        var categories: Set<Unicode.GeneralCategory> = []
        while !skip("]") {
            let rangeStart = position
            let first = try classAtom(of: start)
            guard isBeforeRangeEnd else {
                switch first {
                case .scalar(let scalar): ranges.append(scalar.value...scalar.value)
                case .set(let set):
                    ranges += set.ranges
                    categories.formUnion(set.categories)
                case .assertion: break
                }
                continue
            }
            position += 1
            let last = try classAtom(of: start)
            guard case (.scalar(let low), .scalar(let high)) = (first, last) else {
                throw PatternError(
                    offset: rangeStart,
                    message: "\"\(shown(from: rangeStart))\" is not a range, because a class is not a character; "
                        + "write \"\\-\" for the hyphen")
            }
            guard low <= high else {
                throw PatternError(
                    offset: rangeStart,
                    message: "the range \"\(shown(from: rangeStart))\" is reversed; swap its ends, or write \"\\-\" "
                        + "for the hyphen")
            }
            ranges.append(low.value...high.value)
        }
        return ScalarSet(ranges, categories: categories, isInverted: isInverted)
    }

    /// Whether a hyphen is next, and then the end of a range.
    private var isBeforeRangeEnd: Bool {
        next == "-" && position + 1 < scalars.count && scalars[position + 1] != "]"
    }

    private mutating func classAtom(of start: Int) throws(PatternError) -> PatternEscape {
        guard let scalar = next else {
            throw PatternError(
                offset: start, message: "\"[\" has no \"]\"; add it, or write \"\\[\" for the character")
        }
        position += 1
        return scalar == "\\" ? try escape(at: position - 1, inClass: true) : .scalar(scalar)
    }
}

/// Unicode's general categories by the names that `\p{…}` takes: ECMA 262's table of values for `General_Category`.
///
/// Which scalars a category has is decided by the Unicode version of Swift's standard library.
enum PatternCategory {
    static let all = Set(categories)

    /// The set behind a property's name or `name=value`; nil if it is none of these.
    ///
    /// Scripts and binary properties are not among them: the standard library knows no scripts, and the others are
    /// outside the subset that JSON Schema recommends.
    static func set(_ property: String) -> ScalarSet? {
        switch property {
        case "Any": return ScalarSet([0...0x10FFFF])
        case "ASCII": return ScalarSet([0...0x7F])
        case "Assigned": return ScalarSet([], categories: all.subtracting([.unassigned]))
        default: break
        }
        let parts = property.split(separator: "=", omittingEmptySubsequences: false)
        if parts.count > 2 || parts.count == 2 && !["General_Category", "gc"].contains(parts[0]) { return nil }
        guard let name = parts.last, !name.isEmpty else { return nil }
        let group = groups.first { $0.contains(name) }?.first ?? name
        let members = zip(categories, names).filter { _, names in
            group == "LC" ? ["Lu", "Ll", "Lt"].contains(names[0]) : names[0].hasPrefix(group) || names.contains(name)
        }
        return members.isEmpty ? nil : ScalarSet([], categories: Set(members.map(\.0)))
    }

    /// The names of the groups. But for `LC`, a group has the categories whose short names begin with its own.
    private static let groups = rows(
        """
        LC Cased_Letter
        L Letter
        M Mark Combining_Mark
        N Number
        P Punctuation punct
        S Symbol
        Z Separator
        C Other
        """)

    /// The names of ``categories``, the short ones first.
    private static let names = rows(
        """
        Lu Uppercase_Letter
        Ll Lowercase_Letter
        Lt Titlecase_Letter
        Lm Modifier_Letter
        Lo Other_Letter
        Mn Nonspacing_Mark
        Mc Spacing_Mark
        Me Enclosing_Mark
        Nd Decimal_Number digit
        Nl Letter_Number
        No Other_Number
        Pc Connector_Punctuation
        Pd Dash_Punctuation
        Ps Open_Punctuation
        Pe Close_Punctuation
        Pi Initial_Punctuation
        Pf Final_Punctuation
        Po Other_Punctuation
        Sm Math_Symbol
        Sc Currency_Symbol
        Sk Modifier_Symbol
        So Other_Symbol
        Zs Space_Separator
        Zl Line_Separator
        Zp Paragraph_Separator
        Cc Control cntrl
        Cf Format
        Cs Surrogate
        Co Private_Use
        Cn Unassigned
        """)

    private static let categories: [Unicode.GeneralCategory] = [
        .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
        .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber, .connectorPunctuation,
        .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
        .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol, .spaceSeparator,
        .lineSeparator, .paragraphSeparator, .control, .format, .surrogate, .privateUse, .unassigned,
    ]

    /// The words of each line. A text is a constant, where the compiler makes a function of a list of lists.
    private static func rows(_ text: String) -> [[Substring]] {
        text.split(separator: "\n").map { $0.split(separator: " ") }
    }
}
