import EndpointKit
import Foundation
import TestSupport
import Testing
import WarehouseFeeds

/// Ways of paging, typed, from the spec alone, and by a terminal program.
@Suite("Generated lists")
struct ListTests {
    private static let end = LoopbackReply.json(#"{"error":{"code":"gone","message":"asked too often"}}"#, status: 410)

    private static func entries(_ ids: [Int], deleted: Int? = nil) -> String {
        let texts = ids.map { #"{"id":\#($0),"meta":{"isDeleted":\#($0 == deleted)}}"# }
        return "[\(texts.joined(separator: ","))]"
    }

    @Test("an offset counts the items so far, up to the total, hidden ones among them", arguments: Feeds.Way.allCases)
    func offset(way: Feeds.Way) async throws {
        let pages = [
            "0": #"{"page":{"total":3,"entries":\#(Self.entries([1, 2], deleted: 2))}}"#,
            "2": #"{"page":{"total":3,"entries":\#(Self.entries([3]))}}"#,
        ]
        let feeds = try Feeds { request in
            let skip = request.query?.split(separator: "&").first { $0.hasPrefix("skip=") }?.dropFirst(5)
            return skip.flatMap { pages[String($0)] }.map { .json($0) } ?? Self.end
        }
        defer { feeds.server.stop() }
        let ids = try await feeds.ids(
            way, typed: feeds.client.lists.allByOffset(), id: \.id, dynamic: "lists.listByOffset",
            terminal: ["lists", "list-by-offset"])
        #expect(ids == [1, 3])
        #expect(feeds.targets == ["GET /v1/offset?skip=0&top=2", "GET /v1/offset?skip=2&top=2"])
    }

    @Test("without a total a short page ends the list, whose payload is an array", arguments: Feeds.Way.allCases)
    func shortPage(way: Feeds.Way) async throws {
        let feeds = try Feeds { request in
            .json(Self.entries(request.target.contains("skip=10") ? [1, 2] : [3]))
        }
        defer { feeds.server.stop() }
        let ids = try await feeds.ids(
            way, typed: feeds.client.lists.allByShortPage(top: 2), id: \.id, dynamic: "lists.listByShortPage",
            with: ["top": 2], terminal: ["lists", "list-by-short-page", "--top", "2"])
        #expect(ids == [1, 2, 3])
        #expect(feeds.targets == ["GET /v1/short?skip=10&top=2", "GET /v1/short?skip=12&top=2"])
    }

    @Test("a cursor in the metadata is followed until there is none", arguments: Feeds.Way.allCases)
    func cursor(way: Feeds.Way) async throws {
        let feeds = try Feeds { request in
            request.query == nil
                ? .json(#"{"metadata":{"continue":"c/1"},"items":\#(Self.entries([1]))}"#)
                : .json(#"{"metadata":{},"items":\#(Self.entries([2]))}"#)
        }
        defer { feeds.server.stop() }
        let ids = try await feeds.ids(
            way, typed: feeds.client.lists.allByCursor(), id: \.id, dynamic: "lists.listByCursor",
            terminal: ["lists", "list-by-cursor"])
        #expect(ids == [1, 2])
        #expect(feeds.targets == ["GET /v1/cursor", "GET /v1/cursor?continue=c%2F1"])
    }

    @Test("the last item asks for the page behind it", arguments: Feeds.Way.allCases)
    func lastItem(way: Feeds.Way) async throws {
        let feeds = try Feeds { request in
            let ids = request.target.contains("starting_after=2") ? [3] : [1, 2]
            return .json(#"{"error":{"code":"none"},"result":{"data":{"entries":\#(Self.entries(ids))}}}"#)
        }
        defer { feeds.server.stop() }
        let ids = try await feeds.ids(
            way, typed: feeds.client.lists.allByLastItem(), id: \.id, dynamic: "lists.listByLastItem",
            terminal: ["lists", "list-by-last-item"])
        #expect(ids == [1, 2, 3])
        #expect(feeds.targets == ["GET /v1/last?limit=2", "GET /v1/last?starting_after=2&limit=2"])
    }

    // MARK: URLs

    @Test("the header field Link leads to the next page, its query as it is", arguments: Feeds.Way.allCases)
    func link(way: Feeds.Way) async throws {
        let next = #"</other>; rel="prev up", <?page=2&sig=a%2Fb+c%3D>; title="a, \"b\""; rel="last next""#
        let feeds = try Feeds { request in
            request.target.contains("page=2")
                ? .json(Self.entries([2])) : .json(Self.entries([1]), headers: ["Link": next])
        }
        defer { feeds.server.stop() }
        let ids = try await feeds.ids(
            way, typed: feeds.client.lists.allByLink(size: 5), id: \.id, dynamic: "lists.listByLink",
            with: ["size": 5], terminal: ["lists", "list-by-link", "--size", "5"])
        #expect(ids == [1, 2])
        #expect(feeds.targets == ["GET /v1/link?size=5", "GET /v1/link?page=2&sig=a%2Fb+c%3D"])
        #expect(feeds.server.requests.map { $0.headers["Authorization"] == "Bearer \(Feeds.token)" } == [true, true])
    }

    private static func page(_ ids: [Int], next: String?) -> LoopbackReply {
        let link = next.map { "\"\($0)\"" } ?? "null"
        return .json(#"{"links":{"next":\#(link)},"entries":\#(entries(ids))}"#)
    }

    @Test("the URL in a field leads to the next page", arguments: Feeds.Way.allCases)
    func url(way: Feeds.Way) async throws {
        let feeds = try Feeds { request in
            let own = "http://\(request.headers["Host"] ?? "")"
            return switch request.target {
            case "/v1/url": Self.page([1], next: "\(own)/elsewhere?n=2#part")
            case "/elsewhere?n=2": Self.page([2], next: "further/3")
            case "/further/3": Self.page([3], next: nil)
            default: Self.end
            }
        }
        defer { feeds.server.stop() }
        let ids = try await feeds.ids(
            way, typed: feeds.client.lists.allByURL(), id: \.id, dynamic: "lists.listByURL",
            terminal: ["lists", "list-by-url"])
        #expect(ids == [1, 2, 3])
    }

    @Test("a next page at another port receives no request, and so no token", arguments: Feeds.Way.allCases)
    func otherPort(way: Feeds.Way) async throws {
        let other = try LoopbackServer(reply: Self.page([9], next: nil))
        defer { other.stop() }
        for next in [
            "http://127.0.0.1:\(other.port)/v1/url?n=2", "//127.0.0.1:\(other.port)/v1/url", "https://127.0.0.1/v1/url",
            "http://localhost:\(other.port)/v1/url", "ftp://127.0.0.1/",
        ] {
            let feeds = try Feeds { _ in Self.page([1], next: next) }
            defer { feeds.server.stop() }
            var text = ""
            do {
                _ = try await feeds.ids(
                    way, typed: feeds.client.lists.allByURL(), id: \.id, dynamic: "lists.listByURL",
                    terminal: ["lists", "list-by-url"])
                Issue.record("the list ends")
            } catch {
                text = "\(error)"
                if let error = error as? APIError { #expect(error.kind == .redirectRefused && error.status == 200) }
            }
            #expect(text.contains("which is another origin"), "\(text)")
            #expect(feeds.server.requests.count == 1)
        }
        #expect(other.requests.isEmpty)
        #expect(other.connectionCount == 0)
    }

    @Test("a URL with a user is refused, and one that comes again is an error", arguments: Feeds.Way.allCases)
    func badURL(way: Feeds.Way) async throws {
        for (next, expected) in [
            ("http://me:secret@HOST/v1/url?n=2", "which is another origin"), ("/v1/url", "is repeated"),
            ("/v1/url#other", "is repeated"),
        ] {
            let feeds = try Feeds { request in
                Self.page([1], next: next.replacingOccurrences(of: "HOST", with: request.headers["Host"] ?? ""))
            }
            defer { feeds.server.stop() }
            var text = ""
            do {
                _ = try await feeds.ids(
                    way, typed: feeds.client.lists.allByURL(), id: \.id, dynamic: "lists.listByURL",
                    terminal: ["lists", "list-by-url"])
            } catch {
                text = "\(error)"
            }
            #expect(text.contains(expected), "\(text)")
            #expect(!text.contains("secret"))
            #expect(feeds.server.requests.count == 1)
        }
    }
}
