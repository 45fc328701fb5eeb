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

    @Test func anEndpointWithoutPagingHasNoPager() throws {
        let depot = try Depot(#""response": null"#)
        let pager = try depot.endpoint.allItems(with: [:], using: depot.client(bodies: []).client)
        #expect(pager.map { _ in true } == nil)
    }
}
