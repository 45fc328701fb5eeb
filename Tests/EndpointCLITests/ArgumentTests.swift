import EndpointKit
import Foundation
import Testing

@testable import EndpointCLI

@Suite struct ArgumentTests {
    private let shop = Shop(payloads: [#"{"goodId":1}"#])

    private func change(_ arguments: String...) async -> Shop.Result {
        await shop.run(["goods", "change-good", "--good-id", "7"] + arguments)
    }

    @Test func everyTypeIsParsedFromText() async {
        let result = await change(
            "--name", "5", "--sold", "--price", "1.5", "--mode", "very-slow", "--tags", "a", "--tags=b,c", "--sizes",
            "1",
            "--sizes", "-2", "--box", #"{"w": 3}"#)
        #expect(result.targets == ["POST /goods/7"])
        #expect(
            result.bodies == [
                #"{"name":"5","sold":true,"price":1.5,"mode":1,"tags":["a","b,c"],"sizes":[1,-2],"box":{"w":3}}"#
            ])
    }

    @Test(arguments: [
        (["--sold"], "true"), (["--no-sold"], "false"), (["--sold", "false"], "false"), (["--sold=true"], "true"),
    ])
    func booleansAreWrittenInAnyUsualWay(_ arguments: [String], _ expected: String) async {
        let result = await shop.run(["goods", "change-good", "--good-id", "7"] + arguments)
        #expect(result.bodies == [#"{"sold":\#(expected)}"#])
    }

    @Test func anEnumerationCaseIsWrittenAsNameOrValue() async {
        for text in ["1", "verySlow", "very-slow"] {
            #expect(await change("--mode", text).bodies == [#"{"mode":1}"#])
        }
    }

    @Test func anArgumentWithTheNameOfAGlobalOptionGetsAPrefix() async {
        #expect(await change("--arg-format", "x", "--format", "json").bodies == [#"{"format":"x"}"#])
    }

    @Test func valuesComeFromFilesAndStandardInput() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("shop-\(UUID().uuidString)")
        try Data("from a file\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(await change("--name", "@\(file.path)").bodies == [#"{"name":"from a file"}"#])
        #expect(await change("--name", "@@home").bodies == [#"{"name":"@home"}"#])
        var shop = shop
        shop.input = "typed\r\n"
        let result = await shop.run("goods", "change-good", "--good-id", "7", "--name", "-")
        #expect(result.bodies == [#"{"name":"typed"}"#])
    }

    @Test func optionsTakePrecedenceOverInput() async {
        var shop = shop
        shop.input = #"{"goodID": 7, "name": "x", "sizes": [1, 2]}"#
        let result = await shop.run("goods", "change-good", "--input", "-", "--name", "y")
        #expect(result.targets == ["POST /goods/7"])
        #expect(result.bodies == [#"{"name":"y","sizes":[1,2]}"#])
        shop.input = #"{"goodID": 7, "nmae": "x"}"#
        let wrong = await shop.run("goods", "change-good", "--input", "-")
        #expect(wrong.status == 2)
        #expect(wrong.error == "shop: nmae: no such argument; did you mean \"name\"?\n")
    }

    @Test(arguments: [
        (["goods", "list-goods", "--shelf-id", "s", "--limit", "101"], "--limit: must be in 1…100; got 101"),
        (["goods", "list-goods", "--shelf-id", "s", "--limit", "x"], #"--limit: "x" is not an integer (1…100)"#),
        (["goods", "list-goods", "--shelf-id", ""], "--shelf-id: must not be empty"),
        (["goods", "list-goods"], "--shelf-id: is missing"),
        (["goods", "list-goods", "--shelf-id"], "--shelf-id needs a value"),
        (["goods", "list-goods", "--shelf-id", "--all"], "--shelf-id needs a value"),
        (["goods", "list-goods", "--shelf-id", "s", "--shelf-id", "t"], "--shelf-id is duplicated"),
        (["goods", "list-goods", "--shelf", "s"], "unknown option --shelf; --help shows the options"),
        (["goods", "list-goods", "--shlef-id", "s"], "unknown option --shlef-id; did you mean --shelf-id?"),
        (
            ["goods", "list-goods", "--shelf-id", "s", "-x"],
            "unknown option -x; options are written --name VALUE or --name=VALUE"
        ),
        (["goods", "list-goods", "s"], #"unexpected "s"; arguments are options: --name VALUE"#),
        (["goods", "lst-goods"], #"goods has no command "lst-goods"; did you mean "list-goods"?"#),
        (["goodz", "list"], #"unknown command "goodz"; did you mean "goods"?"#),
        (
            ["goods", "list-goods", "--shelf-id", "s", "--all", "--page", "2"],
            "--page: cannot be given where every page is asked for"
        ),
        (["goods", "list-goods", "--shelf-id", "s", "--all", "--raw"], "--raw cannot be combined with --all"),
        (["goods", "drop-goods", "--ids", "1", "--all"], "--all: goods.dropGoods is not paged"),
        (
            ["goods", "drop-goods", "--ids", "1", "--wait"],
            "--wait: goods.dropGoods does not return the status of a job"
        ),
        (
            ["goods", "list-goods", "--shelf-id", "s", "--format", "xml"],
            #"--format: "xml" is not one of table, json, jsonl"#
        ),
        (
            ["goods", "list-goods", "--shelf-id", "s", "--timeout", "0"],
            #"--timeout: "0" is not a number of seconds greater than 0"#
        ),
        (
            ["goods", "change-good", "--good-id", "7", "--mode", "slow"],
            #"--mode: "slow" is not one of fast (0), verySlow (1)"#
        ),
        (["goods", "change-good", "--good-id", "7", "--sold=maybe"], #"--sold: "maybe" is not true or false"#),
        (["goods", "change-good", "--good-id", "7", "--box", "{w:3}"], "--box: must be JSON; column 2"),
        (
            ["goods", "change-good", "--good-id", "7", "--box", #"{"v":3}"#],
            #"--box.v: is not a field; did you mean "w"?"#
        ),
        (
            ["goods", "change-good", "--good-id", "7", "--name", "@/no/such"],
            "--name: the file /no/such cannot be read"
        ),
        (
            ["orders", "send-photo", "--no", "1", "--photo", "/no/such"],
            "--photo: there is no file /no/such that can be read"
        ),
        (
            ["orders", "send-photo", "--no", "1", "--photo", "-"],
            "--photo: name a file; bytes cannot be read from standard input"
        ),
        (["goods", "list-goods", "--shelf-id", "s", "--all=yes"], "--all takes no value"),
        (["describe", "goods.listGodos"], #"unknown endpoint "goods.listGodos"; did you mean "goods.listGoods"?"#),
        (["completions", "tcsh"], #"unknown shell "tcsh"; known: bash, zsh, fish"#),
    ])
    func aWrongCommandLineIsRefusedBeforeAnythingIsSent(_ arguments: [String], _ message: String) async {
        let result = await shop.run(arguments)
        #expect(result.status == 2)
        #expect(result.error.hasPrefix("shop: \(message)"), "\(result.error)")
        #expect(result.error.hasSuffix("\n"))
        #expect(result.error.split(separator: "\n").count == 1)
        #expect(result.output.isEmpty)
        #expect(result.requests.isEmpty)
    }
}
