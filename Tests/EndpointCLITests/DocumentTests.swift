import EndpointDynamic
import EndpointKit
import Foundation
import Testing

@testable import EndpointCLI

@Suite struct DocumentTests {
    @Test func listPrintsEveryEndpointAsScriptsExpectIt() async throws {
        let result = await Shop().run("list", "--format", "json")
        let value = try JSONValue(parsing: Data(result.output.utf8))
        #expect(value.array?.count == 6)
        #expect(
            result.output.contains(
                #"{"id":"goods.listGoods","group":"goods","name":"listGoods","method":"GET","path":"/goods","#
                    + #""title":"获取商品列表","summary":"Lists the goods."}"#))
        #expect(result.output.split(separator: "\n").count == 1)
    }

    @Test(arguments: [("商品", 3), ("GOODS", 3), ("列表", 1), ("list-goods", 1), ("/order", 1), ("nothing-like-it", 0)])
    func listFindsAWordInEitherLanguage(_ word: String, _ count: Int) async throws {
        let result = await Shop().run("list", word, "--format", "jsonl")
        #expect(result.output.split(separator: "\n").count == count)
        #expect(result.status == 0)
    }

    @Test func theTableOfEndpointsLinesUp() async {
        let result = await Shop().run("list", "订单")
        #expect(
            result.output == """
                ID                  Method  Path    Title     Summary
                orders.orderStatus  GET     /order  订单状态  Returns the status of an order.

                """)
    }

    @Test func describeShowsEverythingIn80Columns() async {
        let result = await Shop().run("describe", "goods.listGoods")
        #expect(
            result.output == """
                goods.listGoods
                获取商品列表
                Lists the goods.
                https://docs.example.com/goods

                Request  GET /goods
                Paging   by "page", "limit" items a page, until "total" items are read; --all
                         gets every page

                Arguments
                  --shelf-id STRING  required, at least 1 character. The shelf.
                  --limit INTEGER    1…100, default 100. A page.
                  --page INTEGER     at least 1, default 1.

                Response
                  total     integer
                  list      array of object
                    goodId  integer
                    name    string
                    kind    integer, optional, one of food (0), tool (1)

                Errors
                  401   authentication. Get a new token.
                  429   throttled; retried after a wait
                  5113  quotaExceeded

                Command
                  shop goods list-goods --shelf-id 's 1'

                Example: nothing
                  request: { "shelfID": "s 1" }
                  response: {
                    "code": 0,
                    "data": { "list": null, "total": 0 },
                    "message": "ok",
                    "trace": ""
                  }

                """)
    }

    @Test func describeFitsIn80ColumnsForEveryEndpoint() async {
        for id in [
            "goods.changeGood", "goods.dropGoods", "orders.orderStatus", "orders.sendPhoto", "orders.fetchPhoto",
        ] {
            let result = await Shop().run("describe", id)
            #expect(result.status == 0)
            for line in result.output.split(separator: "\n") where !line.contains("https://") {
                #expect(DisplayWidth.of(line) <= 80, "\(line)")
            }
        }
    }

    @Test func helpOfACommandShowsTypesRangesAndDefaults() async {
        let result = await Shop().run("goods", "change-good", "--help")
        #expect(result.output.hasPrefix("Usage: shop goods change-good --good-id INTEGER [--option VALUE …]\n"))
        for text in [
            "--good-id INTEGER", "--[no-]sold", "--mode fast|verySlow", "one of fast (0), verySlow (1)",
            "--tags STRING", "repeatable", "--box JSON", "fields: w", "--arg-format STRING", "--dry-run",
        ] {
            #expect(result.output.contains(text), "\(text)")
        }
        #expect(!result.output.contains("--wait"))
        #expect(result.requests.isEmpty)
    }

    @Test func helpOfACommandWithoutAPathSaysWhereItsURLComesFrom() async {
        let result = await Shop().run("orders", "fetch-photo", "--help")
        #expect(result.output.contains("\nGET (the URL is an argument)\n"))
    }

    @Test func helpIsEverywhere() async {
        for arguments in [
            ["--help"], ["-h"], ["help"], ["goods", "--help"], ["help", "goods"], ["help", "goods", "list-goods"],
            ["list", "--help"], ["describe", "--help"], ["completions", "--help"], ["--help", "goods", "list-goods"],
        ] {
            let result = await Shop(environment: [:]).run(arguments)
            #expect(result.status == 0, "\(arguments)")
            #expect(result.output.hasPrefix("Usage: shop"), "\(arguments)")
            #expect(result.error.isEmpty, "\(arguments)")
        }
    }

    @Test func withoutACommandHelpIsAnError() async {
        for arguments in [[], ["goods"]] {
            let result = await Shop().run(arguments)
            #expect(result.status == 2)
            #expect(result.error.hasPrefix("Usage: shop"))
            #expect(result.output.isEmpty)
        }
    }

    @Test func versionIsShown() async {
        #expect(await Shop().run("--version").output == "shop 1.2\n")
    }

    @Test func completionsHoldEveryCommandAndOption() async {
        for shell in ["bash", "zsh", "fish"] {
            let result = await Shop().run("completions", shell)
            #expect(result.status == 0)
            for text in ["goods", "list-goods", "shelf-id", "arg-format", "orders.sendPhoto"] {
                #expect(result.output.contains(text), "\(shell): \(text)")
            }
        }
    }
}
