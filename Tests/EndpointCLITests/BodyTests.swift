import EndpointKit
import EndpointTesting
import Foundation
import TestSupport
import Testing

@testable import EndpointCLI

@Suite("Terminal: forms, parts, and one name in two locations")
struct BodyTests {
    private func bench() throws -> SpecBench {
        try SpecBench(
            service: #"{ "name": "Post", "baseURL": "https://post.example.com", "authentication": "none" }"#,
            [
                "Mail/send.json": #"""
                { "summary": "Sends a letter.", "method": "POST", "path": "/send/{id}", "encoding": "form",
                  "pathParameters": { "id": { "type": "integer" } },
                  "query": { "id": { "type": "string", "swiftName": "threadID", "optional": true } },
                  "body": { "text": { "type": "string" }, "to": { "type": "array", "items": { "type": "string" } },
                            "card": { "name": "Card", "style": "deepObject", "optional": true, "properties": {
                              "no": { "type": "string", "sensitive": true }, "kind": { "type": "string", "optional": true } } } },
                  "response": null }
                """#,
                "Mail/attach.json": #"""
                { "summary": "Attaches files.", "method": "POST", "path": "/attach", "encoding": "multipart",
                  "body": { "files": { "type": "array", "items": { "type": "string", "format": "binary" } },
                            "about": { "name": "About", "optional": true, "properties": {
                              "title": { "type": "string" }, "pin": { "type": "string", "sensitive": true, "optional": true } } },
                            "tags": { "type": "array", "optional": true, "items": { "type": "string" } } },
                  "response": null }
                """#,
            ])
    }

    @Test("options make a form; the secret in brackets shows nowhere")
    func form() async throws {
        var bench = try bench()
        defer { bench.end() }
        bench.responses = [HTTPResponse(status: 204)]
        let arguments = [
            "mail", "send", "--id", "7", "--thread-id", "t 1", "--text", "it's & so", "--to", "ann", "--to", "bob",
            "--card", #"{"no":"planted-4711","kind":"visa"}"#,
        ]
        let result = await bench.run(arguments)
        #expect(result.status == 0, "\(result.error)")
        #expect(result.requests.map(\.url.absoluteString) == ["https://post.example.com/send/7?id=t%201"])
        #expect(
            result.requests.map(\.body.text) == [
                "text=it%27s%20%26%20so&to=ann&to=bob&card%5Bno%5D=planted-4711&card%5Bkind%5D=visa"
            ])
        let line = await bench.run(arguments + ["--dry-run"])
        #expect(
            line.output == "curl -X POST 'https://post.example.com/send/7?id=t%201' -H 'Accept: application/json' "
                + "-H 'Content-Type: application/x-www-form-urlencoded' --data-urlencode 'text=it'\\''s & so' "
                + "--data-urlencode 'to=ann' --data-urlencode 'to=bob' --data-urlencode 'card[no]=<redacted>' "
                + "--data-urlencode 'card[kind]=visa'\n")
    }

    @Test("--input takes the Swift name where two arguments have one name")
    func sharedName() async throws {
        var bench = try bench()
        defer { bench.end() }
        bench.responses = [HTTPResponse(status: 204)]
        bench.input = #"{"id": 7, "threadID": "t", "text": "a", "to": []}"#
        let result = await bench.run("mail", "send", "--input", "-")
        #expect(result.requests.map(\.url.absoluteString) == ["https://post.example.com/send/7?id=t"])
        let help = await bench.run("mail", "send", "--help")
        let text = help.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains(#"in --input "threadID""#), "\(help.output)")
        let wrong = await bench.run("mail", "send", "--id", "x", "--thread-id", "t", "--text", "a", "--to", "b")
        #expect(wrong.error == "bench: --id: \"x\" is not an integer\n")
    }

    @Test("files are repeated, and an object is a part in JSON")
    func parts() async throws {
        var bench = try bench()
        defer { bench.end() }
        bench.responses = [HTTPResponse(status: 204)]
        let (one, two) = (try TemporaryFile(Data("1".utf8)), try TemporaryFile(Data("22".utf8)))
        let arguments = [
            "mail", "attach", "--files", one.url.path, "--files", "@\(two.url.path)", "--about",
            #"{"title":"a \"b\"","pin":"planted-pin"}"#, "--tags", "x", "--tags", "y",
        ]
        let result = await bench.run(arguments)
        #expect(result.status == 0, "\(result.error)")
        guard case .multipart(let parts)? = try result.requests.first.map({ try NormalizedRequest($0).body }) else {
            Issue.record("no multipart body was sent: \(result.error)")
            return
        }
        #expect(parts.map(\.name) == ["files", "files", "about", "tags", "tags"])
        #expect(parts.map { String(decoding: $0.content, as: UTF8.self) }.prefix(2) == ["1", "22"])
        #expect(parts[2].contentType == "application/json")
        let line = await bench.run(arguments + ["--dry-run"])
        #expect(
            line.output.contains(
                #"-F 'about="{\"title\":\"a \\\"b\\\"\",\"pin\":\"<redacted>\"}";type=application/json' -F 'tags=x' -F 'tags=y'"#
            ),
            "\(line.output)")
        #expect(!line.output.contains("planted"))
        let none = await bench.run("mail", "attach", "--files", "/no/such/file")
        #expect(none.error == "bench: --files[0]: there is no file /no/such/file that can be read\n")
        let describe = await bench.run("describe", "mail.attach")
        #expect(describe.output.contains("Body     multipart/form-data"), "\(describe.output)")
    }
}
