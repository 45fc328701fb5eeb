import EndpointKit
import EndpointTesting
import Foundation
import Testing

@Suite("Contract check")
struct ContractCheckTests {
    private struct Item: Codable, Equatable, Sendable {
        var id: Int
    }

    private static let service = Service(
        name: "Shop", baseURL: "https://shop.example.com",
        envelope: Envelope(code: "code", success: [0], message: "message", payload: "data"),
        errors: [ErrorRule(code: 404, kind: .notFound)])

    private static let specs = """
        {"Items/get.json": {"examples": [
          {"name": "one", "request": {"id": 1}, "wire": {"method": "GET", "path": "/item", "query": {"id": "1"}},
           "response": {"code": 0, "message": "", "data": {"id": 1}}},
          {"name": "none", "request": {"id": 2}, "response": {"code": 404, "message": "gone"}, "error": "notFound"}
        ]},
        "Items/picture.json": {"examples": [{"name": "bytes", "response": {"$base64": "AP8="}}]},
        "Items/drop.json": {"examples": [{"name": "down", "status": 500, "response": "<html>", "error": "http"}]},
        "Items/put.json": {"examples": [
          {"name": "text", "wire": {"headers": {"X-Kind": "a"}, "body": {"id": 1}}, "response": {"code": 0}}]}}
        """

    private func check(
        requiresCompleteWire: Bool = false, untyped: ContractCheck.UntypedCall? = nil
    ) throws -> ContractCheck {
        let module = EndpointModule(name: "Shop", service: Self.service, specs: Self.specs)
        return try ContractCheck(module, requiresCompleteWire: requiresCompleteWire, untyped: untyped)
    }

    private func get(_ id: Int, _ method: HTTPMethod = .get, _ path: String = "/item") -> Endpoint<Item> {
        Endpoint(method, path, id: "items.get", query: ["id": id])
    }

    private func put(_ headers: Parameters = ["X-Kind": "a"], _ body: Parameters = ["id": 1]) -> Endpoint<Void> {
        Endpoint(.put, "/item", id: "items.put", headers: headers, body: .json(body), response: .none)
    }

    /// What the check has found so far.
    private func found(_ check: ContractCheck) async -> [String] {
        do throws(ContractFailure) {
            try await check.finish()
            return []
        } catch {
            return error.description.components(separatedBy: "\n")
        }
    }

