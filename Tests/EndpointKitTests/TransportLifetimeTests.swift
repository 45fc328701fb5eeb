import EndpointKit
import Foundation
import TestSupport
import Testing

@Suite("Transport: cancellation, concurrency, leaks")
struct TransportLifetimeTests {
    /// Not the replies themselves: an argument of a test is described, and a million steps take twenty seconds.
    enum Wait: CaseIterable {
        case forAResponse, forTheRestOfABody, forASlowBody
    }

    @Test(
        "cancelling ends the wait at once, and then the transfer",
        arguments: NetworkTransport.all, Wait.allCases)
    func cancellation(_ network: NetworkTransport, _ wait: Wait) async throws {
        let reply: LoopbackReply =
            switch wait {
            case .forAResponse: .stalled()
            case .forTheRestOfABody: .stalledWithinBody(sending: Data("a".utf8), promising: 2)
            case .forASlowBody: .dripping(Data(count: 1_000_000), every: .milliseconds(1))
            }
        let server = try LoopbackServer(reply: reply)
        defer { server.stop() }
        let transport = network.make(maximumResponseBytes: 1 << 40)
        var waits: [Duration] = []
        // Other tests keep the processors busy: one of many is enough.
        for count in 1...50 {
            let task = Task { try await transport.send(HTTPRequest(.get, server.url())) }
            #expect(await eventually { server.requests.count == count })
            let start = ContinuousClock.now
            task.cancel()
            let error = await failure { try await task.value }
            waits.append(ContinuousClock.now - start)
            #expect(error?.kind == .cancelled)
            #expect(error?.mayHaveBeenSent == true)
            #expect(await eventually { server.openConnectionCount == 0 })
            #expect(server.abandonedCount == count)
            if count >= 5, waits.contains(where: { $0 < .milliseconds(100) }) { break }
        }
        #expect(try #require(waits.min()) < .milliseconds(100))
    }

    @Test("a task that is cancelled already sends nothing", arguments: NetworkTransport.all)
    func cancelledBefore(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(reply: .response())
        defer { server.stop() }
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await network.make().send(HTTPRequest(.get, server.url()))
        }
        let error = await failure { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(error?.mayHaveBeenSent == false)
        #expect(server.connectionCount == 0)
    }

