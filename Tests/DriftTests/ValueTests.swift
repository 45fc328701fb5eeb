import EndpointDynamic
import EndpointKit
import EndpointSpec
import Foundation
import TestSupport
import Testing

/// Every verdict is reached three times: by the checker, from an example; by an untyped call; by a typed call.
@Suite("Verdicts on values: checker, untyped calls and typed calls agree")
struct ValueTests {
    static let types = [
        "Tree": #"""
        { "properties": { "label": { "type": "string", "minLength": 1 },
            "children": { "type": "array", "optional": true, "items": { "$ref": "types/Tree.json" } } } }
        """#,
        "Colour": #"{ "type": "string", "enum": ["red", "green"] }"#,
        "Size": #"{ "type": "integer", "minimum": 0 }"#,
    ]

    @Test("what is sent", arguments: ValueTable.requests)
    func requests(table: ValueTable) throws {
        let (verdicts, endpoint, service) = try prepare(table)
        for (row, found) in zip(table.rows, verdicts) {
            let context = "\(row.value) is \(row.isAccepted ? "accepted" : "refused"): \(row.reason)"
            #expect(found.isEmpty == row.isAccepted, "checker: \(context); found \(found)")
            let untyped = RunTime.failure(of: table.text(of: row), endpoint, service)
            #expect((untyped == nil) == row.isAccepted, "untyped: \(context); found \(untyped?.message ?? "a request")")
            if let untyped { #expect(untyped.kind == .invalidParameter) }
            guard let schema = table.typed, !row.value.isEmpty else { continue }
            let value: JSONValue
            do {
                value = try JSONValue(parsing: Data(row.value.utf8))
            } catch {
                #expect(!row.isAccepted)
                continue
            }
            let typed = RunTime.failure(of: Parameter("x", value, schema), service)
            #expect((typed == nil) == row.isAccepted, "typed: \(context); found \(typed?.message ?? "a request")")
        }
    }

    @Test("what comes", arguments: ValueTable.responses)
    func responses(table: ValueTable) async throws {
        let (verdicts, endpoint, service) = try prepare(table)
        let call = try endpoint.endpoint(with: [:])
        for (row, found) in zip(table.rows, verdicts) {
            let context = "\(row.value) is \(row.isAccepted ? "accepted" : "refused"): \(row.reason)"
            #expect(found.isEmpty == row.isAccepted, "checker: \(context); found \(found)")
            let untyped = await RunTime.failure(body: table.text(of: row), call, service)
            #expect((untyped == nil) == row.isAccepted, "untyped: \(context); found \(untyped?.message ?? "a value")")
            if let untyped { #expect(untyped.kind == .decoding) }
        }
    }

    @Test("a constant and a default that no request can have are mistakes", arguments: ["const", "default"])
    func fixedValues(key: String) throws {
        for (location, path, value, isAccepted) in [
            ("pathParameters", "/{x}", #"".""#, false), ("pathParameters", "/{x}", #""""#, false),
            ("pathParameters", "/{x}", #""a""#, true), ("headers", "", #""a\nb""#, false),
            ("headers", "", #""a""#, true),
            ("query", "", #""a\nb""#, true),
        ] {
            let rest = #""\#(location)": { "x": { "type": "string", "\#(key)": \#(value) } }, "response": null"#
            let call = SpecModule.Call(rest: rest, path: path)
            #expect(SpecModule(calls: [call]).check().mistakes.isEmpty == isAccepted, "\(location) \(value)")
            // The same by hand.
            let parameters: Parameters = [Parameter("x", try JSONValue(parsing: Data(value.utf8)), .string())]
            var endpoint = Endpoint<JSONValue>(.post, "/call" + path)
            switch location {
            case "pathParameters": endpoint.pathParameters = parameters
            case "headers": endpoint.headers = parameters
            default: endpoint.query = parameters
            }
            let request = try? Client(service: .test).request(for: endpoint)
            #expect((request != nil) == isAccepted, "\(location) \(value)")
        }
    }

    @Test(
        "a host that another response announces, and a URL",
        arguments: [
            ("https://up.example.com", true, true), ("http://up.example.com:8080/v1", true, true),
            ("up.example.com", true, false), ("up.example.com:8080", true, false), ("", false, false),
            ("https://", false, false), ("ftp://up.example.com", false, false), ("/v1", false, false),
            ("https://a:b@up.example.com", false, true), ("https://up.example.com?a=b", false, true),
            ("https://up.example.com#a", false, true), ("https://up.example.com:99999", false, false),
            ("https://up.example.com:x", false, false), ("https://[::1]:80", true, true), ("https://[x]", false, false),
            ("https://a b", false, false), ("HTTPS://UP.EXAMPLE.COM", true, true), ("not a host", false, false),
            ("https://cdn.example.com/a/文件?sign=%2F|", false, true),
        ])
    func addresses(text: String, isBase: Bool, isURL: Bool) throws {
        let maker = SpecModule.Call(rest: #""response": { "host": { "type": "string" } }"#)
        let host = SpecModule.Call(
            rest: #""host": { "announcedBy": ["store.call0"] }, "response": null"#,
            examples: [SpecModule.Call.example(0, #""request": { "host": \#(text.quoted) }"#)])
        let url = SpecModule.Call(
            rest: #""response": null"#, method: "GET", path: nil,
            examples: [SpecModule.Call.example(0, #""request": { "url": \#(text.quoted) }"#)])
        let module = SpecModule(calls: [maker, host, url])
        let found = module.check()
        #expect(found.mistakes == [])
        #expect(found.examples.dropFirst().map(\.[0].isEmpty) == [isBase, isURL])
        let (service, endpoints) = try module.load()
        try #require(endpoints.count == 3)
        #expect((RunTime.failure(of: #"{ "host": \#(text.quoted) }"#, endpoints[1], service) == nil) == isBase)
        #expect((RunTime.failure(of: #"{ "url": \#(text.quoted) }"#, endpoints[2], service) == nil) == isURL)
    }

    @Test("the tables cover what they should")
    func coverage() {
        let tables = ValueTable.requests + ValueTable.responses
        let rows = tables.flatMap(\.rows)
        #expect(rows.count >= 120)
        #expect(rows.contains { $0.isAccepted } && rows.contains { !$0.isAccepted })
    }

    /// A row whose text is not JSON makes a file that cannot be read, so that each row has a file of its own.
    private func prepare(_ table: ValueTable) throws -> ([[String]], DynamicEndpoint, Service) {
        let call = table.call
        let types = Self.types.filter { table.schema.contains("types/\($0.key).json") }
        let verdicts = call.examples.map { example in
            var module = SpecModule(types: types, calls: [call])
            module.calls[0].examples = [example]
            let found = module.check()
            return found.mistakes + found.examples[0][0]
        }
        let module = SpecModule(types: types, calls: [call])
        let (service, endpoints) = try module.load()
        return (verdicts, try #require(endpoints.first), service)
    }
}
