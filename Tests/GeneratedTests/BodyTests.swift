import EndpointKit
import EndpointTesting
import Foundation
import TestSupport
import Testing
import Warehouse

@Suite("Generated calls: bodies")
struct BodyTests {
    @Test("a form has pairs of name and value, and the fields of objects in brackets")
    func form() async throws {
        let loop = try Loop(payloads: ["[1]"])
        defer { loop.server.stop() }
        let found = try await loop.client(WarehouseClient.self).goods.searchGoods(
            filter: .init(kind: .toy, tags: ["a b"]), text: "saw & nail", kinds: [.tool, .toy],
            order: [.init(by: "label", down: true)])
        #expect(found == [1])
        let arrived = try #require(loop.server.requests.first)
        #expect(arrived.target == "/base/search?filter%5Bkind%5D=2&filter%5Btags%5D=a%20b")
        #expect(
            String(decoding: arrived.body, as: UTF8.self)
                == "text=saw%20%26%20nail&kinds=1&kinds=2&order%5B0%5D%5Bby%5D=label&order%5B0%5D%5Bdown%5D=1&limit=10"
                + "&mode=full%20text")
        #expect(try loop.requests.first?.headers["content-type"] == "application/x-www-form-urlencoded")
    }

    @Test("a multipart body has a part for each element, objects as JSON, and the media types of the spec")
    func multipart() async throws {
        let loop = try Loop(payloads: ["null"])
        defer { loop.server.stop() }
        try await loop.client(WarehouseClient.self).files.uploadSet(
            about: .init(title: "A"), marks: [.init(page: 1), .init(page: 2)], tags: ["x", "y"],
            cover: .data(Data([1])), notes: "*a*",
            pages: [.data(Data("p".utf8), filename: "p.txt"), .data(Data("q".utf8))])
        func text(_ name: String, _ type: String?, _ content: String, filename: String? = nil) -> MultipartPart {
            MultipartPart(name: name, filename: filename, contentType: type, content: Data(content.utf8))
        }
        #expect(
            try loop.requests.first?.body
                == .multipart([
                    text("about", "application/json", #"{"title":"A"}"#),
                    text("marks", "application/json", #"{"page":1}"#),
                    text("marks", "application/json", #"{"page":2}"#),
                    text("tags", nil, "x"), text("tags", nil, "y"),
                    text("cover", "image/png", "\u{1}", filename: "cover.png"),
                    text("notes", "text/markdown; charset=utf-8", "*a*"),
                    text("pages", "application/octet-stream", "p", filename: "p.txt"),
                    text("pages", "application/octet-stream", "q", filename: "pages"),
                ]))
        #expect(try loop.requests.first?.headers["content-type"] == "multipart/mixed")
    }

    @Test("as many files as the spec allows")
    func count() async throws {
        let loop = try Loop(payloads: ["null"])
        defer { loop.server.stop() }
        let files = loop.client(WarehouseClient.self).files
        let page = BinaryContent.data(Data([1]))
        for (pages, problem) in [
            ([BinaryContent](), "pages: must have at least 1 item; got 0"),
            ([page, page, page, page], "pages: must have at most 3 items; got 4"),
        ] {
            let error = await failure { () async throws(APIError) in
                try await files.uploadSet(about: .init(title: "A"), pages: pages)
            }
            #expect(error?.message == problem)
        }
        #expect(loop.server.requests.isEmpty)
    }

    @Test("a body has the media type that the endpoint says")
    func contentType() async throws {
        let loop = try Loop(payloads: ["null"])
        defer { loop.server.stop() }
        try await loop.client(WarehouseClient.self).goods.patchGood(id: 1, label: "Saw")
        #expect(try loop.requests.first?.headers["content-type"] == "application/merge-patch+json")
        #expect(try loop.requests.first?.body == .json(["label": "Saw"]))
    }
}
