import EndpointKit
import EndpointTesting
import Foundation
import Testing

@testable import EndpointCLI

@Suite("Terminal: base URLs with variables, destructive calls")
struct ServiceOptionTests {
    private func bench() throws -> SpecBench {
        try SpecBench(
            service: """
                { "name": "Yard", "baseURL": "https://{region}.yard.example.com:{port}/{format}", "authentication": "none",
                  "variables": { "region": { "default": "eu", "enum": ["eu", "us"], "description": "Where the yard is." },
                                 "port": { "default": "443" }, "format": { "default": "json" } },
                  "environment": { "baseURL": "YARD_URL" } }
                """,
            [
                "Trees/listTrees.json": #"""
                { "summary": "Lists the trees.", "method": "GET", "path": "/trees",
                  "query": { "region": { "type": "string", "optional": true } }, "response": null }
                """#,
                "Trees/fellTrees.json": #"""
                { "summary": "Fells trees", "method": "POST", "path": "/fell", "destructive": true,
                  "body": { "ids": { "type": "array", "items": { "type": "integer" } } }, "response": null }
                """#,
            ])
    }

    @Test("each variable of the base URL is an option")
    func variables() async throws {
        var bench = try bench()
        defer { bench.end() }
        func address(_ arguments: String...) async -> String? {
            await bench.run(["trees", "list-trees"] + arguments).requests.first?.url.absoluteString
        }
        #expect(await address() == "https://eu.yard.example.com:443/json/trees")
        #expect(await address("--region", "us") == "https://us.yard.example.com:443/json/trees")
        #expect(
            await address("--region=us", "--port", "8443", "--base-format", "xml", "--arg-region", "x")
                == "https://us.yard.example.com:8443/xml/trees?region=x")
        bench.environment = ["YARD_URL": "https://mirror.example.com"]
        #expect(await address() == "https://mirror.example.com/trees")
        #expect(await address("--region", "us") == "https://us.yard.example.com:443/json/trees")
        // Before the words of the command, whose options are not known yet.
        #expect(
            await bench.run("--region", "us", "trees", "list-trees").requests.first?.url.host == "us.yard.example.com")
    }

    @Test(
        "a value that is not allowed ends with exit code 2",
        arguments: [
            (["--region", "asia"], #"--region: must be one of eu, us; got "asia""#),
            (["--port", "0"], #"--port: must be a port from 1 to 65535; got "0""#),
            (["--port", "443@evil.example.com"], "--port: must be a port from 1 to 65535"),
            (["--base-format", ".."], "--base-format: must be letters"),
            (["--base-format", "a/b"], "--base-format: must be letters"),
            (["--region", "us", "--base-url", "https://x.example.com"], "--region cannot be combined with --base-url"),
        ])
    func refused(arguments: [String], problem: String) async throws {
        let bench = try bench()
        defer { bench.end() }
        let result = await bench.run(["trees", "list-trees"] + arguments)
        #expect(result.status == 2)
        #expect(result.error.hasPrefix("bench: \(problem)"), "\(result.error)")
        #expect(result.requests.isEmpty)
    }

    @Test("help shows the variables, and doctor goes where they lead")
    func help() async throws {
        let bench = try bench()
        defer { bench.end() }
        let help = await bench.run("trees", "list-trees", "--help")
        #expect(help.output.contains("--region REGION"))
        #expect(help.output.contains("Where the yard is. One of eu, us, default eu."))
        #expect(help.output.contains("--arg-region STRING"))
        let doctor = await bench.run("doctor", "--region", "us")
        #expect(doctor.output.contains("Yard at https://us.yard.example.com:443/json"))
    }

    // MARK: Destructive calls

    @Test(
        "a destructive call is sent after yes, and after nothing else",
        arguments: [("y", true), (" YES ", true), ("", false), ("n", false), ("yep", false)])
    func question(answer: String, isSent: Bool) async throws {
        var bench = try bench()
        defer { bench.end() }
        bench.typed = [answer]
        bench.responses = [HTTPResponse(status: 204)]
        let result = await bench.run("trees", "fell-trees", "--ids", "1")
        #expect(result.asked == ["bench: trees.fellTrees is destructive: Fells trees. Send it? [y/N] "])
        #expect(result.status == (isSent ? 0 : 130))
        #expect(result.requests.count == (isSent ? 1 : 0))
        if !isSent { #expect(result.error == "bench: trees.fellTrees: nothing was sent\n") }
    }

    @Test("in a pipe a destructive call needs --yes")
    func pipe() async throws {
        var bench = try bench()
        defer { bench.end() }
        bench.responses = [HTTPResponse(status: 204)]
        let refused = await bench.run("trees", "fell-trees", "--ids", "1")
        #expect(refused.status == 2)
        #expect(
            refused.error
                == "bench: --yes is needed: trees.fellTrees is destructive, and standard input is not a terminal to "
                + "ask at\n")
        #expect(refused.requests.isEmpty)
        let sent = await bench.run("trees", "fell-trees", "--ids", "1", "--yes")
        #expect(sent.status == 0)
        #expect(sent.requests.count == 1)
        #expect(await bench.run("trees", "list-trees", "--yes").status == 0)
    }

    @Test("nothing is asked where nothing is sent")
    func unasked() async throws {
        var bench = try bench()
        defer { bench.end() }
        bench.typed = []
        for option in ["--dry-run", "--offline"] {
            let result = await bench.run("trees", "fell-trees", "--ids", "1", option)
            #expect(result.status == 0, "\(option): \(result.error)")
            #expect(result.asked.isEmpty)
        }
        let wrong = await bench.run("trees", "fell-trees", "--ids", "x")
        #expect(wrong.status == 2)
        #expect(wrong.asked.isEmpty)
    }

    @Test("help and describe say that a call is destructive")
    func documents() async throws {
        let bench = try bench()
        defer { bench.end() }
        let help = await bench.run("trees", "fell-trees", "--help")
        #expect(help.output.contains("Destructive: asks before it is sent, unless --yes is given."))
        #expect(help.output.contains("--yes"))
        let describe = await bench.run("describe", "trees.fellTrees")
        #expect(describe.output.contains("Destructive  yes: asks before it is sent, unless --yes is given"))
        let other = await bench.run("trees", "list-trees", "--help")
        #expect(!other.output.contains("--yes"))
    }
}
