import EndpointKit
import Testing

@testable import EndpointCLI

@Suite struct OutputTests {
    private static let page = #"{"total":1,"list":[{"goodId":1,"name":"a"}]}"#

    private func shop(_ failure: OutputFailure, responses: [HTTPResponse] = []) -> Shop {
        Shop(payloads: [Self.page], responses: responses, closesAfter: 0, outputFailure: failure)
    }

    @Test(arguments: [
        ["list"], ["--help"], ["describe", "goods.listGoods"], ["completions", "bash"],
        ["goods", "list-goods", "--shelf-id", "s"], ["goods", "list-goods", "--shelf-id", "s", "--raw"],
        ["goods", "list-goods", "--shelf-id", "s", "--all"],
        ["goods", "list-goods", "--shelf-id", "s", "--all", "--format", "jsonl"],
        ["goods", "list-goods", "--shelf-id", "s", "--dry-run"],
    ])
    func outputThatCannotBeWrittenIsAFailure(_ words: [String]) async {
        let result = await shop(.failed("No space left on device")).run(words)
        #expect(result.status == 7)
        #expect(result.error == "shop: the output cannot be written: No space left on device\n")
        let closed = await shop(.closed).run(words)
        #expect(closed.status == 0)
        #expect(closed.error.isEmpty)
    }

    @Test func theCallsOwnFailureIsTheOneThatIsReported() async {
        let responses = [Shop.envelope(Self.page), Shop.refusal(7, "no more")]
        let page = #"{"total":2,"list":[{"goodId":1,"name":"a"}]}"#
        var shop = shop(.failed("No space left on device"), responses: [Shop.envelope(page), responses[1]])
        let table = await shop.run("goods", "list-goods", "--shelf-id", "s", "--all")
        #expect(table.status == 1)
        shop.responses = [Shop.envelope(#"{"failed":[2]}"#), Shop.refusal(7, "no more")]
        let batch = await shop.run("goods", "drop-goods", "--ids", "1", "--ids", "2", "--ids", "3")
        // Some items were done, and which ones is lost.
        #expect(batch.status == 7)
    }

    @Test func aFailedItemIsLessThanALostResult() async {
        var shop = shop(.failed("No space left on device"))
        shop.payloads = [#"{"failed":[1]}"#]
        #expect(await shop.run("goods", "drop-goods", "--ids", "1").status == 7)
    }

    @Test func whatIsNoMD5IsRefusedBeforeAnythingIsSent() async {
        let result = await Shop().run(
            "orders", "fetch-photo", "--url", "https://shop.example.com/p", "--output", "/nonexistent/p", "--md5", "abc"
        )
        #expect(result.status == 2)
        #expect(result.error == "shop: --md5: \"abc\" is not an MD5; write its 32 hexadecimal digits\n")
        #expect(result.requests.isEmpty)
    }

    @Test func inputIsReadWithinABound() async {
        var shop = Shop(payloads: [Self.page])
        shop.input = String(repeating: "x", count: (64 << 20) + 1)
        let result = await shop.run("goods", "list-goods", "--shelf-id", "-")
        #expect(result.status == 2)
        #expect(result.error == "shop: --shelf-id: standard input has more than 64 MiB\n")
        #expect(result.requests.isEmpty)
    }
}
