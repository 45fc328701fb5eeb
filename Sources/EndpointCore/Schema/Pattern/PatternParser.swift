/// Translates the text of a pattern to a program, in one pass and without recursion.
///
/// What is valid is what ECMA 262 says with the `u` flag, so that no stray `{`, `}` or `]` and no unknown escape is
/// taken for a literal. The first error ends the pass.
struct PatternParser: ~Copyable {
    typealias Instruction = PatternProgram.Instruction

    /// A group that is not closed yet. The first is the whole pattern.
    private struct Group {
        /// Where its `(` is.
        var offset: Int
        /// The alternatives before the last `|`.
        var alternatives: [[Instruction]] = []
        /// The current alternative.
        var sequence: [Instruction] = []
        /// How many instructions the whole group needs so far.
        var size = 0
    }

    /// What was read last, as far as a quantifier cares.
    private enum Previous { case nothing, assertion, quantifier }

    /// How deep groups may be nested: closing a group copies its instructions.
    static let depthLimit = 200

    let scalars: [Unicode.Scalar]
    var position = 0
    private var sets: [ScalarSet] = []
    private var outer: [Group] = []
    private var group = Group(offset: 0)
    private var groupNames: Set<String> = []
    private var previous = Previous.nothing

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// Parses the whole text. Call it once.
    mutating func program() throws(PatternError) -> PatternProgram {
        while let scalar = next {
            let start = position
            position += 1
            switch scalar {
            case "(": try openGroup(at: start)
            case ")": try closeGroup(at: start)
            case "|": try endAlternative(at: start)
            case "^": try append(.start, at: start)
            case "$": try append(.end, at: start)
            case "*", "+", "?", "{": throw nothingToRepeat(scalar, at: start)
            case "]", "}":
                let opening = scalar == "]" ? "[" : "{"
                throw PatternError(
                    offset: start,
                    message: "\"\(scalar)\" has no \"\(opening)\"; add it, or write \"\\\(scalar)\" for the character")
            case ".": try append(.dot, at: start)
            case "[": try append(try characterClass(at: start), at: start)
            case "\\":
                switch try escape(at: start, inClass: false) {
                case .scalar(let scalar): try append([.scalar(scalar)], at: start)
                case .set(let set): try append(set, at: start)
                case .assertion(let assertion): try append(assertion, at: start)
                }
            default: try append([.scalar(scalar)], at: start)
            }
        }
        if !outer.isEmpty {
            throw PatternError(
                offset: group.offset, message: "\"(\" has no \")\"; add it, or write \"\\(\" for the character")
        }
        return PatternProgram(instructions: Self.choice(of: group) + [.match], sets: sets)
    }

    // MARK: - Cursor

