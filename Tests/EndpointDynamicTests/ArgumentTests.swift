import EndpointDynamic
import EndpointKit
import EndpointTesting
import Foundation
import TestSupport
import Testing

@Suite struct ArgumentTests {
    @Test func parametersGoWhereTheSpecSaysWithDefaultsAndConstants() throws {
        let depot = try Depot(
            """
            "pathParameters": { "shelf": { "type": "string" } },
            "query": { "limit": { "type": "integer", "default": 10 }, "cursor": { "type": "string", "optional": true } },
            "headers": { "X-Colour": { "type": "string" } },
            "body": { "kind": { "type": "integer", "const": 1 }, "name": { "type": "string" } },
            "response": null
            """, path: "/shelf/{shelf}")
        let request = try depot.request(["shelf": "a b", "X-Colour": "red", "name": "箱"])
        #expect(request.url.absoluteString == "https://depot.example.com/shelf/a%20b?limit=10")
        #expect(request.headers["X-Colour"] == "red")
        #expect(request.headers["X-Depot"] == "1")
        #expect(request.body.text == #"{"kind":1,"name":"箱"}"#)
    }

    @Test func wrongNamesAndMissingArgumentsAreAllReportedAtOnce() async throws {
        let depot = try Depot(
            #""query": { "limit": { "type": "integer" }, "name": { "type": "string" } }, "response": null"#)
        let error = await failure { _ = try depot.endpoint.endpoint(with: ["limt": 1, "zzz": 2]) }
        #expect(error?.kind == .invalidParameter)
        #expect(
            error?.message
                == #"limt: no such argument; did you mean "limit"?; zzz: no such argument; write one of: limit, name; "#
                + "limit: is missing; name: is missing")
    }

