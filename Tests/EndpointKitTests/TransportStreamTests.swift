import EndpointKit
import Foundation
import TestSupport
import Testing

@Suite("Transport: streams")
struct TransportStreamTests {
    @Test("a stream has the head and the body of the response", arguments: NetworkTransport.all)
    func whole(_ network: NetworkTransport) async throws {
        let content = Data((0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ ($0 >> 8)) })
        for reply in [
            LoopbackReply.response(201, headers: ["X-A": "b"], body: content),
            .chunked([content.prefix(10), content.dropFirst(10)], headers: ["X-A": "b"]),
            .gzip(content, headers: ["X-A": "b"]),
        ] {
            let server = try LoopbackServer(reply: reply)
            defer { server.stop() }
            let response = try await network.make().stream(HTTPRequest(.get, server.url("/a?b")))
            #expect(response.status == 201 || response.status == 200)
            #expect(response.headers["x-a"] == "b")
            #expect(response.url == server.url("/a?b"))
            var body = Data()
            for try await chunk in response.body {
                #expect(!chunk.isEmpty)
                body.append(chunk)
            }
            #expect(body == content)
        }
    }

    @Test("the size of a streamed body has no limit, and a refusal has its body", arguments: NetworkTransport.all)
    func size(_ network: NetworkTransport) async throws {
        let content = Data((0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let server = try LoopbackServer { request in
            request.path == "/good" ? .response(body: content) : .response(404, body: Data("none".utf8))
        }
        defer { server.stop() }
        let transport = network.make(maximumResponseBytes: 1000)
        let good = try await transport.stream(HTTPRequest(.get, server.url("/good")))
        #expect(try await good.body.collect(upTo: 1_000_000) == content)
        let bad = try await transport.stream(HTTPRequest(.get, server.url("/bad")))
        #expect(bad.status == 404)
        #expect(try await bad.body.collect(upTo: 1000) == Data("none".utf8))
    }

    @Test("other transports return the response of send(_:) as a stream")
    func closure() async throws {
        let transport = ClosureTransport { request throws(TransportError) in
            guard request.url.path() == "/good" else {
                throw TransportError(.connectionLost, mayHaveBeenSent: true, message: "gone")
            }
            return HTTPResponse(status: 202, headers: ["A": "b"], body: Data("body".utf8), url: request.url)
        }
        let url = try #require(URL(string: "https://example.com/good"))
        let response = try await transport.stream(HTTPRequest(.get, url))
        #expect(response.status == 202)
        #expect(response.headers["A"] == "b")
        #expect(response.url == url)
        #expect(try await response.body.collect(upTo: 4) == Data("body".utf8))
        // A body is read once.
        #expect(try await response.body.collect(upTo: 4) == Data())
        let bad = try #require(URL(string: "https://example.com/bad"))
        #expect(await failure { try await transport.stream(HTTPRequest(.get, bad)) }?.kind == .connectionLost)
    }

    @Test("a body that is collected has a limit")
    func limit() async throws {
        let body = ResponseBody(Data(count: 100))
        let error = await failure { try await body.collect(upTo: 99) }
        #expect(error?.kind == .responseTooLarge(limit: 99))
    }

    @Test("a stream follows redirects within the origin, and refuses others", arguments: NetworkTransport.all)
    func redirects(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer { request in
            switch request.path {
            case "/start": .redirect(307, to: "/end")
            case "/away": .redirect(to: "https://elsewhere.invalid/")
            default: .response(body: Data("arrived".utf8))
            }
        }
        defer { server.stop() }
        let transport = network.make()
        let response = try await transport.stream(HTTPRequest(.get, server.url("/start")))
        #expect(response.url == server.url("/end"))
        #expect(try await response.body.collect(upTo: 100) == Data("arrived".utf8))
        let error = await failure { try await transport.stream(HTTPRequest(.get, server.url("/away"))) }
        #expect(error?.kind == .redirectRefused(status: 302, location: "https://elsewhere.invalid/"))
    }

    #if os(Linux)
        private let curl = NetworkTransport.curl

        @Test("what is not read is not received")
        func backPressure() async throws {
            let size = 256 << 20
            let server = try LoopbackServer { _ in .large(Data(count: 1 << 20), times: 256) }
            defer { server.stop() }
            let response = try await curl.make().stream(HTTPRequest(.get, server.url()))
            var iterator = response.body.makeAsyncIterator()
            var count = try await iterator.next()?.count ?? 0
            // The server sends until the buffers of the sockets are full, which is long before the end.
            var sent = -1
            while server.sentCount != sent {
                sent = server.sentCount
                try await Task.sleep(for: .milliseconds(200))
            }
            #expect(sent < 64 << 20)
            while let chunk = try await iterator.next() { count += chunk.count }
            #expect(count == size)
        }

        enum Ending: CaseIterable { case break_, dropped, cancelled }

        @Test("ending the iteration ends the transfer", arguments: Ending.allCases)
        func leaving(_ ending: Ending) async throws {
            let server = try LoopbackServer(reply: .stalledWithinBody(sending: Data(count: 50_000), promising: 100_000))
            defer { server.stop() }
            let transport = curl.make()
            switch ending {
            case .break_:
                let response = try await transport.stream(HTTPRequest(.get, server.url()))
                for try await _ in response.body { break }
                #expect(await eventually { server.abandonedCount == 1 })
                // The rest cannot be read any more.
                #expect(try await response.body.collect(upTo: .max).isEmpty)
            case .dropped: _ = try await transport.stream(HTTPRequest(.get, server.url()))
            case .cancelled:
                let task = Task {
                    let response = try await transport.stream(HTTPRequest(.get, server.url()))
                    return try await response.body.collect(upTo: .max)
                }
                #expect(await eventually { server.requests.count == 1 })
                task.cancel()
                #expect(await failure { try await task.value }?.kind == .cancelled)
            }
            #expect(await eventually { server.abandonedCount == 1 && server.openConnectionCount == 0 })
        }

        @Test("a stream has an idle limit and no total; the reader's time does not count")
        func limits() async throws {
            let server = try LoopbackServer { request in
                switch request.path {
                case "/slow": .dripping(Data(count: 40), every: .milliseconds(50))
                case "/stalled": .stalledWithinBody(sending: Data(count: 10), promising: 20)
                case "/silent": .stalled()
                default: .large(Data(count: 1 << 20), times: 4)
                }
            }
            defer { server.stop() }
            // The head is waited for as long as the request says, the body as long as bytes come.
            var request = HTTPRequest(.get, server.url("/slow"), timeout: .milliseconds(1500))
            #expect(try await curl.make().stream(request).body.collect(upTo: .max).count == 40)
            request.url = server.url("/silent")
            request.timeout = .milliseconds(100)
            #expect(await failure { try await curl.make().stream(request) }?.kind == .timeout)
            request = HTTPRequest(.get, server.url("/stalled"))
            let stalled = try await curl.make(idleTimeout: .milliseconds(500)).stream(request)
            let error = await failure { try await stalled.body.collect(upTo: .max) }
            #expect(error?.kind == .timeout)
            #expect(error?.message == "GET http://127.0.0.1:\(server.port)/stalled: no data for 0.5 s")

            let read = try await curl.make(idleTimeout: .seconds(1)).stream(HTTPRequest(.get, server.url("/large")))
            var iterator = read.body.makeAsyncIterator()
            var count = try await iterator.next()?.count ?? 0
            try await Task.sleep(for: .milliseconds(2500))
            while let chunk = try await iterator.next() { count += chunk.count }
            #expect(count == 4 << 20)
        }

        @Test("many streams and calls share a transport")
        func many() async throws {
            let server = try LoopbackServer { request in
                request.path == "/large" ? .large(Data(count: 1 << 16), times: 64) : .response(body: Data("x".utf8))
            }
            defer { server.stop() }
            let transport = curl.make(maximumConnectionsPerHost: 8)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<64 {
                    group.addTask {
                        let request = HTTPRequest(.get, server.url(number % 2 == 0 ? "/large" : "/small"))
                        var count = 0
                        for try await chunk in try await transport.stream(request).body { count += chunk.count }
                        #expect(count == (number % 2 == 0 ? 4 << 20 : 1))
                    }
                }
                try await group.waitForAll()
            }
            #expect(server.connectionCount <= 8)
        }

        @Test("an upload whose server does not read is idle; one that is read slowly is not")
        func uploads() async throws {
            let server = try LoopbackServer(
                keepingBodies: 0, onHead: { $0.path == "/deaf" ? LoopbackReply(steps: [.hang]) : nil },
                { _ in .response() })
            defer { server.stop() }
            let file = try TemporaryFile(Data(count: 20_000_000))
            let body = HTTPBody(chunks: [.file(file.url, offset: 0, length: 20_000_000)])
            let transport = curl.make(idleTimeout: .seconds(1))
            let error = await failure {
                try await transport.send(HTTPRequest(.put, server.url("/deaf"), body: body))
            }
            #expect(error?.kind == .timeout)
            #expect(try await transport.send(HTTPRequest(.put, server.url("/"), body: body)).status == 200)
        }

        @Test("a stream that unpacks to 200 MB, and one of 256 MB, take the memory of a few chunks")
        func memory() async {
            await #expect(processExitsWith: .success) {
                let bomb = LoopbackReply.gzipBomb(count: 200_000_000)
                let server = try LoopbackServer { request in
                    request.path == "/bomb" ? bomb : .large(Data(count: 1 << 20), times: 256)
                }
                defer { server.stop() }
                let transport = NetworkTransport.curl.make()
                let before = try #require(peakMemory())
                for (path, size) in [("/bomb", 200_000_000), ("/large", 256 << 20)] {
                    var count = 0
                    for try await chunk in try await transport.stream(HTTPRequest(.get, server.url(path))).body {
                        count += chunk.count
                    }
                    #expect(count == size)
                }
                let after = try #require(peakMemory())
                #expect(after - before < 16 << 20)
            }
        }
    #endif
}
