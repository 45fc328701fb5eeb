@testable import EndpointCore
import Testing

@Suite("Linear time of patterns")
struct PatternLinearTimeTests {
    /// Patterns that take a backtracking matcher exponential or polynomial time.
    static let pathological: [(pattern: String, text: String, matches: Bool)] = [
        ("^(a+)+$", String(repeating: "a", count: 40) + "b", false),
        ("^(a+)+$", String(repeating: "a", count: 40), true),
        ("(a|a)*b", String(repeating: "a", count: 20_000), false),
        ("(x+x+)+y", String(repeating: "x", count: 20_000), false),
        ("(.*)(.*)(.*)(.*)(.*)x", String(repeating: "a", count: 100_000), false),
        ("(a?){50}a{50}", String(repeating: "a", count: 50), true),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", String(repeating: "a", count: 20_000), false),
        ("((a*)*)*b", String(repeating: "a", count: 20_000), false),
        ("(\\b|^|a|$)*c", String(repeating: "a ", count: 10_000), false),
    ]

    @Test("Each instruction of a pattern runs at most once at each position", arguments: pathological)
    func steps(pattern: String, text: String, matches: Bool) throws {
        let program = try Pattern(pattern).program
        var matcher = PatternMatcher(program)
        let verdict = matcher.matches(text)
        #expect(verdict == matches)
        #expect(matcher.steps <= program.instructions.count * (text.unicodeScalars.count + 1))
    }

    @Test("An anchored pattern reads no further than its first difference")
    func anchored() throws {
        let program = try Pattern("^[0-9a-f]{32}$").program
        var matcher = PatternMatcher(program)
        let verdict = matcher.matches(String(repeating: "0", count: 100_000))
        #expect(!verdict)
        #expect(matcher.steps < 100)
    }

    @Test("Patterns just within the limits of size and depth work")
    func limits() throws {
        let counted = try Pattern("^(?:ab){0,2500}(?:c{1249}){2}$")
        #expect(counted.program.instructions.count == 10_001)
        #expect(
            counted.matches(String(repeating: "ab", count: 2500) + String(repeating: "c", count: 2498)))
        #expect(
            !counted.matches(String(repeating: "ab", count: 2501) + String(repeating: "c", count: 2498)))

        let deep = String(repeating: "(", count: 200) + "a" + String(repeating: ")*", count: 200)
        let nested = try Pattern("^" + deep + "$")
        #expect(nested.matches("aaa"))
        #expect(!nested.matches("aab"))
    }

    @Test("Copies of a pattern share their program")
    func copies() throws {
        let pattern = try Pattern("a{100}")
        let copy = pattern
        #expect(pattern.program === copy.program)
    }
}
