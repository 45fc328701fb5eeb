import Synchronization

/// A regular expression as JSON Schema's `pattern` has it, compiled once and matched in linear time.
///
/// The language is ECMA 262 with the `u` flag, which JSON Schema 2020-12 (section 6.4) names, without what an automaton
/// cannot decide in linear time:
///
/// - Literals, `.` (every scalar but `\n`, `\r`, U+2028 and U+2029), `^` and `$` (start and end of the whole text),
///   `|`, `(…)`, `(?:…)`, `(?<name>…)` and classes `[…]`.
/// - `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}`, each also lazy; for a verdict lazy and greedy are the same.
/// - `\d \D \w \W \s \S \b \B`, all of them ASCII: `\s` is `[ \t\n\v\f\r]`.
/// - `\t \n \v \f \r \0 \cX \xHH \uHHHH \u{H…}`, surrogate pairs as in `\uD83D\uDE00`, and a backslash before
///   `^ $ \ . * + ? ( ) [ ] { } | / -`.
/// - `\p{…}` and `\P{…}` with a general category such as `L`, `Lu` or `Letter`, or with `Any`, `ASCII` or `Assigned`.
///
/// Look-around, back-references, flags, scripts and unknown escapes are errors. A pattern and its text are sequences of
/// Unicode scalars, so nothing is normalized: `é` as one scalar and as two are different texts.
///
/// Matching takes at most time proportional to the size of the pattern times the length of the text, and memory
/// proportional to the size of the pattern.
public struct Pattern: Sendable, Hashable, CustomStringConvertible {
    /// The pattern as it was written.
    public let text: String
    let program: PatternProgram

    /// Compiles a pattern.
    ///
    /// - Parameter text: the regular expression, without delimiters and flags.
    /// - Throws: A ``PatternError`` with the first error in the text. Also refused are patterns with more than 200
    ///   groups inside each other, and those that need more than 10,000 instructions: a counted repetition is written
    ///   out, so `(abc){2,5}` needs 18.
    public init(_ text: String) throws(PatternError) {
        var parser = PatternParser(text)
        program = try parser.program()
        self.text = text
    }

    /// Whether the pattern matches somewhere in the text: as in JSON Schema it is not anchored.
    public func matches(_ text: String) -> Bool {
        var matcher = PatternMatcher(program)
        return matcher.matches(text)
    }

    /// The pattern as it was written.
    public var description: String { text }

    /// Whether two patterns are written the same, scalar by scalar; strings are equal when normalized they are.
    public static func == (left: Pattern, right: Pattern) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    /// Hashes the text, scalar by scalar.
    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

/// An error in the text of a pattern.
public struct PatternError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The location of the error, in Unicode scalars from the start of the pattern's text.
    public let offset: Int
    /// What is wrong, and what to write instead; without a period at the end.
    public let message: String

    /// The offset and the message: `offset 3: ")" has no "("; add it, or write "\)" for the character`.
    public var description: String { "offset \(offset): \(message)" }
}

extension Pattern {
    /// Compiled patterns by the UTF-8 of their text: a call makes its schemas anew, and a module has few patterns. Strings
    /// as keys would take two patterns for one that are equal only when normalized.
    private static let cache = Mutex<[[UInt8]: Result<Pattern, PatternError>]>([:])

    /// The pattern of a text, compiled once.
    ///
    /// - Parameter text: A regular expression; see ``Pattern``.
    /// - Returns: The pattern, or what is wrong with the text.
    public static func compiled(_ text: String) -> Result<Pattern, PatternError> {
        let key = Array(text.utf8)
        if let known = cache.withLock({ $0[key] }) { return known }
        let result: Result<Pattern, PatternError>
        do throws(PatternError) {
            result = .success(try Pattern(text))
        } catch {
            result = .failure(error)
        }
        cache.withLock { cache in
            // Texts that come from outside must not fill the memory.
            if cache.count >= 512 { cache.removeAll() }
            cache[key] = result
        }
        return result
    }
}

/// A compiled pattern: a nondeterministic automaton as a list of instructions.
///
/// It is a class, so that copies of a ``Pattern`` share it.
final class PatternProgram: Sendable {
    /// One step of the automaton. Targets are relative, so that a sequence of instructions means the same wherever it
    /// is copied to.
    enum Instruction: Equatable, Sendable {
        /// Consumes this scalar.
        case scalar(Unicode.Scalar)
        /// Consumes one scalar of the set with this index.
        case set(Int)
        /// Continues if the assertion holds here.
        case assertion(Assertion)
        /// Continues both behind this instruction and at a distance from it.
        case fork(Int)
        /// Continues at a distance from this instruction.
        case jump(Int)
        /// The text matches.
        case match
    }

    /// A condition on a position of the text.
    enum Assertion: Equatable, Sendable {
        case start
        case end
        case wordBoundary
        case noWordBoundary

        /// Whether the condition holds between two scalars; nil is the edge of the text.
        func holds(between before: Unicode.Scalar?, and after: Unicode.Scalar?) -> Bool {
            switch self {
            case .start: before == nil
            case .end: after == nil
            case .wordBoundary: Self.isWord(before) != Self.isWord(after)
            case .noWordBoundary: Self.isWord(before) == Self.isWord(after)
            }
        }

