@_spi(Generated) import EndpointCore
import EndpointSpec
import Foundation
import TestSupport
import Testing

@Suite("Damaged JSON")
struct JSONFuzzTests {
    /// How much text is damaged and read, in bytes: `.ci/sanitize` asks for ten million.
    private static let bytes =
        ProcessInfo.processInfo.environment["JSON_FUZZ_BYTES"].flatMap { Int($0) } ?? 200_000

    private static let texts = [
        #"{"code":0,"message":"ok","data":{"total":2,"list":[{"fileId":14705301,"size":-1.5e3,"name":"假期 1.jpg"}]}}"#,
        #"[0,-0,1.0,1E-2,9223372036854775807,9223372036854775808,0.12345678901234567891,1e400,true,false,null,"",{}]"#,
        #"{"\u0061\uD83D\uDE00":"\"\\\/\b\f\n\r\t\u00e9","long key of a member":"text, long enough for a wide load",":":[]}"#,
        #" { "a" : [ [ [ [ { "b" : [ ] } ] ] ] ] , "when":"2024-04-30 11:58:36", "a" : "\uDE00\uD83D" } "#,
        "\u{FEFF}[\"\u{7F}\u{2028}\u{E9}\"]",
    ].map { Array($0.utf8) }

    @Test("text with bytes changed at random is read or refused; what is read can be written and read again")
    func mutations() throws {
        var random = Seeded(11)
        var left = Self.bytes
        var (read, refused) = (0, 0)
        while left > 0 {
            var text = Self.texts.randomElement(using: &random) ?? []
            for _ in 0...Int.random(in: 0...3, using: &random) { Self.damage(&text, using: &random) }
            // In memory of exactly this size, so that a sanitizer sees a byte too far.
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.count, alignment: 1)
            defer { copy.deallocate() }
            copy.copyBytes(from: text)
            left -= max(1, text.count)
            let spec = SpecReader.read(text, file: "f")
            do throws(JSONSyntaxError) {
                let value = try JSONValue(reading: UnsafeRawBufferPointer(copy))
                read += 1
                #expect(try JSONValue(reading: Array(value.text().utf8)) == value)
                try Self.walk(UnsafeRawBufferPointer(copy))
            } catch {
                refused += 1
                #expect((0...text.count).contains(error.offset))
                #expect(spec.node == nil, "\(String(decoding: text, as: UTF8.self))")
            }
        }
        // Both happen, so that the damage is neither too small nor too great.
        #expect(read > refused / 100 && refused > read / 100)
    }

    /// Asks each value for everything that a reader can be asked for.
    private static func walk(_ bytes: UnsafeRawBufferPointer) throws(JSONSyntaxError) {
        let tape = try JSONTape(bytes)
        tape.read(bytes) { json in visit(json) }
    }

    private static func visit(_ json: JSONReader) {
        _ = try? json.string()
        _ = try? json.int()
        _ = try? json.int32()
        _ = try? json.double()
        _ = try? json.bool()
        _ = json.text
        do { _ = try json["list"].int64() } catch {
            if let error = error as? JSONReadError { _ = json.violation(error).pathText }
        }
        json.forEachMember { key, value in
            _ = key.text
            visit(value)
        }
        json.forEachElement { item in visit(item) }
    }

    private static func damage(_ bytes: inout [UInt8], using random: inout Seeded) {
        guard !bytes.isEmpty else { return }
        let start = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 1...12, using: &random))
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[start] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(start..<end)
        case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
        case 3: bytes.removeSubrange(end...)
        case 4: bytes.insert("\\u{}[]\",:0-e.".utf8.randomElement(using: &random) ?? 0, at: start)
        default: bytes[start] = "{}[]\",:0-e.".utf8.randomElement(using: &random) ?? 0
        }
    }
}
