@testable import EndpointCore
import Testing

@Suite("Errors of patterns")
struct PatternErrorTests {
    private static let linear = "and a pattern is matched in linear time; write it without"
    private static let tooLarge =
        "the pattern needs more than 10000 instructions, because repetitions are written out; "
        + "write smaller counts, or use \"minLength\" and \"maxLength\""
    private static let surrogate =
        "is half of a surrogate pair, which no text has; write the whole character as in \"\\u{1F600}\""
    private static let noGroup =
        "does not begin a group; write \"(\", \"(?:\" or \"(?<name>\""
        + " (there are no flags: write both cases, as in \"[Aa]\")"
    private static let noName =
        "\"(?<\" needs a name of letters and digits and a \">\"; write \"(?<name>\" or \"(?:\""
    private static let noRepetition =
        "\"{\" does not begin a repetition such as \"{2}\", \"{2,}\" or \"{2,5}\"; write \"\\{\" for the character"
    private static let openRepetition =
        "a repetition is \"{2}\", \"{2,}\" or \"{2,5}\"; write it so, or \"\\{\" for the character"
    private static let noCategory =
        "is not a general category; write one such as \"\\p{L}\" or \"\\p{Lu}\", or a range such as \"[\\u4E00-\\u9FFF]\""

    static let groups: [(String, Int, String)] = [
        ("a(?=b)", 1, "\"(?=\" looks ahead, \(linear) look-ahead"),
        ("(?!b)", 0, "\"(?!\" looks ahead, \(linear) look-ahead"),
        ("(?<=a)b", 0, "\"(?<=\" looks behind, \(linear) look-behind"),
        ("(?<!a)b", 0, "\"(?<!\" looks behind, \(linear) look-behind"),
        ("(?i)a", 0, "\"(?i\" \(noGroup)"),
        ("(?P<n>a)", 0, "\"(?P\" \(noGroup)"),
        ("a(?", 1, "\"(?\" \(noGroup)"),
        ("(?<>a)", 0, noName),
        ("(?<1>a)", 0, noName),
        ("(?<n)", 0, noName),
        ("(?<a>b)(?<a>c)", 10, "the group name \"a\" is duplicated; rename one, or write \"(?:\""),
        ("é(a(b)", 1, "\"(\" has no \")\"; add it, or write \"\\(\" for the character"),
        ("a)", 1, "\")\" has no \"(\"; add it, or write \"\\)\" for the character"),
    ]

    static let brackets: [(String, Int, String)] = [
        ("😀[a", 1, "\"[\" has no \"]\"; add it, or write \"\\[\" for the character"),
        ("[a-", 0, "\"[\" has no \"]\"; add it, or write \"\\[\" for the character"),
        ("[^", 0, "\"[\" has no \"]\"; add it, or write \"\\[\" for the character"),
        ("a]", 1, "\"]\" has no \"[\"; add it, or write \"\\]\" for the character"),
        ("[[:alpha:]]", 10, "\"]\" has no \"[\"; add it, or write \"\\]\" for the character"),
        ("a}", 1, "\"}\" has no \"{\"; add it, or write \"\\}\" for the character"),
        ("[bz-a]", 2, "the range \"z-a\" is reversed; swap its ends, or write \"\\-\" for the hyphen"),
        ("[z-\n]", 1, "the range \"z-\\u{A}\" is reversed; swap its ends, or write \"\\-\" for the hyphen"),
        (
            "[\\w-z]", 1, "\"\\w-z\" is not a range, because a class is not a character; write \"\\-\" for the hyphen"
        ),
        (
            "[a-\\p{L}]", 1,
            "\"a-\\p{L}\" is not a range, because a class is not a character; write \"\\-\" for the hyphen"
        ),
    ]

    static let quantifiers: [(String, Int, String)] = [
        ("*a", 0, "\"*\" has nothing to repeat; write it after what is repeated, or write \"\\*\" for the character"),
        ("a|+", 2, "\"+\" has nothing to repeat; write it after what is repeated, or write \"\\+\" for the character"),
        (
            "(?:?)", 3,
            "\"?\" has nothing to repeat; write it after what is repeated, or write \"\\?\" for the character"
        ),
        ("{2}", 0, "\"{\" has nothing to repeat; write it after what is repeated, or write \"\\{\" for the character"),
        ("a++", 2, "\"+\" repeats a repetition; remove it, or write \"\\+\" for the character"),
        ("a{2}{3}", 4, "\"{\" repeats a repetition; remove it, or write \"\\{\" for the character"),
        ("a???", 3, "\"?\" repeats a repetition; remove it, or write \"\\?\" for the character"),
        ("^*", 1, "\"*\" repeats a position, not a character; remove it, or write \"\\*\" for the character"),
        ("\\b?", 2, "\"?\" repeats a position, not a character; remove it, or write \"\\?\" for the character"),
        ("a{", 1, noRepetition),
        ("a{x}", 1, noRepetition),
        ("a{,3}", 1, "\"{,\" has no least count; write \"{0,\""),
        ("a{2", 1, openRepetition),
        ("a{2,x}", 1, openRepetition),
        ("a{2,3", 1, openRepetition),
        ("ab{3,1}", 2, "the counts of \"{3,1}\" are reversed; swap them"),
    ]

