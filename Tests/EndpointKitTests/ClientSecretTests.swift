import EndpointKit
import EndpointTesting
import Foundation
import Synchronization
import Testing
import TestSupport

@Suite("Client: secrets never show")
struct ClientSecretTests {
    struct Count: Codable, Sendable { var count: Int }

    static let secret = "s3cr3t/t0ken+with=\"odd\"-marks-0123456789"
    static let escaped = #"s3cr3t\/t0ken+with=\"odd\"-marks-0123456789"#
    static let encoded = "s3cr3t%2Ft0ken%2Bwith%3D%22odd%22-marks-0123456789"

    /// Everything of an error that anyone might print, the parts that a cut leaves of a secret included.
    private func expectNoSecret(_ error: APIError?, _ what: String) {
        guard let error else {
            Issue.record("\(what): no error")
            return
        }
        var text = "\(error)\n\(String(reflecting: error))\n"
        dump(error, to: &text)
        #expect(!text.contains("s3cr3t"), "\(what): \(text)")
    }

    @Test("a token that the server repeats, whole, escaped, encoded or cut, is not in the error")
    func echoed() async {
        let padding = String(repeating: "x", count: 110)
        let bodies: [HTTPResponse] = [
            .html("<p>Authorization: Bearer \(Self.secret)</p>", status: 500),
            .html("\(padding) \(Self.secret)", status: 500),
            .html("\(padding) \(Self.secret.prefix(12))", status: 500),
            .html("?token=\(Self.encoded)", status: 403),
            .json(#"{"request":{"token":"\#(Self.escaped)"}}"#, status: 500),
            .json(#"{"code":5,"message":"bad token \#(Self.escaped)","trace":"\#(Self.escaped)"}"#),
            .json(#"{"code":"\#(Self.escaped)","message":"no"}"#),
            .json(#"{"code":0,"data":{"count":"\#(Self.escaped)"}}"#),
            .json(#"{"code":0,"data":{"count":"\#(padding.prefix(70))\#(Self.escaped)"}}"#),
            .json(#"{"code":0,"data":{"count":"\#(Self.escaped.prefix(25))"#),
            .json("Bearer \(Self.secret)"),
        ]
        for response in bodies {
            let events = Log()
            let client = Client(RecordingTransport([.success(response)]), token: Self.secret) {
                $0.retry = .never
                $0.observer = Listener(log: events)
            }
            let error = await failure { () throws(APIError) in
                try await client.send(Endpoint<Count>(.get, "/a", id: "a.b"))
            }
            expectNoSecret(error, String(decoding: response.body, as: UTF8.self))
            #expect(!events.lines.joined().contains("s3cr3t"))
        }
    }

    @Test("a token in a redirect, in a transport's message or in its underlying error is not in the error")
    func transportErrors() async {
        struct Foreign: Error { var url = "https://x.test/?access_token=\(ClientSecretTests.secret)" }
        let errors = [
            TransportError(
                .redirectRefused(status: 302, location: "https://evil.test/?t=\(Self.encoded)"), mayHaveBeenSent: true,
                message: "redirected to https://evil.test/?t=\(Self.encoded)", underlying: Foreign()),
            TransportError(.other, mayHaveBeenSent: true, message: "sent \(Self.secret)", underlying: Foreign()),
        ]
        for error in errors {
            let client = Client(RecordingTransport([.failure(error)]), token: Self.secret) { $0.retry = .never }
            let error = await failure { () throws(APIError) in try await client.send(Endpoint<Count>(.get, "/a")) }
            expectNoSecret(error, "\(error?.kind.rawValue ?? "")")
        }
    }

    @Test("a token in the error of a middleware is not in the error of the call")
    func middleware() async {
        struct Chatty: Middleware {
            func attempt(
                _ request: HTTPRequest, context: CallContext, next: Next
            ) async throws(APIError) -> HTTPResponse {
                throw APIError(.other, "sent \(request.headers["Authorization"] ?? "")")
            }
        }
        let client = Client(RecordingTransport(json: "{}"), token: Self.secret) { $0.middleware = [Chatty()] }
        expectNoSecret(
            await failure { () throws(APIError) in try await client.send(Endpoint<Count>(.get, "/a")) }, "middleware")
    }

    @Test("sensitive parameters are hidden: in checks, when echoed, and inside objects and arrays")
    func parameters() async {
        let hidden = Schema.string(pattern: "^[a-z]+$", sensitive: true)
        let locations: [Endpoint<Count>] = [
            Endpoint(.get, "/a", query: [Parameter("password", Self.secret, hidden)]),
            Endpoint(
                .post, "/a",
                body: .json([
                    Parameter(
                        "login", JSONValue.object(["password": .string(Self.secret)]),
                        .object([.init("password", hidden)]))
                ])),
            Endpoint(
                .post, "/a",
                body: .json([Parameter("all", [Self.secret], .array(.string(pattern: "^[a-z]+$")).sensitive)])),
            Endpoint(.get, "/a", query: [Parameter("password", Self.secret, .string(pattern: "^[a-z]+$"))])
                .with(\.sensitiveFields, ["password"]),
            Endpoint(.post, "/a", body: .json(["login": JSONValue.object(["password": .string(Self.secret)])]))
                .with(\.sensitiveFields, ["password"]),
        ]
        for endpoint in locations {
            let echo = HTTPResponse.html("you sent \(Self.secret) and \(Self.encoded)", status: 500)
            let client = Client(RecordingTransport([.success(echo)])) { $0.retry = .never }
            let error = await failure { () throws(APIError) in try await client.send(endpoint) }
            expectNoSecret(error, "\(endpoint.body)")
        }
    }

    @Test("sensitive fields of a response are hidden in decoding errors, also in incomplete JSON")
    func responses() async {
        struct Token: Codable, Sendable { var token: Int }
        let endpoint = Endpoint<Token>(.get, "/a").with(\.sensitiveFields, ["token"])
        for body in [
            #"{"code":0,"data":{"token":"\#(Self.escaped)"}}"#, #"{"code":0,"data":{"token":"\#(Self.escaped)"#,
            #"{"code":0,"data":{"token":{"inner":"\#(Self.escaped)"}}}"#, #"token=\#(Self.secret)"#,
        ] {
            let client = Client(RecordingTransport(json: body))
            let error = await failure { () throws(APIError) in try await client.send(endpoint) }
            #expect(error?.kind == .decoding)
            expectNoSecret(error, body)
        }
    }

    @Test("the description of a token does not contain it")
    func token() {
        let token = AccessToken(Self.secret)
        var text = "\(token) \(String(reflecting: token))"
        dump(token, to: &text)
        dump(FixedToken(Self.secret), to: &text)
        text += "\(FixedToken(Self.secret))"
        #expect(!text.contains("s3cr3t"))
    }
}

/// Writes down everything that it hears.
struct Listener: ClientObserver {
    let log: Log
    func observe(_ event: ClientEvent) {
        var text = ""
        dump(event, to: &text)
        log.add(text)
    }
}