    @Test("calls that agree with their examples pass, and are listed")
    func agreement() async throws {
        let check = try check()
        try await check.verify(example: 0, of: "Items/get.json", get(1))
        try await check.verify(example: 1, of: "Items/get.json", get(2))
        let picture = Endpoint<Data>(.get, "/picture", id: "items.picture", response: .bytes).with(\.envelope, .errors)
        try await check.verify(example: 0, of: "Items/picture.json", picture)
        let drop = Endpoint<Void>(.delete, "/item", id: "items.drop", response: .none)
        try await check.verify(example: 0, of: "Items/drop.json", drop)
        try await check.verify(example: 0, of: "Items/put.json", put())
        #expect(await found(check) == [])
        #expect(
            await check.checked == [
                #"items.get, "one""#, #"items.get, "none""#, #"items.picture, "bytes""#, #"items.drop, "down""#,
                #"items.put, "text""#,
            ])
    }

    @Test("a request that is not the example's is described part by part")
    func request() async throws {
        let check = try check()
        try await check.verify(example: 0, of: "Items/get.json", get(2, .post, "/items"))
        try await check.verify(example: 0, of: "Items/put.json", put(["X-Kind": "b"], ["id": 2]))
        try await check.verify(example: 0, of: "Items/put.json", put([:]))
        #expect(
            await found(check) == [
                #"items.get, "one": the method is POST, the example shows GET"#,
                #"items.get, "one": the path is /items, the example shows /item"#,
                #"items.get, "one": the query is ?id=2, the example shows ?id=1"#,
                #"items.put, "text": the header field X-Kind is b, the example shows a"#,
                #"items.put, "text": the body is {"id":2}, the example shows {"id":1}"#,
                #"items.put, "text": the header field X-Kind is absent, the example shows a"#,
            ])
    }

    @Test("what an example's wire does not show is compared only on demand")
    func completeWire() async throws {
        let put = Endpoint<Void>(
            .put, "/item", id: "items.put", query: ["dry": true], headers: ["X-Kind": "a"], body: .json(["id": 1]),
            response: .none)
        let lenient = try check()
        try await lenient.verify(example: 0, of: "Items/put.json", put)
        #expect(await found(lenient) == [])
        let strict = try check(requiresCompleteWire: true)
        try await strict.verify(example: 0, of: "Items/put.json", put)
        #expect(await found(strict) == [#"items.put, "text": the query is ?dry=true, the example shows ?"#])
    }

    @Test("a response that becomes something else is described with the error")
    func response() async throws {
        struct Other: Codable, Equatable, Sendable { var name: String }
        let check = try check()
        let other = Endpoint<Other>(.get, "/item", id: "x", query: ["id": 1])
        try await check.verify(example: 0, of: "Items/get.json", other)
        let pending = get(2).with(\.errors, [ErrorRule(code: 404, kind: .pending)])
        try await check.verify(example: 1, of: "Items/get.json", pending)
        let found = await found(check)
        #expect(found.count == 2)
        #expect(found.first?.hasPrefix(#"x, "one": the call fails with decoding"#) == true, "\(found)")
        #expect(found.last?.hasPrefix(#"items.get, "none": the call fails with pending"#) == true, "\(found)")
        #expect(found.last?.hasSuffix("the example shows the error notFound") == true, "\(found)")
    }

    @Test("a success where the example shows an error is a difference, and an example that is absent too")
    func errors() async throws {
        let check = try check()
        let all = get(2).with(\.envelope, .none)
        try await check.verify(example: 1, of: "Items/get.json", Endpoint<JSONValue>(all))
        try await check.verify(example: 7, of: "Items/get.json", get(1))
        #expect(
            await found(check) == [
                #"items.get, "none": the call succeeds, the example shows the error notFound"#,
                ##"items.get, "#7": the module has no such example in Items/get.json"##,
            ])
    }

    @Test("the same call from the spec alone must send the same and get the same")
    func untyped() async throws {
        let same = try check(untyped: { id, arguments in
            Endpoint<JSONValue>(.get, "/item", id: id, query: ["id": arguments["id"]])
        })
        try await same.verify(example: 0, of: "Items/get.json", get(1))
        try await same.verify(example: 1, of: "Items/get.json", get(2))
        #expect(await found(same) == [])
        let other = try check(untyped: { id, _ in Endpoint<JSONValue>(.get, "/other", id: id) })
        try await other.verify(example: 0, of: "Items/get.json", get(1))
        #expect(
            await found(other).map { $0.contains("the request is ") && $0.contains("from the spec alone") } == [true])
        let none = try check(untyped: { _, _ in nil })
        try await none.verify(example: 0, of: "Items/get.json", get(1))
        #expect(await found(none) == [#"items.get, "one": there is no call from the spec alone"#])
    }

    @Test("a value that does not survive encoding and decoding is a difference")
    func encoding() async throws {
        struct Forgetful: Codable, Equatable, Sendable {
            var id: Int
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(0, forKey: .id)
            }
        }
        let check = try check()
        try await check.verify(
            example: 0, of: "Items/get.json", Endpoint<Forgetful>(.get, "/item", id: "items.get", query: ["id": 1]))
        let found = await found(check)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(#"items.get, "one": the value becomes "#) == true, "\(found)")
    }
}

extension Endpoint<JSONValue> {
    /// The call with its payload left as it is.
    fileprivate init<Other>(_ other: Endpoint<Other>) {
        self.init(other.method, other.path, id: other.id, query: other.query)
        envelope = other.envelope
    }
}
