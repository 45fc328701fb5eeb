import EndpointKit
import EndpointTesting
import Foundation
import TestSupport
import Testing

@Suite("Normalized request")
struct NormalizedRequestTests {
    private func request(
        _ url: String = "https://shop.example.com", type: String? = nil, _ body: Data = Data()
    ) throws -> NormalizedRequest {
        var headers: HTTPFields = [:]
        headers["Content-Type"] = type
        return try NormalizedRequest(
            HTTPRequest(.post, #require(URL(string: url)), headers: headers, body: .data(body)))
    }

    @Test("a URL is taken apart, decoded, and its query sorted")
    func url() throws {
        let request = try request("https://shop.example.com:8443/a%20b/c?z=1&a=%2B&z=0&flag")
        #expect(request.origin == "https://shop.example.com:8443")
        #expect(request.path == "/a b/c")
        #expect(
            request.query == [
                .init(name: "a", value: "+"), .init(name: "flag", value: ""), .init(name: "z", value: "0"),
                .init(name: "z", value: "1"),
            ])
        #expect(request.query("z") == "0")
        #expect(request.query("x") == nil)
    }

    @Test("header fields compare by lower-case names, and those of the connection are left out")
    func headers() throws {
        var fields: HTTPFields = ["Host": "x", "CONTENT-LENGTH": "0", "X-Kind": "a", "Accept-Encoding": "gzip"]
        fields.append("b", for: "x-kind")
        let url = try #require(URL(string: "https://shop.example.com"))
        #expect(try NormalizedRequest(HTTPRequest(.get, url, headers: fields)).headers == ["x-kind": "a, b"])
        fields["Accept"] = "*/*"
        #expect(try NormalizedRequest(HTTPRequest(.get, url, headers: fields)).headers["accept"] == nil)
        fields["Accept"] = "text/html"
        #expect(try NormalizedRequest(HTTPRequest(.get, url, headers: fields)).headers["accept"] == "text/html")
    }

    @Test("JSON bodies compare as values, and one that is not JSON as its bytes")
    func json() throws {
        let type = "application/json; charset=utf-8"
        let one = try request(type: type, Data(#"{"a": 1, "b": 2}"#.utf8))
        #expect(try one == request(type: type, Data(#"{"b":2,"a":1}"#.utf8)))
        #expect(one.body == .json(["a": 1, "b": 2]))
        #expect(try request(type: type, Data("{".utf8)).body == .bytes(Data("{".utf8)))
        #expect(try request(type: type).body == .none)
    }

    @Test("multipart bodies compare part by part, whatever their boundary")
    func multipart() throws {
        let endpoint = Endpoint<Void>(
            .post, "/x", id: "x",
            body: .multipart(["no": 1, "file": BinaryContent.data(Data([0xFF, 13, 10, 0]), filename: "a.bin")]),
            response: .none)
        let client = Client(RecordingTransport(json: "{}"))
        let first = try client.request(for: endpoint)
        let second = try client.request(for: endpoint)
        #expect(first != second)
        #expect(try NormalizedRequest(first) == NormalizedRequest(second))
        #expect(try NormalizedRequest(first).headers["content-type"] == "multipart/form-data")
        #expect(
            try NormalizedRequest(first).body
                == .multipart([
                    MultipartPart(name: "no", content: Data("1".utf8)),
                    MultipartPart(
                        name: "file", filename: "a.bin", contentType: "application/octet-stream",
                        content: Data([0xFF, 13, 10, 0])),
                ]))
    }

    @Test(
        "a body that is not well-formed multipart stays bytes",
        arguments: [
            "", "x", "--b", "--b\r\n--b--", "--b\r\n\r\nno name\r\n--b--\r\n", "--b\r\nname=\"a\"\r\n\r\nx\r\n",
        ])
    func brokenMultipart(text: String) throws {
        let request = try request(type: "multipart/form-data; boundary=b", Data(text.utf8))
        #expect(request.body == (text.isEmpty ? .none : .bytes(Data(text.utf8))))
    }

    @Test("files in a body are read, and a missing one is an error")
    func files() throws {
        let file = try TemporaryFile(Data("0123456789".utf8))
        let url = try #require(URL(string: "https://shop.example.com"))
        let body = HTTPBody(chunks: [.data(Data("a".utf8)), .file(file.url, offset: 2, length: 3)])
        #expect(try NormalizedRequest(HTTPRequest(.put, url, body: body)).body == .bytes(Data("a234".utf8)))
        let missing = HTTPBody(chunks: [.file(file.folder.appending(path: "none"), offset: 0, length: 1)])
        #expect(throws: (any Error).self) { try NormalizedRequest(HTTPRequest(.put, url, body: missing)) }
    }
}
