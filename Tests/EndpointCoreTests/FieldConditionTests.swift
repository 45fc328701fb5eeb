import EndpointCore
import Testing

@Suite("Conditions on fields")
struct FieldConditionTests {
    private static let id = Schema.integer().accepting(.string).sentinels([0])

    @Test(
        "a field has one of the values, or none of them",
        arguments: [
            (["f": 1], Schema.integer(), [1], false, true), (["f": 2], .integer(), [1, 2], false, true),
            (["f": 3], .integer(), [1, 2], false, false), (["f": 3], .integer(), [1, 2], true, true),
            (["f": 2], .integer(), [1, 2], true, false), (["f": 1], .boolean(wire: .integer), [true], false, true),
            (["f": 0], .boolean(wire: .integer), [true], true, true), (["f": 1.0], .integer(), [1], true, false),
            (["f": "5"], id, [5], false, true), (["f": 0], id, [0], true, false), (["f": nil], id, [0], true, false),
            ([:], id, [0], true, false), ([:], id, [0], false, true), (["f": 7], id, [0], true, true),
            ([:], .string(), ["a"], true, true), ([:], .string(), ["a"], false, false),
            ([:], .string(), [nil], false, true),
        ] as [(JSONValue, Schema, [JSONValue], Bool, Bool)])
    func holds(object: JSONValue, schema: Schema, values: [JSONValue], isNegated: Bool, result: Bool) {
        #expect(FieldCondition("f", values, isNegated: isNegated).holds(in: object, as: schema) == result)
    }

    @Test("a field that is not declared is compared as it is")
    func undeclared() {
        #expect(FieldCondition("f", ["a"]).holds(in: ["f": "a"], as: nil))
        #expect(FieldCondition("f", ["a"], isNegated: true).holds(in: [:], as: nil))
    }
}

@Suite("HTTP statuses of error rules")
struct StatusRangeTests {
    @Test(
        "one status, or a class of failures",
        arguments: [
            (404, 404...404), ("4xx", 400...499), ("3xx", 300...399), ("5xx", 500...599), (201, 201...201),
            (200, nil), (199, nil), (600, nil), ("2xx", nil), ("404", nil), ("4XX", nil), (404.5, nil), (true, nil),
        ] as [(JSONValue, ClosedRange<Int>?)])
    func ranges(value: JSONValue, range: ClosedRange<Int>?) {
        #expect(StatusRange.range(of: value) == range)
    }
}
