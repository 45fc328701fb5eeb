import EndpointKit
import EndpointTesting
import Foundation
import Synchronization
import TestSupport
import Testing

/// A transport whose bodies are made while they are read.
private struct PieceTransport: Transport {
    let respond: @Sendable (HTTPRequest) throws(TransportError) -> HTTPStreamedResponse

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let response = try respond(request)
        return HTTPResponse(status: response.status, headers: response.headers)
    }

    func stream(_ request: HTTPRequest) async throws(TransportError) -> HTTPStreamedResponse { try respond(request) }
}

@Suite("Streams")
struct StreamTests {
    private static let lines = Endpoint<Int>(.get, "/watch", id: "watch", response: .json.streamed(.lines))
    private static let events = Endpoint<Int>(.get, "/events", id: "events", response: .json.streamed(.events()))

    /// A body of these pieces, which ends or fails behind them.
    private static func body(_ pieces: [String], failing: Bool = false) -> ResponseBody {
        let left = LockedValue(pieces)
        return ResponseBody(onEnd: {}) { () async throws(TransportError) -> Data? in
            if let piece = left.change({ $0.isEmpty ? nil : $0.removeFirst() }) { return Data(piece.utf8) }
            if failing { throw TransportError(.connectionLost, mayHaveBeenSent: true, message: "cut") }
            return nil
        }
    }

    private func client(
        _ bodies: [ResponseBody?], requests: LockedValue<[HTTPRequest]> = .init([]), retry: RetryPolicy = RetryPolicy()
    ) -> Client {
        let left = LockedValue(bodies)
        let transport = PieceTransport { request throws(TransportError) in
            requests.change { $0.append(request) }
            guard let body = left.change({ $0.isEmpty ? nil : $0.removeFirst() }) else {
                return HTTPStreamedResponse(status: 204, body: ResponseBody(Data()))
            }
            return HTTPStreamedResponse(status: 200, headers: ["X-Limit": "3"], body: body)
        }
        let clock = ClientClock(now: { .zero }, date: { Date(timeIntervalSince1970: 0) }, sleep: { _ in })
        return Client(transport) {
            $0.retry = retry
            $0.clock = clock
        }
    }

    @Test("a stream waits for its reader, and ends with the loop")
    func backPressure() async throws {
        let (made, ended) = (LockedValue(0), LockedValue(0))
        // 64 MB, if they were read ahead.
        let line = Data("7".utf8) + Data(String(repeating: " ", count: 1 << 16).utf8) + Data("\n".utf8)
        let body = ResponseBody(onEnd: { ended.change { $0 += 1 } }) { () async throws(TransportError) -> Data? in
            let number = made.change { count in
                count += 1
                return count
            }
            return number < 1024 ? line : nil
        }
        let client = client([body])
        var count = 0
        for try await number in client.stream(Self.lines) {
            #expect(number == 7)
            count += 1
            #expect(made.value <= count + 1)
            if count == 40 { break }
        }
        #expect(ended.value == 1)
    }

    @Test("a call is repeated before its first element, and not after it")
    func retry() async throws {
        let requests = LockedValue<[HTTPRequest]>([])
        let early = client(
            [Self.body([], failing: true), Self.body(["1\n2"])], requests: requests, retry: RetryPolicy(maxAttempts: 2))
        #expect(try await early.stream(Self.lines).collect() == [1, 2])
        #expect(requests.value.count == 2)

        let late = client([Self.body(["1\n"], failing: true), Self.body(["9\n"])], requests: requests)
        var numbers: [Int] = []
        let error = await failure { () async throws(APIError) in
            for try await number in late.stream(Self.lines) { numbers.append(number) }
        }
        #expect(numbers == [1])
        #expect(error?.kind == .transport && error?.endpointID == "watch" && error?.headers["X-Limit"] == "3")

        let post = client([Self.body([], failing: true), Self.body(["9\n"])], requests: requests)
        let posted = Endpoint<Int>(.post, "/watch", id: "watch", response: .json.streamed(.lines))
        #expect(await failure { () async throws(APIError) in _ = try await post.stream(posted).collect() } != nil)
        #expect(requests.value.count == 4)
    }

