import EndpointDynamic
import EndpointKit
import Testing

@Suite struct PagingTests {
    private static let counted = """
        "query": { "limit": { "type": "integer", "default": 2 }, "page": { "type": "integer", "default": 1 } },
        "response": { "total": { "type": "integer" },
                      "list": { "type": "array", "nullAsEmpty": true, "items": { "type": "integer" } } },
        "paging": { "name": "allCalls", "style": "page", "page": "page", "size": "limit", "items": "list",
                    "total": "total" }
        """

    @Test func countedPagesAreAskedForUntilTheTotal() async throws {
        let depot = try Depot(Self.counted, method: "GET")
        let (client, log) = depot.client(payloads: [#"{"total":3,"list":[1,2]}"#, #"{"total":3,"list":[3]}"#])
        let items = try await depot.endpoint.allItems(with: [:], using: client)?.collect()
        #expect(items == [1, 2, 3])
        #expect(log.targets == ["/call?limit=2&page=1", "/call?limit=2&page=2"])
    }

    @Test func aListThatRunsDryBeforeItsTotalIsAnError() async throws {
        let depot = try Depot(Self.counted, method: "GET")
        let (client, _) = depot.client(payloads: [#"{"total":3,"list":[1,2]}"#, #"{"total":3,"list":null}"#])
        let error = await failure { _ = try await depot.endpoint.allItems(with: [:], using: client)?.collect() }
        #expect(error?.message.contains("after 2 of 3 items") == true)
    }

    @Test func thePageCannotBeGivenForAllPages() async throws {
        let depot = try Depot(Self.counted, method: "GET")
        let (client, log) = depot.client(payloads: [])
        let error = await failure { _ = try depot.endpoint.allItems(with: ["page": 2], using: client) }
        #expect(error?.message == "page: cannot be given where every page is asked for")
        #expect(log.requests.isEmpty)
    }

    @Test func cursorsAreFollowedAndHiddenItemsLeftOut() async throws {
        let depot = try Depot(
            """
            "query": { "last": { "type": "integer", "optional": true } },
            "response": { "last": { "type": "integer" }, "list": { "type": "array", "items": {
                "name": "Item", "properties": {
                    "id": { "type": "integer" }, "trashed": { "type": "boolean", "wire": "integer" } } } } },
            "paging": { "name": "allCalls", "style": "cursor", "cursor": "last", "end": -1, "items": "list",
                        "hide": { "trashed": true } }
            """, method: "GET")
        let (client, log) = depot.client(payloads: [
            #"{"last":7,"list":[{"id":1,"trashed":0},{"id":2,"trashed":1}]}"#,
            #"{"last":-1,"list":[{"id":3,"trashed":0}]}"#,
        ])
        let items = try await depot.endpoint.allItems(with: [:], using: client)?.collect()
        #expect(items?.map { $0["id"] } == [1, 3])
        #expect(log.targets == ["/call", "/call?last=7"])
    }

    private static let cursors = """
        "query": { "last": { "type": "string", "optional": true } },
        "response": { "last": { "type": "string" }, "list": { "type": "array", "items": { "type": "integer" } } },
        "paging": { "name": "allCalls", "style": "cursor", "cursor": "last", "end": "end", "items": "list" }
        """

    @Test func anEmptyPageWithANewCursorIsFollowed() async throws {
        let depot = try Depot(Self.cursors, method: "GET")
        let (client, log) = depot.client(payloads: [
            #"{"last":"a","list":[1,2]}"#, #"{"last":"b","list":[]}"#, #"{"last":"end","list":[3,4]}"#,
        ])
        #expect(try await depot.endpoint.allItems(with: [:], using: client)?.collect() == [1, 2, 3, 4])
        #expect(log.targets == ["/call", "/call?last=a", "/call?last=b"])
    }

    @Test func whatAServerRepeatsIsAnError() async throws {
        let depot = try Depot(Self.cursors, method: "GET")
        for (payloads, message) in [
            (
                [#"{"last":"a","list":[1]}"#, #"{"last":"b","list":[2]}"#, #"{"last":"a","list":[3]}"#],
                "the cursor a is repeated"
            ),
            ([#"{"last":"a","list":[1]}"#, #"{"last":"b","list":[1]}"#], "page 2 repeats the one before"),
        ] {
            let (client, _) = depot.client(payloads: payloads)
            let error = await failure { _ = try await depot.endpoint.allItems(with: [:], using: client)?.collect() }
            #expect(error?.message == "the list is incomplete: \(message)")
        }
    }

    @Test func moreItemsThanTheTotalAreAnError() async throws {
        let depot = try Depot(Self.counted, method: "GET")
        let (client, _) = depot.client(payloads: [#"{"total":1,"list":[1,2]}"#])
        let error = await failure { _ = try await depot.endpoint.allItems(with: [:], using: client)?.collect() }
        #expect(error?.message == "the list is incomplete: 2 items came, and the total is 1")
    }

    @Test func anEndpointWithoutPagingHasNoPager() throws {
        let depot = try Depot(#""response": null"#)
        let pager = try depot.endpoint.allItems(with: [:], using: depot.client(bodies: []).client)
        #expect(pager.map { _ in true } == nil)
    }
}
