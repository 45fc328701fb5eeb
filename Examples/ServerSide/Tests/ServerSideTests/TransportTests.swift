import EndpointKit
import Foundation
import LoopbackService
import ServerSide
import Testing

struct TransportTests {
    private let transport = AsyncHTTPClientTransport()

    @Test func carriesMethodPathHeadersAndBodyThereAndTheAnswerBack() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        // Longer than one piece, so that a piece twice or in the wrong place would show.
        let bytes = Data((0..<700_000).map { UInt8(truncatingIfNeeded: $0 / 7) })
        try bytes.write(to: file)
        let script = Script { _ throws(TransportError) in reply(418, "short and stout", headers: ["X-Kind": "pot"]) }
        let response = try await LoopbackService.run(script) { [transport] base in
            let body = HTTPBody(chunks: [
                .data(Data("head ".utf8)), .file(file, offset: 5, length: 600_000), .data(Data(" tail".utf8)),
            ])
            return try await transport.send(
                HTTPRequest(.post, try url("\(base)/a%2Fb?q=%2B"), headers: ["X-One": "1"], body: body))
        }
        #expect(response.status == 418)
        #expect(response.headers["x-kind"] == "pot")
        #expect(response.body == Data("short and stout".utf8))
        let seen = try #require(script.requests.first)
        #expect(script.requests.count == 1)
        #expect(seen.method == .post)
        #expect(seen.url.absoluteString.hasSuffix("/a%2Fb?q=%2B"))
        #expect(seen.headers["X-One"] == "1")
        #expect(seen.headers["Content-Length"] == "600010")
        #expect(seen.body == .data(Data("head ".utf8) + bytes[5..<600_005] + Data(" tail".utf8)))
    }

    @Test func aStreamHasTheHeadAndTheBodyOfTheLastResponse() async throws {
        let text = String(repeating: "0123456789", count: 100_000)
        let script = Script { request throws(TransportError) in
            request.url.path == "/old"
                ? reply(302, headers: ["Location": "/new"]) : reply(202, text, headers: ["X-A": "b"])
        }
        try await LoopbackService.run(script) { [transport] base in
            let response = try await transport.stream(HTTPRequest(.get, try url("\(base)/old")))
            #expect(response.status == 202)
            #expect(response.headers["X-A"] == "b")
            #expect(response.url?.path == "/new")
            #expect(try await response.body.collect(upTo: .max) == Data(text.utf8))
        }
    }

    @Test func aRedirectToAnotherOriginIsRefusedAndNothingGoesThere() async throws {
        let other = Script { _ throws(TransportError) in reply() }
        let error = try await LoopbackService.run(other) { [transport] otherBase in
            let first = Script { _ throws(TransportError) in
                reply(302, headers: ["Location": "\(otherBase)/stolen?secret=1"])
            }
            return try await LoopbackService.run(first) { base in
                let request = HTTPRequest(.get, try url(base), headers: ["Authorization": "Bearer planted-token"])
                return (await failure(request, transport), otherBase)
            }
        }
        #expect(error.0?.kind == .redirectRefused(status: 302, location: "\(error.1)/stolen"))
        #expect(other.requests.isEmpty)
    }

    @Test func aRedirectWithinTheOriginIsFollowedAndALoopEnds() async throws {
        let script = Script { request throws(TransportError) in
            switch request.url.path {
            case "/old": reply(302, headers: ["Location": "/new"])
            case "/new": reply(200, "here")
            default: reply(302, headers: ["Location": "/loop"])
            }
        }
        try await LoopbackService.run(script) { [transport] base in
            let followed = try await transport.send(HTTPRequest(.get, try url("\(base)/old")))
            #expect(followed.body == Data("here".utf8))
            let before = script.requests.count
            let loop = await failure(HTTPRequest(.get, try url("\(base)/loop")), transport)
            #expect(loop?.kind == .connectionLost)
            #expect(script.requests.count == before + 6)
        }
    }

    @Test func httpIsForLoopbackOnlyAndHeadersCannotBeSmuggledIn() async throws {
        let plain = HTTPRequest(.get, try url("http://example.com/"))
        let smuggling = HTTPRequest(.get, try url("https://localhost:1/"), headers: ["X-A": "1\r\nX-B: 2"])
        for request in [plain, smuggling] {
            let error = await failure(request, transport)
            #expect(error?.kind == .invalidRequest)
            #expect(error?.mayHaveBeenSent == false)
        }
    }

    @Test func aCallThatTakesTooLongTimesOutAndMayHaveBeenSent() async throws {
        let script = Script(stall)
        try await LoopbackService.run(script) { [transport] base in
            let late = await failure(HTTPRequest(.get, try url(base), timeout: .milliseconds(100)), transport)
            #expect(late?.kind == .timeout)
            #expect(late?.mayHaveBeenSent == true)
            let idle = AsyncHTTPClientTransport(idleTimeout: .milliseconds(100))
            let silent = await failure(HTTPRequest(.get, try url(base)), idle)
            #expect(silent?.kind == .timeout)
            #expect(script.requests.count == 2)
        }
    }

    @Test func cancellationEndsTheCall() async throws {
        try await LoopbackService.run(Script(stall)) { [transport] base in
            let request = HTTPRequest(.get, try url(base))
            let task = Task { await failure(request, transport) }
            task.cancel()
            #expect(await task.value?.kind == .cancelled)
        }
    }

    @Test func whereNobodyListensNothingWasSent() async throws {
        let address = try url("http://127.0.0.1:1/")
        let error = await failure(HTTPRequest(.post, address, body: .data(Data("x".utf8))), transport)
        #expect(error?.kind == .cannotConnect, "\(error?.message ?? "")")
        #expect(error?.mayHaveBeenSent == false)
    }

    @Test func aConnectionThatIsCutMayHaveCarriedTheRequest() async throws {
        let script = Script { _ throws(TransportError) in
            throw TransportError(.other, mayHaveBeenSent: true, message: "cut")
        }
        try await LoopbackService.run(script) { [transport] base in
            let error = await failure(HTTPRequest(.get, try url("\(base)/?secret=1")), transport)
            #expect(error?.kind == .connectionLost)
            #expect(error?.mayHaveBeenSent == true)
            #expect(error?.message.contains("secret") == false)
            #expect(script.requests.count == 1)
        }
    }

    @Test func anAnswerBeyondTheLimitIsCutOff() async throws {
        let small = AsyncHTTPClientTransport(maximumResponseBytes: 1000)
        let script = Script { request throws(TransportError) in
            reply(200, String(repeating: "x", count: request.url.path == "/fits" ? 1000 : 1001))
        }
        try await LoopbackService.run(script) { base in
            let fitting = try await small.send(HTTPRequest(.get, try url("\(base)/fits")))
            #expect(fitting.body.count == 1000)
            let error = await failure(HTTPRequest(.get, try url(base)), small)
            #expect(error?.kind == .responseTooLarge(limit: 1000))
        }
    }
}