    /// The scalar at the cursor; nil at the end.
    var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    /// Moves behind a text if it is next.
    mutating func skip(_ text: String) -> Bool {
        guard scalars[position...].starts(with: text.unicodeScalars) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    /// The text from an offset to the cursor.
    func text(from start: Int) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<position])
        return String(text)
    }

    /// The same for a message.
    func shown(from start: Int) -> String {
        scalars[start..<position].map(\.shown).joined()
    }

    // MARK: - Groups

    private mutating func openGroup(at start: Int) throws(PatternError) {
        if next == "?" { try groupPrefix(at: start) }
        if outer.count == Self.depthLimit {
            throw PatternError(
                offset: start,
                message: "groups are nested more than \(Self.depthLimit) deep; remove those that nothing repeats")
        }
        outer.append(group)
        group = Group(offset: start)
        previous = .nothing
    }

    private mutating func closeGroup(at offset: Int) throws(PatternError) {
        guard let enclosing = outer.popLast() else {
            throw PatternError(
                offset: offset, message: "\")\" has no \"(\"; add it, or write \"\\)\" for the character")
        }
        let closed = group
        group = enclosing
        try append(Self.choice(of: closed), at: closed.offset)
    }

    private mutating func endAlternative(at offset: Int) throws(PatternError) {
        // A fork and a jump: see `choice(of:)`.
        try grow(by: 2, at: offset)
        group.alternatives.append(group.sequence)
        group.sequence = []
        previous = .nothing
    }

    /// Each alternative but the last is preceded by a fork to the next one and followed by a jump to the end.
    private static func choice(of group: Group) -> [Instruction] {
        var result: [Instruction] = []
        result.reserveCapacity(group.size)
        for alternative in group.alternatives {
            result.append(.fork(alternative.count + 2))
            result += alternative
            result.append(.jump(group.size - result.count))
        }
        return result + group.sequence
    }

    /// What follows `(?`; the cursor is at the `?`.
    private mutating func groupPrefix(at start: Int) throws(PatternError) {
        for prefix in ["?=", "?!", "?<=", "?<!"] where skip(prefix) {
            let direction = prefix.contains("<") ? "behind" : "ahead"
            throw PatternError(
                offset: start,
                message: "\"(\(prefix)\" looks \(direction), and a pattern is matched in linear time; "
                    + "write it without look-\(direction)")
        }
        if skip("?:") { return }
        if skip("?<") { return try groupName(at: start) }
        position = min(position + 2, scalars.count)
        throw PatternError(
            offset: start,
            message: "\"\(shown(from: start))\" does not begin a group; write \"(\", \"(?:\" or \"(?<name>\""
                + " (there are no flags: write both cases, as in \"[Aa]\")")
    }

    private mutating func groupName(at start: Int) throws(PatternError) {
        let nameStart = position
        while let scalar = next, scalar != ">", scalar != ")" { position += 1 }
        let name = text(from: nameStart)
        guard skip(">"), Self.isName(name) else {
            throw PatternError(
                offset: start,
                message: "\"(?<\" needs a name of letters and digits and a \">\"; write \"(?<name>\" or \"(?:\"")
        }
        guard groupNames.insert(name).inserted else {
            throw PatternError(
                offset: nameStart, message: "the group name \"\(name)\" is duplicated; rename one, or write \"(?:\"")
        }
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first else { return false }
        return (first == "$" || first == "_" || first.properties.isIDStart)
            && name.unicodeScalars.allSatisfy { $0 == "$" || $0.properties.isIDContinue }
    }

    // MARK: - Instructions

    private mutating func append(_ assertion: PatternProgram.Assertion, at offset: Int) throws(PatternError) {
        try grow(by: 1, at: offset)
        group.sequence.append(.assertion(assertion))
        // ECMA repeats no assertion with the `u` flag: `^*` is hardly what was meant.
        previous = .assertion
    }

    private mutating func append(_ set: ScalarSet, at offset: Int) throws(PatternError) {
        sets.append(set)
        try append([.set(sets.count - 1)], at: offset)
    }

    /// Appends what a quantifier may repeat, together with the quantifier if one follows.
    private mutating func append(_ atom: [Instruction], at offset: Int) throws(PatternError) {
        previous = .nothing
        var instructions = atom
        let start = position
        if let quantifier = try quantifier() {
            if quantifier.size(of: atom) > PatternProgram.sizeLimit { throw Self.tooLarge(at: start) }
            instructions = quantifier.repeated(atom)
            previous = .quantifier
        }
        try grow(by: instructions.count, at: offset)
        group.sequence += instructions
    }

    private mutating func grow(by count: Int, at offset: Int) throws(PatternError) {
        group.size += count
        if group.size > PatternProgram.sizeLimit { throw Self.tooLarge(at: offset) }
    }

    private static func tooLarge(at offset: Int) -> PatternError {
        PatternError(
            offset: offset,
            message: "the pattern needs more than \(PatternProgram.sizeLimit) instructions, because repetitions are "
                + "written out; write smaller counts, or use \"minLength\" and \"maxLength\"")
    }

    private func nothingToRepeat(_ scalar: Unicode.Scalar, at offset: Int) -> PatternError {
        let problem =
            switch previous {
            case .nothing: "has nothing to repeat; write it after what is repeated"
            case .assertion: "repeats a position, not a character; remove it"
            case .quantifier: "repeats a repetition; remove it"
            }
        return PatternError(
            offset: offset, message: "\"\(scalar)\" \(problem), or write \"\\\(scalar)\" for the character")
    }
}

