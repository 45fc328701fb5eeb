import EndpointCore
import Testing

@Suite("Patterns")
struct PatternTests {
    /// One pattern, texts that it matches, and texts that it does not match.
    struct Row: CustomTestStringConvertible, Sendable {
        let pattern: String
        let matching: [String]
        let others: [String]

        init(_ pattern: String, matches matching: [String] = [], butNot others: [String] = []) {
            (self.pattern, self.matching, self.others) = (pattern, matching, others)
        }

        var testDescription: String { pattern }
    }

    static let literals = [
        Row("", matches: ["", "a", "\n"]),
        Row("b", matches: ["b", "abc", "\nb"], butNot: ["", "a", "B"]),
        Row("a/b,c:d-e=f <g>", matches: ["a/b,c:d-e=f <g>"], butNot: ["a/b,c:d-e=f"]),
        Row("中文", matches: ["用中文写"], butNot: ["中", "文中"]),
        Row("😀+$", matches: ["😀", "a😀😀"], butNot: ["😀a", "\u{1F601}"]),
        // Scalars, not characters: a text is not normalized, and CR LF are two.
        Row("^e.$", matches: ["e\u{301}"], butNot: ["\u{E9}"]),
        Row("^\u{E9}$", matches: ["\u{E9}"], butNot: ["e\u{301}"]),
        Row("^\\r\\n$", matches: ["\r\n"], butNot: ["\n", "\r"]),
        Row("\\n", matches: ["a\r\nb"], butNot: ["\r"]),
    ]

    static let assertions = [
        Row("^ab", matches: ["ab", "abc"], butNot: ["cab", "\nab"]),
        Row("ab$", matches: ["ab", "cab"], butNot: ["abc", "ab\n", "ab\nc"]),
        Row("^$", matches: [""], butNot: ["\n", "a"]),
        Row("^a|^b", matches: ["a", "b", "bc"], butNot: ["ca", "cb"]),
        Row("(^|,)a($|,)", matches: ["a", "b,a", "a,b", "b,a,b"], butNot: ["ba", "b,ab"]),
        Row("a^b", butNot: ["ab", "a\nb"]),
        Row("(^a)*b", matches: ["ab", "b", "xb", "aab"], butNot: ["a"]),
        Row("\\bcat\\b", matches: ["cat", "a cat.", "-cat-"], butNot: ["cats", "concat", "_cat", "cat1"]),
        Row("\\Bcat", matches: ["concat", "_cat"], butNot: ["cat", " cat"]),
        Row("^\\B$", matches: [""], butNot: ["a"]),
        // A word is of ASCII letters, so there is a boundary inside this one.
        Row("caf\\b", matches: ["caf\u{E9}"], butNot: ["cafe"]),
    ]

    static let groups = [
        Row("^(ab|cd|)e$", matches: ["abe", "cde", "e"], butNot: ["ae", "abcde"]),
        Row("^(?:ab)+$", matches: ["ab", "abab"], butNot: ["", "aba"]),
        Row("^(?<year>\\d{4})-(?<$mo_1>\\d\\d)$", matches: ["2025-01"], butNot: ["25-01"]),
        Row("^()$", matches: [""], butNot: ["a"]),
        Row("^(|a)+$", matches: ["", "aa"], butNot: ["ab"]),
        Row("a|b|", matches: ["", "c"]),
        Row("^(a(b(c)?)?)?$", matches: ["", "a", "ab", "abc"], butNot: ["ac", "bc"]),
    ]