    @Test func rangesAndTypesAreCheckedByTheCodeThatChecksTypedCalls() async throws {
        let depot = try Depot(
            #""query": { "limit": { "type": "integer", "minimum": 1, "maximum": 100 } }, "response": null"#)
        let tooLarge = await failure { _ = try depot.request(["limit": 101]) }
        #expect(tooLarge?.message == "limit: must be in 1…100; got 101")
        let wrong = await failure { _ = try depot.request(["limit": "x"]) }
        #expect(wrong?.message == #"limit: must be an integer; got "x""#)
    }

    @Test func nestedFieldsAreCheckedByName() async throws {
        let depot = try Depot(
            """
            "body": { "items": { "type": "array", "items": { "name": "Item", "properties": {
                "count": { "type": "integer" }, "note": { "type": "string", "optional": true } } } } },
            "response": null
            """)
        let error = await failure { _ = try depot.endpoint.endpoint(with: ["items": [["count": 1], ["cuont": 2]]]) }
        #expect(error?.message == #"items[1].cuont: is not a field; did you mean "count"?; items[1].count: is missing"#)
        let missing = await failure { _ = try depot.request(["items": [["note": "x"]]]) }
        #expect(missing?.message == "items[0].count: is missing")
        let null = await failure { _ = try depot.request(["items": [["note": nil, "count": 3]]]) }
        #expect(null?.message == "items[0].note: must be a string; got null")
    }

    @Test func wireFormsAreAppliedAsInTypedCalls() throws {
        let depot = try Depot(
            """
            "body": {
              "ids": { "type": "array", "items": { "type": "integer", "format": "int64", "wire": "string" } },
              "on": { "type": "boolean", "wire": "integer" },
              "tags": { "type": "array", "join": ",", "items": { "type": "string" } },
              "names": { "type": "array", "items": { "name": "Name", "template": "{id}|{name}", "properties": {
                "id": { "type": "integer" }, "name": { "type": "string" } } } },
              "at": { "type": "string", "format": "local-date-time" }
            },
            "response": null
            """)
        let request = try depot.request([
            "ids": [9_007_199_254_740_993, 12], "on": true, "tags": ["a", "b"], "names": [["id": 1, "name": "n"]],
            "at": "2025-03-23T07:48:37Z",
        ])
        #expect(
            request.body.text
                == #"{"ids":["9007199254740993","12"],"on":1,"tags":"a,b","names":["1|n"],"at":"2025-03-23 15:48:37"}"#)
    }

    @Test func casesOfAnEnumerationAreGivenByValueAndUnknownValuesPass() throws {
        let depot = try Depot(
            #""query": { "mode": { "type": "integer", "enum": { "fuzzy": 0, "exact": 1 } } }, "response": null"#)
        #expect(try depot.request(["mode": 0]).url.query == "mode=0")
        #expect(try depot.request(["mode": 7]).url.query == "mode=7")
    }

    @Test func integersOf32BitsAreChecked() async throws {
        let depot = try Depot(#""query": { "n": { "type": "integer", "format": "int32" } }, "response": null"#)
        let error = await failure { _ = try depot.endpoint.endpoint(with: ["n": 2_147_483_648]) }
        #expect(error?.message == "n: must be an integer of 32 bits; got 2147483648")
    }

    @Test func nullIsSentWhereItMayBeAndRefusedElsewhere() async throws {
        let depot = try Depot(
            """
            "body": { "a": { "type": "integer", "optional": true }, "b": { "type": ["integer", "null"] } },
            "response": null
            """)
        let request = try depot.request(["b": nil])
        #expect(request.body.text == #"{"b":null}"#)
        let error = await failure { _ = try depot.request(["a": nil, "b": nil]) }
        #expect(error?.message == "a: must be an integer; got null")
    }

    @Test func aBodyThatIsOneValueGoesByTheNameOfItsArgument() throws {
        let depot = try Depot(
            """
            "bodyType": { "argument": "ids", "type": "array", "items": { "type": "integer", "wrap": "id" } },
            "response": null
            """)
        let request = try depot.request(["ids": [1, 2]])
        #expect(request.body.text == #"[{"id":1},{"id":2}]"#)
    }

    @Test func anAnnouncedHostAndACallersURLAreArguments() throws {
        let maker =
            #"{"summary": "Makes.", "method": "POST", "path": "/make", "response": {"host": {"type": "string"}}}"#
        let upload = """
            {"summary": "Sends.", "method": "POST", "path": "/slice", "host": {"announcedBy": ["store.make"]},
             "response": null}
            """
        let fetch = """
            {"summary": "Gets.", "method": "GET", "url": "caller",
             "responseType": {"type": "string", "format": "binary"}}
            """
        let module = try DynamicModule(
            name: "Depot",
            files: SpecFiles([
                "service.json": Depot.serviceJSON, "Store/make.json": maker, "Store/send.json": upload,
                "Store/fetch.json": fetch,
            ]).files)
        let client = Client(service: module.service)
        let send = try #require(module.endpoint(id: "store.send"))
        #expect(send.arguments.map(\.name) == ["host"])
        let sent = try client.request(for: send.endpoint(with: ["host": "http://up.example.com"]))
        #expect(sent.url.absoluteString == "https://up.example.com/slice")
        let get = try #require(module.endpoint(id: "store.fetch"))
        let got = try client.request(for: get.endpoint(with: ["url": "https://cdn.example.com/a?b=c"]))
        #expect(got.url.absoluteString == "https://cdn.example.com/a?b=c")
        #expect(got.headers["X-Depot"] == nil)
    }

    @Test func bytesComeFromTextBase64OrAStretchOfAFile() throws {
        let depot = try Depot(
            """
            "encoding": "multipart",
            "body": { "no": { "type": "integer" },
                      "slice": { "type": "string", "format": "binary", "filename": "slice" } },
            "response": null
            """)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("depot-\(UUID().uuidString)")
        try Data("0123456789".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let body = try depot.request([
            "no": 1, "slice": ["$file": .string(file.path), "offset": 2, "length": 3],
        ]).body
        #expect(body.chunks.contains(.file(URL(fileURLWithPath: file.path), offset: 2, length: 3)))
        #expect(body.text.contains(#"name="slice"; filename="slice""#))
        let text = try depot.request(["no": 1, "slice": ["$text": "hello"]]).body
        #expect(text.text.contains("\r\n\r\nhello\r\n"))
        let base64 = try depot.request(["no": 1, "slice": ["$base64": "aGVsbG8="]]).body
        #expect(base64.text.contains("\r\n\r\nhello\r\n"))
    }

    @Test(
        arguments: [
            (["$file": "/no/such/file"], "data: there is no file /no/such/file that can be read"),
            (["$base64": "***"], "data: $base64 must be Base64 text"),
            (
                ["$text": "a", "$base64": "YQ=="],
                "data: must have exactly one of $file, $text and $base64, each with a string"
            ),
            (["$text": "a", "offset": 1], "data.offset: no such field; write one of: $text, $base64"),
            ("plain", #"data: must be bytes: {"$file": "path"}, {"$text": "…"} or {"$base64": "…"}"#),
        ] as [(JSONValue, String)])
    func bytesInAnotherFormAreRefused(_ value: JSONValue, _ message: String) async throws {
        let depot = try Depot(
            """
            "encoding": "binary", "bodyType": { "argument": "data", "type": "string", "format": "binary" },
            "response": null
            """)
        let error = await failure { _ = try depot.endpoint.endpoint(with: ["data": value]) }
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "no error")")
    }
}
