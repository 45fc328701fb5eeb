import EndpointDynamic
import EndpointKit
import EndpointTesting
import Foundation
import Hostile
import TestSupport
import Testing

/// The module `Hostile` has words of Swift in each position that takes a name: that it compiles is most of the test.
@Suite("Names that are words of Swift")
struct HostileTests {
    private func sent<Response>(_ endpoint: Endpoint<Response>) throws -> HTTPRequest {
        try Client(service: HostileClient.service).request(for: endpoint)
    }

    @Test("a case of a union that is called like a keyword is read and written")
    func unions() throws {
        let choice = try JSONDecoder().decode(HostileClient.Choice.self, from: Data(#"{"ownDefer":"x"}"#.utf8))
        guard case .`defer`(let value) = choice else {
            Issue.record("\(choice)")
            return
        }
        #expect(value.ownDefer == "x")
        #expect(String(decoding: try JSONEncoder().encode(choice), as: UTF8.self) == #"{"ownDefer":"x"}"#)
    }

    @Test("a default called like a case of Optional is the enumeration's")
    func none() throws {
        let request = try sent(HostileClient.Words.cases(word: .init(rawValue: "let")))
        #expect(request.url.query == "word=let&maybe=none")
    }

    /// The queries of the requests, in order.
    private func queries(_ responses: String..., call: (HostileClient) async throws -> Void) async throws -> [String?] {
        let transport = RecordingTransport(responses.map { .success(.json($0)) })
        try await call(HostileClient(tokens: FixedToken("t"), configuration: ClientConfiguration(transport: transport)))
        return transport.requests.map(\.url.query)
    }

    @Test("an argument called like what pages and polls set keeps its own value")
    func shadows() async throws {
        let (first, last) = (#"{"list":["a"],"total":2}"#, #"{"list":["b"],"total":2}"#)
        #expect(
            try await queries(first, last) { client in
                let all = client.pages.allByPage(page: "x", nextPage: "y", size: 1)
                for try await _ in all {}
            } == ["p=1&page=x&next_page=y&size=1", "p=2&page=x&next_page=y&size=1"])
        #expect(
            try await queries(first, last) { client in
                for try await _ in client.pages.allByOffset(offset: 7, size: 1) {}
            } == ["from=0&offset=7&size=1", "from=1&offset=7&size=1"])
        #expect(
            try await queries(#"{"list":["a"],"following":"n"}"#, #"{"list":[]}"#) { client in
                for try await _ in client.pages.allByCursor(cursor: "own") {}
            } == ["cursor=own", "next=n&cursor=own"])
        #expect(
            try await queries(#"{"list":["a"],"following":5}"#, #"{"list":[]}"#) { client in
                for try await _ in client.pages.allByOwnCursor(response: "r", item: "i") {}
            } == ["response=r&item=i", "cursor=5&response=r&item=i"])
        #expect(
            try await queries(#"{"isDone":false}"#, #"{"isDone":true}"#) { client in
                _ = try await client.pages.waitForStatus(
                    interval: 1, pollingInterval: 2, timeout: 3, response: "r")
            } == Array(repeating: "interval=1&polling_interval=2&timeout=3&response=r", count: 2))
    }

    @Test("a batch keeps an argument called like its parts, and fields called like those of its outcome")
    func batch() async throws {
        let transport = RecordingTransport(
            json: #"{"failed":[1],"reportedFailed":[2]}"#, #"{"failed":[3],"reportedFailed":[]}"#)
        let client = HostileClient(tokens: FixedToken("t"), configuration: ClientConfiguration(transport: transport))
        let outcome = await client.pages.allByPart(ids: [1, 2], part: "own")
        #expect(transport.requests.map(\.body.text) == [#"{"ids":[1],"part":"own"}"#, #"{"ids":[2],"part":"own"}"#])
        #expect(outcome.reportedReportedFailed == [1, 3])
        #expect(outcome.reportedFailed == [2])
    }

    @Test("typed calls send what calls from the spec alone send")
    func requests() throws {
        let module = try DynamicModule(.hostile)
        let client = Client(service: HostileClient.service)
        let typed = try client.request(for: HostileClient.Methods.await(await: "x"))
        let endpoint = try #require(module.endpoint(id: "methods.await"))
        let untyped = try client.request(for: endpoint.endpoint(with: ["await": "x"]))
        #expect(typed.url == untyped.url)
        #expect(typed.url.query == "await=x")
    }
}
