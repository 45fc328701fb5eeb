import EndpointKit
import Foundation
import TestSupport
import Testing

@Suite("Transport: bodies from pipes", .serialized)
struct TransportPipeTests {
    private let content = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ ($0 >> 8)) })

    private func upload(_ server: LoopbackServer, _ pipe: NamedPipe) -> HTTPRequest {
        let body = HTTPBody(chunks: [.file(pipe.url, offset: 0, length: Int64(content.count))])
        return HTTPRequest(.put, server.url("/upload"), body: body)
    }

    @Test("a body of a pipe is sent as it is written, also when its writer comes late", arguments: NetworkTransport.all)
    func slow(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(reply: .response())
        defer { server.stop() }
        let pipe = try NamedPipe()
        let request = upload(server, pipe)
        let call = Task { try await network.make().send(request) }
        try await Task.sleep(for: .milliseconds(50))
        let writer = try await pipe.writer()
        for start in stride(from: 0, to: content.count, by: 50_000) {
            try await writer.write(content[start..<start + 50_000])
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(try await call.value.status == 200)
        #expect(server.requests.map(\.body) == [content])
    }

    #if os(Linux)
        private let curl = NetworkTransport.curl

        /// How much is written before the writer stalls; nil for a writer that has not come.
        @Test("while the writer of a pipe is late, other calls of the transport go on", arguments: [nil, 0, 100_000])
        func stalled(_ count: Int?) async throws {
            let began = LockedValue(false)
            let server = try LoopbackServer(onHead: { request in
                if request.path == "/upload" { began.value = true }
                return nil
            }) { request in .response(body: Data(request.path.utf8)) }
            defer { server.stop() }
            let pipe = try NamedPipe()
            let request = upload(server, pipe)
            let (transport, ended) = (curl.make(), LockedValue(false))
            let call = Task {
                defer { ended.value = true }
                return try await transport.send(request)
            }
            var writer: NamedPipe.Writer?
            if let count {
                writer = try await pipe.writer()
                try await writer?.write(content.prefix(count))
            }
            #expect(await eventually { began.value })
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        let response = try await transport.send(HTTPRequest(.get, server.url("/\(number)")))
                        #expect(response.body == Data("/\(number)".utf8))
                    }
                }
                try await group.waitForAll()
            }
            #expect(!ended.value)
            if writer == nil { writer = try await pipe.writer() }
            try await writer?.write(content.dropFirst(count ?? 0))
            #expect(try await call.value.status == 200)
            #expect(server.requests.first { $0.path == "/upload" }?.body == content)
        }

        @Test("the writer's time does not count as idle, but within the time limit")
        func limits() async throws {
            let server = try LoopbackServer(reply: .response())
            defer { server.stop() }
            let pipe = try NamedPipe()
            let request = upload(server, pipe)
            let patient = Task { try await curl.make(idleTimeout: .milliseconds(200)).send(request) }
            let writer = try await pipe.writer()
            try await writer.write(content.prefix(10))
            try await Task.sleep(for: .milliseconds(800))
            try await writer.write(content.dropFirst(10))
            #expect(try await patient.value.status == 200)

            let silent = try NamedPipe()
            var hurried = upload(server, silent)
            hurried.timeout = .milliseconds(200)
            let limited = hurried
            #expect(await failure { try await curl.make().send(limited) }?.kind == .timeout)
            #expect(!silent.hasReader)
        }

        @Test("a call that is cancelled while it waits for a pipe ends and closes it")
        func cancellation() async throws {
            let server = try LoopbackServer(reply: .response())
            defer { server.stop() }
            let pipe = try NamedPipe()
            let request = upload(server, pipe)
            let transport = curl.make()
            let call = Task { try await transport.send(request) }
            let writer = try await pipe.writer()
            try await writer.write(content.prefix(10))
            call.cancel()
            #expect(await failure { try await call.value }?.kind == .cancelled)
            #expect(await eventually { !pipe.hasReader })
            #expect(try await transport.send(HTTPRequest(.get, server.url())).status == 200)
        }

        enum Ending: CaseIterable { case early, empty, unnamed }

        @Test("a writer that leaves too early is an error", arguments: Ending.allCases)
        func short(_ ending: Ending) async throws {
            let server = try LoopbackServer(reply: .response())
            defer { server.stop() }
            let named = try NamedPipe()
            var request = upload(server, named)
            var ends: [Int32] = [-1, -1]
            if ending == .unnamed {
                #expect(pipe(&ends) == 0)
                close(ends[1])
                let file = URL(filePath: "/dev/fd/\(ends[0])")
                request.body = HTTPBody(chunks: [.file(file, offset: 0, length: 10)])
            }
            defer { if ends[0] >= 0 { close(ends[0]) } }
            let sent = request
            let call = Task { try await curl.make().send(sent) }
            if ending != .unnamed {
                let writer = try await named.writer()
                if ending == .early { try await writer.write(content.prefix(10)) }
                writer.close()
            }
            let error = await failure { try await call.value }
            #expect(error?.kind == .invalidRequest)
            #expect(error?.message.hasSuffix("became shorter while it was being sent") == true)
        }

        @Test("a transfer that waits 2 s for a pipe uses less than 10 ms of the processor")
        func waiting() async {
            await #expect(processExitsWith: .success) {
                let began = LockedValue(false)
                let server = try LoopbackServer(onHead: { _ in
                    began.value = true
                    return nil
                }) { _ in .response() }
                let pipe = try NamedPipe()
                let body = HTTPBody(chunks: [.file(pipe.url, offset: 0, length: 10)])
                let request = HTTPRequest(.put, server.url(), body: body)
                let call = Task { try await NetworkTransport.curl.make().send(request) }
                let writer = try await pipe.writer()
                #expect(await eventually { began.value })
                try await Task.sleep(for: .milliseconds(200))
                let before = processorTime()
                try await Task.sleep(for: .seconds(2))
                let used = processorTime() - before
                #expect(used < .milliseconds(10), "\(used)")
                try await writer.write(Data(count: 10))
                #expect(try await call.value.status == 200)
                server.stop()
            }
        }
    #endif
}

