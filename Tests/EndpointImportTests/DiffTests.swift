import EndpointCore
import EndpointImport
import EndpointSpec
import TestSupport
import Testing

/// A planted change, and what it is in each direction.
struct PlantedChange: Sendable, CustomTestStringConvertible {
    var name: String
    var edits: [DiffBench.Edit]
    var there: Set<ChangeRule>
    var verdict: ChangeLevel
    var back: Set<ChangeRule>
    var verdictBack: ChangeLevel

    init(
        _ name: String, _ edits: [DiffBench.Edit], _ verdict: ChangeLevel, _ there: Set<ChangeRule>,
        back verdictBack: ChangeLevel, _ back: Set<ChangeRule>
    ) {
        (self.name, self.edits, self.verdict, self.there) = (name, edits, verdict, there)
        (self.verdictBack, self.back) = (verdictBack, back)
    }

    /// A change that is of one kind in both directions.
    init(_ name: String, _ edits: [DiffBench.Edit], _ verdict: ChangeLevel, _ rules: Set<ChangeRule>) {
        self.init(name, edits, verdict, rules, back: verdict, rules)
    }

    var testDescription: String { name }
}

private let list = "Items/list.json"
private let move = "Items/move.json"
private let remove = "Items/remove.json"
private let service = "service.json"
private let item = "types/Item.json"

private let added =
    #"{ "summary": "x", "method": "GET", "path": "/count", "response": { "count": { "type": "integer" } } }"#

