import Testing

/// A spec and the Swift that it becomes, side by side.
@Suite("Generated Swift")
struct SnippetTests {
    /// The file of an endpoint `Items/NAME.json`, without its first line and its imports.
    private func swift(_ name: String, _ spec: String, types: [String: String] = [:]) throws -> String {
        var texts = ["Items/\(name).json": spec]
        for (name, text) in types { texts["types/\(name).json"] = text }
        let file = try #require(try Module(texts).generate().first { $0.name == "items.\(name).swift" })
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
                extension ShopClient.Items {
                    /// Gets an item.
                    ///
                    /// 取: `GET /items/{id}`, at most 2 calls a second. [Documentation](https://example.com/get)
                    ///
                    /// - Parameter id: Which. At least 1.
                    public func get(id: Int, fullName: Bool? = nil) async throws(APIError) {
                        try await client.send(Self.get(id: id, fullName: fullName))
                    }

                    /// What ``get(id:fullName:)`` sends, as a value.
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

    @Test("an answer is a struct whose coding is the compiler's where that will do")
    func answer() throws {
        let text = try swift(
            "get",
            """
            { "summary": "Gets.", "method": "GET", "path": "/x", "response": {
              "item_id": { "type": "integer", "format": "int64", "description": "Its number." },
              "tags": { "type": "array", "nullAsEmpty": true, "items": { "type": "string" } },
              "sold": { "type": "boolean", "wire": "integer", "optional": true } } }
            """, from: "/// The answer of")
        #expect(
            text == """
                /// The answer of ``get()``.
                    public struct GetResponse: Codable, Sendable, Hashable {
                        /// Its number.
                        public var itemID: Int64
                        @NullAsEmpty public var tags: [String]
                        @Wire<FlagForm?> public var sold: Bool?
                        enum CodingKeys: String, CodingKey { case itemID = "item_id", tags, sold }
                """)
    }

    @Test("reading that tolerates more has an init(from:), and no encode(to:) of its own")
    func tolerance() throws {
        let text = try swift(
            "get",
            """
            { "summary": "Gets.", "method": "GET", "path": "/x",
              "response": { "id": { "type": "integer", "sentinels": [0], "optional": true } } }
            """, from: "public init(from decoder")
        #expect(
            text == """
                public init(from decoder: any Decoder) throws {
                            let container = try decoder.container(keyedBy: CodingKeys.self)
                            id = try container.decodeIfPresent(Int.self, sentinels: [0], forKey: .id)
                        }
                    }
                }

                """)
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
                        public struct State: OpenEnum {
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

    @Test("a list has a pager that reads the answer by key paths")
    func pager() throws {
        let text = try swift(
            "listItems",
            """
            { "summary": "Lists.", "method": "GET", "path": "/x",
              "query": { "page": { "type": "integer", "default": 1 } },
              "response": { "total": { "type": "integer" }, "list": { "type": "array", "items": { "type": "string" } } },
              "paging": { "style": "page", "page": "page", "items": "list", "total": "total" } }
            """, from: "/// All that")
        #expect(
            text == """
                /// All that ``listItems(page:)`` gives, page after page.
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
            """, from: "/// Calls ``status()``")
        #expect(
            wait == """
                /// Calls ``status()`` until the job is done, at most for `timeout`.
                    public func waitForStatus(
                        interval: Duration = .seconds(1), timeout: Duration = .seconds(600)
                    ) async throws(APIError) -> StatusResponse {
                        try await client.poll(
                            Self.status(), interval: interval, timeout: timeout,
                            until: { (answer: StatusResponse) -> Bool in answer.done })
                    }
                """)
        let split = try swift(
            "drop",
            """
            { "summary": "Drops.", "method": "POST", "path": "/x", "response": null, "batch": { "over": "ids" },
              "body": { "ids": { "type": "array", "maxItems": 5, "items": { "type": "integer" } } } }
            """, from: "/// Calls ``drop(ids:)``")
        #expect(
            split == """
                /// Calls ``drop(ids:)`` as often as a list of any length needs, 5 items a call.
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
        #expect(text.contains("/// What ``get(class:)`` sends"))
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