        private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
            scalar.map(ScalarSet.word.contains) ?? false
        }
    }

    /// The most instructions of a pattern, without the final match. Each costs one step per scalar of the text at worst.
    static let sizeLimit = 10_000

    let instructions: [Instruction]
    let sets: [ScalarSet]

    init(instructions: [Instruction], sets: [ScalarSet]) {
        self.instructions = instructions
        self.sets = sets
    }

    /// Whether a match can only begin at the start of the text. False says nothing: `^a|^b` begins with a fork.
    var isAnchored: Bool { instructions.first == .assertion(.start) }
}

/// Runs a program over a text: all states of the automaton at once, as Ken Thompson described it.
///
/// At one position of the text an instruction runs at most once, whatever leads to it, and nothing calls itself. A
/// verdict needs no captures, so the order of the states does not matter.
struct PatternMatcher {
    private let instructions: [PatternProgram.Instruction]
    private let sets: [ScalarSet]
    private let isAnchored: Bool
    /// For each instruction, the last position at which it ran, counted from 1.
    private var lastRun: [Int]
    /// What is still to run at the current position.
    private var pending: [Int] = []
    /// What is to run behind the next scalar; without duplicates, because each comes from one instruction that ran.
    private var following: [Int] = []
    /// How many instructions ran: at most as many as the program has, at each position of the text.
    private(set) var steps = 0

    init(_ program: PatternProgram) {
        instructions = program.instructions
        sets = program.sets
        isAnchored = program.isAnchored
        lastRun = Array(repeating: 0, count: program.instructions.count)
    }

    /// Whether the program matches somewhere in the text. Call it once.
    mutating func matches(_ text: String) -> Bool {
        var scalars = text.unicodeScalars.makeIterator()
        var before: Unicode.Scalar?
        var after = scalars.next()
        var position = 1
        pending.append(0)
        while true {
            if runPending(at: position, between: before, and: after) { return true }
            if after == nil || following.isEmpty && isAnchored { return false }
            swap(&pending, &following)
            if !isAnchored { pending.append(0) }
            before = after
            after = scalars.next()
            position += 1
        }
    }

    /// Runs everything that is pending at one position, and whatever it leads to there; true on a match.
    private mutating func runPending(
        at position: Int, between before: Unicode.Scalar?, and after: Unicode.Scalar?
    ) -> Bool {
        while let index = pending.popLast() {
            if lastRun[index] == position { continue }
            lastRun[index] = position
            steps += 1
            switch instructions[index] {
            case .scalar(let scalar): if scalar == after { following.append(index + 1) }
            case .set(let set): if let after, sets[set].contains(after) { following.append(index + 1) }
            case .assertion(let assertion):
                if assertion.holds(between: before, and: after) { pending.append(index + 1) }
            case .fork(let distance):
                pending.append(index + distance)
                pending.append(index + 1)
            case .jump(let distance): pending.append(index + distance)
            case .match: return true
            }
        }
        return false
    }
}

/// A set of Unicode scalars: a class of a pattern.
///
/// It is a class, because a structure of arrays would be copied, with its reference counts, for every scalar matched.
final class ScalarSet: Sendable {
    /// What the set is made of; sorted, apart from each other.
    let ranges: [ClosedRange<UInt32>]
    /// General categories that the set has beside the ranges.
    let categories: Set<Unicode.GeneralCategory>
    /// Whether the set has what is in neither.
    private let isInverted: Bool
    /// One bit for each ASCII scalar: most texts need nothing else.
    private let ascii: (low: UInt64, high: UInt64)

    init(
        _ ranges: [ClosedRange<UInt32>], categories: Set<Unicode.GeneralCategory> = [], isInverted: Bool = false
    ) {
        self.ranges = Self.normalized(ranges)
        self.categories = categories
        self.isInverted = isInverted
        var ascii: (low: UInt64, high: UInt64) = (0, 0)
        for value in UInt8(0)..<128 {
            let scalar = Unicode.Scalar(value)
            let isListed = Self.lists(scalar, in: self.ranges, or: categories)
            guard isListed != isInverted else { continue }
            if value < 64 { ascii.low |= 1 << value } else { ascii.high |= 1 << (value - 64) }
        }
        self.ascii = ascii
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 64 { return ascii.low >> value & 1 == 1 }
        if value < 128 { return ascii.high >> (value - 64) & 1 == 1 }
        return Self.lists(scalar, in: ranges, or: categories) != isInverted
    }

    /// The set of all scalars that this one, which is not inverted, lacks, again as ranges or categories.
    var complement: ScalarSet {
        if !categories.isEmpty { return ScalarSet([], categories: PatternCategory.all.subtracting(categories)) }
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
        return ScalarSet(gaps)
    }

    private static func lists(
        _ scalar: Unicode.Scalar, in ranges: [ClosedRange<UInt32>], or categories: Set<Unicode.GeneralCategory>
    ) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < scalar.value { low = middle + 1 } else { high = middle }
        }
        if low < ranges.count, ranges[low].contains(scalar.value) { return true }
        return !categories.isEmpty && categories.contains(scalar.properties.generalCategory)
    }

    private static func normalized(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, range.lowerBound <= last.upperBound + 1 {
                result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }
}

extension ScalarSet {
    /// `\d`
    static let digit = ScalarSet([0x30...0x39])
    /// `\w`
    static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// `\s`: ECMA's white space as far as it is ASCII. ECMA adds U+00A0, U+FEFF and the category Zs; here every class
    /// escape is ASCII, so that a spec's author does not admit by `\s` what no server splits at.
    static let whiteSpace = ScalarSet([0x09...0x0D, 0x20...0x20])
    /// `.`: everything but ECMA's line terminators.
    static let dot = ScalarSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029], isInverted: true)
}
