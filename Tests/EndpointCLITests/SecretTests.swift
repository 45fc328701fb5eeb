import EndpointKit
import Foundation
import TestSupport
import Testing

@testable import EndpointCLI

@Suite struct SecretTests {
    private static let pin = "planted-pin-91c2"
    private static let change = ["goods", "change-good", "--good-id", "7", "--pin", pin]
    private static let list = ["goods", "list-goods", "--shelf-id", "s"]

    /// Responses that repeat the token, as a gateway may.
    private static let echoes = [
        Shop.refusal(7, "bad token \(Shop.token) and pin \(pin)"),
        Shop.response("<html>Authorization: Bearer \(Shop.token), \(pin)</html>", status: 502, type: "text/html"),
        Shop.response("{ \(Shop.token) \(pin)"),
        Shop.envelope(#"{"goodId":"\#(Shop.token)","secret":"\#(pin)"}"#),
        Shop.envelope(#"{"goodId":1,"secret":"\#(pin)","echo":"\#(Shop.token)"}"#),
    ]

    @Test(arguments: echoes)
    func noSecretIsInAnyOutput(_ response: HTTPResponse) async {
        let lines = [
            Self.change, Self.change + ["--format", "json"], Self.change + ["--verbose"], Self.change + ["--dry-run"],
            Self.change + ["--timeout", "x"], Self.list, Self.list + ["--all", "--format", "jsonl"],
            Self.list + ["--verbose", "--dry-run"], ["list"], ["describe", "goods.changeGood"],
            ["goods", "change-good", "--help"], ["--help"], ["completions", "bash"],
        ]
        for line in lines {
            let result = await Shop(responses: [response]).run(line)
            for text in [result.output, result.error] {
                #expect(!text.contains(Shop.token), "\(line)")
                // A secret of another call is unknown.
                if line.contains(Self.pin) { #expect(!text.contains(Self.pin), "\(line)") }
            }
        }
    }

    @Test func sensitiveValuesOfAResponseAreHiddenExceptWithRaw() async {
        let shop = Shop(payloads: [#"{"goodId":1,"secret":"s-1234"}"#])
        #expect(await shop.run(Self.change).output == "goodId: 1\nsecret: <redacted>\n")
        #expect(
            await shop.run(Self.change + ["--format", "json"]).output == #"{"goodId":1,"secret":"<redacted>"}"# + "\n")
        #expect(await shop.run(Self.change + ["--raw"]).output.contains("s-1234"))
        #expect(await shop.run(Self.change + ["--show-secrets"]).output == "goodId: 1\nsecret: s-1234\n")
    }

    @Test func whatIsSensitiveInMessagesIsShownInAResult() async {
        var specs = Shop.specs
        specs["Orders/archive.json"] = """
            { "summary": "Returns an address.", "title": "地址", "method": "GET", "path": "/archive",
              "response": { "url": { "type": "string", "sensitive": "messages" }, "n": { "type": "integer" } } }
            """
        let module = Shop.module
        var shop = Shop(payloads: [#"{"url":"https://a.example.com/?token=\#(Shop.token)","n":1}"#])
        shop.modules = [
            EndpointModule(name: "Shop", service: module.service, specs: SpecFiles(specs).moduleText)
        ]
        let result = await shop.run("orders", "archive")
        #expect(result.output == "url: https://a.example.com/?token=\(Shop.token)\nn:   1\n")
        #expect(await shop.run("orders", "archive", "--format", "jsonl").output.contains(Shop.token))
        shop.payloads = [#"{"url":"https://a.example.com/secret","n":"x"}"#]
        let failed = await shop.run("orders", "archive", "--verbose")
        #expect(failed.status == 5)
        #expect(!failed.error.contains("example.com/secret"), "\(failed.error)")
    }

    @Test func aDryRunIsACurlLineAndSendsNothing() async {
        let shop = Shop(environment: [:])
        let result = await shop.run(Self.change + ["--name", "it's", "--dry-run"])
        #expect(result.status == 0)
        #expect(result.requests.isEmpty)
        #expect(
            result.output == """
                curl -X POST 'https://shop.example.com/goods/7' -H 'Platform: shop' -H 'Accept: application/json' \
                -H 'Content-Type: application/json' -H 'Authorization: Bearer <redacted>' \
                --data-raw '{"name":"it'\\''s","pin":"<redacted>"}'

                """)
    }

    @Test func aDryRunOfAFormNamesThePartOfItsFile() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("shop-\(UUID().uuidString)")
        try Data("0123456789".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let result = await Shop().run("orders", "send-photo", "--no", "1", "--photo", file.path, "--dry-run")
        #expect(
            result.output == """
                curl -X POST 'https://shop.example.com/photo' -H 'Platform: shop' -H 'Accept: application/json' \
                -H 'Authorization: Bearer <redacted>' -F 'no=1' \
                -F photo=@<(tail -c +1 '\(file.path)' | head -c 10)';filename=photo'

                """)
    }
}
