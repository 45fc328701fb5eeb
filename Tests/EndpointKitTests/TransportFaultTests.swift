import Foundation
import TestSupport
import Testing

@testable import EndpointKit

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What the transport makes of every way in which a server can fail. One row, one fault.
@Suite("Transport: faults")
struct TransportFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var name: String
        var reply: LoopbackReply
        var kind: TransportError.Kind
        var idle = Duration.seconds(60)
        var total = Duration.seconds(120)

        var testDescription: String { name }
    }

    static let faults: [Fault] = [
        Fault(name: "closed without a response", reply: .closedWithoutResponse, kind: .connectionLost),
        Fault(name: "reset without a response", reply: .resetWithoutResponse, kind: .connectionLost),
        Fault(name: "closed within the status line", reply: .raw("HTTP/1.1 20"), kind: .connectionLost),
        Fault(
            name: "closed within the headers", reply: .raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nX-A: b"),
            kind: .connectionLost),
        Fault(name: "closed after the headers", reply: .closedAfterHeaders(), kind: .connectionLost),
        Fault(
            name: "closed within the body", reply: .wrongLength(promising: 10, sending: Data("abc".utf8)),
            kind: .connectionLost),
        Fault(name: "closed between chunks", reply: .closedWithinChunks(Data("abc".utf8)), kind: .connectionLost),
        Fault(name: "chunk size not a number", reply: .garbageChunks, kind: .connectionLost),
        Fault(name: "not HTTP", reply: .junk, kind: .connectionLost),
        Fault(
            name: "header without a colon", reply: .raw("HTTP/1.1 200 OK\r\nnonsense\r\n\r\n"), kind: .connectionLost),
        Fault(
            name: "negative length", reply: .response(headers: ["Content-Length": "-5"]), kind: .connectionLost),
        Fault(
            name: "broken gzip",
            reply: .response(headers: ["Content-Encoding": "gzip"], body: Data("not gzip".utf8)), kind: .connectionLost),
        Fault(
            name: "another protocol", reply: .response(101, headers: ["Upgrade": "x", "Connection": "Upgrade"]),
            kind: .connectionLost),
        Fault(name: "says nothing", reply: .stalled(), kind: .timeout, idle: .milliseconds(300)),
        Fault(
            name: "stops within the body", reply: .stalledWithinBody(sending: Data("a".utf8), promising: 2),
            kind: .timeout, idle: .milliseconds(300)),
        Fault(
            name: "too slow in all", reply: .dripping(Data(count: 2000), every: .milliseconds(20)), kind: .timeout,
            total: .seconds(2)),
        Fault(
            name: "announces too much", reply: .large(Data(count: 1000), times: 100),
            kind: .responseTooLarge(limit: 50_000)),
        Fault(
            name: "sends too much", reply: .large(Data(count: 1000), times: 100, declaringLength: false),
            kind: .responseTooLarge(limit: 50_000)),
        Fault(name: "gzip bomb", reply: .gzipBomb(count: 20_000_000), kind: .responseTooLarge(limit: 50_000)),
    ]

    @Test(
        "a fault is an error of its kind that says whether the request may have been sent",
        arguments: NetworkTransport.all, faults)
    func fault(_ network: NetworkTransport, _ fault: Fault) async throws {
        let server = try LoopbackServer(reply: fault.reply)
        defer { server.stop() }
        let transport = network.make(
            idleTimeout: fault.idle, totalTimeout: fault.total, maximumResponseBytes: 50_000)
        for request in [
            HTTPRequest(.get, server.url("/a/b?secret=query")),
            HTTPRequest(.post, server.url("/a/b?secret=query"), body: .data(Data("secret body".utf8))),
        ] {
            let error = await failure { try await transport.send(request) }
            #expect(error?.kind == fault.kind)
            #expect(error?.mayHaveBeenSent == true)
            #expect(error?.message.hasPrefix("\(request.method) http://127.0.0.1:\(server.port)/a/b: ") == true)
            #expect("\(String(reflecting: error))".contains("secret") == false)
        }
        #expect(server.requests.count == 2)
    }

    @Test("a request on a refused connection certainly was not sent", arguments: NetworkTransport.all)
    func refused(_ network: NetworkTransport) async throws {
        let port = try RefusingPort()
        for host in ["127.0.0.1", "localhost"] {
            let url = try #require(URL(string: "http://\(host):\(port.port)/"))
            let error = await failure { try await network.make().send(HTTPRequest(.get, url)) }
            #expect(error?.kind == .cannotConnect)
            #expect(error?.mayHaveBeenSent == false)
        }
    }

    @Test("a request to a name that does not exist certainly was not sent", arguments: NetworkTransport.all)
    func noSuchHost(_ network: NetworkTransport) async throws {
        let url = try #require(URL(string: "https://no-such-host.invalid/"))
        let error = await failure { try await network.make().send(HTTPRequest(.get, url)) }
        #expect(error?.kind == .cannotConnect)
        #expect(error?.mayHaveBeenSent == false)
    }

    @Test(
        "a host that does not respond is a failure after the connect timeout, and the body was not sent",
        arguments: NetworkTransport.all)
    func unreachable(_ network: NetworkTransport) async throws {
        let port = try SilentPort()
        let url = try #require(URL(string: "http://127.0.0.1:\(port.port)/"))
        let transport = network.make(connectTimeout: .milliseconds(200))
        let error = await failure {
            try await transport.send(HTTPRequest(.post, url, body: .data(Data("x".utf8))))
        }
        #expect(error?.kind == .timeout)
        #expect(error?.mayHaveBeenSent == false)
    }

    @Test("a server that does not speak TLS certainly did not receive the request", arguments: NetworkTransport.all)
    func noTLS(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(greeting: Data("220 mail.example ESMTP ready\r\n".utf8)) { _ in .response() }
        defer { server.stop() }
        let url = try #require(URL(string: "https://127.0.0.1:\(server.port)/"))
        let error = await failure {
            try await network.make().send(HTTPRequest(.post, url, body: .data(Data("secret".utf8))))
        }
        #expect(error?.kind == .cannotConnect)
        #expect(error?.mayHaveBeenSent == false)
    }

    #if os(Linux)
        @Test(
            "URLSession on Linux has one code for unknown errors; libcurl's text tells when they happened",
            arguments: [
                ("OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number", true),
                ("TLS connect error: error:00000000:lib(0)::reason(0)", true),
                ("SSL certificate problem: unable to get local issuer certificate", true),
                ("SSL: no alternative certificate subject name matches target host name 'a.example'", true),
                ("OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to a.example:443", true),
                (
                    "OpenSSL SSL_read: OpenSSL/3.0.19: error:0A000126:SSL routines::unexpected eof while reading, errno 0",
                    false
                ),
                ("OpenSSL SSL_write: SSL_ERROR_SYSCALL, errno 104", false),
                ("transfer closed with 10 bytes remaining to read", false),
            ])
        func unknownError(_ text: String, isBeforeRequest: Bool) throws {
            let request = HTTPRequest(.post, try #require(URL(string: "https://a.example/")))
            let cause = URLError(.unknown, userInfo: [NSLocalizedDescriptionKey: text])
            let error = TransportError(cause, for: request, hasResponse: false, isUnsent: false)
            let isAboutCertificate = text.contains("certificate")
            #expect(
                error.kind
                    == (isAboutCertificate
                        ? .certificateRefused : isBeforeRequest ? .cannotConnect : .connectionLost))
            let told = APIError(error)
            #expect(told.isRetryable == !isAboutCertificate)
            #expect(told.remedy?.contains("certificates") == (isAboutCertificate ? true : nil))
            #expect(error.mayHaveBeenSent == !isBeforeRequest)
        }
    #endif

    @Test(
        "a failure after localhost refused on one address and accepted on the other is not a refusal",
        arguments: NetworkTransport.all)
    func failureAfterFallback(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(reply: .closedAfterHeaders())
        defer { server.stop() }
        let url = try #require(URL(string: "http://localhost:\(server.port)/"))
        let error = await failure { try await network.make().send(HTTPRequest(.get, url)) }
        #expect(error?.kind == .connectionLost)
        #expect(error?.mayHaveBeenSent == true)
    }

    @Test(
        "every status is a response", arguments: NetworkTransport.all,
        [200, 204, 302, 304, 400, 401, 404, 429, 500, 502, 599])
    func statuses(_ network: NetworkTransport, _ status: Int) async throws {
        let body = status == 204 || status == 304 || status == 302 ? Data() : Data("<html>".utf8)
        let server = try LoopbackServer(reply: .response(status, body: body))
        defer { server.stop() }
        let response = try await network.make().send(HTTPRequest(.get, server.url()))
        #expect(response.status == status)
        #expect(response.body == body)
    }

    @Test(
        "a challenge is a response", arguments: NetworkTransport.all,
        ["Basic realm=\"x\"", "Digest realm=\"x\"", "Bearer"])
    func challenge(_ network: NetworkTransport, _ challenge: String) async throws {
        let server = try LoopbackServer(
            reply: .response(401, headers: ["WWW-Authenticate": challenge], body: Data("no".utf8)))
        defer { server.stop() }
        let transport = network.make()
        for count in 1...3 {
            let response = try await transport.send(HTTPRequest(.get, server.url()))
            #expect(response.status == 401)
            #expect(response.body == Data("no".utf8))
            #expect(response.headers["www-authenticate"] == challenge)
            #expect(server.requests.count == count)
        }
    }

    @Test(
        "a request that is not idempotent is not sent twice when a reused connection ends without a response",
        arguments: NetworkTransport.all, [Data("body".utf8), Data(count: 1_000_000), Data()])
    func noSilentRepetition(_ network: NetworkTransport, _ body: Data) async throws {
        let server = try LoopbackServer { $0.path == "/warm" ? .response() : .closedWithoutResponse }
        defer { server.stop() }
        let transport = network.make(idleTimeout: .seconds(60))
        _ = try await transport.send(HTTPRequest(.get, server.url("/warm")))
        let error = await failure {
            try await transport.send(HTTPRequest(.post, server.url("/change"), body: .data(body)))
        }
        #expect(error?.kind == .connectionLost)
        #expect(error?.mayHaveBeenSent == true)
        #expect(server.requests.filter { $0.path == "/change" && $0.isComplete }.count == 1)
    }
}

/// The transport's error that `body` throws; nil if it throws none, which the caller's expectations then report.
func failure<Value>(_ body: () async throws -> Value) async -> TransportError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? TransportError
    }
}
