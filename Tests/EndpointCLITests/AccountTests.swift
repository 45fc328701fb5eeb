import EndpointKit
import Foundation
import Synchronization
import Testing

@testable import EndpointCLI

/// A service that makes tokens, with a home folder for each test.
private struct Bank {
    static let secret = "planted-secret-55d1"
    static let token = "planted-token-a91f"

    let home = FileManager.default.temporaryDirectory.appendingPathComponent("bank-\(UUID().uuidString)")
    var environment: [String: String] = [:]
    var input = ""
    /// What is typed at the prompts, in order; nil if standard input is not a terminal.
    var typed: [String]?
    var date = "Tue, 18 Nov 2025 10:00:00 GMT"
    var refusal: String?

    static let specs = [
        "service.json": """
        { "name": "Bank", "baseURL": "https://bank.example.com",
          "authentication": { "scheme": "bearer", "clientCredentials": { "endpoint": "auth.createToken",
            "clientID": "id", "clientSecret": "secret", "token": "token", "expiresAt": "until" } },
          "envelope": { "code": "code", "success": [0], "message": "message", "payload": "data" },
          "errors": [{ "code": 401, "kind": "authentication" }],
          "environment": { "accessToken": "BANK_TOKEN", "clientID": "BANK_ID", "clientSecret": "BANK_SECRET" },
          "account": { "endpoint": "user.info", "show": ["name", "left"] } }
        """,
        "Auth/createToken.json": """
        { "title": "t", "summary": "Makes a token.", "method": "POST", "path": "/token", "authentication": "none",
          "body": { "id": { "type": "string" }, "secret": { "type": "string", "sensitive": true } },
          "response": { "token": { "type": "string", "sensitive": true },
                        "until": { "type": "string", "format": "date-time" } } }
        """,
        "User/info.json": """
        { "title": "t", "summary": "Returns the user.", "method": "GET", "path": "/me",
          "response": { "name": { "type": "string" }, "left": { "type": "integer" } } }
        """,
    ]

    static var module: EndpointModule {
        get throws {
            let members = specs.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
            let service = Service(
                name: "Bank", baseURL: "https://bank.example.com",
                clientCredentials: ClientCredentials(
                    .post, "/token", clientID: "id", clientSecret: "secret", token: "token", expiresAt: "until",
                    endpointID: "auth.createToken"),
                envelope: Envelope(code: "code", success: [0], message: "message", payload: "data"),
                errors: [ErrorRule(code: 401, kind: .authentication)],
                environment: EnvironmentNames(
                    accessToken: "BANK_TOKEN", clientID: "BANK_ID", clientSecret: "BANK_SECRET"))
            return EndpointModule(name: "Bank", service: service, specs: "{\(members)}")
        }
    }

    struct Result: Sendable {
        var status: Int32
        var output: String
        var error: String
        var paths: [String]
        var authorizations: [String?]
        var bodies: [String]
        var asked: [String]
    }

