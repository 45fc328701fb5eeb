@_spi(Generated) import EndpointKit
import Foundation
import TestSupport
import Testing

@Suite("Texts in a format")
struct TextFormatTests {
    private func read<Value: JSONCodable>(_ text: String, as type: Value.Type = Value.self) -> Value? {
        try? Value(decoded: .string(text))
    }

    private func text(_ value: some JSONCodable) -> String? {
        var writer = JSONWriter()
        value.write(to: &writer)
        return (try? JSONValue(parsing: Data(writer.bytes)))?.string
    }

    /// Texts that are nearly in a format: pieces of URIs and random bytes.
    private func texts(_ seed: UInt64) -> [String] {
        var random = Seeded(seed)
        let pieces = [
            "http", "https", "a", "+", ":", "://", "//", "@", "[::1]", "[1:2:3:4:5:6:7:8]", "[::ffff:1.2.3.4]", ":80",
            ":", "/",
            "%41", "%4", "?", "#", "a.example", "ü", " ", "..", "[", "]", "urn:", ":99999", "-", "1", "&=", "'", "\"",
            "{", "\\",
        ]
        return (0..<400).map { _ in
            (0..<Int.random(in: 0...7, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        }
    }

    @Test("what has the format of a URI is a URL, which is written as it was read", arguments: UInt64(0)..<20)
    func uris(seed: UInt64) {
        for uri in texts(seed) + [
            "http://", "file:///a", "https://a.example:/", "a:", "data:,x", "HTTP://A.example/%C3%bc",
        ] {
            guard TextFormat.uri.normal(uri) != nil else { continue }
            let url: URL? = read(uri)
            #expect(url?.absoluteString == uri, "\(uri)")
            #expect(url.flatMap { text($0) } == uri)
        }
    }

    @Test("the normal form of a UUID is in lower case, in Swift as in an untyped call")
    func uuids() throws {
        let uuid = try #require(read("F81D4FAE-7dec-11d0-A765-00a0c91e6bf6", as: UUID.self))
        #expect(text(uuid) == "f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
        #expect(text(uuid) == TextFormat.uuid.normal("F81D4FAE-7dec-11d0-A765-00a0c91e6bf6"))
    }

    @Test("Base64 is read and written as Foundation does", arguments: UInt64(0)..<50)
    func base64(seed: UInt64) throws {
        var random = Seeded(seed)
        let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        let encoded = Data(bytes).base64EncodedString()
        #expect(Base64.encoded(bytes) == encoded)
        #expect(Base64.decoded(encoded) == bytes)
        #expect(read(encoded) == Data(bytes))
        #expect(text(Data(bytes)) == encoded)
    }

    @Test("bits of Base64 that mean nothing are not kept")
    func looseBits() {
        #expect(TextFormat.byte.normal("QR==") == "QQ==")
        #expect(read("QR==") == Data([0x41]))
    }

    @Test("a day is a text of a date that exists")
    func days() throws {
        let day = try #require(CalendarDate("2024-02-29"))
        #expect((day.year, day.month, day.day) == (2024, 2, 29))
        #expect(text(day) == "2024-02-29")
        #expect(try #require(CalendarDate("0999-12-31")) < day)
        let midnight = Date(timeIntervalSince1970: 1_709_164_799)
        #expect(CalendarDate(midnight, in: .gmt)?.description == "2024-02-28")
        #expect(CalendarDate(midnight, in: try #require(TimeZone(secondsFromGMT: 3600)))?.description == "2024-02-29")
        #expect(day.dateComponents == DateComponents(year: 2024, month: 2, day: 29))
        for text in ["2024-02-30", "24-02-01", "2024/02/01", "2024-02-01 ", "２024-02-01", "+024-02-01"] {
            #expect(CalendarDate(text) == nil, "\(text)")
        }
    }

    @Test("bytes are Base64 within JSON, and bytes in a multipart body")
    func bytesInJSON() throws {
        let data = Data([1, 2])
        #expect(Parameter("x", data, .text(.byte)).content == .json("AQI="))
        #expect(Parameter("x", [data], .array(.text(.byte))).content == .json(["AQI="]))
        #expect(Parameter("x", ["a": data], .map(.text(.byte))).content == .json(["a": "AQI="]))
        #expect(Parameter("x", data, .binary).content == .binary(.data(data)))
        #expect(Parameter("x", data).content == .binary(.data(data)))
    }
}