    static let quantifiers = [
        Row("^a*$", matches: ["", "a", "aaa"], butNot: ["ab"]),
        Row("^a+$", matches: ["a", "aaa"], butNot: ["", "ba"]),
        Row("^a?b$", matches: ["b", "ab"], butNot: ["aab"]),
        Row("^a*?b+?c??$", matches: ["b", "aabbc"], butNot: ["ac"]),
        Row("^a{2}$", matches: ["aa"], butNot: ["a", "aaa"]),
        Row("^a{2,}?$", matches: ["aa", "aaaa"], butNot: ["a"]),
        Row("^a{2,4}?$", matches: ["aa", "aaa", "aaaa"], butNot: ["a", "aaaaa"]),
        Row("^a{0}b{0,0}$", matches: [""], butNot: ["a", "b"]),
        Row("^a{0,}$", matches: ["", "aa"], butNot: ["b"]),
        Row("^a{00,01}$", matches: ["", "a"], butNot: ["aa"]),
        Row("^(ab?){2}$", matches: ["aa", "aba", "abab"], butNot: ["a", "aaa"]),
        Row("^(a*)*$", matches: ["", "aa"], butNot: ["b"]),
        Row("^(a*|b)+c$", matches: ["c", "aabac"], butNot: ["ab"]),
        Row("^(?:){99999999999999999999}$", matches: [""], butNot: ["a"]),
        Row("^((){9,}){9,10}$", matches: [""], butNot: ["a"]),
        Row("^(?:^|a){3}$", matches: ["", "a", "aaa"], butNot: ["aaaa"]),
        Row("^[^a]{1,3}$", matches: ["b", "bcd"], butNot: ["", "bcde", "ab"]),
    ]

    static let classes = [
        Row("^[abc]$", matches: ["a", "c"], butNot: ["d", "", "ab"]),
        Row("^[a-cx-z0]+$", matches: ["abcxyz0"], butNot: ["d", "-", "w"]),
        Row("^[^a-c]$", matches: ["d", "\n", "é", "😀"], butNot: ["a", "b", ""]),
        Row("^[-a]+$", matches: ["-a"], butNot: ["b"]),
        Row("^[a-]+$", matches: ["-a"], butNot: ["b"]),
        Row("^[a\\-c]+$", matches: ["a-c"], butNot: ["b"]),
        Row("^[a-c-e]+$", matches: ["b-e"], butNot: ["d"]),
        Row("^[+--]+$", matches: ["+,-"], butNot: ["."]),
        Row("^[\\w-]+$", matches: ["a-1_"], butNot: ["."]),
        Row("^[a^]+$", matches: ["^a"], butNot: ["b"]),
        Row("^[.*+?()|{}$/[]+$", matches: [".*+?()|{}$/["], butNot: ["a", "]"]),
        Row("^[\\]\\\\]+$", matches: ["]\\"], butNot: ["["]),
        Row("^[\\d\\s]+$", matches: ["1 2\t"], butNot: ["a"]),
        Row("^[^\\d\\s]+$", matches: ["ab"], butNot: ["1", " "]),
        Row("^[\\D]+$", matches: ["a٣"], butNot: ["1"]),
        Row("^[\\S\\s]$", matches: ["a", "\n", "é"], butNot: [""]),
        Row("^[^\\W_]+$", matches: ["aZ9"], butNot: ["_", "é"]),
        Row("^[\\b]$", matches: ["\u{8}"], butNot: ["b", "a"]),
        Row("[]", butNot: ["", "a"]),
        Row("^[^]$", matches: ["a", "\n"], butNot: [""]),
        Row("^[一-鿿]+$", matches: ["中文"], butNot: ["中a", "あ"]),
        Row("^[\\u4E00-\\u9FFF]+$", matches: ["中文"], butNot: ["中a"]),
        Row("^[\\uD83D\\uDE00-\\u{1F64F}]$", matches: ["😀", "😂"], butNot: ["🚀"]),
        Row("^[b-da-bf]+$", matches: ["abcdf"], butNot: ["e"]),
        Row("^[&&a]+$", matches: ["&a"], butNot: ["b"]),
    ]

