import EndpointKit
import Foundation
import TestSupport
import Testing

@Suite("Transport: raw responses")
struct TransportRawResponseTests {
    typealias Expectation = RawResponse.Expectation

    #if os(Linux)
        @Test("a response ends as expected over libcurl, whole and streamed", arguments: RawResponse.all)
        func libcurl(_ raw: RawResponse) async throws {
            let server = try LoopbackServer(reply: raw.reply)
            defer { server.stop() }
            let transport = NetworkTransport.curl.make(maximumResponseBytes: RawResponse.limit)
            #expect(await whole(raw.method, server, transport) == raw.expected)
            let streamed = await streamed(raw.method, server, transport, keeping: raw.streamed == nil)
            #expect(streamed == raw.streamed ?? raw.expected)
            #expect(server.requests.count == 2)
        }

        @Test("each response is the same when it comes byte by byte", arguments: RawResponse.all.filter(\.isShort))
        func dripped(_ raw: RawResponse) async throws {
            let steps = raw.reply.steps.flatMap { step -> [LoopbackReply.Step] in
                guard case .head(let bytes) = step else { return [step] }
                return bytes.flatMap { [.head(Data([$0])), .pause(.microseconds(10))] }
            }
            let server = try LoopbackServer(reply: LoopbackReply(steps: steps))
            defer { server.stop() }
            // Each with a connection of its own: bytes beyond a body would come when the next request uses it again.
            func transport() -> any Transport { NetworkTransport.curl.make(maximumResponseBytes: RawResponse.limit) }
            #expect(await whole(raw.method, server, transport()) == raw.expected)
            #expect(await streamed(raw.method, server, transport(), keeping: true) == raw.streamed ?? raw.expected)
        }

        @Test(
            "a response that is cut off at any byte is an error, never a part of it",
            arguments: [
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nX-A: b\r\n\r\n0123456789",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n5;a=b\r\n56789\r\n0\r\nX-A: b\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789",
            ])
        func cut(_ text: String) async throws {
            let bytes = Data(text.utf8)
            let position = LockedValue(0)
            let server = try LoopbackServer(isRecording: false) { _ in .raw(bytes.prefix(position.value)) }
            defer { server.stop() }
            let transport = NetworkTransport.curl.make()
            // libcurl does not wait for the line feed after the last carriage return of chunks.
            for count in 0..<(bytes.last == 10 ? bytes.count - 1 : bytes.count) {
                position.value = count
                #expect(await whole(.get, server, transport) == .lost, "after \(count) bytes")
                #expect(
                    await streamed(.get, server, transport, keeping: true) == .lost, "after \(count) bytes, streamed")
            }
            position.value = bytes.count
            #expect(await whole(.get, server, transport) == .text("0123456789"))
        }

        @Test(
            "no request is sent twice when the connection that it uses again is closed at that moment",
            arguments: ["GET", "HEAD", "PUT", "DELETE", "POST", "PATCH", "OPTIONS"], [0, 10, 100_000, 2_000_000])
        func reuse(_ method: String, _ count: Int) async throws {
            guard count == 0 || !["GET", "HEAD"].contains(method) else { return }
            for end in [LoopbackReply.closedWithoutResponse, .resetWithoutResponse] {
                let server = try LoopbackServer { $0.path == "/warm" ? .response() : end }
                defer { server.stop() }
                let transport = NetworkTransport.curl.make()
                _ = try await transport.send(HTTPRequest(.get, server.url("/warm")))
                let request = HTTPRequest(
                    .init(rawValue: method), server.url("/change"), body: .data(Data(count: count)))
                let error = await failure { try await transport.send(request) }
                #expect(error?.kind == .connectionLost)
                #expect(error?.mayHaveBeenSent == true)
                #expect(server.requests.count { $0.path == "/change" } == 1)
            }
        }

        @Test("calls that must not be repeated do not fail for ever where connections are closed after each response")
        func closingServer() async throws {
            let server = try LoopbackServer { _ in .response(body: Data("x".utf8)).closing() }
            defer { server.stop() }
            let transport = NetworkTransport.curl.make()
            var failures = 0
            for _ in 0..<200 {
                let request = HTTPRequest(.post, server.url(), body: .data(Data("a".utf8)))
                if await failure({ try await transport.send(request) }) != nil { failures += 1 }
            }
            #expect(failures <= 1)
            #expect(server.requests.count >= 199)
        }
    #endif

    @Test("a response ends over URLSession too, unless it ends the process", arguments: RawResponse.all)
    func urlSession(_ raw: RawResponse) async throws {
        #if os(Linux)
            guard raw.onURLSession == .ends else { return }
        #endif
        let server = try LoopbackServer(reply: raw.reply)
        defer { server.stop() }
        let transport = NetworkTransport.urlSession.make(maximumResponseBytes: RawResponse.limit)
        switch await whole(raw.method, server, transport) {
        case .body, .failure: break
        }
    }

    private func whole(
        _ method: HTTPRequest.Method, _ server: LoopbackServer, _ transport: any Transport
    ) async -> Expectation {
        do throws(TransportError) {
            return .body(try await transport.send(HTTPRequest(method, server.url())).body)
        } catch {
            return .failure(error.kind)
        }
    }

    /// The outcome of a stream; with `keeping` the bytes of its body.
    private func streamed(
        _ method: HTTPRequest.Method, _ server: LoopbackServer, _ transport: any Transport, keeping: Bool
    ) async -> Expectation {
        do throws(TransportError) {
            let response = try await transport.stream(HTTPRequest(method, server.url()))
            var body = Data()
            for try await chunk in response.body where keeping { body.append(chunk) }
            return .body(body)
        } catch {
            return .failure(error.kind)
        }
    }
}
