import EndpointKit
import EndpointTesting
import Foundation
import Testing
import TestSupport

@Suite("Pager")
struct PagerTests {
    struct Page: Codable, Sendable { var total: Int?; var list: [Int]; var next: Int? }

    /// A client whose pages are these; further ones are empty.
    private func pages(_ pages: [(total: Int?, list: [Int], next: Int?)]) -> (Client, RecordingTransport) {
        let transport = RecordingTransport { _, number in
            let page = number <= pages.count ? pages[number - 1] : (pages.last?.total, [], nil)
            let text =
                "{\"code\":0,\"data\":{\"list\":\(page.1)"
                + (page.0.map { ",\"total\":\($0)" } ?? "") + (page.2.map { ",\"next\":\($0)" } ?? "") + "}}"
            return .success(.json(text))
        }
        return (Client(transport), transport)
    }

    private func counted(_ client: Client, size: Int? = nil, untilShortPage: Bool = false) -> Pager<Int> {
        .pages(
            client, size: size, untilShortPage: untilShortPage, items: { (page: Page) in page.list },
            total: { $0.total }
        ) { Endpoint<Page>(.get, "/l", id: "l", query: ["page": $0]) }
    }

    private func cursor(_ client: Client) -> Pager<Int> {
        .cursor(client, end: -1, items: { (page: Page) in page.list }, next: { $0.next }) {
            Endpoint<Page>(.get, "/l", id: "l", query: ["from": $0])
        }
    }

    @Test("pages are asked for until the total is there, and no further")
    func total() async throws {
        let (client, transport) = pages([(3, [1, 2], nil), (3, [3], nil)])
        #expect(try await counted(client).collect() == [1, 2, 3])
        #expect(transport.requests.map { $0.url.query } == ["page=1", "page=2"])
    }

    @Test("an empty list is one request")
    func empty() async throws {
        let (client, transport) = pages([(0, [], nil)])
        #expect(try await counted(client).collect() == [])
        #expect(transport.requests.count == 1)
    }

    @Test("a list that runs dry before its total is an error after the items that came")
    func dry() async {
        let (client, _) = pages([(5, [1, 2], nil), (5, [], nil)])
        var items: [Int] = []
        let error = await failure { () throws(APIError) in
            for try await item in counted(client) { items.append(item) }
        }
        #expect(items == [1, 2])
        #expect(
            error?.description
                == "l: the list is incomplete: page 2 is empty after 2 of 5 items. "
                + "Retry: the list may have changed meanwhile")
    }

    @Test("without a total, a short page ends the list, or an empty one if the size is unknown")
    func shortPage() async throws {
        let (sized, sizedTransport) = pages([(nil, [1, 2], nil), (nil, [3], nil)])
        #expect(try await counted(sized, size: 2).collect() == [1, 2, 3])
        #expect(sizedTransport.requests.count == 2)
        let (unsized, unsizedTransport) = pages([(nil, [1, 2], nil), (nil, [3], nil)])
        #expect(try await counted(unsized).collect() == [1, 2, 3])
        #expect(unsizedTransport.requests.count == 3)
        let (lying, _) = pages([(0, [1, 2], nil), (0, [3], nil)])
        #expect(try await counted(lying, size: 2, untilShortPage: true).collect() == [1, 2, 3])
    }

    @Test("pages come only as they are needed")
    func lazy() async throws {
        let (client, transport) = pages([(4, [1, 2], nil), (4, [3, 4], nil)])
        for try await item in counted(client) where item == 2 { break }
        #expect(transport.requests.count == 1)
        for try await page in counted(client).pages {
            #expect(page == [3, 4])
            break
        }
    }

    @Test(
        "cursors are followed to the end cursor, to a page without a cursor, or to an empty page",
        arguments: [
            [(nil, [1], 10), (nil, [2], -1)], [(nil, [1], 10), (nil, [2], nil)],
            [(nil, [1], 10), (nil, [2], 20), (nil, [], 30)],
        ] as [[(Int?, [Int], Int?)]])
    func cursors(responses: [(Int?, [Int], Int?)]) async throws {
        let (client, transport) = pages(responses.map { (total: $0.0, list: $0.1, next: $0.2) })
        #expect(try await cursor(client).collect() == [1, 2])
        #expect(transport.requests.count == responses.count)
        #expect(transport.requests.prefix(2).map { $0.url.query } == [nil, "from=10"])
    }

    @Test("a cursor that comes back is an error, not an endless list")
    func repeatedCursor() async {
        let (client, transport) = pages([(nil, [1], 10), (nil, [2], 20), (nil, [3], 10), (nil, [4], 20)])
        let error = await failure { () throws(APIError) in try await cursor(client).collect() }
        #expect(error?.message == "the list is incomplete: the cursor 10 is repeated")
        #expect(transport.requests.count == 3)
    }

    @Test("hidden items are left out after the page was judged")
    func hiding() async throws {
        let (client, transport) = pages([(3, [1, 2], nil), (3, [3], nil)])
        let pager = Pager.pages(
            client, items: { (page: Page) in page.list }, total: { $0.total }, hiding: { $0 < 3 }
        ) { Endpoint<Page>(.get, "/l", query: ["page": $0]) }
        #expect(try await pager.collect() == [3])
        #expect(transport.requests.count == 2)
    }

    @Test("an error in the middle ends the sequence")
    func errorInTheMiddle() async {
        let transport = RecordingTransport(
            json: #"{"code":0,"data":{"total":9,"list":[1]}}"#, #"{"code":404,"message":"gone"}"#)
        var iterator = counted(Client(transport)).makeAsyncIterator()
        #expect((try? await iterator.next()) ?? nil == 1)
        let error = await failure { () throws(APIError) in try await iterator.next() }
        #expect(error?.kind == .notFound)
        #expect((try? await iterator.next()) ?? nil == nil)
        #expect(transport.requests.count == 2)
    }

    @Test("a cancelled task gets no further page")
    func cancelled() async {
        let (client, transport) = pages([(9, [1], nil)])
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await failure { () throws(APIError) in try await counted(client).collect() }
        }
        task.cancel()
        #expect(await task.value?.kind == .cancelled)
        #expect(transport.requests.isEmpty)
    }
}
