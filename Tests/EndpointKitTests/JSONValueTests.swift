import EndpointKit
import Foundation
import Testing

@Suite("JSON values")
struct JSONValueTests {
    @Test(
        "every kind of value reads, and writes the same text",
        arguments: [
            "null", "true", "false", "0", "-7", "9223372036854775807", "-9223372036854775808", "1.5", "\"\"",
            "\"中\\\"\\\\\\n\\u0001\"",
            "[]", "[1,[2],{}]", "{}", #"{"a":1,"b":[null]}"#,
        ])
    func roundTrip(text: String) throws {
        #expect(try JSONValue(parsing: Data(text.utf8)).text() == text)
    }

    @Test("text that is not JSON is refused", arguments: ["", "{", "nul", "\"a", "{\"a\":}", "\u{FEFF}x"])
    func refused(text: String) {
        #expect(throws: DecodingError.self) { try JSONValue(parsing: Data(text.utf8)) }
    }

    @Test("members keep their order; the order does not matter to equality")
    func order() {
        var object: JSONObject = ["z": 1, "a": 2]
        object["m"] = 3
        object["z"] = 4
        object["a"] = nil
        object["never"] = nil
        #expect(object.keys == ["z", "m"])
        #expect(JSONValue.object(object).text() == #"{"z":4,"m":3}"#)
        #expect(object == ["m": 3, "z": 4])
        #expect(object.hashValue == (["m": 3, "z": 4] as JSONObject).hashValue)
    }

    @Test("a control character, and a number that is none, cannot break the text")
    func unusual() {
        #expect(JSONValue.string("\u{7F}\u{0}/").text() == #""\u007f\u0000/""#)
        #expect(JSONValue.number(.nan).text() == "null")
        #expect(JSONValue.array([1, ["a": "b"]]).text(indent: 2) == "[\n  1,\n  {\n    \"a\": \"b\"\n  }\n]")
    }

    @Test("members and items are found, and what is not there is nil")
    func access() {
        let value: JSONValue = ["a": [10, true]]
        #expect(value["a"]?[0] == 10)
        #expect(value["a"]?[2] == nil)
        #expect(value["a"]?[-1] == nil)
        #expect(value["b"] == nil)
        #expect(value[0] == nil)
    }

    @Test("it goes through Foundation's coders like any Codable value")
    func codable() throws {
        let value: JSONValue = ["a": [1, 2.5, "x", nil, false], "b": ["c": []]]
        let data = try JSONEncoder().encode(value)
        #expect(try JSONDecoder().decode(JSONValue.self, from: data) == value)
    }
}