    @Test("events are read again behind the last id after each end, until the status 204")
    func reconnection() async throws {
        let requests = LockedValue<[HTTPRequest]>([])
        let bodies = [
            Self.body(["retry: 1\nid: a\ndata: 1\n\ndata: 2\n\nid: lost\ndata: 3"]),
            Self.body(["id: b\ndata: 3\n\n"], failing: true), Self.body([]), Self.body(["data: 4\n\n"]), nil,
        ]
        let client = client(bodies, requests: requests)
        let events = try await client.stream(Self.events).events.collect()
        #expect(
            events == [
                ServerSentEvent(data: 1, id: "a"), ServerSentEvent(data: 2, id: "a"), ServerSentEvent(data: 3, id: "b"),
                ServerSentEvent(data: 4, id: "b"),
            ])
        #expect(requests.value.map { $0.headers["Last-Event-ID"] } == [nil, "a", "b", "b", "b"])
        #expect(requests.value.allSatisfy { $0.headers["Accept"] == "text/event-stream" })
    }

    @Test("a call that is not idempotent is not sent again for further events")
    func post() async throws {
        func endpoint(_ end: String?) -> Endpoint<Int> {
            Endpoint<Int>(.post, "/chat", id: "chat", response: .json.streamed(.events(end: end)))
        }
        let requests = LockedValue<[HTTPRequest]>([])
        let bodies = [
            Self.body(["event: x\ndata: 1\n\n"]), Self.body(["data: 1\n\ndata: [DONE]\n\ndata: 2\n\n"]),
            Self.body(["data: 1\n\n"]),
        ]
        let client = client(bodies, requests: requests)
        #expect(try await client.stream(endpoint(nil)).events.collect() == [ServerSentEvent(data: 1, event: "x")])
        #expect(try await client.stream(endpoint("[DONE]")).collect() == [1])
        let error = await failure { () async throws(APIError) in
            _ = try await client.stream(endpoint("[DONE]")).collect()
        }
        #expect(error?.message == "the stream ended before the event [DONE]")
        #expect(requests.value.count == 3)
    }

    @Test("broken connections without an event between come to an end")
    func broken() async throws {
        let requests = LockedValue<[HTTPRequest]>([])
        let client = client(
            (0..<20).map { _ in Self.body([], failing: true) }, requests: requests, retry: RetryPolicy(maxAttempts: 3))
        let error = await failure { () async throws(APIError) in _ = try await client.stream(Self.events).collect() }
        #expect(error?.kind == .transport)
        #expect(requests.value.count == 3)
    }

    @Test("an element that does not match ends the stream, and says which it is")
    func mismatch() async throws {
        for (text, message) in [
            (
                "1\n\"x\"\n3\n",
                "element 2 of the stream does not match the endpoint: the body: expected an integer, found \"x\""
            ),
            ("1\n{\n", "element 2 of the stream is not valid JSON: {"),
        ] {
            let client = client([Self.body([text])])
            var numbers: [Int] = []
            let error = await failure { () async throws(APIError) in
                for try await number in client.stream(Self.lines) { numbers.append(number) }
            }
            #expect(numbers == [1])
            #expect(error?.kind == .decoding && error?.status == 200 && error?.message == message)
        }
    }

    @Test("a line without an end is refused, and the response of another type")
    func refused() async throws {
        let piece = Data(repeating: UInt8(ascii: "x"), count: 1 << 20)
        let endless = ResponseBody(onEnd: {}) { () async throws(TransportError) -> Data? in piece }
        let error = await failure { () async throws(APIError) in
            _ = try await client([endless]).stream(Self.lines).collect()
        }
        #expect(error?.kind == .responseTooLarge)
        let page = Client(
            ClosureTransport { _ throws(TransportError) in
                HTTPResponse(status: 200, headers: ["Content-Type": "text/html"], body: Data("<html>".utf8))
            })
        let other = await failure { () async throws(APIError) in _ = try await page.stream(Self.events).collect() }
        #expect(other?.message == "the response is no stream of events but text/html")
    }

    @Test("a stream is not sent as a call, nor a call read as a stream")
    func wrongUse() async throws {
        let client = client([])
        let sent = await failure { () async throws(APIError) in _ = try await client.send(Self.lines) }
        #expect(sent?.kind == .invalidParameter && sent?.endpointID == "watch")
        let plain = Endpoint<Int>(.get, "/x", id: "x")
        let read = await failure { () async throws(APIError) in _ = try await client.stream(plain).collect() }
        #expect(read?.kind == .invalidParameter && read?.endpointID == "x")
    }

    @Test("cancelling the task ends the stream and its transfer")
    func cancellation() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/jsonl\r\n\r\n"
        let server = try LoopbackServer(
            reply: LoopbackReply(steps: [.head(Data(head.utf8)), .body(Data("1\n".utf8), times: 1), .hang]))
        defer { server.stop() }
        let client = Client(SystemTransport.make()) { $0.baseURL = "http://127.0.0.1:\(server.port)" }
        let first = LockedValue(0)
        let task = Task {
            await failure { () async throws(APIError) in
                for try await number in client.stream(Self.lines) { first.value = number }
            }
        }
        #expect(await eventually { first.value == 1 })
        task.cancel()
        #expect(await task.value?.kind == .cancelled)
        #expect(await eventually { server.openConnectionCount == 0 })
    }
}