    static let escapes: [(String, Int, String)] = [
        ("a\\", 1, "the pattern ends with \"\\\"; write \"\\\\\" for the character"),
        ("\\@", 0, "\"\\@\" is not an escape; write \"@\", or \"\\\\\" for a backslash"),
        ("[\\_]", 1, "\"\\_\" is not an escape; write \"_\", or \"\\\\\" for a backslash"),
        ("\\a", 0, "\"\\a\" is not an escape; write \"a\", or \"\\\\\" for a backslash"),
        ("[\\B]", 1, "\"\\B\" is not an escape; write \"B\", or \"\\\\\" for a backslash"),
        ("\\\n", 0, "\"\\\" is not an escape; write \"\\u{A}\", or \"\\\\\" for a backslash"),
        ("\\Aa", 0, "\"\\A\" is not an escape; write \"^\" for the start of the text"),
        ("a\\z", 1, "\"\\z\" is not an escape; write \"$\" for the end of the text"),
        ("(a)\\1", 3, "\"\\1\" refers back to a group, \(linear) back-references"),
        ("(?<n>a)\\k<n>", 7, "\"\\k\" refers back to a group, \(linear) back-references"),
        ("\\01", 0, "\"\\0\" followed by a digit is not an escape; write \"\\x00\""),
        ("\\c1", 0, "\"\\c\" needs a letter from A to Z; write as in \"\\cJ\""),
        ("\\x4", 0, "\"\\x\" needs 2 hexadecimal digits; write as in \"\\xE9\""),
        ("\\u00g1", 0, "\"\\u\" needs 4 hexadecimal digits; write as in \"\\u00E9\""),
        ("\\u{}", 0, "\"\\u{\" needs up to 10FFFF in hexadecimal and a \"}\"; write as in \"\\u{1F600}\""),
        ("\\u{110000}", 0, "\"\\u{\" needs up to 10FFFF in hexadecimal and a \"}\"; write as in \"\\u{1F600}\""),
        ("\\u{12", 0, "\"\\u{\" needs up to 10FFFF in hexadecimal and a \"}\"; write as in \"\\u{1F600}\""),
        ("\\uD83D", 0, "\"\\uD83D\" \(surrogate)"),
        ("\\uD83D\\u0041", 0, "\"\\uD83D\" \(surrogate)"),
        ("a\\uDE00", 1, "\"\\uDE00\" \(surrogate)"),
        ("\\u{D83D}\\u{DE00}", 0, "\"\\u{D83D}\" \(surrogate)"),
        ("[\\uD800-\\uDFFF]", 1, "\"\\uD800\" \(surrogate)"),
        ("\\p{Script=Han}", 0, "\"\\p{Script=Han}\" \(noCategory)"),
        ("\\P{gc=}", 0, "\"\\P{gc=}\" \(noCategory)"),
        ("\\pL", 0, "\"\\p\" needs a property in braces; write as in \"\\p{L}\""),
        ("\\p{L", 0, "\"\\p{\" needs a property in braces; write as in \"\\p{L}\""),
    ]

    static let sizes: [(String, Int, String)] = [
        ("a{10001}", 1, tooLarge),
        ("a{5001,10000}", 1, tooLarge),
        ("a{99999999999999999999999}", 1, tooLarge),
        ("(a{100}){101}", 8, tooLarge),
        ("((((a{99}){99}){99}){99}){99}", 15, tooLarge),
        ("(^){10001}", 3, tooLarge),
        ("a{5000}b{5001}", 7, tooLarge),
        (String(repeating: "a", count: 10_001), 10_000, tooLarge),
        (String(repeating: "|", count: 5001), 5000, tooLarge),
        (
            String(repeating: "(", count: 100_000), 200,
            "groups are nested more than 200 deep; remove those that nothing repeats"
        ),
    ]

    @Test(
        "An invalid pattern is refused with the exact offset and message",
        arguments: groups + brackets + quantifiers + escapes + sizes)
    func refused(text: String, offset: Int, message: String) {
        #expect(throws: PatternError(offset: offset, message: message)) { try Pattern(text) }
    }

    @Test("An error describes itself with its offset")
    func description() {
        #expect(
            throws: PatternError(
                offset: 1, message: "\")\" has no \"(\"; add it, or write \"\\)\" for the character")
        ) { try Pattern("a)") }
        #expect(PatternError(offset: 1, message: "this is wrong").description == "offset 1: this is wrong")
    }
}
