import EndpointKit
import Foundation
import TestSupport
import Testing

@testable import EndpointCLI

@Suite struct FolderTests {
    /// Makes a folder with these files for the work.
    private func withFolder(_ files: [String: String], _ work: (String) async throws -> Void) async throws {
        let folder = try TemporaryFolder(files)
        try await work(folder.path)
        withExtendedLifetime(folder) {}
    }

    private static let ping =
        #"{"summary": "Pings.", "method": "GET", "path": "/ping", "response": {"at": {"type": "integer"}}}"#

    @Test func aFolderThatExtendsAModuleAddsCommandsWithoutABuild() async throws {
        try await withFolder(["service.json": #"{"extends": "Shop"}"#, "Extra/ping.json": Self.ping]) { folder in
            let shop = Shop(payloads: [#"{"at":5}"#])
            let result = await shop.run("--trust", folder, "extra", "ping", "--format", "json")
            #expect(result.output == #"{"at":5}"# + "\n", "\(result.error)")
            #expect(result.targets == ["GET /ping"])
            #expect(result.requests.first?.headers["Authorization"] == "Bearer \(Shop.token)")
            #expect(await shop.run("extra.ping", "--trust=\(folder)").output == "at: 5\n")
        }
    }

    @Test func aFolderGetsNoTokenAndNoEnvironmentUnlessItIsTrusted() async throws {
        try await withFolder(["service.json": #"{"extends": "Shop"}"#, "Extra/ping.json": Self.ping]) { folder in
            var shop = Shop(payloads: [#"{"at":5}"#])
            shop.environment["SHOP_URL"] = "https://elsewhere.example.com"
            let refused = await shop.run("--endpoints", folder, "extra", "ping")
            #expect(refused.status == 3)
            #expect(refused.error.contains("write --trust \(folder) in place of --endpoints"), "\(refused.error)")
            #expect(refused.requests.isEmpty)
            let shown = await shop.run("--endpoints", folder, "extra", "ping", "--dry-run")
            #expect(shown.status == 0)
            #expect(shown.output.contains("https://shop.example.com/ping"))
            #expect(await shop.run("--endpoints", folder, "extra", "ping", "--offline").status == 0)
            shop.environment["SHOP_ENDPOINTS"] = folder
            #expect(await shop.run("extra.ping").status == 3)
            let login = await shop.run("login", "--endpoints", folder)
            #expect(login.status == 2)
        }
    }

    @Test func aFolderWithAServiceOfItsOwnIsCalledWithItsOwnToken() async throws {
        let service = """
            {"name": "Clock", "baseURL": "https://clock.example.com", "authentication": {"scheme": "bearer"},
             "environment": {"accessToken": "CLOCK_TOKEN"}}
            """
        try await withFolder(["service.json": service, "Time/ping.json": Self.ping]) { folder in
            let responses = [Shop.response(#"{"at":5}"#)]
            let missing = await Shop(responses: responses).run("time", "ping", "--trust=\(folder)")
            #expect(missing.status == 3)
            #expect(missing.error.contains("CLOCK_TOKEN"))
            var shop = Shop(responses: responses)
            shop.environment["CLOCK_TOKEN"] = "clock-token"
            let result = await shop.run("time", "ping", "--trust", folder)
            #expect(result.output == "at: 5\n")
            #expect(result.requests.first?.url.absoluteString == "https://clock.example.com/ping")
            #expect(result.requests.first?.headers["Authorization"] == "Bearer clock-token")
            #expect(await shop.run("time", "ping", "--endpoints", folder).status == 3)
        }
    }

    @Test func aFolderThatStandsInForAServiceSaysSoAndGetsNothingOfIts() async throws {
        let service = """
            {"name": "Shop", "baseURL": "https://thief.example.com", "environment": {"accessToken": "SHOP_TOKEN"}}
            """
        try await withFolder(["service.json": service, "Goods/ping.json": Self.ping]) { folder in
            let result = await Shop(responses: [Shop.response(#"{"at":5}"#)]).run(
                "goods", "ping", "--endpoints", folder)
            #expect(result.status == 3)
            #expect(result.error.hasPrefix("shop: \(folder) stands in for the service Shop\n"))
            #expect(result.requests.isEmpty)
        }
    }

    @Test func trustInAnExtensionIsNoTrustInWhatItExtends() async throws {
        let service = """
            {"name": "Thief", "baseURL": "https://thief.example.com", "environment": {"accessToken": "SHOP_TOKEN"}}
            """
        let base = try TemporaryFolder(["service.json": service, "Goods/ping.json": Self.ping])
        let name = URL(filePath: base.path).lastPathComponent
        let files = [
            "service.json": #"{"extends": "\#(name)"}"#, "Extra/ping.json": Self.ping.replacing("/ping", with: "/more"),
        ]
        try await withFolder(files) { folder in
            let result = await Shop(responses: [Shop.response(#"{"at":5}"#)]).run(
                "extra", "ping", "--endpoints", base.path, "--trust", folder)
            #expect(result.status == 3)
            #expect(result.requests.isEmpty)
            let trusted = await Shop(responses: [Shop.response(#"{"at":5}"#)]).run(
                "extra", "ping", "--trust", base.path, "--trust", folder)
            #expect(trusted.status == 0, "\(trusted.error)")
        }
        withExtendedLifetime(base) {}
    }

    @Test func aBrokenFolderDoesNotBlockCommandsThatDoNotNeedIt() async throws {
        try await withFolder(["service.json": "{", "Extra/ping.json": Self.ping]) { folder in
            let page = #"{"total":1,"list":[{"goodId":1,"name":"a"}]}"#
            let result = await Shop(payloads: [page]).run(
                "goods", "list-goods", "--shelf-id", "s", "--format", "jsonl", "--endpoints", folder)
            #expect(result.status == 0)
            #expect(result.output == #"{"goodId":1,"name":"a"}"# + "\n")
            #expect(result.error.hasPrefix("shop: \(folder) is left out: \(folder)/service.json:1:2: error: "))
            for words in [["list"], ["extra", "ping"], ["--help"]] {
                let needed = await Shop().run(words + ["--endpoints", folder])
                #expect(needed.status == 2)
                #expect(needed.error.hasPrefix("\(folder)/service.json:1:2: error: "))
            }
        }
    }

    @Test func whatAFolderSaysCannotControlTheTerminal() async throws {
        let evil = "\u{1B}[2J\u{202E}"
        let ping = """
            {"summary": "Pings \(#"\u001b[2J\u202e"#).", "method": "GET", "path": "/ping", "response": null,
             "notes": ["\(#"\u001b[2J\u202e"#)"]}
            """
        let files = ["service.json": #"{"extends": "Shop"}"#, "Extra/ping.json": ping]
        try await withFolder(files) { folder in
            for words in [
                ["--help"], ["extra", "--help"], ["extra", "ping", "--help"], ["describe", "extra.ping"],
                ["list"], ["list", "--format", "json"], ["completions", "fish"],
            ] {
                let result = await Shop().run(words + ["--endpoints", folder])
                #expect(result.status == 0)
                #expect(
                    !(result.output + result.error).contains {
                        evil.contains($0) && $0 != "[" && $0 != "2" && $0 != "J"
                    })
            }
            let missing = await Shop().run("list", "--endpoints", folder + evil)
            #expect(missing.status == 2)
            #expect(missing.error.contains(#"\u{1b}[2J\u{202e}"#))
        }
    }

    @Test func mistakesAreReportedInTheFormOfTheCompiler() async throws {
        let files = ["service.json": #"{"extends": "Shop"}"#, "Extra/ping.json": "{\n  \"metod\": \"GET\"\n}"]
        try await withFolder(files) { folder in
            let result = await Shop().run("list", "--endpoints", folder)
            #expect(result.status == 2)
            #expect(result.error.contains("\(folder)/Extra/ping.json:2:3: error: "))
            #expect(result.output.isEmpty)
        }
    }

    @Test func aMissingFolderIsAUsageError() async {
        let result = await Shop().run("list", "--endpoints", "/no/such/folder")
        #expect(result.status == 2)
        #expect(result.error == "shop: --endpoints: no such folder: /no/such/folder\n")
    }

    @Test func aFolderWithoutAServiceIsReportedWithTheCommandThatMakesOne() async throws {
        try await withFolder(["Extra/ping.json": Self.ping]) { folder in
            let result = await Shop().run("list", "--endpoints", folder)
            #expect(result.status == 2)
            #expect(
                result.error == """
                    shop: --endpoints: \(folder) has no service.json; make one with: endpoint-tool new service --extends Shop \
                    --directory \(folder)

                    """)
        }
    }

    @Test func aDirectoryNamedLikeASpecIsAnError() async throws {
        let files = ["service.json": #"{"extends": "Shop"}"#, "Extra/odd.json/x.txt": "", "Extra/ping.json": Self.ping]
        try await withFolder(files) { folder in
            let result = await Shop().run("list", "--endpoints", folder)
            #expect(result.status == 2)
            #expect(result.error.contains("Extra/odd.json is not a readable file"))
        }
    }

    @Test func aCommandOfTwoServicesIsCalledWithItsServicesName() async throws {
        let service = #"{"name": "Clock", "baseURL": "https://clock.example.com", "authentication": "none"}"#
        let files = ["service.json": service, "Goods/listGoods.json": Self.ping]
        try await withFolder(files) { folder in
            let shop = Shop(responses: [Shop.response(#"{"at":5}"#)])
            let both = await shop.run("goods", "list-goods", "--endpoints", folder)
            #expect(both.status == 2)
            #expect(both.error.contains("is in several services; write "))
            #expect(both.error.contains("shop goods list-goods"))
        }
    }
}
