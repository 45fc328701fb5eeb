import EndpointCore
import Testing

@Suite("Elements of streams")
struct StreamParserTests {
    /// What a parser makes of a text that comes in pieces of a size.
    private func values(_ text: String, _ format: StreamFormat, size: Int) throws -> (StreamParser, [StreamedValue]) {
        var parser = StreamParser(format)
        var values: [StreamedValue] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { parser.append($0) }
            while let value = try parser.next() { values.append(value) }
        }
        if let last = try parser.finish() { values.append(last) }
        return (parser, values)
    }

    private func texts(_ values: [StreamedValue]) -> [String] {
        values.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test("lines are elements, the last one without an end, too", arguments: [1, 2, 3, 7, 100])
    func lines(size: Int) throws {
        let (_, values) = try values("\u{FEFF}{\"a\":1}\r\n\n  \n2\n\"x\\r\"\nnull", .lines, size: size)
        #expect(texts(values) == ["{\"a\":1}\r", "2", "\"x\\r\"", "null"])
    }

    @Test("events are read by HTML's rules", arguments: [1, 2, 3, 7, 1000])
    func events(size: Int) throws {
        let text =
            "\u{FEFF}: a comment\n\nretry: 5\n\ndata\n\ndata:1\rdata: 2\r\n\r\n"
            + "event: add\nid: 7\ndata:  x\nignored: y\n\ndata: é\nid: a\u{0}b\n\nid\ndata: z\n\nretry: 1x\ndata: half"
        let (parser, values) = try values(text, .events(), size: size)
        #expect(
            values == [
                StreamedValue([]), StreamedValue(Array("1\n2".utf8)),
                StreamedValue(Array(" x".utf8), event: "add", id: "7"),
                StreamedValue(Array("é".utf8), id: "7"), StreamedValue(Array("z".utf8)),
            ])
        #expect(parser.reconnectionTime == 5 && parser.lastEventID == "" && !parser.hasEnded)
    }

    @Test(
        "an event with the declared data ends the stream, with and without an empty line behind it",
        arguments: [1, 5, 99])
    func end(size: Int) throws {
        for text in ["data: 1\n\ndata: [DONE]\n\ndata: 2\n\n", "data: 1\n\ndata: [DONE]\n", "data: 1\n\ndata: [DONE]"] {
            let (parser, values) = try values(text, .events(end: "[DONE]"), size: size)
            #expect(texts(values) == ["1"] && parser.hasEnded)
        }
        let (parser, rest) = try values("data: 1\n\ndata: [DONE]\ndata: 2\n\n", .events(end: "[DONE]"), size: size)
        #expect(texts(rest) == ["1", "[DONE]\n2"] && !parser.hasEnded)
    }

    @Test("a line, and an event, are bounded")
    func bounds() throws {
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        for format in [StreamFormat.lines, .events()] {
            var parser = StreamParser(format)
            var count = 0
            #expect(throws: StreamOverflow.self) {
                while count < 100 {
                    piece.withUnsafeBytes { parser.append($0) }
                    count += 1
                    _ = try parser.next()
                }
            }
            #expect(count == 17)
        }
        var parser = StreamParser(.events())
        let line = Array("data: ".utf8) + piece + [0x0A]
        #expect(throws: StreamOverflow.self) {
            for _ in 0..<100 {
                line.withUnsafeBytes { parser.append($0) }
                _ = try parser.next()
            }
        }
    }

    @Test("header fields are read as their schema says")
    func headers() {
        let rows: [(Schema, [String], JSONValue)] = [
            (.integer(), ["5"], 5), (.integer(), ["x"], "x"), (.number(), ["0.5"], 0.5), (.boolean, ["TRUE"], true),
            (.string(), ["a", "b"], "a, b"), (.date(.unixSeconds), ["10"], 10), (.date(.dateTime), ["10"], "10"),
            (.array(.integer()), ["1, 2", "3"], [1, 2, 3]),
            (.array(.string()), [#"a, "b, \", c",, d"#, "\"e, f"], ["a", #""b, \", c""#, "d", "\"e, f"]),
        ]
        for (schema, lines, value) in rows { #expect(schema.value(ofHeader: lines) == value, "\(lines)") }
    }
}
