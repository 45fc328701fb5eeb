import EndpointKit
import Foundation
import TestSupport
import Testing

@Suite("Transport: what is sent")
struct TransportRequestTests {
    @Test("method, target, header fields and body are sent as they are", arguments: NetworkTransport.all)
    func exact(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(reply: .response(headers: ["X-B": "2", "X-A": "1"], body: Data("ok".utf8)))
        defer { server.stop() }
        let request = HTTPRequest(
            .post, server.url("/a%2Fb/c?x=a+b%2Fc%3D&y=%E4%BD%A0&z="),
            headers: ["Content-Type": "application/json", "X-Empty": "", "X-Tab": "a\tb", "Platform": "open_platform"],
            body: .data(Data(#"{"名": 1}"#.utf8)))
        let response = try await network.make().send(request)

        let seen = try #require(server.requests.first)
        #expect(seen.method == "POST")
        #expect(seen.target == "/a%2Fb/c?x=a+b%2Fc%3D&y=%E4%BD%A0&z=")
        #expect(seen.headers["Content-Type"] == "application/json")
        #expect(seen.headers["X-Empty"] == "")
        #expect(seen.headers["X-Tab"] == "a\tb")
        #expect(seen.headers["Platform"] == "open_platform")
        #expect(seen.headers["Content-Length"] == String(Data(#"{"名": 1}"#.utf8).count))
        #expect(seen.headers["Transfer-Encoding"] == nil)
        #expect(seen.headers["Expect"] == nil)
        #expect(seen.headers["Cookie"] == nil)
        #expect(seen.body == Data(#"{"名": 1}"#.utf8))
        #expect(response.status == 200)
        // URLSession does not preserve the order.
        let names = response.headers.map(\.name)
        #expect(names == (network == .curl ? ["X-B", "X-A", "Content-Length"] : ["Content-Length", "X-A", "X-B"]))
        #expect(response.body == Data("ok".utf8))
        #expect(response.url == request.url)
    }

    @Test("the path and the query of every request are sent, and no fragment", arguments: NetworkTransport.all)
    func targets(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer { .response(body: Data($0.target.utf8)) }
        defer { server.stop() }
        let transport = network.make()
        let targets = [
            "/a?b=c#d": "/a?b=c", "/?": "/?", "/a#?b": "/a", "": "/", "?b=c": "/?b=c", "#d": "/", "//a": "//a",
        ]
        for _ in 1...2 {
            for (suffix, target) in targets {
                let url = try #require(URL(string: "http://127.0.0.1:\(server.port)\(suffix)"))
                let response = try await transport.send(HTTPRequest(.get, url))
                #expect(response.body == Data(target.utf8), "\(suffix)")
                #expect(response.url == url)
            }
        }
    }

    @Test("requests to several hosts go to their own", arguments: NetworkTransport.all)
    func hosts(_ network: NetworkTransport) async throws {
        let servers = try ["1", "2"].map { name in try LoopbackServer(reply: .response(body: Data(name.utf8))) }
        defer { servers.forEach { $0.stop() } }
        let transport = network.make()
        for number in 0..<6 {
            let server = servers[number % 2]
            let host = number < 4 ? "127.0.0.1" : "LOCALHOST"
            let url = try #require(URL(string: "http://\(host):\(server.port)/\(number)"))
            let response = try await transport.send(HTTPRequest(.get, url))
            #expect(response.body == Data("\(number % 2 + 1)".utf8))
            let seen = try #require(server.requests.last)
            #expect(seen.target == "/\(number)")
            #expect(seen.headers["Host"]?.lowercased() == "\(host.lowercased()):\(server.port)")
        }
    }

    @Test(
        "a body is sent with every method, and none without a body",
        arguments: NetworkTransport.all, ["POST", "PUT", "PATCH", "DELETE", "PURGE"])
    func methods(_ network: NetworkTransport, _ method: String) async throws {
        let server = try LoopbackServer(reply: .response())
        defer { server.stop() }
        let transport = network.make()
        for body in [Data("abc".utf8), Data()] {
            _ = try await transport.send(
                HTTPRequest(.init(rawValue: method), server.url(), body: .data(body)))
        }
        #expect(server.requests.map(\.method) == [method, method])
        #expect(server.requests.map(\.body) == [Data("abc".utf8), Data()])
        #expect(server.requests.map { $0.headers["Content-Length"] } == ["3", "0"])
        #expect(server.requests[0].headers["Content-Type"] == "application/octet-stream")
    }

    @Test("a response to HEAD has the length of a body that is not sent", arguments: NetworkTransport.all)
    func head(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(reply: .response(body: Data(count: 5000)))
        defer { server.stop() }
        let response = try await network.make(maximumResponseBytes: 10)
            .send(HTTPRequest(.head, server.url()))
        #expect(response.headers["Content-Length"] == "5000")
        #expect(response.body.isEmpty)
    }

    @Test("fields of one name are joined, in their order", arguments: NetworkTransport.all)
    func duplicates(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(
            reply: LoopbackReply(steps: [
                .head(Data("HTTP/1.1 200 OK\r\nA: 1\r\nA: 2\r\nContent-Length: 0\r\n\r\n".utf8))
            ]))
        defer { server.stop() }
        var request = HTTPRequest(.get, server.url())
        request.headers.append("1", for: "X")
        request.headers.append("2", for: "x")
        let response = try await network.make().send(request)
        let sent = try #require(server.requests.first).headers.filter { $0.name.lowercased() == "x" }
        #expect(sent.map(\.value).joined(separator: ",").filter { $0 != " " } == "1,2")
        #expect(response.headers["A"]?.filter { $0 != " " } == "1,2")
    }

    @Test("compressed responses are decompressed", arguments: NetworkTransport.all)
    func gzip(_ network: NetworkTransport) async throws {
        let content = Data(String(repeating: "你好 ", count: 20_000).utf8)
        let server = try LoopbackServer(reply: .gzip(content))
        defer { server.stop() }
        let response = try await network.make().send(HTTPRequest(.get, server.url()))
        #expect(response.body == content)
    }

    @Test(
        "a response without a length ends with the connection; chunks are joined; text may have any encoding",
        arguments: NetworkTransport.all)
    func framing(_ network: NetworkTransport) async throws {
        let bytes = Data([0xff, 0xfe, 0x00, 0xc3, 0x28])
        let open = LoopbackReply(steps: [.head(LoopbackReply.head(200, [:])), .body(bytes, times: 2), .close])
        for reply in [open, .chunked([bytes, bytes])] {
            let server = try LoopbackServer(reply: reply)
            defer { server.stop() }
            let response = try await network.make().send(HTTPRequest(.get, server.url()))
            #expect(response.body == bytes + bytes)
        }
    }

    @Test("an interim response (1xx) is not returned", arguments: NetworkTransport.all)
    func interim(_ network: NetworkTransport) async throws {
        let hint = LoopbackReply.Step.head(Data("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n".utf8))
        let server = try LoopbackServer(
            reply: LoopbackReply(steps: [hint] + LoopbackReply.response(201, body: Data("x".utf8)).steps))
        defer { server.stop() }
        let response = try await network.make().send(HTTPRequest(.get, server.url()))
        #expect(response.status == 201)
        #expect(response.headers["X-Early"] == nil)
        #expect(response.body == Data("x".utf8))
    }

    @Test("cookies are neither stored nor sent", arguments: NetworkTransport.all)
    func cookies(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(reply: .response(headers: ["Set-Cookie": "a=b; Path=/"]))
        defer { server.stop() }
        let transport = network.make()
        for _ in 1...2 { _ = try await transport.send(HTTPRequest(.get, server.url())) }
        #expect(server.requests.map { $0.headers["Cookie"] } == [nil, nil])
    }

    @Test("nothing is cached", arguments: NetworkTransport.all)
    func cache(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(
            reply: .response(headers: ["Cache-Control": "max-age=3600"], body: Data("x".utf8)))
        defer { server.stop() }
        let transport = network.make()
        for _ in 1...2 { _ = try await transport.send(HTTPRequest(.get, server.url())) }
        #expect(server.requests.count == 2)
    }

    // MARK: Refused before anything is sent

    @Test(
        "a header field value with control characters is refused",
        arguments: NetworkTransport.all, ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0b", "a\u{7f}"])
    func injectedValue(_ network: NetworkTransport, _ value: String) async throws {
        try await expectRefusal(network, "the value of header field X-A contains control characters") {
            $0.headers["X-A"] = value
        }
    }

    @Test(
        "a header name must be a token", arguments: NetworkTransport.all,
        ["", "X A", "X:A", "X\r\nA", "X-Ä"])
    func injectedName(_ network: NetworkTransport, _ name: String) async throws {
        try await expectRefusal(network, "the name of a header field contains characters that are not allowed") {
            $0.headers[name] = "1"
        }
    }

    @Test("a method must be a token", arguments: NetworkTransport.all, ["", "GET /x HTTP/1.1\r\nA: b", "G T"])
    func injectedMethod(_ network: NetworkTransport, _ method: String) async throws {
        let server = try LoopbackServer(reply: .response())
        defer { server.stop() }
        let request = HTTPRequest(.init(rawValue: method), server.url())
        let error = await failure { try await network.make().send(request) }
        #expect(error?.kind == .invalidRequest)
        #expect(server.connectionCount == 0)
    }

    @Test("GET and HEAD have no body", arguments: NetworkTransport.all, [HTTPRequest.Method.get, .head])
    func bodyOfGet(_ network: NetworkTransport, _ method: HTTPRequest.Method) async throws {
        try await expectRefusal(network, "a \(method) request must not have a body") {
            $0.method = method
            $0.body = .data(Data("x".utf8))
        }
    }

    @Test("header fields that frame the body are refused", arguments: NetworkTransport.all)
    func framingHeaders(_ network: NetworkTransport) async throws {
        try await expectRefusal(network, "header field Transfer-Encoding is set by the transport") {
            $0.headers["Transfer-Encoding"] = "chunked"
        }
        try await expectRefusal(network, "Content-Length is not the length of the body") {
            $0.headers["Content-Length"] = "5"
        }
    }

    @Test(
        "http is refused unless the host is certainly loopback",
        arguments: NetworkTransport.all,
        [
            "http://example.com/a?secret", "http://127.0.0.1.example.com/a", "http://127.1/a", "http://2130706433/a",
            "http://0x7f.0.0.1/a", "http://10.0.0.1/a", "http://[::2]/a", "http://localhost.example.com/a",
            "ftp://127.0.0.1/a", "http:///a", "/a", "http://user:secret@127.0.0.1/a",
        ])
    func plainText(_ network: NetworkTransport, _ address: String) async throws {
        let request = HTTPRequest(.get, try #require(URL(string: address)), headers: ["Authorization": "secret"])
        let error = await failure { try await network.make().send(request) }
        #expect(error?.kind == .invalidRequest)
        #expect(error?.mayHaveBeenSent == false)
        #expect(String(reflecting: error).contains("secret") == false)
    }

    @Test(
        "http is allowed for every loopback address", arguments: NetworkTransport.all,
        ["127.0.0.1", "127.0.0.2", "localhost", "LOCALHOST"])
    func loopback(_ network: NetworkTransport, _ host: String) async throws {
        let port = try RefusingPort()
        let request = HTTPRequest(.get, try #require(URL(string: "http://\(host):\(port.port)/")))
        let error = await failure { try await network.make().send(request) }
        #expect(error?.kind == .cannotConnect)
    }

    private func expectRefusal(
        _ network: NetworkTransport, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation,
        _ change: (inout HTTPRequest) -> Void
    ) async throws {
        let server = try LoopbackServer(reply: .response())
        defer { server.stop() }
        var request = HTTPRequest(.get, server.url("/a?secret"), headers: ["Authorization": "secret"])
        change(&request)
        let error = await failure { try await network.make().send(request) }
        #expect(error?.kind == .invalidRequest, sourceLocation: sourceLocation)
        #expect(error?.mayHaveBeenSent == false, sourceLocation: sourceLocation)
        #expect(
            error?.message == "\(request.method) http://127.0.0.1:\(server.port)/a: \(reason)",
            sourceLocation: sourceLocation)
        #expect(server.connectionCount == 0, sourceLocation: sourceLocation)
    }
}
