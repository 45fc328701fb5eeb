import EndpointKit
import Foundation
import Testing

@testable import EndpointCLI

@Suite struct ErrorTests {
    private static let call = ["goods", "list-goods", "--shelf-id", "s"]

    @Test(arguments: [
        (Shop.refusal(7, "货架不存在"), 1, "goods.listGoods: 货架不存在 (code 7, trace id tr-9)"),
        (Shop.refusal(401, "expired"), 3, "goods.listGoods: expired (code 401, trace id tr-9). Get a new token."),
        (Shop.response("no", status: 401), 3, "goods.listGoods: the server returned HTTP 401: no (HTTP 401)"),
        (Shop.refusal(5113, "traffic used up"), 4, "goods.listGoods: traffic used up (code 5113, trace id tr-9)"),
        (
            Shop.response("<html>Bad gateway</html>", status: 404, type: "text/html"), 1,
            "goods.listGoods: the server returned HTTP 404"
        ),
        (Shop.response(#"{"code":0,"data":{"tot"#), 5, "goods.listGoods: the response is not valid JSON"),
        (Shop.response(""), 5, "goods.listGoods: the response is empty"),
        (
            Shop.envelope(#"{"total":"x","list":[]}"#), 5,
            #"goods.listGoods: the response does not match the endpoint: data.total: expected an integer, found "x""#
        ),
    ])
    func aFailureIsOneLineAndAStatus(_ response: HTTPResponse, _ status: Int32, _ message: String) async {
        let result = await Shop(responses: [response]).run(Self.call)
        #expect(result.status == status)
        #expect(result.error.hasPrefix("shop: \(message)"), "\(result.error)")
        #expect(result.error.split(separator: "\n").count == 1)
        #expect(result.output.isEmpty)
    }

    @Test func retriedFailuresHaveTheirOwnStatus() async {
        let throttled = await Shop(responses: [Shop.refusal(429, "slow down")]).run(Self.call)
        #expect(throttled.status == 4)
        #expect(throttled.error.contains("slow down"))
        let gateway = await Shop(responses: [Shop.response("<html>502</html>", status: 502, type: "text/html")]).run(
            Self.call)
        #expect(gateway.status == 5)
        let refused = await Shop(responses: [HTTPResponse(status: 0)]).run(Self.call)
        #expect(refused.status == 5)
        #expect(refused.error.contains("connection refused"))
    }

    @Test func aMissingTokenIsReportedWithItsVariable() async {
        let result = await Shop(environment: [:]).run(Self.call)
        #expect(result.status == 3)
        #expect(
            result.error
                == "shop: goods.listGoods needs a token: set SHOP_TOKEN to an access token, or add --offline to try it "
                + "without an account\n")
        #expect(result.requests.isEmpty)
    }

    @Test func aFileOfAuthoritiesThatCannotBeReadIsRefused() async {
        for file in ["/no/such/file.pem", "/"] {
            let result = await Shop().run(Self.call + ["--cacert", file])
            #expect(result.status == 2)
            #expect(result.error == "shop: --cacert: \"\(file)\" is not a file that can be read\n")
            #expect(result.requests.isEmpty)
        }
    }

    @Test(arguments: [
        "http://shop.example.com", "http://127.0.0.1@evil.example.com", "ftp://x.example.com", "nonsense",
    ])
    func aBaseURLThatWouldExposeTheTokenIsRefused(_ url: String) async {
        var shop = Shop()
        let option = await shop.run(Self.call + ["--base-url", url])
        #expect(option.status == 2)
        #expect(option.requests.isEmpty)
        shop.environment["SHOP_URL"] = url
        let variable = await shop.run(Self.call)
        #expect(variable.status == 2)
        #expect(variable.requests.isEmpty)
    }

    @Test func textOfAServerCannotControlTheTerminal() async {
        let evil = "\\u001b[2J\\u009b31m\\u202e\\nsecond"
        let refused = await Shop(responses: [Shop.refusal(7, evil)]).run(Self.call)
        #expect(refused.error.hasSuffix("second (code 7, trace id tr-9)\n"))
        #expect(refused.error.split(separator: "\n").count == 1)
        for steering in ["\u{1B}", "\u{9B}", "\u{202E}"] { #expect(!refused.error.contains(steering)) }
        let page = #"{"total":1,"list":[{"goodId":1,"name":"\#(evil)"}]}"#
        let table = await Shop(payloads: [page]).run(Self.call)
        #expect(table.output.contains(#"\u{1b}[2J\u{9b}31m\u{202e}\nsecond"#))
        let json = await Shop(payloads: [page]).run(Self.call + ["--format", "json"])
        #expect(json.output.contains(#""\u001b[2J\u009b31m\u202e\nsecond""#))
    }

    @Test func aCancelledCallHasTheStatusOfAnInterrupt() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await Shop(payloads: [#"{"total":9,"list":[]}"#]).run(Self.call + ["--all"])
        }
        #expect(await task.value.status == 130)
    }
}
