#if os(Linux)
    import EndpointKit
    import Foundation
    import TestSupport
    import Testing

    /// What many calls cost over libcurl. Each test runs in a process of its own, whose descriptors, threads, memory and
    /// processor time are its own.
    @Suite("Transport: load over libcurl", .serialized)
    struct TransportLoadTests {
        @Test("1,000 concurrent calls over 1,000 connections end, and leave nothing behind")
        func thousandConnections() async {
            await #expect(processExitsWith: .success) {
                let (gate, arrived) = (DispatchSemaphore(value: 0), LockedValue(0))
                let server = try LoopbackServer(isRecording: false) { request in
                    arrived.change { $0 += 1 }
                    gate.wait()
                    return .response(body: Data(request.path.utf8))
                }
                let before = try openDescriptors()
                do {
                    let transport = NetworkTransport.curl.make(maximumConnectionsPerHost: 1000)
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for number in 0..<1000 {
                            group.addTask {
                                let response = try await transport.send(HTTPRequest(.get, server.url("/\(number)")))
                                #expect(response.body == Data("/\(number)".utf8))
                            }
                        }
                        #expect(await eventually { arrived.value == 1000 })
                        for _ in 0..<1000 { gate.signal() }
                        try await group.waitForAll()
                    }
                    #expect(server.connectionCount == 1000)
                }
                #expect(await eventually { server.openConnectionCount == 0 })
                // The server's sockets are closed by threads of their own.
                #expect(await eventually { (try? openDescriptors()) ?? .max <= before + 2 })
                server.stop()
            }
        }

        @Test("2,000 cancelled calls leave no descriptor, no thread and no memory")
        func cancellations() async {
            await #expect(processExitsWith: .success) {
                let server = try LoopbackServer(isRecording: false) { request in
                    request.path == "/slow" ? .stalled() : .dripping(Data(count: 1000), every: .milliseconds(5))
                }
                let transport = NetworkTransport.curl.make()
                func cancel(_ count: Int) async {
                    await withTaskGroup(of: Void.self) { group in
                        for number in 0..<count {
                            group.addTask {
                                let task = Task {
                                    let path = number % 2 == 0 ? "/slow" : "/dripping"
                                    return try await transport.send(HTTPRequest(.get, server.url(path)))
                                }
                                // Before it is sent, while it waits in the queue, for the head, or for the body.
                                try? await Task.sleep(for: .microseconds(number % 40 * 200))
                                task.cancel()
                                #expect(await failure { try await task.value }?.kind == .cancelled)
                            }
                            if number % 100 == 99 { await group.waitForAll() }
                        }
                    }
                }
                await cancel(200)
                #expect(await eventually { server.openConnectionCount == 0 })
                let (descriptors, threads, memory) = (try openDescriptors(), try threadCount(), try residentMemory())
                await cancel(2000)
                #expect(await eventually { server.openConnectionCount == 0 })
                #expect(await eventually { (try? openDescriptors()) ?? .max <= descriptors + 2 })
                #expect(await eventually { (try? threadCount()) ?? .max <= threads + 4 })
                #expect(try residentMemory() - memory < 8 << 20)
                server.stop()
            }
        }

        @Test("a call that waits 5 s uses less than 10 ms of the processor", arguments: [0, 100_000])
        func waiting(_ bodyLength: Int) async {
            await #expect(processExitsWith: .success) { [bodyLength] in
                let server = try LoopbackServer(isRecording: false) { request in
                    request.path == "/warm" ? .response() : .stalled()
                }
                let transport = NetworkTransport.curl.make()
                let body = HTTPBody.data(Data(count: bodyLength))
                _ = try await transport.send(HTTPRequest(.post, server.url("/warm"), body: body))
                let call = Task { try await transport.send(HTTPRequest(.post, server.url("/"), body: body)) }
                #expect(await eventually { server.openConnectionCount == 1 })
                try await Task.sleep(for: .milliseconds(200))
                let before = processorTime()
                try await Task.sleep(for: .seconds(5))
                let used = processorTime() - before
                #expect(used < .milliseconds(10), "\(used)")
                call.cancel()
                _ = await call.result
                server.stop()
            }
        }

        @Test("the thread ends with its transport, also when nothing was sent")
        func threads() async {
            await #expect(processExitsWith: .success) {
                let server = try LoopbackServer(isRecording: false) { _ in .response(body: Data("x".utf8)) }
                func use(_ count: Int) async throws {
                    for number in 0..<count {
                        let transport = NetworkTransport.curl.make()
                        if number % 2 == 0 { _ = try await transport.send(HTTPRequest(.get, server.url())) }
                    }
                }
                try await use(4)
                #expect(await eventually { server.openConnectionCount == 0 })
                let (descriptors, threads) = (try openDescriptors(), try threadCount())
                try await use(200)
                #expect(await eventually { server.openConnectionCount == 0 })
                #expect(await eventually { (try? threadCount()) ?? .max <= threads + 4 })
                #expect(await eventually { (try? openDescriptors()) ?? .max <= descriptors + 2 })
                server.stop()
            }
        }
    }
#endif
