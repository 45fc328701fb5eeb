import EndpointKit
import Foundation
import TestSupport
import Testing

@testable import EndpointCLI

@Suite struct CallTests {
    private static let page =
        #"{"total":2,"list":[{"goodId":1,"name":"苹果","kind":0},{"name":"saw","goodId":12,"kind":1}]}"#

    @Test func aCallPrintsItsItemsAsATableAndTheTotal() async {
        let result = await Shop(payloads: [Self.page]).run("goods", "list-goods", "--shelf-id", "a+b/c=")
        #expect(result.targets == ["GET /goods?shelfID=a%2Bb%2Fc%3D&limit=100&page=1"])
        #expect(
            result.output == """
                Good ID  Name  Kind
                      1  苹果  food
                     12  saw   tool
                total: 2

                """)
        #expect(result.error.isEmpty)
        #expect(result.status == 0)
    }

    @Test func jsonIsThePayloadOnOneLineWithEmptyLists() async {
        let shop = Shop(payloads: [#"{"total":0,"list":null}"#])
        let result = await shop.run("goods", "list-goods", "--shelf-id", "s", "--format", "json")
        #expect(result.output == #"{"total":0,"list":[]}"# + "\n")
        #expect(result.status == 0)
    }

    @Test func rawIsTheResponseAsReceived() async {
        let shop = Shop(payloads: [#"{"total":0, "list":null}"#])
        let result = await shop.run("goods", "list-goods", "--shelf-id", "s", "--raw")
        #expect(result.output == #"{"code":0,"message":"ok","data":{"total":0, "list":null},"trace":"tr-1"}"#)
    }

    @Test func optionsMayBeAnywhere() async {
        for arguments in [
            ["--format=json", "goods", "list-goods", "--shelf-id=s", "--limit=5"],
            ["--shelf-id", "s", "goods", "--limit", "5", "list-goods", "--format", "json"],
            ["goods.listGoods", "--limit", "5", "--format", "json", "--shelf-id", "s"],
            ["shop", "goods", "list-goods", "--shelf-id", "s", "--format", "json", "--limit", "5"],
        ] {
            let result = await Shop(payloads: [#"{"total":0,"list":[]}"#]).run(arguments)
            #expect(result.targets == ["GET /goods?shelfID=s&limit=5&page=1"], "\(arguments)")
            #expect(result.status == 0, "\(arguments): \(result.error)")
        }
    }

    // MARK: All pages

    private static let pages = [
        #"{"total":3,"list":[{"goodId":1,"name":"a"},{"goodId":2,"name":"b"}]}"#,
        #"{"total":3,"list":[{"goodId":3,"name":"c"}]}"#,
    ]

    @Test func allPagesAreOneArrayOrOneItemPerLine() async {
        let json = await Shop(payloads: Self.pages).run(
            "goods", "list-goods", "--shelf-id", "s", "--all", "--format", "json")
        #expect(
            json.output
                == #"[{"goodId":1,"name":"a"},{"goodId":2,"name":"b"},{"goodId":3,"name":"c"}]"# + "\n")
        #expect(json.targets == ["GET /goods?shelfID=s&limit=100&page=1", "GET /goods?shelfID=s&limit=100&page=2"])
        let lines = await Shop(payloads: Self.pages).run(
            "goods", "list-goods", "--shelf-id", "s", "--all", "--format", "jsonl")
        #expect(
            lines.output == """
                {"goodId":1,"name":"a"}
                {"goodId":2,"name":"b"}
                {"goodId":3,"name":"c"}

                """)
        let table = await Shop(payloads: Self.pages).run("goods", "list-goods", "--shelf-id", "s", "--all")
        #expect(
            table.output == """
                Good ID  Name
                      1  a
                      2  b
                      3  c
                total: 3

                """)
    }

    @Test func afterAnErrorATableShowsTheItemsReadAndJSONNothing() async {
        let responses = [Shop.envelope(Self.pages[0]), Shop.refusal(7, "no more")]
        let json = await Shop(responses: responses).run(
            "goods", "list-goods", "--shelf-id", "s", "--all", "--format", "json")
        #expect(json.output.isEmpty)
        #expect(json.status == 1)
        #expect(json.error == "shop: goods.listGoods: no more (code 7, trace id tr-9) (after 2 items)\n")
        let table = await Shop(responses: responses).run("goods", "list-goods", "--shelf-id", "s", "--all")
        #expect(table.output == "Good ID  Name\n      1  a\n      2  b\n")
        #expect(table.status == 1)
    }

    @Test func progressIsShownOnlyToATerminal() async {
        var shop = Shop(payloads: Self.pages)
        #expect(await shop.run("goods", "list-goods", "--shelf-id", "s", "--all").error.isEmpty)
        shop.isErrorTerminal = true
        let error = await shop.run("goods", "list-goods", "--shelf-id", "s", "--all").error
        #expect(error.contains("\r\u{1B}[K2 items"))
        #expect(error.hasSuffix("\r\u{1B}[K"))
    }

    @Test func aClosedPipeEndsQuietly() async {
        let shop = Shop(payloads: Self.pages, closesAfter: 1)
        let result = await shop.run("goods", "list-goods", "--shelf-id", "s", "--all", "--format", "jsonl")
        // A page is written at once.
        #expect(result.output == "{\"goodId\":1,\"name\":\"a\"}\n{\"goodId\":2,\"name\":\"b\"}\n")
        #expect(result.error.isEmpty)
        #expect(result.status == 0)
    }

    // MARK: Jobs, batches, bytes

    @Test func waitPollsUntilTheJobIsDone() async {
        let shop = Shop(payloads: [#"{"status":1}"#, #"{"status":2}"#])
        let result = await shop.run("orders", "order-status", "--order-id", "o", "--wait", "--timeout", "10")
        #expect(result.output == "status: finished\n")
        #expect(result.requests.count == 2)
        #expect(result.status == 0)
        let failed = await Shop(payloads: [#"{"status":3}"#]).run("orders", "order-status", "--order-id", "o", "--wait")
        #expect(failed.status == 1)
    }

    @Test func aLongListIsSentInPartsAndFailedItemsGiveTheirOwnStatus() async {
        let shop = Shop(payloads: [#"{"failed":[1]}"#, "null"])
        let result = await shop.run(
            "goods", "drop-goods", "--ids", "1", "--ids", "2", "--ids", "3", "--format", "json")
        #expect(result.bodies == [#"{"ids":[1,2]}"#, #"{"ids":[3]}"#])
        #expect(result.output == #"{"failed":[1]}"# + "\n")
        #expect(result.error == "shop: goods.dropGoods: 1 item failed, see failed\n")
        #expect(result.status == 6)
    }

    @Test func aStoppedBatchReportsWhatWasDone() async {
        let shop = Shop(responses: [Shop.envelope("null"), Shop.refusal(7, "no")])
        let result = await shop.run("goods", "drop-goods", "--ids", "[1,2,3,4,5]", "--format", "json")
        #expect(result.status == 6)
        #expect(
            result.error
                == "shop: goods.dropGoods: no (code 7, trace id tr-9); 2 items done, 2 failed, 1 items not sent\n"
                || result.error.contains("2 items done, 2 failed, 1 not sent"))
    }

    @Test func aFileIsSentWithoutBeingLoaded() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("shop-\(UUID().uuidString)")
        try Data("0123456789".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        for value in [file.path, "@\(file.path)"] {
            let result = await Shop(payloads: ["null"]).run("orders", "send-photo", "--no", "1", "--photo", value)
            #expect(result.status == 0, "\(result.error)")
            #expect(
                result.requests.first?.body.chunks.contains(
                    .file(URL(fileURLWithPath: file.path), offset: 0, length: 10)) == true)
        }
        let part = #"{"$file":"\#(file.path)","offset":4,"length":2}"#
        let result = await Shop(payloads: ["null"]).run("orders", "send-photo", "--no", "1", "--photo", part)
        #expect(
            result.requests.first?.body.chunks.contains(.file(URL(fileURLWithPath: file.path), offset: 4, length: 2))
                == true)
    }

    @Test func aBinaryResponseIsWrittenUnlessOutputIsATerminal() async {
        var shop = Shop(responses: [Shop.response("raw bytes", type: "image/png")])
        let result = await shop.run("orders", "fetch-photo", "--url", "https://cdn.example.com/p")
        #expect(result.output == "raw bytes")
        #expect(result.requests.first?.headers["Authorization"] == nil)
        shop.isOutputTerminal = true
        let refused = await shop.run("orders", "fetch-photo", "--url", "https://cdn.example.com/p")
        #expect(refused.status == 2)
        #expect(refused.requests.isEmpty)
    }

    // MARK: Offline, and over real sockets

    @Test func offlineNeedsNoTokenAndSaysSo() async {
        let shop = Shop(environment: ["SHOP_URL": "https://other.example.com"], payloads: [#"{"total":0,"list":[]}"#])
        let result = await shop.run("goods", "list-goods", "--shelf-id", "s", "--offline", "--format", "json")
        #expect(result.status == 0)
        #expect(result.error == "shop: offline: nothing is sent; the response is a simulator's or an example's\n")
        #expect(result.requests.first?.url.host == "shop.example.com")
    }

    @Test func withoutASimulatorTheSpecsExampleIsTheResponse() async {
        var shop = Shop()
        shop.hasSimulator = false
        let without = await shop.run("goods", "list-goods", "--shelf-id", "s", "--offline", "--format", "json")
        #expect(without.status == 0)
        let unplayed = Shop(responses: [HTTPResponse(status: 501)])
        let result = await unplayed.run("goods", "list-goods", "--shelf-id", "s", "--offline", "--format", "json")
        #expect(result.output == without.output)
        #expect(result.output.contains(#""total":0"#))
    }

    @Test func whatTheSimulatorRefusesIsAnsweredByTheExample() async {
        let shop = Shop(responses: [Shop.refusal(7, "no such shelf")])
        let result = await shop.run("goods", "list-goods", "--shelf-id", "s", "--offline", "--format", "json")
        #expect(result.status == 0)
        #expect(result.output == #"{"total":0,"list":[]}"# + "\n")
    }

    @Test func withoutAnExampleTheResponseIsMadeFromTheSchema() async {
        var shop = Shop()
        shop.hasSimulator = false
        let change = await shop.run("goods", "change-good", "--good-id", "7", "--offline", "--format", "json")
        #expect(change.status == 0)
        #expect(change.output == #"{"goodId":1,"secret":"<redacted>"}"# + "\n")
        #expect(
            change.error == """
                shop: offline: nothing is sent; the response is a simulator's or an example's
                shop: goods.changeGood has no example of a success: its response is made from its schema

                """)
        let job = await shop.run("orders", "order-status", "--order-id", "o", "--wait", "--offline")
        #expect(job.output == "status: finished\n")
        let photo = await shop.run("orders", "fetch-photo", "--url", "https://cdn.example.com/p", "--offline")
        #expect(photo.output == "example")
        let drop = await shop.run("orders", "send-photo", "--no", "1", "--photo", "/dev/null", "--offline")
        #expect(drop.status == 0 || drop.status == 2, "\(drop.error)")
    }

    @Test func theRequestSentIsTheOneOfTheSpec() async throws {
        let server = try LoopbackServer { _ in .json(#"{"code":0,"message":"ok","data":{"total":0,"list":null}}"#) }
        defer { server.stop() }
        var shop = Shop()
        shop.usesNetwork = true
        shop.environment["SHOP_URL"] = "http://127.0.0.1:\(server.port)"
        let result = await shop.run(
            "goods", "list-goods", "--shelf-id", "a+b/c=", "--limit", "100", "--page", "1", "--format", "json")
        #expect(result.output == #"{"total":0,"list":[]}"# + "\n", "\(result.error)")
        let request = try #require(server.requests.first)
        #expect(server.requests.count == 1)
        #expect(request.method == "GET")
        #expect(request.target == "/goods?shelfID=a%2Bb%2Fc%3D&limit=100&page=1")
        #expect(request.headers["Authorization"] == "Bearer \(Shop.token)")
        #expect(request.headers["Platform"] == "shop")
        #expect(request.body.isEmpty)
    }
}
