import EndpointCore
import EndpointSpec
import Testing

@Suite("The JSON reader")
struct SpecReaderTests {
    private func read(_ text: String) -> SpecReader.Reading { SpecReader.read(Array(text.utf8), file: "f") }
    private func problems(_ bytes: [UInt8]) -> [String] {
        SpecReader.read(bytes, file: "f").diagnostics.map { "\($0.position.line):\($0.position.column) \($0.message)" }
    }

    @Test("the reader gives every value and key its line and column, in bytes")
    func positions() throws {
        let node = try #require(read("{\n  \"页\": [1,\r\n    true], \"b\": null }").node)
        let members = try #require(node.members)
        func place(_ position: SourcePosition) -> [Int] { [position.line, position.column] }
        #expect(place(node.position) == [1, 1])
        #expect(members.map { place($0.keyPosition) } == [[2, 3], [3, 12]])
        #expect(members.map { place($0.value.position) } == [[2, 10], [3, 17]])
        #expect(members[0].value.elements?.map { place($0.position) } == [[2, 11], [3, 5]])
    }

    @Test(
        "reads what is legal",
        arguments: [
            (#"{"a":[]}"#, #"{"a":[]}"#), (" [ 1 , -0 ] ", "[1,0]"), ("1e2", "100.0"), ("-1.5", "-1.5"),
            ("9223372036854775807", "9223372036854775807"), ("9223372036854775808", "9.223372036854776e+18"),
            (#""\u00e9\uD83D\uDE00\n\/""#, #""é😀\n/""#), (#""\u0001""#, #""\u0001""#), ("\"\u{7F}\"", #""\u007f""#),
            ("\u{FEFF}{}", "{}"), ("[\r\n]\r\n", "[]"), ("\t{ }\n", "{}"), (#"{"b":1,"a":2}"#, #"{"b":1,"a":2}"#),
        ])
    func legal(text: String, compact: String) {
        let reading = read(text)
        #expect(reading.diagnostics == [])
        #expect(reading.node?.compactText == compact)
    }

    @Test(
        "says where and why a text is not JSON",
        arguments: [
            ("", "1:1 the file is empty; write a JSON object: { … }"),
            (" \n ", "2:2 the file is empty; write a JSON object: { … }"),
            (#"{"a":1,}"#, #"1:8 a comma stands before "}"; remove the comma"#),
            ("[1,]", #"1:4 a comma stands before "]"; remove the comma"#),
            ("{\n// no\n}", #"2:1 JSON has no comments; remove it, or write it as "notes" or "description""#),
            ("[1] /* no */", #"1:5 JSON has no comments; remove it, or write it as "notes" or "description""#),
            ("{} {}", #"1:4 unexpected "{" after the end of the JSON value; remove it"#),
            ("{'a':1}", "1:2 a text stands in double quotes, not in single ones"),
            ("{a:1}", #"1:2 expected a key in double quotes, found "a""#),
            (#"{"a" 1}"#, #"1:6 expected ":" after the key "a", found "1""#),
            (#"{"a":1 "b":2}"#, #"1:8 expected "," or "}" in an object, found a string"#),
            ("[1 2]", #"1:4 expected "," or "]" in an array, found "2""#),
            (#"{"a":1"#, #"1:7 the file ends too early: expected "," or "}" in an object, found the end of the file"#),
            (#"{"a":"#, "1:6 the file ends where a value is expected"),
            ("[01]", "1:2 a number may not begin with 0; remove the zero, or write a string"),
            ("[-]", #"1:3 a digit must follow "-""#), ("[1.]", "1:4 a digit must follow the decimal point"),
            ("[1e]", #"1:4 a digit must follow the exponent's "e""#), ("[+1]", #"1:2 expected a value, found "+""#),
            ("[1e999]", "1:2 the number is too large; write a string, or a number below 1e308"),
            ("[True]", #"1:2 unexpected "True"; write true"#), ("[None]", #"1:2 unexpected "None"; write null"#),
            ("[NaN]", #"1:2 unexpected "NaN"; a text stands in double quotes"#),
            (#"["\q"]"#, #"1:3 unknown escape \q; a backslash itself is written \\"#),
            (#"["\u12"]"#, #"1:3 \u needs four hexadecimal digits"#),
            (#"["\uD800"]"#, #"1:3 a lone surrogate; write both halves (\uD83D\uDE00) or the character itself"#),
            (#"["\uDE00\uD83D"]"#, #"1:3 a lone surrogate; write both halves (\uD83D\uDE00) or the character itself"#),
            ("[\"a\nb\"]", #"1:4 a control character (0x0A) in a string; close the string or write \n"#),
            ("[\"a\u{1}\"]", #"1:4 a control character (0x01) in a string; write \u0001"#),
            ("[\"a", "1:2 the string that begins here has no closing quote"),
            ("[“a”]", "1:2 expected a value, found \"“\""),
        ])
    func illegal(text: String, expected: String) {
        #expect(problems(Array(text.utf8)) == [expected])
        #expect(read(text).node == nil)
    }

    @Test("the reader reports every duplicate key, and the first counts")
    func duplicates() {
        let reading = read("{\"a\":1,\n\"a\":2,\"b\":{\"c\":1,\"c\":1}}")
        #expect(
            reading.diagnostics.map(\.description) == [
                #"f:2:1: error: duplicate key "a" (first on line 1); remove one of them"#,
                #"f:2:18: error: duplicate key "c" (first on line 2); remove one of them"#,
            ])
        #expect(reading.node?.compactText == #"{"a":1,"b":{"c":1}}"#)
    }

    @Test("a duplicate key is found in an object of any size", arguments: [2, 15, 16, 17, 40])
    func duplicates(count: Int) {
        let members = (0..<count).map { "\"k\($0)\":\($0)" }
        for duplicate in [0, count / 2, count - 1] {
            let reading = read("{" + (members + ["\n\"k\(duplicate)\":0"]).joined(separator: ",") + "}")
            #expect(reading.diagnostics.map(\.position.line) == [2])
            #expect(reading.node?.compactText == "{" + members.joined(separator: ",") + "}")
        }
    }

    @Test("text that is not UTF-8 is refused")
    func encodings() {
        let text = "1:1 the file is UTF-16 or binary, not UTF-8; save it as UTF-8"
        #expect(problems([0xFF, 0xFE, 0x7B, 0x00]) == [text])
        #expect(problems([0xFE, 0xFF, 0x00, 0x7B]) == [text])
        #expect(problems([0x7B, 0x00, 0x7D, 0x00]) == [text])
        #expect(problems([0x89, 0x50, 0x4E, 0x47]) == ["1:1 expected a value, found the byte 0x89"])
        let invalid = "invalid UTF-8 in a string; save the file as UTF-8"
        #expect(problems(Array("[\"ab".utf8) + [0xC3, 0x28] + Array("\"]".utf8)) == ["1:5 " + invalid])
        #expect(problems(Array("[\"é".utf8) + [0xFF] + Array("\"]".utf8)) == ["1:5 " + invalid])
    }

    @Test("the reader stops at its limits, however much follows")
    func limits() {
        let huge = [UInt8](repeating: UInt8(ascii: "["), count: 50 << 20)
        #expect(problems(huge) == ["1:1 the file has 52428800 bytes; at most 8388608 are read"])
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 8 << 20)
        #expect(problems(deep) == ["1:129 nested deeper than 128 levels; flatten the value"])
        #expect(SpecReader.read(deepArray(128), file: "f").diagnostics == [])
        let small = SpecReader.read(Array("[[1]]".utf8), file: "f", limits: .init(bytes: 5, depth: 1))
        #expect(small.diagnostics.map(\.message) == ["nested deeper than 1 levels; flatten the value"])
    }

    private func deepArray(_ depth: Int) -> [UInt8] {
        Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }

    @Test("values compare without their positions, and members without their order")
    func sameness() throws {
        let left = try #require(read(#"{"a":[1,2.5,null],"b":{"x":"y"}}"#).node)
        let right = try #require(read(#" {"b":{"x":"y"}, "a":[1.0,2.5,null]} "#).node)
        #expect(left.json == right.json)
        #expect(left.json != (try #require(read(#"{"a":[2.5,1,null],"b":{"x":"y"}}"#).node)).json)
        #expect(left["b"]?["x"]?.string == "y")
        #expect(right.sorted.compactText == #"{"a":[1.0,2.5,null],"b":{"x":"y"}}"#)
    }
}