    static let escapes = [
        Row("^.$", matches: ["a", "\t", "é", "😀", "\u{85}"], butNot: ["\n", "\r", "\u{2028}", "\u{2029}", ""]),
        Row("^\\d$", matches: ["0", "9"], butNot: ["a", "٣", "/", ":"]),
        Row("^\\D$", matches: ["a", "٣"], butNot: ["0"]),
        Row("^\\w$", matches: ["a", "Z", "0", "_"], butNot: ["é", "-", "@", "["]),
        Row("^\\W$", matches: ["é", "-", "\u{10FFFF}"], butNot: ["a"]),
        Row(
            "^\\s$", matches: [" ", "\t", "\n", "\u{B}", "\u{C}", "\r"],
            butNot: ["\u{A0}", "\u{FEFF}", "\u{3000}", "a"]),
        Row("^\\S$", matches: ["a", "\u{A0}"], butNot: [" "]),
        Row("^\\t\\n\\r\\f\\v\\0$", matches: ["\t\n\r\u{C}\u{B}\0"], butNot: ["tnrfv0"]),
        Row("^\\cJ\\cj\\cA$", matches: ["\n\n\u{1}"], butNot: ["JjA"]),
        Row("^\\x41\\xe9$", matches: ["A\u{E9}"], butNot: ["41e9"]),
        Row("^\\u0041\\u00E9$", matches: ["A\u{E9}"], butNot: ["a"]),
        Row("^\\u{41}\\u{1F600}\\u{00000a}$", matches: ["A😀\n"], butNot: ["A😀"]),
        Row("^\\uD83D\\uDE00$", matches: ["😀"], butNot: ["\u{1F601}"]),
        Row(
            "^\\^\\$\\\\\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|\\/\\-$", matches: ["^$\\.*+?()[]{}|/-"],
            butNot: ["^$\\a*+?()[]{}|/-"]),
        Row("a\\.b", matches: ["a.b"], butNot: ["acb"]),
    ]

    static let properties = [
        Row("^\\p{L}+$", matches: ["aÉ中ǅʰ"], butNot: ["1", "_", "😀"]),
        Row("^\\p{Letter}\\p{gc=L}\\p{General_Category=Letter}$", matches: ["abc"], butNot: ["ab1"]),
        Row("^\\p{Lu}$", matches: ["A", "É", "Я"], butNot: ["a", "é", "1"]),
        Row("^\\P{Lu}$", matches: ["a", "1", "中"], butNot: ["A", "É"]),
        Row("^\\p{Nd}$", matches: ["1", "٣"], butNot: ["a", "Ⅷ"]),
        Row("^\\p{N}$", matches: ["1", "٣", "Ⅷ", "½"], butNot: ["a"]),
        Row("^\\p{Cased_Letter}\\p{punct}\\p{Sc}\\p{Z}\\p{cntrl}\\p{Mn}$", matches: ["a!€\u{A0}\u{7F}\u{301}"]),
        Row("^\\p{C}$", matches: ["\0", "\u{AD}", "\u{E000}", "\u{378}"], butNot: ["a"]),
        Row("^\\p{Any}$", matches: ["a", "\u{378}"], butNot: [""]),
        Row("\\P{Any}", butNot: ["a", ""]),
        Row("^\\p{ASCII}$", matches: ["a", "\u{7F}"], butNot: ["\u{80}"]),
        Row("^\\P{ASCII}$", matches: ["\u{80}"], butNot: ["a"]),
        Row("^\\p{Assigned}$", matches: ["a"], butNot: ["\u{378}"]),
        Row("^[\\p{Lu}\\d]+$", matches: ["É1"], butNot: ["é"]),
        Row("^[^\\p{Lu}\\d]+$", matches: ["é-"], butNot: ["É", "1"]),
        Row("^[\\P{L}a]+$", matches: ["1a-"], butNot: ["b", "é"]),
        Row("^[^\\P{L}a]+$", matches: ["bé"], butNot: ["a", "1"]),
    ]

    static let usual = [
        Row("^https?://", matches: ["https://a", "http://"], butNot: ["ftp://", " http://"]),
        Row(
            "^[0-9a-f]{32}$", matches: [String(repeating: "0a", count: 16)], butNot: [String(repeating: "0", count: 33)]
        ),
        Row(
            "^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])$",
            matches: ["0.0.0.0", "192.168.1.255"], butNot: ["256.1.1.1", "1.1.1", "01.1.1.1"]),
        Row("^bytes=([0-9]+-[0-9]*|-[0-9]+)$", matches: ["bytes=0-", "bytes=0-9", "bytes=-5"], butNot: ["bytes=-"]),
        Row(
            "^types/[A-Z][A-Za-z0-9_]*\\.json$", matches: ["types/File.json"],
            butNot: ["types/file.json", "types/Fxjson"]),
        Row("^[^\"\\\\/:*?|><]{1,255}$", matches: ["报告 (1).pdf"], butNot: ["a/b", "a\"b", ""]),
    ]

