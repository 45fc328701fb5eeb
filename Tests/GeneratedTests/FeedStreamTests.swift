import EndpointKit
import Foundation
import TestSupport
import Testing
import WarehouseFeeds

/// Streams and header fields, typed, from the spec alone, and by a terminal program.
@Suite("Generated streams")
struct FeedStreamTests {
    private static func head(_ type: String) -> LoopbackReply.Step {
        .head(Data("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nTransfer-Encoding: chunked\r\n\r\n".utf8))
    }

    private static func chunk(_ text: String) -> LoopbackReply.Step {
        .body(Data("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n".utf8), times: 1)
    }

    private static let end = LoopbackReply.Step.body(Data("0\r\n\r\n".utf8), times: 1)

    @Test("elements come while the response is open", arguments: Feeds.Way.allCases)
    func lines(way: Feeds.Way) async throws {
        // The second chunk is sent when the first element was seen.
        let seen = LockedValue<[Int]>([])
        let feeds = try Feeds { _ in
            LoopbackReply(steps: [
                Self.head("application/x-ndjson"), Self.chunk("{\"id\":1}\n{\"id\":"), .pause(.milliseconds(50)),
                Self.chunk("2,\"meta\":{\"isDeleted\":true}}\n\n"), Self.chunk("{\"id\":3}"), Self.end,
            ])
        }
        defer { feeds.server.stop() }
        switch way {
        case .typed:
            for try await entry in feeds.client.streams.watchEntries(since: 4) { seen.change { $0.append(entry.id) } }
        case .dynamic:
            let stream = try #require(
                try feeds.endpoint("streams.watchEntries").stream(with: ["since": 4], using: feeds.client.client))
            for try await entry in stream { seen.change { $0.append(Int(entry["id"]?.integer ?? 0)) } }
        case .terminal:
            let result = await feeds.terminal(["streams", "watch-entries", "--since", "4"]) { text in
                guard let value = try? JSONValue(parsing: Data(text.utf8)) else { return }
                seen.change { $0.append(Int(value["id"]?.integer ?? 0)) }
            }
            #expect(result.status == 0, "\(result)")
            #expect(result.output.split(separator: "\n").count == 3)
        }
        #expect(seen.value == [1, 2, 3])
        #expect(feeds.targets == ["GET /v1/watch?since=4"])
        #expect(feeds.server.requests[0].headers["Authorization"] == "Bearer \(Feeds.token)")
    }

    @Test("an element is there before the response goes on, and leaving the loop ends the transfer")
    func early() async throws {
        let feeds = try Feeds { _ in
            LoopbackReply(steps: [Self.head("application/jsonl"), Self.chunk("{\"id\":1}\n"), .hang])
        }
        defer { feeds.server.stop() }
        for try await entry in feeds.client.streams.watchEntries() {
            #expect(entry.id == 1)
            break
        }
        #expect(await eventually { feeds.server.openConnectionCount == 0 })
    }

    @Test("a stream that is refused has the error's status and typed body", arguments: [Feeds.Way.typed, .dynamic])
    func refused(way: Feeds.Way) async throws {
        let feeds = try Feeds { _ in .json(#"{"type":"about:blank","title":"Locked"}"#, status: 409) }
        defer { feeds.server.stop() }
        let error: APIError?
        if way == .typed {
            error = await failure { () async throws(APIError) in
                _ = try await feeds.client.streams.watchEntries().collect()
            }
        } else {
            let stream = try feeds.endpoint("streams.watchEntries").stream(with: [:], using: feeds.client.client)
            error = await failure { () async throws(APIError) in _ = try await stream?.collect() }
        }
        #expect(error?.kind == .conflict && error?.status == 409 && error?.endpointID == "streams.watchEntries")
        #expect(error?.body(as: FeedsClient.Problem.self)?.title == "Locked")
    }

    @Test("events end with the declared one, and a POST is sent once", arguments: Feeds.Way.allCases)
    func chat(way: Feeds.Way) async throws {
        let feeds = try Feeds { _ in
            LoopbackReply(steps: [
                Self.head("text/event-stream; charset=utf-8"), Self.chunk(": hello\n\nevent: word\nda"),
                Self.chunk("ta: {\"word\":\n"), Self.chunk("data: \"Good\"}\r\n\r\ndata: {\"word\":\"day\"}\n\n"),
                Self.chunk("data: [DONE]\n\n"), .hang,
            ])
        }
        defer { feeds.server.stop() }
        switch way {
        case .typed:
            let events = try await feeds.client.streams.chat(prompt: "hi").events.collect()
            #expect(events.map(\.data.word) == ["Good", "day"] && events.map(\.event) == ["word", nil])
        case .dynamic:
            let stream = try feeds.endpoint("streams.chat").stream(with: ["prompt": "hi"], using: feeds.client.client)
            #expect(try await stream?.collect() == [["word": "Good"], ["word": "day"]])
        case .terminal:
            let result = await feeds.terminal(["streams", "chat", "--prompt", "hi", "--format", "jsonl"])
            #expect(result.status == 0)
            #expect(result.output.split(separator: "\n").count == 2, "\(result)")
        }
        #expect(feeds.targets == ["POST /v1/chat"])
        #expect(feeds.server.requests[0].headers["Accept"] == "text/event-stream")
    }

    @Test("events are read on behind the last id until the status 204", arguments: Feeds.Way.allCases)
    func reconnection(way: Feeds.Way) async throws {
        let feeds = try Feeds { request in
            switch request.headers["Last-Event-ID"] {
            case nil:
                LoopbackReply(steps: [
                    Self.head("text/event-stream"), Self.chunk("retry: 1\nid: one\ndata: 1\n\n"), Self.end,
                ])
            case "one":
                LoopbackReply(steps: [
                    Self.head("text/event-stream"), Self.chunk("id: two\ndata: \"2\"\n\n"), Self.end,
                ])
            default: .response(204)
            }
        }
        defer { feeds.server.stop() }
        switch way {
        case .typed:
            let client = FeedsClient(token: Feeds.token, baseURL: "http://127.0.0.1:\(feeds.server.port)/v1")
            #expect(try await client.streams.ticks().events.collect().map(\.id) == ["one", "two"])
        case .dynamic:
            let client = Client(
                service: feeds.client.client.service, tokens: FixedToken(Feeds.token),
                configuration: ClientConfiguration(baseURL: "http://127.0.0.1:\(feeds.server.port)/v1"))
            let stream = try feeds.endpoint("streams.ticks").stream(with: [:], using: client)
            #expect(try await stream?.collect() == [1, 2])
        case .terminal:
            let result = await feeds.terminal(["streams", "ticks"])
            #expect(result.status == 0 && result.output == "1\n2\n", "\(result)")
        }
        #expect(feeds.server.requests.map { $0.headers["Last-Event-ID"] } == [nil, "one", "two"])
    }

    @Test("a terminal plays the examples of a stream offline, and prints it as it came")
    func offline() async throws {
        let feeds = try Feeds { _ in
            LoopbackReply(steps: [Self.head("application/jsonl"), Self.chunk("{ \"id\" : 1 }\n"), Self.end])
        }
        defer { feeds.server.stop() }
        let result = await feeds.terminal(["streams", "chat", "--prompt", "hello", "--offline"])
        #expect(result.status == 0 && result.output.split(separator: "\n").count == 2, "\(result)")
        let raw = await feeds.terminal(["streams", "watch-entries", "--raw"])
        #expect(raw.output == "{ \"id\" : 1 }\n", "\(raw)")
        let all = await feeds.terminal(["streams", "watch-entries", "--all"])
        #expect(all.status == 2)
        let described = await feeds.terminal(["describe", "streams", "chat"])
        #expect(described.output.contains("server-sent events, until one whose data is [DONE]"), "\(described.output)")
    }

    // MARK: Header fields

    @Test("declared header fields come with the payload", arguments: Feeds.Way.allCases)
    func headers(way: Feeds.Way) async throws {
        let feeds = try Feeds { _ in
            .json(
                #"{"now":"2024-02-29T12:00:00Z"}"#,
                headers: ["x-ratelimit-remaining": "7", "X-Tags": "a, b", "X-Reset": "1709208000"])
        }
        defer { feeds.server.stop() }
        let date = Date(timeIntervalSince1970: 1_709_208_000)
        switch way {
        case .typed:
            let limits = try await feeds.client.items.limits()
            #expect(
                limits
                    == WithHeaders(
                        payload: .init(now: date),
                        headers: .init(xRateLimitRemaining: 7, xReset: date, xTags: ["a", "b"])))
            let response = try await feeds.client.response(for: FeedsClient.Items.limits())
            #expect(response.value == limits && response.status == 200)
        case .dynamic:
            let endpoint = try feeds.endpoint("items.limits")
            let response = try await feeds.client.client.response(for: endpoint.endpoint(with: [:]))
            #expect(response.value == ["now": "2024-02-29T12:00:00Z"])
            #expect(
                endpoint.responseHeaders(of: response)
                    == ["X-RateLimit-Remaining": 7, "X-Reset": 1_709_208_000, "X-Tags": ["a", "b"]])
        case .terminal:
            let plain = await feeds.terminal(["items", "limits", "--format", "json"])
            #expect(plain.output == "{\"now\":\"2024-02-29T12:00:00Z\"}\n", "\(plain)")
            let included = await feeds.terminal(["items", "limits", "--include", "--format", "json"])
            #expect(included.output.contains("X-Tags: a, b\n"), "\(included)")
            #expect(included.output.hasSuffix("\n\n{\"now\":\"2024-02-29T12:00:00Z\"}\n"), "\(included)")
        }
    }

    @Test("a header field that is not as declared is an error", arguments: [Feeds.Way.typed, .dynamic])
    func badHeaders(way: Feeds.Way) async throws {
        for (headers, message) in [
            ([:], "header field X-RateLimit-Remaining: the field is missing"),
            (
                ["X-RateLimit-Remaining": "many"],
                "header field X-RateLimit-Remaining: expected an integer, found \"many\""
            ),
        ] as [(HTTPFields, String)] {
            let feeds = try Feeds { _ in .json(#"{"now":"2024-02-29T12:00:00Z"}"#, headers: headers) }
            defer { feeds.server.stop() }
            let endpoint = try feeds.endpoint("items.limits").endpoint(with: [:])
            let error = await failure { () async throws(APIError) in
                if way == .typed {
                    _ = try await feeds.client.items.limits()
                } else {
                    _ = try await feeds.client.client.send(endpoint)
                }
            }
            #expect(error?.kind == .decoding)
            #expect(error?.message == "the response does not match the endpoint: \(message)")
        }
    }
}
