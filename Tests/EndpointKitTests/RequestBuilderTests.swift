import EndpointKit
import EndpointTesting
import Foundation
import Testing
import TestSupport

@Suite("Request: encoding")
struct RequestBuilderTests {
    private func request<Value>(
        _ endpoint: Endpoint<Value>, baseURL: String = "https://api.depot.test"
    ) throws -> HTTPRequest {
        var service = Service.test
        service.baseURL = baseURL
        return try Client(RecordingTransport(json: "{}"), service: service).request(for: endpoint)
    }

    private func refusal<Value>(_ endpoint: Endpoint<Value>, baseURL: String = "https://api.depot.test") -> String? {
        do {
            _ = try request(endpoint, baseURL: baseURL)
            return nil
        } catch {
            return (error as? APIError)?.message
        }
    }

    private func get(_ path: String, path parameters: Parameters = [], query: Parameters = []) -> Endpoint<Void> {
        Endpoint(.get, path, id: "x", pathParameters: parameters, query: query, response: .none)
    }

    private func post(_ body: RequestBody) -> Endpoint<Void> {
        Endpoint(.post, "/x", id: "x", body: body, response: .none)
    }

    // MARK: Query and path

    @Test("a query keeps its order, and every character that could mean something else is encoded")
    func query() throws {
        let request = try request(
            get("/x", query: ["taskID": "a+b/c= d&e?f#g%h", "name": "中文~", "page": 1, "on": true, "ratio": 0.5]))
        #expect(
            request.url.absoluteString
                == "https://api.depot.test/x?taskID=a%2Bb%2Fc%3D%20d%26e%3Ff%23g%25h&name=%E4%B8%AD%E6%96%87~"
                + "&page=1&on=true&ratio=0.5")
        #expect(request.body.isEmpty)
    }

    @Test("nil is left out, an array repeats its name, an empty string is sent")
    func queryValues() throws {
        let query: Parameters = [
            "none": String?.none, "null": JSONValue.null, "id": [1, 2], "text": "", "f": Float(0.1), "whole": 2.0,
        ]
        #expect(try request(get("/x", query: query)).url.query == "id=1&id=2&text=&f=0.1&whole=2")
    }

    @Test("the path's own query comes first")
    func pathWithQuery() throws {
        #expect(try request(get("/x?a=1", query: ["b": 2])).url.query == "a=1&b=2")
    }

    @Test("path parameters are encoded whole, once, and not searched for further parameters")
    func path() throws {
        let request = try request(
            get("/f/{id}/中 文/{name}", path: ["id": "a/b?c#d%41", "name": "{id}"]))
        #expect(
            request.url.absoluteString
                == "https://api.depot.test/f/a%2Fb%3Fc%23d%2541/%E4%B8%AD%20%E6%96%87/%7Bid%7D")
    }

    @Test("a path parameter cannot be empty or climb, nor be forgotten", arguments: ["", ".", ".."])
    func pathRefusals(value: String) {
        #expect(refusal(get("/f/{id}", path: ["id": value]))?.hasPrefix("id: must not be empty") == true)
        #expect(refusal(get("/f/{id}")) == "id: is missing, and it is part of the path")
        #expect(refusal(get("/f/{id}", path: ["id": JSONValue.null]))?.hasPrefix("id: must not be empty") == true)
    }

    @Test(
        "a path without a slash in front cannot become part of the host",
        arguments: ["x", "@evil.test/x", ".evil.test/x"])
    func relativePath(path: String) throws {
        #expect(try request(get(path)).url.host == "api.depot.test")
    }

    // MARK: Where it goes

    @Test(
        "base URLs: https, or http to loopback",
        arguments: [
            "https://api.depot.test", "https://api.depot.test/", "https://api.depot.test:8443/v1/",
            "http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:8080", "HTTP://LOCALHOST",
        ])
    func goodBaseURLs(base: String) {
        #expect(refusal(get("/x"), baseURL: base) == nil)
    }

    @Test(
        "base URLs that would expose the token, or are none, are refused",
        arguments: [
            "http://api.depot.test", "http://127.0.0.1.evil.test", "http://127.1", "http://0x7f.0.0.1",
            "ftp://api.depot.test",
            "api.depot.test", "", "https://", "https://user@api.depot.test", "https://api.depot.test?x=1",
            "https://api.depot.test#x", "http://localhost.evil.test", "http://127.0.0.256",
        ])
    func badBaseURLs(base: String) {
        #expect(refusal(get("/x"), baseURL: base)?.hasPrefix("the base URL ") == true)
    }

    @Test("the refusal of an http base URL says what to do")
    func httpRefusal() async {
        let client = Client(RecordingTransport(json: "{}")) { $0.baseURL = "http://api.depot.test" }
        let endpoint = get("/x")
        let error = await failure { () throws(APIError) in try await client.send(endpoint) }
        #expect(
            error?.description
                == "x: the base URL http://api.depot.test is refused: http would send the token unencrypted. "
                + "Use https. Where a service has http alone, its service.json says \"allowInsecureHTTP\": true")
    }

    @Test("a base URL's own path comes first")
    func basePath() throws {
        #expect(try request(get("/x"), baseURL: "https://h.test/v1/").url.absoluteString == "https://h.test/v1/x")
    }

    @Test(
        "an announced host gets path, fixed headers and token; http is raised to https",
        arguments: [
            ("https://up.depot.test", "https://up.depot.test/x"), ("http://up.depot.test", "https://up.depot.test/x"),
            ("up.depot.test", "https://up.depot.test/x"), ("http://up.depot.test:80/v2/", "https://up.depot.test/v2/x"),
            ("http://127.0.0.1:99", "http://127.0.0.1:99/x"),
        ])
    func announced(host: String, url: String) async throws {
        let transport = RecordingTransport(json: #"{"code":0}"#)
        try await Client(transport).send(get("/x").with(\.host, .announced(host)))
        #expect(transport.requests[0].url.absoluteString == url)
        #expect(transport.requests[0].headers["Authorization"] == "Bearer planted-token")
        #expect(transport.requests[0].headers["X-Client"] == "tests")
    }

    @Test(
        "an announced host that is not a base URL is refused",
        arguments: [
            "", "ftp://h", "https://u@evil.test", "https://h\\@evil.test", "https://h/?a=1", "https://h/#a",
            "https:///x",
        ])
    func badHosts(host: String) {
        #expect(
            refusal(get("/x").with(\.host, .announced(host)))
                == "host: must be a base URL such as https://upload.example.com")
    }

    @Test(
        "a caller's URL gets neither token nor fixed header fields, and is not changed",
        arguments: [
            ("https://cdn.test/f?sig=a%2Bb+c%2f==&x=1", "https://cdn.test/f?sig=a%2Bb+c%2f==&x=1"),
            ("http://cdn.test:80/f?sig=%2f", "https://cdn.test/f?sig=%2f"),
            ("http://localhost:5/f", "http://localhost:5/f"),
        ])
    func callerURL(given: String, sent: String) async throws {
        let transport = RecordingTransport([.success(HTTPResponse(status: 200, body: Data([7])))])
        let endpoint = Endpoint<Data>(.get, "", id: "x", response: .bytes).with(\.host, .url(given))
        #expect(try await Client(transport).send(endpoint) == Data([7]))
        let request = transport.requests[0]
        #expect(request.url.absoluteString == sent)
        #expect(request.headers.map(\.name) == ["User-Agent"])
    }

    @Test(
        "query parameters follow the query of a caller's URL",
        arguments: [
            ("https://cdn.test/f", "https://cdn.test/f?b=2"), ("https://cdn.test/f?a=1", "https://cdn.test/f?a=1&b=2"),
        ])
    func callerURLWithParameters(given: String, sent: String) async throws {
        let transport = RecordingTransport([.success(HTTPResponse(status: 200, body: Data([7])))])
        let endpoint = Endpoint<Data>(.get, "", id: "x", query: ["b": 2], response: .bytes).with(\.host, .url(given))
        _ = try await Client(transport).send(endpoint)
        #expect(transport.requests[0].url.absoluteString == sent)
    }

    @Test("a caller's URL must be absolute", arguments: ["", "/x", "ftp://h/x", "file:///etc/passwd", "https://"])
    func badCallerURL(url: String) {
        #expect(refusal(get("").with(\.host, .url(url))) == "url: must be an absolute http or https URL")
    }

    // MARK: Headers

    @Test("User-Agent names the version of the package, unless the call has a value of its own")
    func userAgent() throws {
        let client = Client(RecordingTransport(json: "{}"))
        #expect(try client.request(for: get("/x")).headers["User-Agent"] == "EndpointKit/\(ToolkitVersion.current)")
        var endpoint = get("/x")
        endpoint.headers = ["user-agent": "mine/1"]
        #expect(try client.request(for: endpoint).headers["User-Agent"] == "mine/1")
    }

    @Test("header parameters are sent and replace fixed ones; a line break cannot add a header")
    func headers() throws {
        var endpoint = get("/x")
        endpoint.headers = ["X-Client": "mine", "X-Page": 3, "X-None": Int?.none, "X-Null": JSONValue.null]
        let headers = try request(endpoint).headers
        #expect(headers["X-Client"] == "mine")
        #expect(headers["X-Page"] == "3")
        #expect(headers["X-None"] == nil && headers["X-Null"] == nil)
        endpoint.headers = ["X-Page": "1\r\nX-Evil: 2"]
        #expect(refusal(endpoint) == "X-Page: must not contain control characters")
        endpoint.headers = ["X-Page: 1\r\nX-Evil": "2"]
        #expect(refusal(endpoint)?.hasSuffix("is not a valid header field name") == true)
    }

    // MARK: Bodies

    @Test("a JSON body keeps the order of its fields, 64-bit integers and Unicode")
    func jsonBody() throws {
        let request = try request(
            post(.json(["z": 9_007_199_254_740_993 as Int64, "a": "中\"\n", "none": Int?.none, "list": [1, 2]])))
        #expect(request.body.text == #"{"z":9007199254740993,"a":"中\"\n","list":[1,2]}"#)
        #expect(request.headers["Content-Type"] == "application/json")
    }

    @Test("a body can be one value; without fields it is an empty object")
    func wholeBodies() throws {
        #expect(try request(post(.jsonValue(Parameter("ids", [1, 2])))).body.text == "[1,2]")
        #expect(try request(post(.json([]))).body.text == "{}")
        #expect(try request(post(.none)).headers["Content-Type"] == nil)
    }

    @Test("a multipart body has one part for each value, and files are not read into memory")
    func multipart() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("part-\(UUID().uuidString)")
        try Data("0123456789".utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        let request = try request(
            post(
                .multipart([
                    Parameter("sliceNo", 1), Parameter("na\"me\r\n", "中"),
                    Parameter("slice", BinaryContent.file(url, offset: 2, length: 5), .binary),
                    Parameter("data", Data([0x41]), .binary), Parameter("none", Int?.none),
                ])))
        let type = try #require(request.headers["Content-Type"])
        let boundary = try #require(type.split(separator: "boundary=").last)
        let name = url.lastPathComponent
        let expected = [
            "--\(boundary)", "Content-Disposition: form-data; name=\"sliceNo\"", "", "1", "--\(boundary)",
            "Content-Disposition: form-data; name=\"na%22me%0D%0A\"", "", "中", "--\(boundary)",
            "Content-Disposition: form-data; name=\"slice\"; filename=\"\(name)\"",
            "Content-Type: application/octet-stream", "", "23456", "--\(boundary)",
            "Content-Disposition: form-data; name=\"data\"; filename=\"data\"",
            "Content-Type: application/octet-stream",
            "", "A", "--\(boundary)--", "",
        ].joined(separator: "\r\n")
        #expect(request.body.text == expected)
        #expect(request.body.length == Int64(expected.utf8.count))
        #expect(request.body.chunks.contains(.file(url, offset: 2, length: 5)))
    }

    @Test("a form has a pair for each scalar; brackets only where the schema says so")
    func form() throws {
        let inner: JSONValue = ["b": ["x", "y z"], "c": ["d": true], "n": nil]
        let lines: JSONValue = [["no": 1], ["no": 2]]
        let fields: Parameters = [
            Parameter("text", "a=&+ é"), Parameter("ids", [1, 2]), Parameter("none", Int?.none), Parameter("empty", ""),
            Parameter("a", inner, .any.style(.deepObject)), Parameter("l", lines, .any.style(.deepObject)),
            Parameter("json", ["k": 1] as JSONValue),
        ]
        let request = try request(post(.form(fields)))
        #expect(
            request.body.text.removingPercentEncoding == #"text=a=&+ é&ids=1&ids=2&empty=&a[b]=x&a[b]=y z&a[c][d]=true"#
                + #"&l[0][no]=1&l[1][no]=2&json={"k":1}"#)
        #expect(request.body.text.hasPrefix("text=a%3D%26%2B%20%C3%A9&ids=1"))
        #expect(request.headers["Content-Type"] == "application/x-www-form-urlencoded")
        #expect(try self.request(post(.form([]))).body.isEmpty)
        #expect(try self.request(get("/x", query: fields)).url.query == request.body.text)
    }

    @Test("parts have the media types of their schemas, an array is a part for each element, an object is JSON")
    func typedParts() throws {
        let fields: Parameters = [
            Parameter("info", ["a": 1] as JSONValue, .any.contentType("application/ld+json")),
            Parameter("list", [["a": 1], "b", nil] as JSONValue), Parameter("files", [Data([1]), Data([2])]),
            Parameter("typed", [Data([3])], .array(.binary).contentType("image/png")),
        ]
        let request = try request(post(.multipart(fields)).with(\.contentType, "multipart/mixed"))
        #expect(request.headers["Content-Type"]?.hasPrefix("multipart/mixed; boundary=") == true)
        guard case .multipart(let parts) = try NormalizedRequest(request).body else {
            Issue.record("the body is not multipart")
            return
        }
        #expect(parts.map(\.name) == ["info", "list", "list", "files", "files", "typed"])
        #expect(
            parts.map(\.contentType) == [
                "application/ld+json", "application/json", nil, "application/octet-stream", "application/octet-stream",
                "image/png",
            ])
        #expect(parts.map(\.content).suffix(3) == [Data([1]), Data([2]), Data([3])])
        #expect(refusal(post(.json([Parameter("files", [Data([1])])]))) == "files: must be a value; got several files")
        #expect(
            refusal(post(.multipart([Parameter("files", [Data([1])], .string())])))
                == "files: must be a string; got several files")
    }

    @Test(
        "the endpoint's media type is that of the body; of bytes a header parameter says it where the endpoint does not"
    )
    func contentTypes() throws {
        let json = post(.json(["a": 1])).with(\.contentType, "application/merge-patch+json")
        #expect(try request(json).headers["Content-Type"] == "application/merge-patch+json")
        var bytes = post(.binary(Parameter("file", Data([1]), .binary)))
        bytes.headers = ["content-type": "image/png"]
        #expect(try request(bytes).headers["Content-Type"] == "image/png")
        #expect(try request(bytes.with(\.contentType, "image/gif")).headers["Content-Type"] == "image/gif")
    }

    @Test("a binary body is the bytes")
    func binary() throws {
        let request = try request(post(.binary(Parameter("file", Data([1, 2]), .binary))))
        #expect(request.body == .data(Data([1, 2])))
        #expect(request.headers["Content-Type"] == "application/octet-stream")
    }

    @Test("bytes instead of JSON, and JSON instead of bytes, are refused")
    func wrongContent() {
        #expect(refusal(post(.json([Parameter("a", Data([1]))]))) == "a: must be a value; got bytes")
        #expect(refusal(get("/x", query: [Parameter("a", Data([1]), .string())])) == "a: must be a string; got bytes")
        #expect(refusal(post(.binary(Parameter("a", "text")))) == "a: must be bytes; got string")
        #expect(refusal(post(.multipart([Parameter("a", "text", .binary)]))) == "a: must be bytes; got string")
        #expect(
            refusal(post(.multipart([Parameter("a", Data([1]), .integer())]))) == "a: must be an integer; got bytes")
    }

    @Test("an error lists all violations, in every location")
    func allViolations() {
        var endpoint = post(.json([Parameter("name", "", .string(minLength: 1))]))
        endpoint.query = [Parameter("limit", 0, .integer(minimum: 1)), Parameter("ok", 1, .integer())]
        endpoint.headers = [Parameter("X-Mode", "b", .string(pattern: "^a$"))]
        #expect(
            refusal(endpoint)
                == "limit: must be at least 1; got 0; X-Mode: must match ^a$; got \"b\"; name: must not be empty")
    }
}
