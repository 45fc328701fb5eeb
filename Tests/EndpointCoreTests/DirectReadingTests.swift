@_spi(Generated) import EndpointCore
import Testing

/// Fields with a schema that types read without a normalizer.
@Suite struct DirectReadingTests {
    private func read<Value: JSONCodable>(
        _ property: Schema.Property, _ object: JSONValue, as type: Value.Type = Value.self
    ) -> Result<Value, Violation> {
        do {
            return .success(try object.read { json throws(any Error) in try json.read(property) })
        } catch let violation as Violation {
            return .failure(violation)
        } catch {
            return .failure(Violation([], .constraint("\(error)")))
        }
    }

    @Test(
        "a text is split at a separator, byte by byte",
        arguments: [
            ("", ",", []), ("a", ",", ["a"]), ("a,b,,c,", ",", ["a", "b", "", "c", ""]),
            ("a::b:::c", "::", ["a", "b", ":c"]), ("ab", "", ["a", "b"]), (",\u{301}b", ",", ["", "\u{301}b"]),
        ])
    func parts(text: String, separator: String, parts: [String]) {
        #expect(text.parts(separatedBy: separator) == parts)
    }

    @Test("a joined text is a list of its parts, and an empty one an empty list")
    func joined() {
        let texts = Schema.Property("list", .array(.string(), join: ","))
        #expect(read(texts, ["list": "480p,720p"]) == .success(["480p", "720p"]))
        #expect(read(texts, ["list": ""]) == .success([String]()))
        let numbers = Schema.Property("list", .array(.integer(), join: ", "))
        #expect(read(numbers, ["list": "1, -2"]) == .success([1, -2]))
    }

    @Test("a part of a joined text that is not of the type is named")
    func wrongPart() {
        let numbers = Schema.Property("list", .array(.integer(), join: ","))
        let violation = Violation([.field("list"), .item(1)], .mismatch(expected: "an integer", found: "\"x\""))
        #expect(read(numbers, ["list": "1,x"], as: [Int].self) == .failure(violation))
        let whole = Violation([.field("list")], .mismatch(expected: "a string", found: "7"))
        #expect(read(numbers, ["list": 7], as: [Int].self) == .failure(whole))
    }

    @Test("a list under another name, null or absent")
    func list() {
        let numbers = Schema.Property("list", .array(.any).nullAsEmptyArray, aliases: ["items"])
        #expect(read(numbers, ["items": [1, 2]]) == .success([1, 2]))
        #expect(read(numbers, ["list": .null, "items": .null]) == .success([Int]()))
        #expect(read(numbers, [:]) == .success([Int]()))
        let violation = Violation([.field("items"), .item(1)], .mismatch(expected: "an integer", found: "\"x\""))
        #expect(read(numbers, ["items": [1, "x"]], as: [Int].self) == .failure(violation))
    }

    @Test("a sentinel is none, and any other value is read")
    func sentinels() {
        let number = Schema.Property("id", .integer().sentinels([0]))
        #expect(read(number, ["id": 0]) == .success(Int?.none))
        #expect(read(number, ["id": 5]) == .success(Int?.some(5)))
        let violation = Violation([.field("id")], .mismatch(expected: "an integer", found: "\"x\""))
        #expect(read(number, ["id": "x"], as: Int?.self) == .failure(violation))
    }
}
