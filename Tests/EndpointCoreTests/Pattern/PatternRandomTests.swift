@testable import EndpointCore
import TestSupport
import Testing

@Suite("Random patterns")
struct PatternRandomTests {
    @Test("Random patterns agree with the reference on every text", arguments: 1...4)
    func differential(seed: UInt64) throws {
        var generator = Seeded(seed)
        var matched = 0
        let (patternCount, textCount) = (1000, 10)
        for _ in 0..<patternCount {
            let reference = ReferencePattern.random(depth: 4, using: &generator)
            let pattern = try Pattern(reference.text)
            for _ in 0..<textCount {
                let text = Self.text(of: "aaabb_-\né", upTo: 7, using: &generator)
                let verdict = pattern.matches(text)
                #expect(verdict == reference.matches(text), "\(reference.text) on \(text.debugDescription)")
                matched += verdict ? 1 : 0
            }
        }
        // The cases are worth something only if both verdicts are frequent.
        #expect((patternCount..<(textCount - 1) * patternCount).contains(matched))
    }

    @Test("Random patterns made of syntax are valid or refused inside their text", arguments: 1...4)
    func syntax(seed: UInt64) {
        var generator = Seeded(seed)
        var valid = 0
        for _ in 0..<5000 {
            let text = Self.text(of: "aé😀09-^$.*+?()[]{}|\\/,:=!<>dwsbuxpcLn", upTo: 12, using: &generator)
            valid += Self.isValid(text) ? 1 : 0
        }
        #expect((500..<4500).contains(valid))
    }

    @Test("Random patterns made of bytes are valid or refused inside their text", arguments: 1...4)
    func bytes(seed: UInt64) {
        var generator = Seeded(seed)
        var valid = 0
        for _ in 0..<5000 {
            let count = Int.random(in: 0...30, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            valid += Self.isValid(String(decoding: bytes, as: UTF8.self)) ? 1 : 0
        }
        #expect((500..<4500).contains(valid))
    }

    /// Whether the pattern is valid; one that is must give a verdict, and an error must lie inside the text.
    private static func isValid(_ text: String) -> Bool {
        do throws(PatternError) {
            let program = try Pattern(text).program
            var matcher = PatternMatcher(program)
            _ = matcher.matches(text)
            #expect(matcher.steps <= program.instructions.count * (text.unicodeScalars.count + 1))
            return true
        } catch {
            #expect((0..<text.unicodeScalars.count).contains(error.offset), "\(error) in \(text.debugDescription)")
            #expect(error.message.contains("write") || error.message.contains("remove"))
            return false
        }
    }

    private static func text(of alphabet: String, upTo count: Int, using generator: inout Seeded) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...count, using: &generator) {
            if let scalar = alphabet.unicodeScalars.randomElement(using: &generator) { text.append(scalar) }
        }
        return String(text)
    }
}