    func run(_ arguments: String..., at seconds: Double = 1_763_460_000) async throws -> Result {
        let seen = Lines()
        let (out, err, asked) = (Lines(), Lines(), Lines())
        let requests = Box<[HTTPRequest]>([])
        let (date, refusal) = (date, refusal)
        let transport = ClosureTransport { request throws(TransportError) in
            requests.change { $0.append(request) }
            func response(_ body: String) -> HTTPResponse {
                HTTPResponse(
                    status: 200, headers: ["Date": date, "Content-Type": "application/json"], body: Data(body.utf8))
            }
            switch request.url.path {
            case "/token":
                return response(
                    refusal ?? #"{"code":0,"data":{"token":"\#(Self.token)","until":"2025-12-18T10:00:00Z"}}"#)
            case "/me":
                let isGood = request.headers["Authorization"] == "Bearer \(Self.token)"
                return response(
                    isGood
                        ? #"{"code":0,"data":{"name":"ann \#(Self.token)","left":7}}"#
                        : #"{"code":401,"message":"bad \#(request.headers["Authorization"] ?? "")"}"#)
            default: return HTTPResponse(status: 404, headers: ["Date": date])
            }
        }
        let typedLines = Box(typed ?? [])
        let text = input
        let terminal = Terminal(
            writeOutput: { out.add($0) }, writeError: { err.add($0) }, readInput: { Data(text.utf8).prefix($0) },
            ask: { prompt, isSecret in
                asked.add(Data("\(prompt)\(isSecret)\n".utf8))
                return typedLines.change { $0.isEmpty ? nil : $0.removeFirst() }
            }, isInputTerminal: typed != nil)
        let clock = ClientClock(
            now: { .zero }, date: { Date(timeIntervalSince1970: seconds) }, sleep: { _ in })
        let program = Program(
            name: "bank", modules: [try Self.module], transport: transport, clock: clock,
            environment: environment.merging(["XDG_CONFIG_HOME": home.path]) { $1 }, terminal: terminal)
        let status = await program.run(arguments)
        seen.add(Data())
        let sent = requests.change { $0 }
        return Result(
            status: status, output: out.text, error: err.text, paths: sent.map(\.url.path),
            authorizations: sent.map { $0.headers["Authorization"] },
            bodies: sent.map { request in
                if case .data(let data)? = request.body.chunks.first {
                    String(decoding: data, as: UTF8.self)
                } else {
                    ""
                }
            }, asked: asked.text.split(separator: "\n").map(String.init))
    }

    func file(_ name: String) -> URL { home.appendingPathComponent("bank/\(name)") }
    func text(_ name: String) throws -> String { try String(contentsOf: file(name), encoding: .utf8) }
    func end() { try? FileManager.default.removeItem(at: home) }
}

/// A value that closures change. The lock guards the value.
private final class Box<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        value.withLock { value in
            var copy = value
            let result = body(&copy)
            value = copy
            return result
        }
    }
}

private final class Lines: Sendable {
    private let data = Box(Data())
    func add(_ more: Data) { data.change { $0 += more } }
    var text: String { String(decoding: data.change { $0 }, as: UTF8.self) }
}

