import EndpointKit
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
            let result = await shop.run("--endpoints", folder, "extra", "ping", "--format", "json")
            #expect(result.output == #"{"at":5}"# + "\n", "\(result.error)")
            #expect(result.targets == ["GET /ping"])
            #expect(result.requests.first?.headers["Authorization"] == "Bearer \(Shop.token)")
            var other = shop
            other.environment["SHOP_ENDPOINTS"] = folder
            #expect(await other.run("extra.ping").output == "at: 5\n")
        }
    }

    @Test func aFolderWithAServiceOfItsOwnIsCalledWithItsOwnToken() async throws {
        let service = """
            {"name": "Clock", "baseURL": "https://clock.example.com", "authentication": {"scheme": "bearer"},
             "environment": {"accessToken": "CLOCK_TOKEN"}}
            """
        try await withFolder(["service.json": service, "Time/ping.json": Self.ping]) { folder in
            let responses = [Shop.response(#"{"at":5}"#)]
            let missing = await Shop(responses: responses).run("time", "ping", "--endpoints=\(folder)")
            #expect(missing.status == 3)
            #expect(missing.error.contains("CLOCK_TOKEN"))
            var shop = Shop(responses: responses)
            shop.environment["CLOCK_TOKEN"] = "clock-token"
            let result = await shop.run("time", "ping", "--endpoints", folder)
            #expect(result.output == "at: 5\n")
            #expect(result.requests.first?.url.absoluteString == "https://clock.example.com/ping")
            #expect(result.requests.first?.headers["Authorization"] == "Bearer clock-token")
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
