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
        "cursors are followed to the end cursor, over empty pages",
        arguments: [
            [(nil, [1], 10), (nil, [2], -1)], [(nil, [1, 2], -1)], [(nil, [1, 2], 10), (nil, [], -1)],
            [(nil, [1], 10), (nil, [], 20), (nil, [2], -1)], [(nil, [], 10), (nil, [], 20), (nil, [1, 2], -1)],
        ] as [[(Int?, [Int], Int?)]])
    func cursors(responses: [(Int?, [Int], Int?)]) async throws {
        let (client, transport) = pages(responses.map { (total: $0.0, list: $0.1, next: $0.2) })
        #expect(try await cursor(client).collect() == [1, 2])
        #expect(transport.requests.count == responses.count)
        #expect(transport.requests.prefix(2).map { $0.url.query } == Array([nil, "from=10"].prefix(responses.count)))
    }

    @Test("only a pager whose end is no cursor ends with a page without one")
    func noCursor() async throws {
        let (client, _) = pages([(nil, [1], 10), (nil, [2], nil)])
        let (items, error) = await read(cursor(client))
        #expect(items == [1, 2])
        #expect(error?.message == "the list is incomplete: a page that is not the last has no cursor")
        let (other, _) = pages([(nil, [1], 10), (nil, [2], nil)])
        let pager = Pager.cursor(other, end: nil, items: { (page: Page) in page.list }, next: { $0.next }) {
            Endpoint<Page>(.get, "/l", query: ["from": $0])
        }
        #expect(try await pager.collect() == [1, 2])
    }

    /// The items that came, and the error after them.
    private func read(_ pager: Pager<Int>) async -> ([Int], APIError?) {
        var items: [Int] = []
        do throws(APIError) {
            for try await item in pager { items.append(item) }
            return (items, nil)
        } catch {
            return (items, error)
        }
    }

    @Test("a cursor that comes back is an error after the items that came")
    func repeatedCursor() async {
        let (client, transport) = pages([(nil, [1], 10), (nil, [2], 20), (nil, [3], 10), (nil, [4], 20)])
        let (items, error) = await read(cursor(client))
        #expect(items == [1, 2, 3])
        #expect(error?.kind == .service)
        #expect(error?.message == "the list is incomplete: the cursor 10 is repeated")
        #expect(transport.requests.count == 3)
    }

    @Test(
        "a page that comes again is an error after the items that came",
        arguments: [
            ([[1, 2], [1, 2]], [1, 2], "page 2 repeats the one before"),
            ([[1, 2], [3, 4], [1, 2]], [1, 2, 3, 4], "page 3 repeats the first"),
            ([[1, 2], [], [1, 2]], [1, 2], "page 3 repeats the first"),
        ])
    func repeatedPage(lists: [[Int]], expected: [Int], message: String) async {
        let (client, _) = pages(lists.enumerated().map { (nil, $1, $0 + 10) })
        let (items, error) = await read(cursor(client))
        #expect(items == expected)
        #expect(error?.message == "the list is incomplete: \(message)")
        let (counted, _) = pages(lists.map { (9, $0, nil) })
        if !lists.contains([]) {
            let (items, error) = await read(self.counted(counted))
            #expect(items == expected)
            #expect(error?.message == "the list is incomplete: \(message)")
        }
    }

    @Test("more items than the total are an error after the items that came")
    func tooMany() async {
        let (client, transport) = pages([(3, [1, 2], nil), (3, [3, 4], nil), (3, [5], nil)])
        let (items, error) = await read(counted(client))
        #expect(items == [1, 2, 3, 4])
        #expect(error?.message == "the list is incomplete: 4 items came, and the total is 3")
        #expect(transport.requests.count == 2)
    }

    @Test("a hundred empty pages in a row are followed, and not one more")
    func emptyPages() async {
        for (count, isFine) in [(100, true), (101, false)] {
            let empty = (0..<count).map { (total: Int?.none, list: [Int](), next: Int?.some(100 + $0)) }
            let (client, transport) = pages([(nil, [1], 10)] + empty + [(nil, [2], -1)])
            let (items, error) = await read(cursor(client))
            #expect(items == (isFine ? [1, 2] : [1]))
            #expect(error?.message == (isFine ? nil : "the list is incomplete: more than 100 pages in a row are empty"))
            #expect(transport.requests.count == 102)
        }
    }

    @Test("pages of items that cannot be compared are not compared")
    func incomparable() async throws {
        struct Item: Sendable { var n: Int }
        let (client, _) = pages([(4, [1, 2], nil), (4, [1, 2], nil)])
        let pager = Pager.pages(client, items: { (page: Page) in page.list.map { Item(n: $0) } }, total: { $0.total }) {
            Endpoint<Page>(.get, "/l", query: ["page": $0])
        }
        #expect(try await pager.collect().map(\.n) == [1, 2, 1, 2])
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