@Suite struct AccountTests {
    @Test func loginReadsTheSecretWithoutEchoAndStoresOnlyTheToken() async throws {
        let bank = Bank(typed: ["ann", Bank.secret])
        defer { bank.end() }
        let result = try await bank.run("login")
        #expect(result.asked == ["client ID: false", "client secret: true"])
        #expect(result.bodies == [#"{"id":"ann","secret":"\#(Bank.secret)"}"#])
        #expect(
            result.output == """
                Logged in to bank.example.com as client ann, until 2025-12-18T10:00:00Z. The token is in \
                \(bank.file("tokens.json").path); the secret is not stored.

                """)
        #expect(result.error == "")
        #expect(result.status == 0)
        #expect(try bank.text("tokens.json").contains(Bank.token))
        for name in ["tokens.json", "logins.json"] {
            #expect(try !bank.text(name).contains(Bank.secret))
            let attributes = try FileManager.default.attributesOfItem(atPath: bank.file(name).path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func callsUseTheTokenOfTheLoginUntilItExpires() async throws {
        let bank = Bank(typed: ["ann", Bank.secret])
        defer { bank.end() }
        _ = try await bank.run("login")
        let call = try await bank.run("user", "info", "--format", "json")
        #expect(call.paths == ["/me"])
        #expect(call.authorizations == ["Bearer \(Bank.token)"])
        #expect(call.output == #"{"name":"ann <redacted>","left":7}"# + "\n")
        let late = try await bank.run("user", "info", at: 1_766_052_001)
        #expect(late.paths == [])
        #expect(late.status == 3)
        #expect(late.error == "bank: user.info: the stored token has expired. Log in again\n")
    }

    @Test func aStoredSecretRenewsTheToken() async throws {
        let bank = Bank(input: "ann\n\(Bank.secret)\n")
        defer { bank.end() }
        let login = try await bank.run("login", "--keep-secret")
        #expect(login.status == 0)
        #expect(!(login.output + login.error).contains(Bank.secret))
        #expect(try bank.text("logins.json").contains(Bank.secret))
        #expect(try await bank.run("user", "info").paths == ["/me"])
        #expect(try await bank.run("user", "info", at: 1_766_052_001).paths == ["/token", "/me"])
    }

    @Test func idAndSecretOfTheEnvironmentMakeOneTokenForManyRuns() async throws {
        let bank = Bank(environment: ["BANK_ID": "ann", "BANK_SECRET": Bank.secret])
        defer { bank.end() }
        #expect(try await bank.run("user", "info").paths == ["/token", "/me"])
        #expect(try await bank.run("user", "info").paths == ["/me"])
    }

    @Test func theTokenOfTheEnvironmentTakesPrecedence() async throws {
        var bank = Bank(typed: ["ann", Bank.secret])
        defer { bank.end() }
        _ = try await bank.run("login")
        bank.environment = ["BANK_TOKEN": "another-token", "BANK_ID": "ann", "BANK_SECRET": Bank.secret]
        let result = try await bank.run("user", "info")
        #expect(result.authorizations == ["Bearer another-token"])
        #expect(result.status == 3)
        #expect(result.error == "bank: user.info: bad Bearer <redacted> (code 401). Check the token, or log in again\n")
        let login = try await bank.run("login")
        #expect(login.asked == [])
        #expect(login.error == "bank: BANK_TOKEN is set and takes precedence over the login\n")
    }

    @Test func aLoginIsForOneAddressOnly() async throws {
        let bank = Bank(typed: ["ann", Bank.secret])
        defer { bank.end() }
        _ = try await bank.run("login")
        let result = try await bank.run("user", "info", "--base-url", "https://evil.example.com")
        #expect(result.paths == [])
        #expect(result.status == 3)
        #expect(
            result.error
                == """
                bank: user.info needs a token: set BANK_TOKEN to an access token, or run bank login, or add --offline to \
                try it without an account

                """)
    }

    @Test func logoutRemovesEverything() async throws {
        let bank = Bank(input: "ann\n\(Bank.secret)\n")
        defer { bank.end() }
        _ = try await bank.run("login", "--keep-secret")
        let result = try await bank.run("logout")
        #expect(result.status == 0)
        #expect(result.paths == [])
        #expect(try !bank.text("tokens.json").contains(Bank.token))
        #expect(try !bank.text("logins.json").contains(Bank.secret))
        #expect(try await bank.run("logout").output == "Not logged in at bank.example.com.\n")
        #expect(try await bank.run("user", "info").status == 3)
    }

    @Test func aSecondLoginSaysThatItReplacesTheFirst() async throws {
        var bank = Bank(typed: ["ann", Bank.secret])
        defer { bank.end() }
        #expect(try await !bank.run("login").output.contains("replaces"))
        bank.typed = ["bob", Bank.secret]
        let second = try await bank.run("login")
        #expect(second.output.hasSuffix("the secret is not stored. It replaces the login as client ann.\n"))
        #expect(try !bank.text("tokens.json").contains("ann@"))
        #expect(try bank.text("tokens.json").contains("bob@"))
    }

    @Test func logoutForgetsEveryLoginOfTheHostAndNoOther() async throws {
        var bank = Bank(typed: ["ann", Bank.secret])
        defer { bank.end() }
        _ = try await bank.run("login", "--base-url", "https://other.example.com")
        _ = try await bank.run("login")
        bank.environment = ["BANK_ID": "eve", "BANK_SECRET": Bank.secret]
        _ = try await bank.run("user", "info")
        bank.environment = [:]
        let result = try await bank.run("logout")
        #expect(
            result.output == """
                Logged out of bank.example.com. The tokens of the clients ann, eve are removed from this machine; the \
                service accepts them until they expire.

                """)
        let tokens = try JSONValue(parsing: Data(bank.text("tokens.json").utf8))["tokens"]?.object
        #expect(tokens?.keys == ["ann@other.example.com"])
    }

    @Test func aTokenAsItStandsInAHeaderFieldIsUnderstood() async throws {
        let bank = Bank(environment: ["BANK_TOKEN": "Bearer \(Bank.token)\n"])
        defer { bank.end() }
        let result = try await bank.run("user", "info", "--format", "json")
        #expect(result.authorizations == ["Bearer \(Bank.token)"])
        #expect(result.output == #"{"name":"ann <redacted>","left":7}"# + "\n")
    }

    @Test func aStoreThatIsNoFileEndsWithAnError() async throws {
        for name in ["tokens.json", "logins.json"] {
            let bank = Bank(typed: ["ann", Bank.secret])
            defer { bank.end() }
            try FileManager.default.createDirectory(
                at: bank.file(name).deletingLastPathComponent(), withIntermediateDirectories: true)
            #expect(mkfifo(bank.file(name).path, 0o600) == 0)
            let result = try await bank.run("login")
            #expect(result.status != 0)
            #expect(result.error.contains("\(name) is not a regular file"), "\(result.error)")
            #expect(result.paths.isEmpty || name == "tokens.json")
        }
    }