private let plantedEndpoints: [PlantedChange] = [
    .init(
        "an endpoint is added", [.file("Items/count.json", added)], .minor, [.endpointAdded], back: .major,
        [.endpointRemoved]),
    .init("an endpoint is renamed", [.rename(remove, "Items/delete.json")], .major, [.endpointRenamed]),
    .init(
        "a method is renamed", [.text(remove, #""method""#, #""swiftName": "delete", "method""#)], .major,
        [.methodRenamed]),
    .init("another HTTP method", [.text(remove, "DELETE", "POST")], .major, [.httpMethodChanged, .idempotenceChanged]),
    .init("another path", [.text(list, "\"/items\"", "\"/goods\"")], .major, [.pathChanged]),
    .init(
        "the call takes no token", [.text(remove, #""method""#, #""authentication": "none", "method""#)], .major,
        [.tokenChanged]),
    .init(
        "the response has no envelope", [.text(remove, #""method""#, #""envelope": false, "method""#)], .major,
        [.envelopeChanged]),
    .init(
        "the body is a form", [.text("Items/tag.json", #""body""#, #""encoding": "form", "body""#)], .major,
        [.bodyEncodingChanged]),
    .init(
        "an endpoint is deprecated", [.text(remove, #""method""#, #""deprecated": "Use move.", "method""#)], .minor,
        [.deprecated], back: .patch, [.undeprecated]),
    .init(
        "an endpoint is destructive", [.text(remove, #""method""#, #""destructive": true, "method""#)], .minor,
        [.destructiveChanged]),
    .init(
        "an endpoint is idempotent", [.text(move, #""method""#, #""idempotent": true, "method""#)], .minor,
        [.idempotenceChanged]),
    .init("another rate", [.text(list, #""limit": 5"#, #""limit": 9"#)], .patch, [.rateChanged]),
    .init("another title", [.text(list, "列表", "清单")], .patch, [.textChanged]),
    .init("another description", [.text(list, "The shop.", "Which shop.")], .patch, [.textChanged]),
    .init("another example", [.text(list, #""name": "none""#, #""name": "nothing""#)], .patch, [.exampleChanged]),
]

private let plantedArguments: [PlantedChange] = [
    .init(
        "a required argument is added",
        [
            .text(list, #""page": {"#, #""area": { "type": "string" }, "page": {"#),
            .text(list, #""request": { "shop": 1 }"#, #""request": { "shop": 1, "area": "a" }"#),
        ], .major,
        [.requiredArgumentAdded, .exampleChanged], back: .major, [.argumentRemoved, .exampleChanged]),
    .init(
        "an optional argument is added",
        [.text(list, #""page": {"#, #""area": { "type": "string", "optional": true }, "page": {"#)], .minor,
        [.optionalArgumentAdded], back: .major, [.argumentRemoved]),
    .init(
        "an argument with a default is added",
        [.text(list, #""page": {"#, #""area": { "type": "string", "default": "a" }, "page": {"#)], .major,
        [.defaultArgumentAdded], back: .major, [.argumentRemoved]),
    .init(
        "arguments change places",
        [
            .text(move, #""note": { "type": "string", "maxLength": 10, "optional": true },"#, ""),
            .text(
                move, #""ids": {"#, #""note": { "type": "string", "maxLength": 10, "optional": true }, "ids": {"#),
        ], .major, [.argumentsReordered]),
    .init(
        "an argument moves to the header",
        [
            .text(move, #""note": { "type": "string", "maxLength": 10, "optional": true },"#, ""),
            .text(
                move, #""body""#,
                #""headers": { "note": { "type": "string", "maxLength": 10, "optional": true } }, "body""#),
        ], .major, [.argumentMoved]),
    .init(
        "an argument has another label",
        [
            .text(
                list, #""type": "integer", "format": "int32""#,
                #""swiftName": "store", "type": "integer", "format": "int32""#)
        ],
        .major, [.argumentRenamed]),
    .init(
        "an argument may be null",
        [.text("Items/tag.json", #"{ "type": "string" }"#, #"{ "type": ["string", "null"] }"#)], .minor,
        [.nullAllowed], back: .major, [.nullabilityChanged]),
    .init("another default", [.text(list, #""default": 50"#, #""default": 20"#)], .major, [.defaultChanged]),
    .init(
        "an argument becomes optional",
        [.text(move, #""$ref": "types/Mark.json" }"#, #""$ref": "types/Mark.json", "optional": true }"#)], .minor,
        [.argumentRelaxed], back: .major, [.argumentRequired]),
    .init(
        "a wider integer", [.text(list, #""format": "int32""#, #""format": "int64""#)], .major, [.typeChanged]),
    .init(
        "another type",
        [.text(list, #""X-Trace": { "type": "string""#, #""X-Trace": { "type": "integer""#)], .major, [.typeChanged]),
    .init(
        "a tighter constraint", [.text(list, #""maximum": 100"#, #""maximum": 60"#)], .major, [.constraintTightened],
        back: .minor, [.constraintRelaxed]),
    .init(
        "a constraint is dropped", [.text(move, #""maxLength": 10, "#, "")], .minor, [.constraintRelaxed],
        back: .major, [.constraintTightened]),
    .init(
        "a constraint of a scalar type", [.text("types/Code.json", #""minLength": 2"#, #""minLength": 3"#)], .major,
        [.constraintTightened], back: .minor, [.constraintRelaxed]),
    .init(
        "another pattern", [.text(list, #""X-Trace": {"#, #""X-Trace": { "pattern": "^a","#)], .major,
        [.constraintTightened], back: .minor, [.constraintRelaxed]),
    .init("another constant", [.text(list, #""const": "2""#, #""const": "3""#)], .major, [.constantChanged]),
    .init(
        "a constant header is added",
        [.text(list, #""headers": {"#, #""headers": { "X-Mode": { "type": "string", "const": "a" }, "#)], .major,
        [.constantAdded], back: .major, [.constantRemoved]),
    .init(
        "another file name of a part", [.text("Items/put.json", #""filename": "a""#, #""filename": "b""#)], .major,
        [.encodingChanged]),
    .init("another encoding", [.text(list, #""join": ",""#, #""join": ";""#)], .major, [.encodingChanged]),
]

private let plantedResponses: [PlantedChange] = [
    .init(
        "a field is added", [.text(move, #""task": {"#, #""more": { "type": "string" }, "task": {"#)], .minor,
        [.fieldAdded], back: .major, [.fieldRemoved]),
    .init(
        "a field becomes optional",
        [.text(move, #""task": { "type": "string" }"#, #""task": { "type": "string", "optional": true }"#)], .major,
        [.fieldOptional], back: .major, [.fieldRequired]),
    .init(
        "a field may be null",
        [.text(move, #""task": { "type": "string" }"#, #""task": { "type": ["string", "null"] }"#)], .major,
        [.nullabilityChanged]),
    .init(
        "fields change places",
        [
            .text(move, #""task": { "type": "string" }, "#, ""),
            .text(move, #""failed": {"#, #""task": { "type": "string" }, "failed": {"#),
        ], .patch, [.fieldsReordered]),
    .init(
        "null reads as an empty list", [.text(move, #""nullAsEmpty": true, "#, "")], .major, [.lenientReadingRemoved],
        back: .patch, [.lenientReadingAdded]),
    .init(
        "another format of a time", [.text(move, "date-time", "local-date-time")], .major, [.typeChanged]),
    .init(
        "a map becomes an object",
        [
            .text(
                list, #""additionalProperties": { "type": "integer" }"#,
                #""properties": { "a": { "type": "integer" } }"#)
        ],
        .major, [.typeChanged]),
    .init(
        "a payload where there was none",
        [.text(remove, #""response": null"#, #""response": { "id": { "type": "integer" } }"#)], .minor,
        [.payloadAdded], back: .major, [.responseChanged]),
    .init(
        "a case of an enumeration", [.text("types/Kind.json", #""large": 2"#, #""large": 2, "huge": 3"#)], .minor,
        [.enumerationCaseAdded], back: .major, [.enumerationCaseRemoved]),
    .init(
        "a case has another name", [.text("types/Kind.json", "large", "big")], .major, [.enumerationCaseRenamed]),
    .init("a case has another value", [.text("types/Kind.json", "2", "3")], .major, [.enumerationValueChanged]),
    .init(
        "a case of a union",
        [.text("types/Mark.json", #"[{ "type": "integer" },"#, #"[{ "type": "integer" }, { "type": "string" },"#)],
        .major, [.unionCaseAdded], back: .major, [.unionCaseRemoved]),
    .init(
        "a type has another name",
        [.rename(item, "types/Good.json"), .text(list, "types/Item.json", "types/Good.json")], .major, [.typeRenamed]),
    .init(
        "a scalar type has another name",
        [.rename("types/Code.json", "types/Label.json"), .text(move, "types/Code.json", "types/Label.json")], .patch,
        [.inlineTypeRenamed]),
    .init(
        "a type that is sent has an optional property more",
        [
            .text(
                "types/Mark.json", #""name": "Star", "properties": {"#,
                #""name": "Star", "properties": { "far": { "type": "boolean", "optional": true }, "#)
        ], .minor, [.optionalArgumentAdded], back: .major, [.argumentRemoved]),
    .init(
        "a type has a property more", [.text(item, #""name":"#, #""price": { "type": "number" }, "name":"#)], .minor,
        [.fieldAdded], back: .major, [.fieldRemoved]),
]

private let plantedBehaviour: [PlantedChange] = [
    .init(
        "no paging",
        [
            .text(
                list,
                #""paging": { "style": "page", "page": "page", "size": "size", "items": "items", "total": "total","#,
                ""),
            .text(list, #""name": "allItems" },"#, ""),
        ], .major, [.pagerRemoved], back: .minor, [.pagerAdded]),
    .init(
        "another end of paging",
        [.text(list, #""items": "items", "total": "total""#, #""items": "items", "until": "shortPage""#)],
        .minor, [.pagerEndChanged]),
    .init(
        "another pager", [.text(list, #""name": "allItems""#, #""name": "everything""#)], .major,
        [.pagerRenamed]),
    .init(
        "no batch", [.text(move, #""batch": { "over": "ids", "collect": ["failed"] },"#, "")], .major,
        [.batchRemoved], back: .minor, [.batchAdded]),
    .init(
        "another condition of a wait", [.text(move, #""done": true"#, #""task": ["a"]"#)], .minor, [.waitChanged]),
    .init(
        "another interval of a wait", [.text(move, #""interval": 2"#, #""interval": 3"#)], .patch, [.waitTimesChanged]),
    .init(
        "another kind of an error", [.text(move, #""kind": "conflict""#, #""kind": "notFound""#)], .major,
        [.errorKindChanged]),
    .init(
        "an error rule more",
        [
            .text(
                service, #"{ "code": 404, "kind": "notFound" }"#,
                #"{ "code": 404, "kind": "notFound" }, { "code": 5, "kind": "pending" }"#)
        ],
        .minor, [.errorRuleAdded], back: .major, [.errorRuleRemoved]),
    .init("another remedy", [.text(service, "Get a token.", "Make a token.")], .patch, [.remedyChanged]),
    .init("another base URL", [.text(service, "/v1", "/v2")], .major, [.baseURLChanged]),
    .init(
        "a variable allows more", [.text(service, #"["eu", "us"]"#, #"["eu", "us", "asia"]"#)], .minor,
        [.variableWidened], back: .major, [.variableNarrowed]),
    .init(
        "another scheme", [.text(service, #"{ "scheme": "bearer" }"#, #"{ "scheme": "basic" }"#)], .major,
        [.schemeChanged]),
    .init("another fixed header", [.text(service, #""shop""#, #""shop2""#)], .major, [.fixedHeaderChanged]),
    .init(
        "another envelope", [.text(service, #""success": [0]"#, #""success": [0, 200]"#)], .major, [.envelopeChanged]),
    .init("another time zone", [.text(service, "+08:00", "+09:00")], .major, [.timeZoneChanged]),
    .init(
        "a rate profile more",
        [.text(service, #""free": {"#, #""paid": { "*": { "limit": 9, "per": "second" } }, "free": {"#)], .minor,
        [.rateProfileAdded], back: .major, [.rateProfileRemoved]),
]

@Suite("Changes between two versions of specs")
struct DiffTests {
    @Test(
        "A planted change is found, alone, and judged in both directions",
        arguments: plantedEndpoints + plantedArguments + plantedResponses + plantedBehaviour)
    func planted(change: PlantedChange) throws {
        let (old, new) = (DiffBench.files, try DiffBench.edited(change.edits))
        let there = try ModuleDiff.changes(from: DiffBench.model(old), to: DiffBench.model(new))
        #expect(Set(there.changes.map(\.rule)) == change.there)
        #expect(there.verdict == change.verdict)
        let back = try ModuleDiff.changes(from: DiffBench.model(new), to: DiffBench.model(old))
        #expect(Set(back.changes.map(\.rule)) == change.back)
        #expect(back.verdict == change.verdictBack)
    }

    @Test("Specs that are the same but for their layout and the order of their keys have no changes")
    func layout() throws {
        var random = Seeded(3)
        for name in ["Warehouse", "WarehouseFeeds", "Drive", "Hostile"] {
            let specs = try SpecFiles(fixture: name)
            let shuffled = try #require(specs.shuffled(using: &random))
            let old = try #require(SpecChecker.check(specs.files, moduleName: name).model)
            let new = try #require(SpecChecker.check(shuffled.files, moduleName: name).model)
            #expect(ModuleDiff.changes(from: old, to: new).lines == ["none: nothing changed for callers"])
        }
    }

    @Test("A change has the position of what is new, and of what is old where it was removed")
    func positions() throws {
        let new = try DiffBench.edited([
            .text(list, #""size": {"#, #""area": { "type": "string", "optional": true }, "size": {"#),
            .text(list, #""kind": { "$ref": "types/Kind.json", "optional": true },"#, ""),
        ])
        let changes = try ModuleDiff.changes(from: DiffBench.model(DiffBench.files), to: DiffBench.model(new))
        #expect(
            changes.lines == [
                "Items/list.json:7:5: major: items.list: the argument \"kind\" was removed (calls that give it no longer "
                    + "compile)",
                "Items/list.json:5:5: minor: items.list: the argument \"area\" was added (calls without it compile, and "
                    + "send what they sent)",
                "major: 1 major, 1 minor, 0 patch",
            ])
        #expect(
            changes.json == """
                {"verdict":"major","changes":[{"level":"major","rule":"argumentRemoved","side":"both",\
                "subject":"items.list","what":"the argument \\"kind\\" was removed",\
                "reason":"calls that give it no longer compile","file":"Items/list.json","line":7,"column":5},
                 {"level":"minor","rule":"optionalArgumentAdded","side":"swift","subject":"items.list",\
                "what":"the argument \\"area\\" was added","reason":"calls without it compile, and send what they sent",\
                "file":"Items/list.json","line":5,"column":5}]}
                """)
    }

    @Test("Every rule has a reason of its own words, none of which ends like a sentence")
    func table() {
        for rule in ChangeRule.allCases { #expect(!rule.reason.isEmpty && !rule.reason.hasSuffix(".")) }
    }
}
