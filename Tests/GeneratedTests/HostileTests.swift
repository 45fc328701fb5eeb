import EndpointDynamic
import EndpointKit
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