    @Test func aRefusedLoginStoresNothingAndShowsNoSecret() async throws {
        var bank = Bank(typed: ["ann", Bank.secret])
        defer { bank.end() }
        bank.refusal = #"{"code":401,"message":"no client ann with \#(Bank.secret)"}"#
        let result = try await bank.run("login")
        #expect(result.status == 3)
        #expect(result.output == "")
        #expect(
            result.error
                == "bank: auth.createToken: no client ann with <redacted> (code 401). Check the token, or log in again\n"
        )
        #expect(!FileManager.default.fileExists(atPath: bank.file("logins.json").path))
        #expect(!FileManager.default.fileExists(atPath: bank.file("tokens.json").path))
    }

    @Test func aMissingIDOrSecretIsAUsageError() async throws {
        let bank = Bank(input: "ann\n")
        defer { bank.end() }
        let result = try await bank.run("login")
        #expect(result.status == 2)
        #expect(
            result.error == """
                bank: client ID and secret are needed: at the prompt, as two lines of standard input, or as BANK_ID and \
                BANK_SECRET

                """)
        #expect(try await Bank(typed: ["ann"]).run("login").status == 130)
        #expect(try await bank.run("login", "--client-secret", Bank.secret).status == 2)
        #expect(try await bank.run("login", "shop").status == 2)
    }

    // MARK: doctor

    @Test func doctorReportsThatEveryCheckPassed() async throws {
        let bank = Bank(typed: ["ann", Bank.secret])
        defer { bank.end() }
        _ = try await bank.run("login")
        let result = try await bank.run("doctor")
        #expect(result.paths == ["/", "/me"])
        #expect(result.authorizations == [nil, "Bearer \(Bank.token)"])
        #expect(
            result.output == """
                -     service  Bank at https://bank.example.com
                ok    network  HTTP 404 after 0 ms
                ok    clock    correct
                ok    token    stored by login as client ann
                ok    expiry   valid until 2025-12-18T10:00:00Z
                ok    account  the token is accepted; name ann <redacted>, left 7

                """)
        #expect(result.status == 0)
    }

    @Test func doctorReportsAWrongClockAndAMissingToken() async throws {
        let bank = Bank(date: "Tue, 18 Nov 2025 09:50:00 GMT")
        defer { bank.end() }
        let result = try await bank.run("doctor", "--format", "json")
        #expect(result.paths == ["/"])
        #expect(result.status == 3)
        let all = try JSONValue(parsing: Data(result.output.utf8))
        #expect(
            all.array?.compactMap { $0["text"]?.string } == [
                "Bank at https://bank.example.com", "HTTP 404 after 0 ms",
                "600 s ahead of the service's: set the clock, or tokens are renewed too late or too often",
                "no token: run bank login or set BANK_TOKEN",
            ])
        #expect(all.array?.map { $0["ok"] } == [.null, true, false, false])
    }

    @Test func doctorReadsTheExpiryInAToken() async throws {
        let claims = Data(#"{"exp":1763000000}"#.utf8).base64EncodedString().replacing("=", with: "")
        let bank = Bank(environment: ["BANK_TOKEN": "planted.\(claims).signature"])
        defer { bank.end() }
        let result = try await bank.run("doctor")
        #expect(result.status == 3)
        #expect(
            result.output.split(separator: "\n").suffix(4) == [
                "ok    token    BANK_TOKEN",
                "WRONG expiry   expired at 2025-11-13T02:13:20Z, according to the token itself",
                "WRONG account  user.info: bad Bearer <redacted> (code 401). Check the token, or",
                "               log in again",
            ])
    }

    @Test func helpStatesTheOrderOfTokens() async throws {
        let bank = Bank()
        defer { bank.end() }
        for command in ["login", "logout", "doctor"] {
            let result = try await bank.run(command, "--help")
            #expect(result.status == 0)
            #expect(result.output.hasPrefix("Usage: bank \(command) "))
            let words = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(
                words.contains(
                    "the first token of: BANK_TOKEN; one made with BANK_ID and BANK_SECRET, stored and renewed"))
            #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.contains("bank-") })
            #expect(result.paths == [])
        }
        #expect(try await bank.run("help", "login").output == (try await bank.run("login", "--help").output))
    }
}
