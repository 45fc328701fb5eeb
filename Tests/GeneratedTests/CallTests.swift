import EndpointDynamic
import EndpointKit
import EndpointTesting
import Foundation
import TestSupport
import Testing
import Warehouse
import WarehouseOffice

@Suite("Generated calls")
struct CallTests {
    // MARK: Values

    @Test("a value that no spec names is decoded, stored and sent back")
    func openEnumerations() async throws {
        let loop = try Loop(payloads: [
            #"{"total":1,"goods":[{"id":"9007199254740993","label":"Saw","kind":77,"parts":[{"no":1,"colour":"new"}],"sold":0}]}"#
        ])
        defer { loop.server.stop() }
        let client = loop.client(WarehouseClient.self)
        let good = try #require(try await client.goods.listGoods(hall: "N").goods.first)
        let expected = WarehouseClient.Good(
            id: 9_007_199_254_740_993, label: "Saw", kind: WarehouseClient.Kind(rawValue: 77),
            parts: [.init(no: 1, colour: .init(rawValue: "new"))], sold: false)
        #expect(good == expected)
        #expect(good.kind.description == "77")
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(
            String(decoding: try encoder.encode(good), as: UTF8.self)
                == #"{"id":"9007199254740993","kind":77,"label":"Saw","parts":[{"colour":"new","no":1}],"sold":0}"#)
    }

    @Test("a value that a service writes in several ways is read")
    func tolerance() async throws {
        let loop = try Loop(payloads: [
            #"""
            {"goodId":"5","price":"1.25","code":12,"state":"1","level":"1","flag":"true","made":"2024-02-29T12:00:00Z",
             "sold":"","moved":1709208000123,"hall":null,"words":"a;b","rows":[[1],[]],"ids":[{"id":3}],"times":null}
            """#
        ])
        defer { loop.server.stop() }
        let sheet = try await loop.client(WarehouseClient.self).goods.sheet(id: 5)
        #expect(
            sheet
                == .init(
                    id: 5, price: 1.25, code: "12", state: .used, level: .low, flag: true,
                    made: Date(timeIntervalSince1970: 1_709_208_000),
                    moved: Date(timeIntervalSince1970: 1_709_208_000.123), words: ["a", "b"], rows: [[1], []], ids: [3]
                ))
    }

    @Test("arguments are checked before anything is sent")
    func checks() async throws {
        let loop = try Loop(payloads: ["null"])
        defer { loop.server.stop() }
        let goods = loop.client(WarehouseClient.self).goods
        let size = await failure { () async throws(APIError) in _ = try await goods.listGoods(hall: "N", pageSize: 4) }
        #expect(size?.kind == .invalidParameter)
        #expect(size?.message.contains("page_size") == true, "\(size?.message ?? "")")
        let label = await failure { () async throws(APIError) in _ = try await goods.listGoods(hall: "N/1") }
        #expect(label?.kind == .invalidParameter)
        let none = await failure { () async throws(APIError) in _ = try await goods.renameGoods(renames: []) }
        #expect(none?.kind == .invalidParameter)
        let inner = await failure { () async throws(APIError) in
            _ = try await goods.addGood(label: "a", weight: 1, owner: nil, size: .init(width: 0))
        }
        #expect(inner?.kind == .invalidParameter)
        #expect(loop.server.requests.isEmpty)
    }

    @Test("an error shows no secret")
    func secrets() async throws {
        let loop = try Loop(.json(#"{"code":9,"message":"wrong secret hunter2 for planted"}"#))
        defer { loop.server.stop() }
        let client = loop.client(WarehouseClient.self)
        let error = await failure { () async throws(APIError) in
            _ = try await client.auth.createToken(clientID: "me", clientSecret: "hunter2")
        }
        #expect(error?.code == 9)
        #expect(error.map { "\($0)".contains("hunter2") } == false, "\(error?.description ?? "")")
    }

    // MARK: Pages

    private static func good(_ id: Int, sold: Int = 0) -> String {
        #"{"id":"\#(id)","label":"a","kind":1,"parts":null,"sold":\#(sold)}"#
    }

    @Test("a pager yields all pages up to the total, without hidden items")
    func pages() async throws {
        let loop = try Loop(payloads: [
            #"{"total":3,"goods":[\#(Self.good(1)),\#(Self.good(2, sold: 1))]}"#,
            #"{"total":3,"goods":[\#(Self.good(3))]}"#,
        ])
        defer { loop.server.stop() }
        let goods = try await loop.client(WarehouseClient.self).goods.allGoods(hall: "N").collect()
        #expect(goods.map(\.id) == [1, 3])
        #expect(try loop.requests.map { $0.query("page") } == ["1", "2"])
    }

    @Test("pages that run dry before the total are an error")
    func dry() async throws {
        let loop = try Loop(payloads: [#"{"total":3,"goods":[\#(Self.good(1))]}"#, #"{"total":3,"goods":null}"#])
        defer { loop.server.stop() }
        let pager = loop.client(WarehouseClient.self).goods.allGoods(hall: "N")
        let error = await failure { () async throws(APIError) in _ = try await pager.collect() }
        #expect(error != nil)
    }

    @Test("a pager follows a cursor to its end")
    func cursor() async throws {
        let loop = try Loop(payloads: [
            #"{"next":"m1","moves":[{"good":1,"undone":true},{"good":2,"undone":false}]}"#,
            #"{"next":"","moves":[{"good":3,"undone":false}]}"#,
        ])
        defer { loop.server.stop() }
        let moves = try await loop.client(WarehouseClient.self).goods.moves().collect()
        #expect(moves.map(\.good) == [2, 3])
        #expect(try loop.requests.map { $0.query("after") } == [nil, "m1"])
    }

    @Test("a pager follows an empty page with a new cursor")
    func emptyPage() async throws {
        let loop = try Loop(payloads: [
            #"{"next":"m1","moves":[{"good":1,"undone":false},{"good":2,"undone":false}]}"#,
            #"{"next":"m2","moves":[]}"#,
            #"{"next":"","moves":[{"good":3,"undone":false},{"good":4,"undone":false}]}"#,
        ])
        defer { loop.server.stop() }
        #expect(try await loop.client(WarehouseClient.self).goods.moves().collect().map(\.good) == [1, 2, 3, 4])
        #expect(try loop.requests.map { $0.query("after") } == [nil, "m1", "m2"])
    }

    @Test("a pager ends with a short page")
    func shortPage() async throws {
        let loop = try Loop(payloads: [#"{"labels":["a","b"]}"#, #"{"labels":["c"]}"#])
        defer { loop.server.stop() }
        #expect(try await loop.client(WarehouseClient.self).goods.allLabels().collect() == ["a", "b", "c"])
        #expect(try loop.requests.map(\.body) == [.json(["page": 0, "limit": 2]), .json(["page": 1, "limit": 2])])
    }

    @Test("a variant that another module adds has a pager")
    func variantPages() async throws {
        let loop = try Loop(payloads: [#"{"total":1,"goods":[\#(Self.good(1))]}"#])
        defer { loop.server.stop() }
        let tools = try await loop.client(WarehouseClient.self).goods.allTools(hall: "N").collect()
        #expect(tools.map(\.id) == [1])
        #expect(try loop.requests.map { $0.query("page_size") } == ["3"])
    }

    // MARK: Jobs and batches

    @Test("waiting for a job passes over responses that mean not yet")
    func waiting() async throws {
        let loop = try Loop(
            .json(#"{"code":20,"message":"wait"}"#), .json(#"{"code":0,"data":{"done":false,"status":1}}"#),
            .json(#"{"code":0,"data":{"done":true,"status":2}}"#))
        defer { loop.server.stop() }
        let status = try await loop.client(WarehouseClient.self).jobs.waitForJob(job: "j")
        #expect(status == .init(done: true, status: .ended))
        #expect(loop.server.requests.count == 3)
    }

    @Test("a batch splits a long list, and collects what was done and what was not")
    func batch() async throws {
        let loop = try Loop(payloads: [
            #"{"done":[1],"failed":[{"id":2,"reason":"sold"}]}"#, "null",
        ])
        defer { loop.server.stop() }
        let renames = (1...3).map { WarehouseClient.Goods.Rename(id: $0, newName: "n\($0)") }
        let outcome = await loop.client(WarehouseClient.self).goods.renameAll(renames: renames)
        #expect(outcome.done == renames)
        #expect(outcome.reportedDone == [1])
        #expect(outcome.reportedFailed == [.init(id: 2, reason: "sold")])
        #expect(outcome.failed.isEmpty && outcome.isComplete)
        #expect(
            try loop.requests.map(\.body) == [.json(["list": ["1|n1", "2|n2"]]), .json(["list": ["3|n3"]])])
    }

    // MARK: Hosts and bytes

    @Test("a part of a file is streamed as a multipart part, to a host that another response announced")
    func multipart() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "part-\(UUID())")
        try Data("0123456789".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let loop = try Loop(payloads: ["null"])
        defer { loop.server.stop() }
        try await loop.client(WarehouseClient.self).files.uploadPart(
            host: "http://up.example.com", no: 2, bytes: .file(file, offset: 3, length: 4))
        let request = try #require(try loop.requests.first)
        #expect(loop.transport.origins == ["https://up.example.com"])
        #expect(request.headers["x-token"] == "planted")
        #expect(
            request.body
                == .multipart([
                    MultipartPart(name: "no", content: Data("2".utf8)),
                    MultipartPart(name: "last", content: Data("false".utf8)),
                    MultipartPart(name: "kind", content: Data("part".utf8)),
                    MultipartPart(
                        name: "bytes", filename: "part.bin", contentType: "application/octet-stream",
                        content: Data("3456".utf8)),
                ]))
    }

    @Test("a call to a caller's URL has neither the token nor the service's header fields")
    func caller() async throws {
        let loop = try Loop(.response(200))
        defer { loop.server.stop() }
        try await loop.client(WarehouseClient.self).files.putContent(
            url: "http://store.example.com/a%2Fb?sign=x%2By", content: .data(Data([0, 255])))
        let request = try #require(try loop.requests.first)
        #expect(loop.transport.origins == ["https://store.example.com"])
        #expect(loop.server.requests.first?.target == "/a%2Fb?sign=x%2By")
        #expect(request.headers["content-type"] == "application/octet-stream")
        #expect(request.headers["x-token"] == nil && request.headers["x-client"] == nil)
        #expect(request.body == .bytes(Data([0, 255])))
    }
}