/// A named pipe in a folder of its own.
private final class NamedPipe: Sendable {
    private let folder: TemporaryFolder
    var url: URL { folder.url.appending(path: "pipe") }

    init() throws {
        folder = try TemporaryFolder()
        #expect(mkfifo(url.path, 0o600) == 0)
    }

    /// Opens the pipe for writing when somebody has opened it for reading.
    func writer() async throws -> Writer {
        let found = LockedValue<Int32>(-1)
        let path = url.path
        _ = await eventually {
            found.value = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
            return found.value >= 0
        }
        return Writer(descriptor: try #require(found.value >= 0 ? found.value : nil))
    }

    var hasReader: Bool {
        let descriptor = open(url.path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
        if descriptor >= 0 { close(descriptor) }
        return descriptor >= 0
    }

    /// The end that is written to, without blocking a thread.
    final class Writer: Sendable {
        private let descriptor: LockedValue<Int32>

        init(descriptor: Int32) {
            self.descriptor = LockedValue(descriptor)
        }

        deinit { close() }

        func write(_ data: Data) async throws {
            let rest = LockedValue(data)
            let descriptor = descriptor.value
            let isWritten = await eventually {
                rest.change { rest in
                    while !rest.isEmpty {
                        let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
                        guard count > 0 else { return false }
                        rest.removeFirst(count)
                    }
                    return true
                }
            }
            #expect(isWritten)
        }

        func close() {
            descriptor.change { descriptor in
                if descriptor >= 0 { systemClose(descriptor) }
                descriptor = -1
            }
        }
    }
}

// Not the methods of these names.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}

private func systemClose(_ descriptor: Int32) {
    close(descriptor)
}
