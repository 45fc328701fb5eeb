import EndpointKit
import EndpointTesting
import Foundation
import Testing

@testable import EndpointCLI

@Suite("Terminal: authentication by user and password, and by a key in the query")
struct SchemeTests {
    private static let password = "planted-pass:word-77"
    private static let basic = "Basic " + Data("ann:\(password)".utf8).base64EncodedString()

    private func bench(_ authentication: String) throws -> SpecBench {
        try SpecBench(
            service: """
                { "name": "Desk", "baseURL": "https://desk.example.com", "authentication": \(authentication),
                  "environment": { "accessToken": "DESK_TOKEN", "clientID": "DESK_USER", "clientSecret": "DESK_PASSWORD" },
                  "account": { "endpoint": "desk.me", "show": ["name"] } }
                """,
            [
                "Desk/me.json": #"""
                { "summary": "Returns the user.", "method": "GET", "path": "/me", "query": { "full": { "type": "boolean", "optional": true } },
                  "response": { "name": { "type": "string" } } }
                """#,
                "Desk/enter.json": #"""
                { "summary": "Enters with a ticket.", "method": "POST", "path": "/enter", "authentication": "none",
                  "headers": { "Authorization": { "type": "string", "sensitive": true } }, "response": null }
                """#,
            ])
    }

    @Test("login stores user and password, calls send them, logout removes them")
    func login() async throws {
        var bench = try bench(#"{ "scheme": "basic" }"#)
        defer { bench.end() }
        bench.typed = ["ann", Self.password]
        let login = await bench.run("login")
        #expect(login.status == 0, "\(login.error)")
        #expect(login.asked == ["user: ", "password: "])
        #expect(login.requests.isEmpty)
        #expect(
            login.output
                == "The password of user ann at desk.example.com is stored in \(bench.home.path)/bench/tokens.json, "
                + "which only you can read; bench doctor checks it.\n")
        bench.typed = nil
        bench.responses = [.json(#"{"name":"Ann"}"#)]
        let call = await bench.run("desk", "me", "--format", "json")
        #expect(call.output == "{\"name\":\"Ann\"}\n", "\(call.error)")
        #expect(call.requests.map { $0.headers["Authorization"] } == [Self.basic])
        let doctor = await bench.run("doctor")
        #expect(doctor.status == 0, "\(doctor.output)")
        #expect(doctor.output.contains("stored by login as user ann"))
        let logout = await bench.run("logout")
        #expect(
            logout.output == "Logged out of desk.example.com. The password of ann is removed from this machine.\n")
        let after = await bench.run("desk", "me")
        #expect(after.status == 3)
        #expect(
            after.error == "bench: desk.me needs a token: set DESK_TOKEN to user:password, or run bench login, or add "
                + "--offline to try it without an account\n")
    }

    @Test("user and password come from the environment, in one variable or in two")
    func environment() async throws {
        var bench = try bench(#""basic""#)
        defer { bench.end() }
        bench.responses = [.json(#"{"name":"Ann"}"#)]
        bench.environment = ["DESK_TOKEN": "ann:\(Self.password)"]
        let one = await bench.run("desk", "me")
        bench.environment = ["DESK_USER": "ann", "DESK_PASSWORD": Self.password]
        let two = await bench.run("desk", "me")
        for result in [one, two] { #expect(result.requests.map { $0.headers["Authorization"] } == [Self.basic]) }
        bench.environment = ["DESK_TOKEN": "no-colon-here"]
        let wrong = await bench.run("desk", "me")
        #expect(wrong.status == 3)
        #expect(wrong.error.contains("must be a user and a password: user:password"))
        #expect(!wrong.error.contains("no-colon-here"))
        bench.typed = ["a:b", "x"]
        bench.environment = [:]
        #expect(await bench.run("login").status == 2)
    }

    @Test("a password shows nowhere, also where the service repeats it")
    func basicSecrets() async throws {
        var bench = try bench(#""basic""#)
        defer { bench.end() }
        bench.environment = ["DESK_TOKEN": "ann:\(Self.password)"]
        bench.responses = [
            HTTPResponse(status: 403, headers: [:], body: Data("no \(Self.password) \(Self.basic)".utf8))
        ]
        for arguments in [["desk", "me", "--verbose"], ["desk", "me", "--dry-run"], ["doctor"]] {
            let result = await bench.run(arguments)
            for text in [result.output, result.error] {
                #expect(!text.contains(Self.password) && !text.contains(Self.basic.dropFirst(6)), "\(text)")
            }
        }
        let line = await bench.run("desk", "me", "--dry-run")
        #expect(
            line.output
                == "curl 'https://desk.example.com/me' -H 'Accept: application/json' -u '<redacted>'\n")
    }

    @Test("a key goes into the query, and shows nowhere")
    func query() async throws {
        let key = "planted key/1"
        var bench = try bench(#"{ "scheme": "query", "name": "api_key" }"#)
        defer { bench.end() }
        bench.environment = ["DESK_TOKEN": key]
        bench.responses = [.json(#"{"name":"Ann"}"#)]
        let call = await bench.run("desk", "me", "--full", "--verbose")
        #expect(
            call.requests.map(\.url.absoluteString) == [
                "https://desk.example.com/me?full=true&api_key=planted%20key%2F1"
            ])
        #expect(call.error.contains("https://desk.example.com/me?full=true&api_key=<redacted>"))
        bench.responses = [
            HTTPResponse(status: 302, headers: ["Location": "https://other.example.com/?api_key=planted%20key%2F1"]),
            HTTPResponse(status: 403, headers: [:], body: Data("api_key=planted%20key%2F1 \(key)".utf8)),
        ]
        let refused = await bench.run("desk", "me")
        let line = await bench.run("desk", "me", "--dry-run")
        for result in [call, refused, line] {
            for text in [result.output, result.error] { #expect(!text.contains("planted"), "\(text)") }
        }
        #expect(
            line.output
                == "curl 'https://desk.example.com/me?api_key=<redacted>' -H 'Accept: application/json'\n")
        let offline = await bench.run("desk", "me", "--offline")
        #expect(offline.status == 0, "\(offline.error)")
    }

    @Test("without authentication the header field Authorization is an argument like others, and a secret")
    func freedHeader() async throws {
        var bench = try bench(#""basic""#)
        defer { bench.end() }
        bench.responses = [HTTPResponse(status: 204)]
        let call = await bench.run("desk", "enter", "--authorization", "Ticket planted-9")
        #expect(call.status == 0, "\(call.error)")
        #expect(call.requests.map { $0.headers["Authorization"] } == ["Ticket planted-9"])
        let line = await bench.run("desk", "enter", "--authorization", "Ticket planted-9", "--dry-run")
        #expect(line.output.contains("-H 'Authorization: <redacted>'"))
    }
}
