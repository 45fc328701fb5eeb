@_spi(Generated) import EndpointCore
import Testing

@Suite("JSON text is read by the rules for responses")
struct JSONReaderTests {
    private func read(_ text: String) throws -> JSONValue { try JSONValue(reading: Array(text.utf8)) }

    private func problem(_ bytes: [UInt8]) -> JSONSyntaxError? {
        do throws(JSONSyntaxError) {
            _ = try JSONValue(reading: bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "what RFC 8259 allows is read",
        arguments: [
            ("0", 0), ("-0", 0), ("1.0", 1), ("-1.5e+2", -150), ("1E-2", 0.01), ("\"\"", ""), (" \t\r\n[ ] ", []),
            ("{}", [:]),
            (#"{"a":{"b":[true,false,null]}}"#, ["a": ["b": [true, false, nil]]]),
            (#""\"\\\/\b\f\n\r\t\u0041\uD83D\uDE00é😀""#, "\"\\/\u{8}\u{C}\n\r\tA😀é😀"),
            (#"{"\u0061":1,"":2}"#, ["a": 1, "": 2]), ("\u{FEFF}[1]", [1]), ("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
            ("-9223372036854775808", .integer(.min)), ("9223372036854775807", .integer(.max)),
        ] as [(String, JSONValue)])
    func legal(text: String, value: JSONValue) throws {
        #expect(try read(text) == value)
    }

    @Test(
        "what RFC 8259 forbids is refused where it is",
        arguments: [
            ("", 0, .empty), ("\u{FEFF}", 3, .empty), (" ", 1, .empty), ("[1,]", 3, .commaBeforeEnd),
            ("{\"a\":1,}", 7, .commaBeforeEnd),
            ("[1 2]", 3, .separatorInArray), ("{\"a\":1 \"b\":2}", 7, .separatorInObject), ("[1", 2, .separatorInArray),
            ("{\"a\" 1}", 5, .colon(key: 1)), ("{a:1}", 1, .key), ("{1:1}", 1, .key), ("[,1]", 1, .value),
            ("[1}", 2, .separatorInArray),
            ("1 2", 2, .trailing), ("]", 0, .value), ("nul", 0, .word), ("True", 0, .word), ("nullx", 0, .word),
            ("NaN", 0, .word),
            ("+1", 0, .value), ("-", 1, .digitAfterMinus), ("01", 0, .leadingZero), ("-01", 0, .leadingZero),
            ("1.", 2, .digitAfterPoint),
            (".5", 0, .value), ("1e", 2, .digitAfterExponent), ("1e+", 3, .digitAfterExponent), ("0x1", 1, .trailing),
            ("\"a", 0, .unclosedString), ("\"\\", 1, .escapeAtEnd), ("\"\\x\"", 1, .escape),
            ("\"\\u12G4\"", 1, .hexadecimalDigits),
            ("\"\\u12", 1, .hexadecimalDigits), ("\"a\tb\"", 2, .controlCharacter),
            ("\"0123456789\nb\"", 11, .controlCharacter),
            ("'a'", 0, .value), ("[1] // no", 4, .trailing), ("\u{A0}1", 0, .value),
        ] as [(String, Int, JSONSyntaxError.Problem)])
    func illegal(text: String, offset: Int, problem: JSONSyntaxError.Problem) {
        let found = self.problem(Array(text.utf8))
        #expect(found?.problem == problem)
        #expect(found?.offset == offset)
    }

    @Test("a text is refused at every length, and with every byte replaced, without reading beyond it")
    func mutations() {
        let text = Array(
            #"{"a":[1,-2.5e3,"x\u00e9\n",true,null,{"b":""}],"long key of a member":"some text, long enough"}"#.utf8)
        #expect(problem(text) == nil)
        for length in 0..<text.count { #expect(problem(Array(text[..<length])) != nil) }
        for index in text.indices {
            for byte in [0, 0x0A, 0x22, 0x5C, 0x5B, 0x7D, 0x2C, 0x30, 0x80, 0xFF] as [UInt8] {
                var copy = text
                copy[index] = byte
                _ = problem(copy)
            }
        }
    }

    @Test("nesting has a limit, which does not exhaust the stack")
    func depth() {
        func nested(_ depth: Int) -> [UInt8] {
            Array(repeating: UInt8(ascii: "["), count: depth) + Array(repeating: UInt8(ascii: "]"), count: depth)
        }
        #expect(problem(nested(JSONTape.defaultDepth)) == nil)
        #expect(problem(nested(JSONTape.defaultDepth + 1))?.problem == .tooDeep(JSONTape.defaultDepth))
        #expect(problem(nested(100_000))?.problem == .tooDeep(JSONTape.defaultDepth))
    }

    @Test("numbers are exact, or stay as they are written")
    func numbers() throws {
        for text in ["9223372036854775808", "-123456789012345678901234567890", "0.12345678901234567891", "1e400"] {
            let value = try read(text)
            #expect(value == .decimal(text))
            #expect(value.text() == text)
        }
        #expect(try read("0.1") == .number(0.1))
        #expect(try read("0.30000000000000004") == .number(0.30000000000000004))
        #expect(try read("12345678901234567.0") == .integer(12_345_678_901_234_567))
        #expect(try read("1e400").double == .infinity)
    }

    @Test("the first of duplicate keys counts, whichever way it is read")
    func duplicates() throws {
        let text = #"{"a":1,"b":2,"\u0061":3,"a":4}"#
        #expect(try read(text) == ["a": 1, "b": 2])
        let bytes = Array(text.utf8)
        let found = try bytes.withUnsafeBytes { bytes in
            let tape = try JSONTape(bytes)
            return try tape.read(bytes) { json throws(any Error) in
                (try json["a"].int(), json.member("b").map { JSONValue($0) })
            }
        }
        #expect(found.0 == 1)
        #expect(found.1 == 2)
    }

    @Test("what is not UTF-8, and a lone surrogate, become U+FFFD")
    func replacements() throws {
        #expect(try JSONValue(reading: [0x22, 0x61, 0xFF, 0x22]) == "a\u{FFFD}")
        #expect(try read(#""\uD83Dx""#) == "\u{FFFD}x")
        #expect(try read(#""\uDE00\uD83D""#) == "\u{FFFD}\u{FFFD}")
        #expect(try read(#""\uD83D\u0041""#) == "\u{FFFD}A")
    }

    @Test("an error has the path, what was expected, and what was found")
    func errors() throws {
        func violation(_ text: String, _ body: (JSONReader) throws -> Void) throws -> Violation? {
            try Array(text.utf8).withUnsafeBytes { bytes in
                let tape = try JSONTape(bytes)
                return tape.read(bytes) { json in
                    do {
                        try body(json)
                        return nil
                    } catch {
                        return (error as? JSONReadError).map { json.violation($0) }
                    }
                }
            }
        }
        let text = #"{"list":[{"id":1},{"id":"x","size":[]}]}"#
        let items: (JSONReader) throws -> Void = { json in
            try json["list"].forEachElement { item throws(any Error) in _ = try item["id"].int64() }
        }
        let wrong = try violation(text, items)
        #expect(wrong?.pathText == "list[1].id")
        #expect(wrong?.problem == .mismatch(expected: "an integer", found: "\"x\""))
        let missing = try violation(text) { json in _ = try json["total"].int() }
        #expect(missing == Violation([.field("total")], .missing))
        let range = try violation(#"{"n":2147483648}"#) { json in _ = try json["n"].int32() }
        #expect(range?.problem == .mismatch(expected: "an integer of 32 bits", found: "2147483648"))
    }

    @Test("the bytes of a value are its own text")
    func ranges() throws {
        let text = Array(#" {"a" : [ "]\"" , {"b":1} ] , "d":[ [ {"e":"}]\\"} ] , [ { } ] ] , "c":-1.5 } "#.utf8)
        let found = try text.withUnsafeBytes { bytes in
            let tape = try JSONTape(bytes)
            return tape.read(bytes) { json in
                [json, json.member("a"), json.member("d"), json.member("c")].compactMap { $0 }.map {
                    String(decoding: bytes[$0.range], as: UTF8.self)
                }
            }
        }
        let list = #"[ [ {"e":"}]\\"} ] , [ { } ] ]"#
        let whole = #"{"a" : [ "]\"" , {"b":1} ] , "d":"# + list + #" , "c":-1.5 }"#
        #expect(found == [whole, #"[ "]\"" , {"b":1} ]"#, list, "-1.5"])
    }
}

@Suite("Types that read themselves")
struct JSONCodableTests {
    private struct Item: JSONCodable, Equatable {
        var id: Int64
        var name: String?
        var note: String?
        var tags: [String]
        var flag: Bool

        init(id: Int64, name: String?, note: String?, tags: [String], flag: Bool) {
            (self.id, self.name, self.note, self.tags, self.flag) = (id, name, note, tags, flag)
        }

        init(json: JSONReader) throws {
            id = try json["id"].int64()
            name = try json.ifPresent("name")?.string()
            note = try json.orNull("note")?.string()
            tags = try json.ifPresent("tags")?.list() ?? []
            flag = try json.read(Self.flagField)
        }

        func write(to json: inout JSONWriter) {
            json.object([
                ("id", id), ("name", name), ("note", note.orNull), ("tags", tags),
                ("flag", Self.flagField.encoded(flag)),
            ])
        }

        static let flagField = Schema.Property("flag", .boolean(wire: .integer), aliases: ["flg"])
    }

    private func read(_ text: String) throws -> Item { try Item(decoded: JSONValue(reading: Array(text.utf8))) }

    @Test("a value is read, and written as it would be read")
    func roundTrip() throws {
        let text = #"{"id":7,"note":null,"tags":["a","é"],"flag":1}"#
        let item = Item(id: 7, name: nil, note: nil, tags: ["a", "é"], flag: true)
        #expect(try read(text) == item)
        var writer = JSONWriter()
        item.write(to: &writer)
        #expect(writer.text == text)
        #expect(try read(#"{"id":7,"note":null,"tags":null,"flg":0,"more":{}}"#).flag == false)
    }

    @Test(
        "a value that is not as declared is refused",
        arguments: [
            (#"{"id":7,"flag":1}"#, "note is missing"),
            (#"{"id":"7","note":null,"flag":1}"#, "id must be an integer; got \"7\""),
            (#"{"id":7,"note":null,"flag":"1"}"#, "flag must be 0 or 1; got \"1\""),
            (#"{"id":7,"note":null}"#, "flag is missing"),
            (#"{"id":7,"note":null,"tags":[1],"flag":1}"#, "tags[0] must be a string; got 1"),
            (#"[]"#, " must be an object; got an array of 0"),
        ])
    func refusals(text: String, message: String) {
        let error = #expect(throws: Violation.self) { try read(text) }
        #expect(error.map { "\($0.pathText) \($0.message)" } == message)
    }
}
