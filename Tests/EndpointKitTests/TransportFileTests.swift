import EndpointKit
import Foundation
import TestSupport
import Testing

@Suite("Transport: downloads and progress")
struct TransportFileTests {
    @Test("a download replaces the file atomically and leaves no other file", arguments: NetworkTransport.all)
    func download(_ network: NetworkTransport) async throws {
        let content = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ ($0 >> 8)) })
        let file = try TemporaryFile(Data("old".utf8))
        let server = try LoopbackServer(reply: .response(headers: ["ETag": "x"], body: content))
        defer { server.stop() }
        let seen = LockedValue<[TransferProgress]>([])
        let response = try await network.make(maximumResponseBytes: 10)
            .download(HTTPRequest(.get, server.url()), to: file.url) { progress in seen.change { $0.append(progress) } }
        #expect(response.status == 200)
        #expect(response.headers["ETag"] == "x")
        #expect(response.body.isEmpty)
        #expect(try Data(contentsOf: file.url) == content)
        #expect(file.neighbours == ["file.bin"])
        #expect(seen.value.last == TransferProgress(bytesReceived: 300_000, bytesToReceive: 300_000))
        #expect(seen.value.map(\.bytesReceived) == seen.value.map(\.bytesReceived).sorted())
    }

    @Test("an empty response makes an empty file", arguments: NetworkTransport.all)
    func empty(_ network: NetworkTransport) async throws {
        let file = try TemporaryFile(Data("old".utf8))
        let server = try LoopbackServer(reply: .response())
        defer { server.stop() }
        _ = try await network.make().download(HTTPRequest(.get, server.url()), to: file.url)
        #expect(try Data(contentsOf: file.url) == Data())
    }

    @Test("a download that fails leaves the old file and no partial one", arguments: NetworkTransport.all)
    func failing(_ network: NetworkTransport) async throws {
        let file = try TemporaryFile(Data("old".utf8))
        let replies: [LoopbackReply] = [
            .wrongLength(promising: 100_000, sending: Data(count: 50_000)),
            .stalledWithinBody(sending: Data(count: 50_000), promising: 100_000),
            .closedWithoutResponse,
        ]
        for reply in replies {
            let server = try LoopbackServer(reply: reply)
            defer { server.stop() }
            let transport = network.make(idleTimeout: .seconds(1))
            let error = await failure { try await transport.download(HTTPRequest(.get, server.url()), to: file.url) }
            #expect(error?.mayHaveBeenSent == true)
            #expect(try Data(contentsOf: file.url) == Data("old".utf8))
            #expect(file.neighbours == ["file.bin"])
        }
    }

    @Test("an error response is returned in memory and writes no file", arguments: NetworkTransport.all)
    func errorResponse(_ network: NetworkTransport) async throws {
        let file = try TemporaryFile(Data("old".utf8))
        let server = try LoopbackServer(reply: .response(403, body: Data("expired".utf8)))
        defer { server.stop() }
        let response = try await network.make().download(HTTPRequest(.get, server.url()), to: file.url)
        #expect(response.status == 403)
        #expect(response.body == Data("expired".utf8))
        #expect(try Data(contentsOf: file.url) == Data("old".utf8))
        #expect(file.neighbours == ["file.bin"])
    }

    @Test("a destination that cannot be written is an error that names the file", arguments: NetworkTransport.all)
    func unwritable(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(reply: .response(body: Data("x".utf8)))
        defer { server.stop() }
        let file = try TemporaryFile()
        let destination = file.folder.appending(path: "no-such-folder/a.bin")
        let error = await failure {
            try await network.make().download(HTTPRequest(.get, server.url("/f")), to: destination)
        }
        #expect(error?.kind == .other)
        #expect(
            error?.message
                == "GET http://127.0.0.1:\(server.port)/f: a.bin cannot be created: No such file or directory")
    }

    @Test(
        "the sequence of events ends with the response; progress counts both directions",
        arguments: NetworkTransport.all)
    func events(_ network: NetworkTransport) async throws {
        let server = try LoopbackServer(reply: .response(201, body: Data(count: 100_000)))
        defer { server.stop() }
        let request = HTTPRequest(.put, server.url(), body: .data(Data(count: 400_000)))
        var events: [TransferEvent] = []
        for try await event in network.make().sending(request) { events.append(event) }
        guard case .finished(let response) = events.last else {
            Issue.record("no response at the end")
            return
        }
        #expect(response.status == 201)
        for case .progress(let progress) in events {
            #expect(progress.bytesToSend == 400_000)
            #expect(progress.bytesSent <= 400_000)
        }
        #expect(events.count > 1)
    }

    @Test("ending the iteration stops the download and removes the partial file", arguments: NetworkTransport.all)
    func leaving(_ network: NetworkTransport) async throws {
        let file = try TemporaryFile(Data("old".utf8))
        let server = try LoopbackServer(reply: .stalledWithinBody(sending: Data(count: 50_000), promising: 100_000))
        defer { server.stop() }
        let transport = network.make()
        for try await _ in transport.downloading(HTTPRequest(.get, server.url()), to: file.url) { break }
        #expect(await eventually { server.abandonedCount == 1 })
        #expect(await eventually { file.neighbours == ["file.bin"] })
        #expect(try Data(contentsOf: file.url) == Data("old".utf8))
    }
}
