import TestSupport
import Testing

/// A spec and the Swift that it becomes, side by side.
@Suite("Generated Swift")
struct SnippetTests {
    /// The file of an endpoint `Items/NAME.json`, without its first line and its imports.
    private func swift(_ name: String, _ spec: String, types: [String: String] = [:]) throws -> String {
        var texts = ["Items/\(name).json": spec]
        for (name, text) in types { texts["types/\(name).json"] = text }
        let file = try #require(try SpecFiles.shop(texts).generate().first { $0.name == "items.\(name).swift" })
        let start = try #require(file.text.range(of: "\n\n"))
        return String(file.text[start.upperBound...])
    }

    /// The same from `start` on, up to the next empty line.
    private func swift(_ name: String, _ spec: String, from start: String) throws -> String {
        let text = try swift(name, spec)
        let range = try #require(text.range(of: start), "\(text)")
        return String(text[range.lowerBound...]).components(separatedBy: "\n\n")[0]
    }

    @Test("a call is a method and a descriptor")
    func call() throws {
        let text = try swift(
            "get",
            """
            { "title": "取", "summary": "Gets an item", "documentation": "https://example.com/get", "method": "GET",
              "path": "/items/{id}", "rate": { "limit": 2, "per": "second" },
              "pathParameters": { "id": { "type": "integer", "minimum": 1, "description": "Which" } },
              "query": { "full_name": { "type": "boolean", "optional": true } }, "response": null }
            """)
        #expect(
            text == """
                nonisolated extension ShopClient.Items {
                    /// Gets an item.
                    ///
                    /// 取: `GET /items/{id}`, at most 2 calls a second. [Documentation](https://example.com/get)
                    ///
                    /// - Parameter id: Which. At least 1.
                    public func get(id: Int, fullName: Bool? = nil) async throws(APIError) {
                        try await client.send(Self.get(id: id, fullName: fullName))
                    }

                    /// Returns the request that ``get(id:fullName:)-method`` sends.
                    public static func get(id: Int, fullName: Bool? = nil) -> Endpoint<Void> {
                        Endpoint<Void>(
                            .get, "/items/{id}", id: "items.get", pathParameters: [Parameter("id", id, .integer(minimum: 1))],
                            query: [Parameter("full_name", fullName, .boolean)], response: .none
                        )
                        .with(\\.rate, Rate(2, per: .second))
                    }
                }

                """)
    }

    @Test("a response is a struct that reads and writes itself")
    func response() throws {
        let text = try swift(
            "get",
            """
            { "summary": "Gets.", "method": "GET", "path": "/x", "response": {
              "item_id": { "type": "integer", "format": "int64", "description": "Its number." },
              "sold": { "type": "boolean", "optional": true } } }
            """, from: "/// The response of")
        #expect(
            text == """
                /// The response of ``get()-method``.
                    nonisolated public struct GetResponse: JSONCodable, Sendable, Equatable {
                        /// Its number.
                        public var itemID: Int64
                        public var sold: Bool?
                        public init(itemID: Int64, sold: Bool? = nil) { (self.itemID, self.sold) = (itemID, sold) }
                """)
    }

    @Test("a field that is read leniently is read and written by its schema")
    func leniency() throws {
        let text = try swift(
            "get",
            """
            { "summary": "Gets.", "method": "GET", "path": "/x",
              "response": { "id": { "type": "integer", "sentinels": [0], "optional": true } } }
            """)
        for line in [
            "init(json: JSONReader) throws { id = try json.read(Self.idField) }",
            #"json.object([("id", Self.idField.encoded(id))])"#,
            #"private static let idField = Schema.Property("id", .integer().sentinels([0]), optional: true)"#,
        ] { #expect(text.contains(line)) }
    }

    @Test("an enumeration is open")
    func enumeration() throws {
        let text = try swift(
            "get",
            """
            { "summary": "Gets.", "method": "GET", "path": "/x",
              "response": { "state": { "type": "string", "enum": { "isNew": "new", "default": "d" } } } }
            """, from: "/// See ``state``.")
        #expect(
            text == """
                /// See ``state``.
                        nonisolated public struct State: OpenEnum {
                            public static let isNew = Self(rawValue: "new")
                            public static let `default` = Self(rawValue: "d")
                            public static let known: KeyValuePairs<String, String> = ["isNew": "new", "default": "d"]
                            public let rawValue: String
                            public init(rawValue: String) { self.rawValue = rawValue }
                        }
                    }
                }

                """)
    }

    @Test("a list has a pager that reads the response by key paths")
    func pager() throws {
        let text = try swift(
            "listItems",
            """
            { "summary": "Lists.", "method": "GET", "path": "/x",
              "query": { "page": { "type": "integer", "default": 1 } },
              "response": { "total": { "type": "integer" }, "list": { "type": "array", "items": { "type": "string" } } },
              "paging": { "style": "page", "page": "page", "items": "list", "total": "total" } }
            """, from: "/// Returns every")
        #expect(
            text == """
                /// Returns every item of ``listItems(page:)-method``, fetching pages as needed.
                    public func allItems() -> Pager<String> {
                        .pages(client, items: \\.list, total: \\.total) { (page: Int) -> Endpoint<ListItemsResponse> in
                            Self.listItems(page: page)
                        }
                    }
                """)
    }

    @Test("a job has a call that waits, and a long list one that splits")
    func jobs() throws {
        let wait = try swift(
            "status",
            """
            { "summary": "Tells.", "method": "GET", "path": "/x", "response": { "done": { "type": "boolean" } },
              "polling": { "until": { "done": true } } }
            """, from: "/// Calls ``status()-method``")
        #expect(
            wait == """
                /// Calls ``status()-method`` until the job is done, at most for `timeout`.
                    public func waitForStatus(
                        interval: Duration = .seconds(1), timeout: Duration = .seconds(600)
                    ) async throws(APIError) -> StatusResponse {
                        try await client.poll(
                            Self.status(), interval: interval, timeout: timeout,
                            until: { (response: StatusResponse) -> Bool in response.done })
                    }
                """)
        let split = try swift(
            "drop",
            """
            { "summary": "Drops.", "method": "POST", "path": "/x", "response": null, "batch": { "over": "ids" },
              "body": { "ids": { "type": "array", "maxItems": 5, "items": { "type": "integer" } } } }
            """, from: "/// Calls ``drop(ids:)-method``")
        #expect(
            split == """
                /// Calls ``drop(ids:)-method`` as often as a list of any length needs, 5 items a call.
                    public func dropInBatches(ids: [Int]) async -> BatchOutcome<Int, Void> {
                        await client.batch(ids, size: 5) { (part: [Int]) -> Endpoint<Void> in Self.drop(ids: part) }
                    }
                }

                """)
    }

    @Test("keywords are escaped where they are names, not where they are labels")
    func keywords() throws {
        let text = try swift(
            "get",
            """
            { "summary": "Gets.", "method": "GET", "path": "/x", "query": { "class": { "type": "string" } }, "response": null }
            """)
        #expect(text.contains("public func get(`class`: String) async throws(APIError) {"))
        #expect(text.contains("Self.get(class: `class`)"))
        #expect(text.contains("/// Returns the request that ``get(class:)-method`` sends."))
    }

    @Test("a file says what it is made of, and imports with an access level where the import is public")
    func header() throws {
        let time = #"{ "type": "object", "properties": { "at": { "type": "string", "format": "date-time" } } }"#
        let types = [
            "Count": #"{ "type": "integer" }"#, "Moment": time,
            "State": #"{ "type": "string", "enum": ["new"] }"#,
            "Place": #"{ "type": "object", "properties": { "name": { "type": "string" } } }"#,
        ]
        let fields = types.keys.sorted().map { #""\#($0)": { "$ref": "types/\#($0).json" }"# }.joined(separator: ", ")
        let spec = #"{ "summary": "Gets.", "method": "GET", "path": "/x", "response": { \#(fields) } }"#
        var texts = ["Items/get.json": spec]
        for (name, text) in types { texts["types/\(name).json"] = text }
        let heads = try SpecFiles.shop(texts).generate().map { $0.text.components(separatedBy: "\n\n")[0] }
        #expect(
            heads == [
                """
                // Generated by endpoint-tool from Items/get.json. Do not edit.
                @_spi(Generated) public import EndpointKit
                """,
                """
                // Generated by endpoint-tool from service.json. Do not edit.
                @_exported public import EndpointKit
                """,
                """
                // Generated by endpoint-tool from types/Count.json. Do not edit.
                // It has no Swift type of its own: it is written out where it is used.

                """,
                """
                // Generated by endpoint-tool from types/Moment.json. Do not edit.
                @_spi(Generated) public import EndpointKit
                public import Foundation
                """,
                """
                // Generated by endpoint-tool from types/Place.json. Do not edit.
                @_spi(Generated) public import EndpointKit
                """,
                """
                // Generated by endpoint-tool from types/State.json. Do not edit.
                @_spi(Generated) public import EndpointKit
                """,
            ])
    }

    @Test("text of a spec cannot end a comment or a string")
    func injection() throws {
        let text = try swift(
            "get",
            #"""
            { "summary": "A\nB \u2028 */ \"\"\" \\(x)", "method": "GET", "path": "/x",
              "query": { "a\"b": { "type": "string", "swiftName": "ab", "description": "x\r\ny" } }, "response": null }
            """#)
        #expect(text.contains(#"/// A B */ """ \(x)."#))
        #expect(text.contains(#"Parameter("a\"b", ab, .string())"#))
        #expect(text.contains("/// - Parameter ab: x y."))
    }
}
