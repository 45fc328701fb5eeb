import EndpointKit
import TestSupport
import Testing

/// Maps, unions, types that hold themselves, formats and null, on a command line.
@Suite struct TypeTests {
    private static let specs = [
        "types/Box.json":
            #"{ "properties": { "w": { "type": "integer" }, "in": { "$ref": "types/Box.json", "optional": true } } }"#,
        "Goods/tagGood.json": #"""
        {
          "summary": "Tags a good.", "method": "POST", "path": "/tag/{id}",
          "pathParameters": { "id": { "type": "string", "format": "uuid" } },
          "body": {
            "counts": { "optional": true, "additionalProperties": { "type": "integer", "minimum": 1 } },
            "mark": { "name": "Mark", "optional": true, "oneOf": [{ "type": "string" }, { "type": "integer" }] },
            "part": { "name": "Part", "optional": true, "oneOf": [
              { "name": "Lid", "properties": { "lid": { "type": "string" } } }, { "type": "boolean" }] },
            "box": { "$ref": "types/Box.json", "optional": true },
            "note": { "type": ["string", "null"], "optional": true },
            "day": { "type": "string", "format": "date", "optional": true } },
          "response": { "counts": { "additionalProperties": { "type": "integer" } }, "box": { "$ref": "types/Box.json" } }
        }
        """#,
    ]

    private func tag(_ arguments: String..., input: String = "") async -> Shop.Result {
        var shop = Shop(payloads: [#"{"counts":{"a":1},"box":{"w":1,"in":{"w":2}}}"#])
        shop.input = input
        shop.modules = [
            EndpointModule(
                name: "Shop", service: Shop.module.service,
                specs: SpecFiles(Shop.specs.merging(Self.specs) { $1 }).moduleText)
        ]
        return await shop.run(
            ["goods", "tag-good", "--id", "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"] + arguments)
    }

    @Test func mapsAreJSONAndSentInOrder() async {
        let result = await tag("--counts", #"{"b": 2, "a": 1}"#)
        #expect(result.targets == ["POST /tag/f81d4fae-7dec-11d0-a765-00a0c91e6bf6"])
        #expect(result.bodies == [#"{"counts":{"a":1,"b":2}}"#])
        let refused = await tag("--counts", #"{"b": 0}"#)
        #expect(refused.status == 2)
        #expect(refused.error.contains("--counts.b: must be at least 1; got 0"), "\(refused.error)")
    }

    @Test func aValueOfSeveralTypesIsJSONOrText() async {
        #expect(await tag("--mark", "red").bodies == [#"{"mark":"red"}"#])
        #expect(await tag("--mark", "5").bodies == [#"{"mark":5}"#])
        #expect(await tag("--mark", #""5""#).bodies == [#"{"mark":"5"}"#])
        #expect(await tag("--part", #"{"lid":"x"}"#).bodies == [#"{"part":{"lid":"x"}}"#])
        #expect(await tag("--part", "red").status == 2)
    }

    @Test func nullIsNotTheAbsenceOfAValue() async {
        #expect(await tag().bodies == ["{}"])
        #expect(await tag("--null", "note").bodies == [#"{"note":null}"#])
        #expect(await tag("--note", "null").bodies == [#"{"note":"null"}"#])
        #expect(await tag("--input", "-", input: #"{"note": null}"#).bodies == [#"{"note":null}"#])
        let unknown = await tag("--null", "nte")
        #expect(unknown.status == 2 && unknown.error.contains("did you mean \"note\"?"), "\(unknown.error)")
        #expect(await tag("--null", "day").error.contains("--null: day cannot be null"))
        #expect(await tag("--null", "note", "--note", "x").status == 2)
    }

    @Test func textsAreCheckedByTheirFormat() async {
        #expect(await tag("--day", "2024-02-29").bodies == [#"{"day":"2024-02-29"}"#])
        let refused = await tag("--day", "2024-02-30")
        #expect(
            refused.error.contains("--day: must be a date such as \"2025-03-23\"; got \"2024-02-30\""),
            "\(refused.error)")
    }

    @Test func typesThatHoldThemselvesAreShownOnce() async {
        #expect(
            await tag("--box", #"{"w":1,"in":{"w":2,"in":{"w":3}}}"#).bodies == [
                #"{"box":{"w":1,"in":{"w":2,"in":{"w":3}}}}"#
            ])
        #expect(await tag("--box", #"{"w":1,"in":{"w":"2"}}"#).error.contains("--box.in.w: must be an integer"))
        #expect(await tag("--help").status == 0)
        #expect(await tag("--offline").status == 0)
        let help = await tag("--help").output
        #expect(help.contains("--null NAME") && help.contains("any names"), "\(help)")
    }
}
