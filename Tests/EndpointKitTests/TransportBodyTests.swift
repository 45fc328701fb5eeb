import Foundation
import TestSupport
import Testing

@testable import EndpointKit

@Suite("Transport: bodies from files")
struct TransportBodyTests {
    private let content = Data((0..<500_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ ($0 >> 8)) })

    @Test("parts of files and of memory are sent byte for byte, with a length", arguments: NetworkTransport.all)
    func mixed(_ network: NetworkTransport) async throws {
        let file = try TemporaryFile(content)
        let server = try LoopbackServer(reply: .response())
        defer { server.stop() }
        let body = HTTPBody(chunks: [
            .data(Data("--boundary\r\n".utf8)),
            .file(file.url, offset: 1000, length: 400_000),
            .data(Data()),
            .file(file.url, offset: 499_999, length: 1),
            .file(file.url, offset: 0, length: 0),
            .data(Data("\r\n--boundary--".utf8)),
        ])
        for method in [HTTPRequest.Method.post, .put] {
            _ = try await network.make().send(HTTPRequest(method, server.url(), body: body))
        }
        let expected =
            Data("--boundary\r\n".utf8) + content[1000..<401_000] + content[499_999...] + Data("\r\n--boundary--".utf8)
        #expect(server.requests.map { $0.body == expected } == [true, true])
        #expect(
            server.requests.map { $0.headers["Content-Length"] } == [String(expected.count), String(expected.count)])
        #expect(server.requests.map { $0.headers["Transfer-Encoding"] } == [nil, nil])
    }

    @Test("a body of empty parts is empty", arguments: NetworkTransport.all)
    func emptyPieces(_ network: NetworkTransport) async throws {
        let file = try TemporaryFile(content)
        let server = try LoopbackServer(reply: .response())
        defer { server.stop() }
        let body = HTTPBody(chunks: [.data(Data()), .file(file.url, offset: 5, length: 0)])
        _ = try await network.make().send(HTTPRequest(.post, server.url(), body: body))
        #expect(server.requests.map(\.bodyLength) == [0])
        #expect(server.requests.first?.headers["Content-Length"] == "0")
    }

    @Test("the spooled copy of a body has mode 0600 and is removed")
    func spooled() async throws {
        let file = try TemporaryFile(content)
        let body = HTTPBody(chunks: [
            .data(Data("<".utf8)), .file(file.url, offset: 10, length: 300_000), .data(Data(">".utf8)),
        ])
        let copy = try await BodyReader(body).spooled()
        #expect(try Data(contentsOf: copy) == Data("<".utf8) + content[10..<300_010] + Data(">".utf8))
        let attributes = try FileManager.default.attributesOfItem(atPath: copy.path(percentEncoded: false))
        #expect(attributes[.posixPermissions] as? NSNumber == 0o600)
        try FileManager.default.removeItem(at: copy)
    }

    @Test(
        "a file that is missing, a folder, or too short is refused before anything is sent",
        arguments: NetworkTransport.all)
    func badFiles(_ network: NetworkTransport) async throws {
        let file = try TemporaryFile(Data(count: 10))
        let server = try LoopbackServer(reply: .response())
        defer { server.stop() }
        let cases: [(HTTPBody.Chunk, String)] = [
            (.file(file.folder.appending(path: "missing"), offset: 0, length: 1), "missing cannot be read"),
            (.file(file.folder, offset: 0, length: 1), "\(file.folder.lastPathComponent) cannot be read"),
            (.file(file.url, offset: -1, length: 1), "file.bin cannot be read"),
            (.file(file.url, offset: 5, length: 6), "file.bin is too short"),
        ]
        for (chunk, reason) in cases {
            let request = HTTPRequest(.post, server.url("/up"), body: HTTPBody(chunks: [chunk]))
            let error = await failure { try await network.make().send(request) }
            #expect(error?.kind == .invalidRequest)
            #expect(error?.mayHaveBeenSent == false)
            #expect(error?.message == "POST http://127.0.0.1:\(server.port)/up: \(reason)")
        }
        #expect(server.connectionCount == 0)
    }

    @Test(
        "a file that shrinks while it is sent ends the request before it is complete", arguments: NetworkTransport.all)
    func shrinking(_ network: NetworkTransport) async throws {
        let file = try TemporaryFile(Data(count: 20_000_000))
        let server = try LoopbackServer(
            keepingBodies: 0,
            onHead: { _ in
                try? FileHandle(forWritingTo: file.url).truncate(atOffset: 1000)
                return nil
            }, { _ in .response() })
        defer { server.stop() }
        let request = HTTPRequest(
            .post, server.url("/up"), body: HTTPBody(chunks: [.file(file.url, offset: 0, length: 20_000_000)]))
        let error = await failure { try await network.make().send(request) }
        #expect(error?.kind == .invalidRequest)
        #expect(error?.mayHaveBeenSent == true)
        #expect(
            error?.message == "POST http://127.0.0.1:\(server.port)/up: file.bin became shorter while it was being sent"
        )
        #expect(await eventually { server.openConnectionCount == 0 })
        #expect(server.requests.map(\.isComplete) == [false])
    }

    @Test(
        "an early response, and then the end of the connection, does not hang", .timeLimit(.minutes(1)),
        arguments: NetworkTransport.all)
    func earlyResponse(_ network: NetworkTransport) async throws {
        let file = try TemporaryFile(Data(count: 20_000_000))
        let server = try LoopbackServer(
            onHead: { _ in .response(413, body: Data("too large".utf8)) }, { _ in .response() })
        defer { server.stop() }
        let request = HTTPRequest(
            .post, server.url(), body: HTTPBody(chunks: [.file(file.url, offset: 0, length: 20_000_000)]))
        do throws(TransportError) {
            let response = try await network.make().send(request)
            #expect(response.status == 413)
        } catch {
            // The reset that follows the response may overtake it.
            #expect(error.kind == .connectionLost)
            #expect(error.mayHaveBeenSent)
        }
    }

    #if os(Linux)
        @Test("256 MB up and 256 MB down take the memory of a few pieces", arguments: NetworkTransport.all)
        func memory(_ network: NetworkTransport) async {
            // In a process of its own: other tests take memory too.
            await #expect(processExitsWith: .success) { [network] in
                let size = 256 << 20
                let file = try TemporaryFile()
                try FileHandle(forWritingTo: file.url).truncate(atOffset: UInt64(size))
                let server = try LoopbackServer(keepingBodies: 0) { request in
                    request.method == "POST" ? .response() : .large(Data(count: 1 << 20), times: 256)
                }
                defer { server.stop() }
                let transport = network.make()
                let before = try #require(peakMemory())
                let body = HTTPBody(chunks: [.file(file.url, offset: 0, length: Int64(size))])
                _ = try await transport.send(HTTPRequest(.post, server.url(), body: body))
                #expect(server.requests.map(\.bodyLength) == [size])
                _ = try await transport.download(HTTPRequest(.get, server.url()), to: file.url)
                #expect(try file.url.resourceValues(forKeys: [.fileSizeKey]).fileSize == size)
                let after = try #require(peakMemory())
                #expect(after - before < 24 << 20)
            }
        }
    #endif
}