extension Unicode.Scalar {
    /// The scalar in a message: itself, or `\u{A}` if it cannot be seen.
    var shown: String { isShown ? String(self) : "\\u{\(String(value, radix: 16, uppercase: true))}" }

    var isShown: Bool { 0x20...0x7E ~= value || properties.isAlphabetic }
}

/// How often something is repeated: `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}`.
struct PatternQuantifier {
    let least: Int
    /// Nil if there is no upper bound.
    let most: Int?

    /// How many instructions the repetition of a sequence needs.
    func size(of sequence: [PatternProgram.Instruction]) -> Int {
        let size = sequence.count
        if size == 0 { return 0 }
        guard let most else { return least == 0 ? size + 2 : least * size + 1 }
        return least * size + (most - least) * (size + 1)
    }

    /// The sequence, repeated. Nothing repeated is nothing, however often.
    func repeated(_ sequence: [PatternProgram.Instruction]) -> [PatternProgram.Instruction] {
        let size = sequence.count
        if size == 0 { return [] }
        var result: [PatternProgram.Instruction] = []
        result.reserveCapacity(self.size(of: sequence))
        for _ in 0..<least { result += sequence }
        if let most {
            // Each optional repetition begins with a fork to the end of all.
            for left in stride(from: most - least, to: 0, by: -1) {
                result.append(.fork(left * (size + 1)))
                result += sequence
            }
        } else if least > 0 {
            result.append(.fork(-size))
        } else {
            result.append(.fork(size + 2))
            result += sequence
            result.append(.jump(-size - 1))
        }
        return result
    }
}

extension PatternParser {
    /// Counts are cut here: beyond the size limit, and small enough for products that do not overflow 32 bits.
    private static let countLimit = 100_000

    /// The quantifier at the cursor; nil if there is none.
    mutating func quantifier() throws(PatternError) -> PatternQuantifier? {
        let quantifier: PatternQuantifier
        let start = position
        switch next {
        case "*": quantifier = PatternQuantifier(least: 0, most: nil)
        case "+": quantifier = PatternQuantifier(least: 1, most: nil)
        case "?": quantifier = PatternQuantifier(least: 0, most: 1)
        case "{":
            position += 1
            quantifier = try counts(at: start)
        default: return nil
        }
        position += 1
        // A lazy quantifier repeats in another order; whether there is a match is the same.
        _ = skip("?")
        return quantifier
    }

    /// What follows `{`, up to the `}`, which is left at the cursor.
    private mutating func counts(at start: Int) throws(PatternError) -> PatternQuantifier {
        guard let least = count() else {
            throw PatternError(
                offset: start,
                message: next == ","
                    ? "\"{,\" has no least count; write \"{0,\""
                    : "\"{\" does not begin a repetition such as \"{2}\", \"{2,}\" or \"{2,5}\"; "
                        + "write \"\\{\" for the character")
        }
        var most: Int? = least
        if skip(",") { most = count() }
        guard next == "}" else {
            throw PatternError(
                offset: start,
                message: "a repetition is \"{2}\", \"{2,}\" or \"{2,5}\"; write it so, or \"\\{\" for the character")
        }
        if let most, most < least {
            throw PatternError(
                offset: start, message: "the counts of \"\(shown(from: start))}\" are reversed; swap them")
        }
        return PatternQuantifier(least: least, most: most)
    }

    private mutating func count() -> Int? {
        var count: Int?
        while let digit = next?.hexDigit, digit < 10 {
            count = min((count ?? 0) * 10 + Int(digit), Self.countLimit)
            position += 1
        }
        return count
    }
}
