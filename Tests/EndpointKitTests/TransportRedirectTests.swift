import EndpointKit
import Foundation
import TestSupport
import Testing

@Suite("Transport: redirects")
struct TransportRedirectTests {
    private let token: HTTPFields = ["Authorization": "Bearer planted-token"]

    @Test(
        "a redirect to another origin is refused, and nothing is sent there", arguments: NetworkTransport.all,
        [301, 302, 303, 307, 308])
    func crossOrigin(_ network: NetworkTransport, _ status: Int) async throws {
        let other = try LoopbackServer(reply: .response())
        let server = try LoopbackServer(
            reply: .redirect(status, to: other.url("/elsewhere?signature=planted-secret").absoluteString))
        defer {
            server.stop()
            other.stop()
        }
        for method in [HTTPRequest.Method.get, .post] {
            let request = HTTPRequest(
                method, server.url("/start"), headers: token, body: method == .post ? .data(Data("x".utf8)) : .empty)
            let error = await failure { try await network.make().send(request) }
            #expect(
                error?.kind
                    == .redirectRefused(status: status, location: "http://127.0.0.1:\(other.port)/elsewhere"))
            #expect(error?.mayHaveBeenSent == true)
            #expect(String(reflecting: error).contains("planted") == false)
        }
        #expect(other.requests.isEmpty)
        #expect(other.connectionCount == 0)
        #expect(server.requests.count == 2)
    }

    @Test(
        "another scheme, host or port is another origin",
        arguments: NetworkTransport.all,
        [
            "https://127.0.0.1:PORT/", "http://localhost:PORT/", "http://127.0.0.1:1/", "//example.invalid/",
            "http://127.0.0.2:PORT/",
        ])
    func otherOrigins(_ network: NetworkTransport, _ location: String) async throws {
        let location = LockedValue(location)
        let server = try LoopbackServer { _ in .redirect(to: location.value) }
        defer { server.stop() }
        location.value = location.value.replacingOccurrences(of: "PORT", with: String(server.port))
        let error = await failure { try await network.make().send(HTTPRequest(.get, server.url("/a"))) }
        guard case .redirectRefused(status: 302, _) = error?.kind else {
            Issue.record("not refused: \(String(describing: error))")
            return
        }
        #expect(server.requests.count == 1)
    }

    @Test(
        "a redirect within the origin is followed with the headers", arguments: NetworkTransport.all,
        [301, 302, 303, 307, 308])
    func sameOrigin(_ network: NetworkTransport, _ status: Int) async throws {
        let server = try LoopbackServer { request in
            request.path == "/start" ? .redirect(status, to: "/end?a=%2B") : .response(body: Data("arrived".utf8))
        }
        defer { server.stop() }
        let response = try await network.make().send(HTTPRequest(.get, server.url("/start"), headers: token))
        #expect(response.status == 200)
        #expect(response.body == Data("arrived".utf8))
        #expect(response.url == server.url("/end?a=%2B"))
        #expect(server.requests.map(\.target) == ["/start", "/end?a=%2B"])
        #expect(
            server.requests.map { $0.headers["Authorization"] } == ["Bearer planted-token", "Bearer planted-token"])
    }

    @Test("307 and 308 repeat method and body", arguments: NetworkTransport.all, [307, 308])
    func repeatsBody(_ network: NetworkTransport, _ status: Int) async throws {
        let server = try LoopbackServer { $0.path == "/start" ? .redirect(status, to: "end") : .response(201) }
        defer { server.stop() }
        let file = try TemporaryFile(Data("0123456789".utf8))
        let body = HTTPBody(chunks: [
            .data(Data("<".utf8)), .file(file.url, offset: 2, length: 5), .data(Data(">".utf8)),
        ])
        let response = try await network.make().send(HTTPRequest(.post, server.url("/start"), body: body))
        #expect(response.status == 201)
        #expect(server.requests.map(\.method) == ["POST", "POST"])
        #expect(server.requests.map(\.target) == ["/start", "/end"])
        #expect(server.requests.map(\.body) == [Data("<23456>".utf8), Data("<23456>".utf8)])
    }

    @Test(
        "301 to 303 do not turn a POST into a GET: the redirect is the response", arguments: NetworkTransport.all,
        [301, 302, 303])
    func postIsNotChanged(_ network: NetworkTransport, _ status: Int) async throws {
        let server = try LoopbackServer(reply: .redirect(status, to: "/end"))
        defer { server.stop() }
        let request = HTTPRequest(.post, server.url("/start"), body: .data(Data("x".utf8)))
        let response = try await network.make().send(request)
        #expect(response.status == status)
        #expect(server.requests.count == 1)
    }

    @Test("a loop ends after five redirects", arguments: NetworkTransport.all)
    func loop(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(reply: .redirect(to: "/again"))
        defer { server.stop() }
        let error = await failure { try await network.make().send(HTTPRequest(.get, server.url("/start"))) }
        #expect(
            error?.kind == .redirectRefused(status: 302, location: "http://127.0.0.1:\(server.port)/again"))
        #expect(server.requests.count == 6)
    }

    @Test("cancelling during redirects does not crash", arguments: NetworkTransport.all)
    func cancelledWithinRedirects(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(reply: .redirect(to: "/again"))
        defer { server.stop() }
        let transport = network.make()
        await withTaskGroup(of: Void.self) { group in
            for delay in 0..<100 {
                group.addTask {
                    let task = Task { try await transport.send(HTTPRequest(.get, server.url("/start"))) }
                    try? await Task.sleep(for: .microseconds(delay * 60))
                    task.cancel()
                    let error = await failure { try await task.value }
                    #expect(error != nil)
                }
            }
        }
    }
}
