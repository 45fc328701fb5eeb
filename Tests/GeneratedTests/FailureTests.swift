import EndpointKit
import Foundation
import TestSupport
import Testing
import WarehouseFeeds

/// Failures with typed bodies, paths of fields, and responses without content.
@Suite("Generated failures")
struct FailureTests {
    private func error(
        _ feeds: Feeds, _ way: Feeds.Way, typed: () async throws(APIError) -> Void, dynamic id: String,
        _ arguments: JSONObject = [:]
    ) async throws -> APIError? {
        if way == .typed { return await failure(typed) }
        let endpoint = try feeds.endpoint(id).endpoint(with: arguments)
        return await failure { () async throws(APIError) in _ = try await feeds.client.client.send(endpoint) }
    }

    @Test(
        "a failure has status, header fields and a typed body without secrets", arguments: [Feeds.Way.typed, .dynamic])
    func body(way: Feeds.Way) async throws {
        let body =
            #"{"error":{"code":"gone","message":"no more for \#(Feeds.token)","trace":"t1","secret":"s3cret","limit":4}}"#
        let feeds = try Feeds { _ in
            .json(body, status: 410, headers: ["X-Limit": "4", "X-Echo": "Bearer \(Feeds.token)"])
        }
        defer { feeds.server.stop() }
        let error = try #require(
            try await error(
                feeds, way, typed: { () async throws(APIError) in _ = try await feeds.client.lists.listByOffset() },
                dynamic: "lists.listByOffset"))
        #expect(error.kind == .notFound && error.code == "gone" && error.status == 410 && error.traceID == "t1")
        #expect(error.message == "no more for <redacted>")
        #expect(error.headers["x-limit"] == "4")
        #expect(error.headers["X-Echo"] == "Bearer <redacted>")
        #expect(
            error.body(as: FeedsClient.ErrorResponse.self)
                == .init(
                    error: .init(
                        code: "gone", message: "no more for <redacted>", trace: "t1", secret: "<redacted>", limit: 4)))
        #expect(error.body?["error"]?["limit"] == 4)
        #expect(!error.isBodyTruncated)
    }

    @Test("a body beyond 64 KiB is left out, and one that is not JSON is none", arguments: [Feeds.Way.typed, .dynamic])
    func large(way: Feeds.Way) async throws {
        let replies = LockedValue([
            LoopbackReply.json(#"{"error":{"code":"gone","message":"\#(String(repeating: "x", count: 65_536))"}}"#),
            .response(500, headers: ["Content-Type": "text/html"], body: Data("<html>".utf8)),
        ])
        let feeds = try Feeds { _ in replies.change { $0.removeFirst() } }
        defer { feeds.server.stop() }
        func told() async throws -> APIError? {
            try await error(
                feeds, way, typed: { () async throws(APIError) in _ = try await feeds.client.lists.listByOffset() },
                dynamic: "lists.listByOffset")
        }
        let large = try await told()
        #expect(large?.kind == .notFound && large?.body == nil && large?.isBodyTruncated == true)
        let page = try await told()
        #expect(page?.kind == .http && page?.body == nil && page?.isBodyTruncated == false)
        #expect(page?.headers["Content-Type"] == "text/html")
    }

    @Test("an endpoint's own type takes precedence, and a body of another type is none")
    func own() async throws {
        let replies = LockedValue([
            LoopbackReply.json(#"{"type":"about:blank","title":"Locked","status":409}"#, status: 409),
            .json(#"{"title":5}"#, status: 409),
        ])
        let feeds = try Feeds { _ in replies.change { $0.removeFirst() } }
        defer { feeds.server.stop() }
        let error = await failure { () async throws(APIError) in _ = try await feeds.client.items.entry(id: 3) }
        #expect(error?.kind == .conflict)
        #expect(error?.body(as: FeedsClient.Problem.self) == .init(type: "about:blank", title: "Locked", status: 409))
        struct Title: Decodable { var title: String }
        #expect(error?.body(as: Title.self)?.title == "Locked")
        #expect(error?.body(as: FeedsClient.ErrorResponse.self) == nil)
        let other = await failure { () async throws(APIError) in _ = try await feeds.client.items.entry(id: 3) }
        #expect(other?.body == ["title": 5] && other?.body(as: FeedsClient.Problem.self) == nil)
    }

    @Test("a response that does not match has status, header fields and body, too")
    func mismatch() async throws {
        let feeds = try Feeds { _ in .json(#"{"id":"x"}"#, headers: ["X-Limit": "1"]) }
        defer { feeds.server.stop() }
        let error = await failure { () async throws(APIError) in _ = try await feeds.client.items.entry(id: 3) }
        #expect(error?.kind == .decoding && error?.status == 200 && error?.headers["X-Limit"] == "1")
        #expect(error?.body == ["id": "x"])
    }

    @Test("a failed job, and a list that cannot go on, say what the response was")
    func later() async throws {
        let feeds = try Feeds { request in
            request.target == "/v1/state"
                ? .json(#"{"state":{"isDone":false,"kind":"old"}}"#, headers: ["X-Limit": "2"])
                : .json(#"{"page":{"total":0,"entries":[{"id":1}]}}"#, headers: ["X-Limit": "3"])
        }
        defer { feeds.server.stop() }
        let job = await failure { () async throws(APIError) in _ = try await feeds.client.items.waitForEntryState() }
        #expect(job?.kind == .service && job?.status == 200 && job?.headers["X-Limit"] == "2")
        let pager = feeds.client.lists.allByOffset()
        let list = await failure { () async throws(APIError) in _ = try await pager.collect() }
        #expect(list?.kind == .service && list?.status == 200 && list?.headers["X-Limit"] == "3")
    }

    @Test("a wait ends by fields within objects", arguments: Feeds.Way.allCases)
    func wait(way: Feeds.Way) async throws {
        let replies = LockedValue([
            "{}", #"{"state":{"isDone":true},"a.b":0}"#, #"{"a":{"b":1},"state":{"isDone":false},"a.b":1}"#,
            #"{"state":{"isDone":true},"a.b":2}"#,
        ])
        let feeds = try Feeds { _ in .json(replies.change { $0.removeFirst() }) }
        defer { feeds.server.stop() }
        switch way {
        case .typed:
            let state = try await feeds.client.items.waitForEntryState(interval: .milliseconds(1))
            #expect(state == .init(state: .init(isDone: true), aB: 2))
        case .dynamic:
            let state = try await feeds.endpoint("items.entryState")
                .poll(with: [:], using: feeds.client.client, interval: .milliseconds(1))
            #expect(state == ["state": ["isDone": true], "a.b": 2])
        case .terminal:
            let result = await feeds.terminal(["items", "entry-state", "--wait", "--format", "json"])
            #expect(result.status == 0 && result.output.contains("\"a.b\""), "\(result)")
        }
        #expect(feeds.targets.count == 4)
    }

    @Test("a response without content is nil where the spec says so", arguments: Feeds.Way.allCases)
    func empty(way: Feeds.Way) async throws {
        let feeds = try Feeds { request in
            switch request.target {
            case "/v1/entries/1": .json(#"{"id":1}"#)
            case "/v1/entries/2", "/v1/dates": .response(204)
            case "/v1/entries/3": .response(200)
            default: .response(200, body: Data("no".utf8))
            }
        }
        defer { feeds.server.stop() }
        switch way {
        case .typed:
            #expect(try await feeds.client.items.entry(id: 1)?.id == 1)
            #expect(try await feeds.client.items.entry(id: 2) == nil)
            #expect(try await feeds.client.items.entry(id: 3) == nil)
            #expect(try await feeds.client.items.dates() == nil)
            let error = await failure { () async throws(APIError) in _ = try await feeds.client.items.entry(id: 4) }
            #expect(error?.kind == .decoding)
        case .dynamic:
            let endpoint = try feeds.endpoint("items.entry")
            for (id, value) in [(1, ["id": 1]), (2, .null), (3, .null)] as [(JSONValue, JSONValue)] {
                #expect(try await feeds.client.client.send(endpoint.endpoint(with: ["id": id])) == value)
            }
        case .terminal:
            let result = await feeds.terminal(["items", "entry", "--id", "2", "--format", "json"])
            #expect(result.status == 0 && result.output == "null\n", "\(result)")
        }
    }
}