    @Test(
        "Each construct of a pattern matches as in ECMA 262",
        arguments: literals + assertions + groups + quantifiers + classes + escapes + properties + usual)
    func table(row: Row) throws {
        let pattern = try Pattern(row.pattern)
        for text in row.matching {
            #expect(pattern.matches(text), "should match \(text.debugDescription)")
        }
        for text in row.others {
            #expect(!pattern.matches(text), "should not match \(text.debugDescription)")
        }
    }

    @Test("Every general category of Unicode has a name, and each scalar is in exactly one of them")
    func everyCategory() throws {
        let names = [
            "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
            "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn",
        ]
        let patterns = try names.map { try Pattern("\\p{\($0)}") }
        for value in stride(from: UInt32(0), to: 0x11_0000, by: 37) {
            guard let text = Unicode.Scalar(value).map(String.init) else { continue }
            #expect(patterns.count { $0.matches(text) } == 1, "U+\(String(value, radix: 16))")
        }
    }

    /// What ECMA 262 calls each category, and a scalar of it; a surrogate is not a scalar.
    static let categories: [(names: [String], scalar: Unicode.Scalar?)] = [
        (["Lu", "Uppercase_Letter"], "A"), (["Ll", "Lowercase_Letter"], "a"), (["Lt", "Titlecase_Letter"], "\u{1C5}"),
        (["Lm", "Modifier_Letter"], "\u{2B0}"), (["Lo", "Other_Letter"], "中"),
        (["Mn", "Nonspacing_Mark"], "\u{301}"), (["Mc", "Spacing_Mark"], "\u{903}"),
        (["Me", "Enclosing_Mark"], "\u{20DD}"), (["Nd", "Decimal_Number", "digit"], "1"),
        (["Nl", "Letter_Number"], "\u{2167}"), (["No", "Other_Number"], "\u{BD}"),
        (["Pc", "Connector_Punctuation"], "_"), (["Pd", "Dash_Punctuation"], "-"), (["Ps", "Open_Punctuation"], "("),
        (["Pe", "Close_Punctuation"], ")"), (["Pi", "Initial_Punctuation"], "\u{AB}"),
        (["Pf", "Final_Punctuation"], "\u{BB}"), (["Po", "Other_Punctuation"], "!"), (["Sm", "Math_Symbol"], "+"),
        (["Sc", "Currency_Symbol"], "$"), (["Sk", "Modifier_Symbol"], "^"), (["So", "Other_Symbol"], "\u{A9}"),
        (["Zs", "Space_Separator"], " "), (["Zl", "Line_Separator"], "\u{2028}"),
        (["Zp", "Paragraph_Separator"], "\u{2029}"), (["Cc", "Control", "cntrl"], "\u{7F}"),
        (["Cf", "Format"], "\u{AD}"), (["Cs", "Surrogate"], nil), (["Co", "Private_Use"], "\u{E000}"),
        (["Cn", "Unassigned"], "\u{378}"),
    ]

    @Test("Each name of a category means that category")
    func categoryNames() throws {
        for (names, scalar) in Self.categories {
            for name in names {
                let pattern = try Pattern("^\\p{\(name)}$")
                let matching = Self.categories.compactMap(\.scalar).filter { pattern.matches(String($0)) }
                #expect(matching == [scalar].compactMap { $0 }, "\(name)")
            }
        }
    }

    @Test("Patterns are equal when they are written the same, scalar by scalar")
    func equality() throws {
        let composed = try Pattern("\u{E9}")
        let decomposed = try Pattern("e\u{301}")
        #expect(composed.text == decomposed.text)
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed, try Pattern("\u{E9}")]).count == 2)
        #expect(composed.description == "\u{E9}")
    }

    @Test("The cache tells canonically equivalent patterns apart, and stores errors as well")
    func cache() throws {
        #expect(try Pattern.compiled("\u{E9}").get().matches("\u{E9}"))
        #expect(try !Pattern.compiled("e\u{301}").get().matches("\u{E9}"))
        #expect(throws: PatternError.self) { try Pattern.compiled("(").get() }
        #expect(throws: PatternError.self) { try Pattern.compiled("(").get() }
    }
}