    @Test("cancelling one call does not affect the others", arguments: NetworkTransport.all)
    func cancelOneOfMany(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer { $0.path == "/slow" ? .stalled() : .response(body: Data($0.path.utf8)) }
        defer { server.stop() }
        let transport = network.make()
        let slow = Task { try await transport.send(HTTPRequest(.get, server.url("/slow"))) }
        #expect(await eventually { server.requests.count == 1 })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let response = try await transport.send(HTTPRequest(.get, server.url("/\(number)")))
                    #expect(response.body == Data("/\(number)".utf8))
                }
                if number == 20 { slow.cancel() }
            }
            try await group.waitForAll()
        }
        #expect(await failure { try await slow.value }?.kind == .cancelled)
    }

    @Test("the timeout of a request takes precedence over the transport's", arguments: NetworkTransport.all)
    func requestTimeout(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(reply: .stalled())
        defer { server.stop() }
        let transport = network.make(idleTimeout: .seconds(3600))
        let error = await failure {
            try await transport.send(HTTPRequest(.get, server.url("/a"), timeout: .milliseconds(50)))
        }
        #expect(error?.kind == .timeout)
        #expect(error?.message == "GET http://127.0.0.1:\(server.port)/a: timed out")
        #expect(await eventually { server.openConnectionCount == 0 })
    }

    @Test(
        "once the body is sent the idle timeout applies, however long the connect timeout is",
        arguments: NetworkTransport.all)
    func idleAfterBody(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(reply: .stalled())
        defer { server.stop() }
        let transport = network.make(connectTimeout: .seconds(3600), idleTimeout: .milliseconds(100))
        let error = await failure {
            try await transport.send(HTTPRequest(.post, server.url("/a"), body: .data(Data("x".utf8))))
        }
        #expect(error?.kind == .timeout)
        #expect(error?.message == "POST http://127.0.0.1:\(server.port)/a: no data for 0.1 s")
        #expect(error?.mayHaveBeenSent == true)
    }

    @Test("a slow response that continues is not idle", arguments: NetworkTransport.all)
    func slowIsNotIdle(_ network: NetworkTransport) async throws {
        let body = Data("0123456789".utf8)
        // The whole takes twice the idle timeout. A busy machine is given more of both.
        for unit in [1, 10, 60] {
            let server = try LoopbackServer(reply: .dripping(body, every: .milliseconds(60 * unit)))
            defer { server.stop() }
            let transport = network.make(idleTimeout: .milliseconds(300 * unit))
            if (try? await transport.send(HTTPRequest(.get, server.url())).body) == body { return }
        }
        Issue.record("a response was given up though a byte came five times within each idle timeout")
    }

    @Test("connections are reused, and their number is limited", arguments: NetworkTransport.all)
    func connections(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(reply: .response(body: Data("x".utf8)))
        defer { server.stop() }
        let transport = network.make(maximumConnectionsPerHost: 3)
        for _ in 0..<20 { _ = try await transport.send(HTTPRequest(.get, server.url())) }
        #expect(server.connectionCount == 1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<60 { group.addTask { _ = try await transport.send(HTTPRequest(.get, server.url())) } }
            try await group.waitForAll()
        }
        #expect(server.connectionCount <= 3)
    }

    @Test(
        "only the total timeout applies while a call waits for a connection, and the request was not sent",
        arguments: NetworkTransport.all)
    func waitingInLine(_ network: NetworkTransport) async throws {
        let release = DispatchSemaphore(value: 0)
        let server = try LoopbackServer { request in
            if request.path == "/slow" { release.wait() }
            return .response(204)
        }
        defer { server.stop() }
        let transport = network.make(connectTimeout: .seconds(3), maximumConnectionsPerHost: 1)
        let slow = Task { try await transport.send(HTTPRequest(.get, server.url("/slow"))) }
        #expect(await eventually { server.requests.count == 1 })

        let start = ContinuousClock.now
        let body = HTTPBody.data(Data("x".utf8))
        let patient = Task { try await transport.send(HTTPRequest(.post, server.url("/patient"), body: body)) }
        let cancelled = Task { try await transport.send(HTTPRequest(.get, server.url("/cancelled"))) }
        let hurried = await failure {
            try await transport.send(HTTPRequest(.get, server.url("/hurried"), timeout: .milliseconds(100)))
        }
        cancelled.cancel()
        let cancellation = await failure { try await cancelled.value }
        try await Task.sleep(until: start + .milliseconds(3100), clock: .continuous)
        release.signal()

        #expect(hurried?.kind == .timeout)
        #expect(hurried?.mayHaveBeenSent == false)
        #expect(cancellation?.kind == .cancelled)
        #expect(cancellation?.mayHaveBeenSent == false)
        #expect(try await patient.value.status == 204)
        #expect(try await slow.value.status == 204)
        #expect(try await transport.send(HTTPRequest(.get, server.url("/after"))).status == 204)
        #expect(server.requests.map(\.path) == ["/slow", "/patient", "/after"])
        #expect(server.connectionCount == 1)
    }

    #if os(Linux)
        @Test(
            "hundreds of calls, good and bad, and the end of a transport leave no file descriptor open",
            arguments: NetworkTransport.all)
        func descriptors(_ network: NetworkTransport) async {
            // In a process of its own: other tests open files too.
            await #expect(processExitsWith: .success) { [network] in
                let file = try TemporaryFile(Data(count: 100_000))
                let server = try LoopbackServer { request in
                    switch request.path {
                    case "/bad": .wrongLength(promising: 10, sending: Data("abc".utf8))
                    case "/slow": .stalled()
                    default: .response(body: Data(count: 10_000))
                    }
                }
                func calls(_ count: Int) async throws {
                    let transport = network.make()
                    for _ in 0..<count {
                        _ = try await transport.send(HTTPRequest(.get, server.url()))
                        _ = try await transport.send(HTTPRequest(.post, server.url()))
                        let body = HTTPBody(chunks: [.file(file.url, offset: 0, length: 100_000)])
                        _ = try await transport.send(HTTPRequest(.post, server.url(), body: body))
                        _ = try await transport.download(
                            HTTPRequest(.get, server.url()), to: file.folder.appending(path: "d"))
                        _ = await failure { try await transport.send(HTTPRequest(.get, server.url("/bad"))) }
                        _ = await failure {
                            try await transport.send(HTTPRequest(.get, server.url("/slow"), timeout: .milliseconds(1)))
                        }
                    }
                }
                try await calls(1)
                #expect(await eventually { server.openConnectionCount == 0 })
                let before = try openDescriptors()
                // Ten transports. The run time's threads have a descriptor or two that come and go.
                for _ in 0..<10 { try await calls(6) }
                #expect(await eventually { server.openConnectionCount == 0 })
                #expect(await eventually { (try? openDescriptors()) ?? .max <= before + 5 })
                server.stop()
            }
        }

        @Test(
            "ten thousand calls, sixteen at a time, leak no descriptor, no thread and no memory",
            arguments: NetworkTransport.all)
        func tenThousand(_ network: NetworkTransport) async {
            // In a process of its own: other tests open files and start threads too.
            await #expect(processExitsWith: .success) { [network] in
                let server = try LoopbackServer(isRecording: false) { _ in .response(body: Data(count: 4000)) }
                let transport = network.make(maximumConnectionsPerHost: 16)
                func calls(_ count: Int) async throws {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for _ in 0..<16 {
                            group.addTask {
                                for _ in 0..<count / 16 {
                                    _ = try await transport.send(HTTPRequest(.get, server.url()))
                                }
                            }
                        }
                        try await group.waitForAll()
                    }
                }
                try await calls(2000)
                let (descriptors, threads, memory) = (try openDescriptors(), try threadCount(), try residentMemory())
                try await calls(10_000)
                #expect(try openDescriptors() <= descriptors + 2)
                #expect(try threadCount() <= threads + 8)
                // One leaked exchange would be 4,000 bytes and more, ten thousand of them 40 MB.
                #expect(try residentMemory() - memory < 16 << 20)
                server.stop()
            }
        }
    #endif
}
