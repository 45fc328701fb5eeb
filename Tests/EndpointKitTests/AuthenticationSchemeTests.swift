import EndpointKit
import EndpointTesting
import Foundation
import TestSupport
import Testing

@Suite("Authentication schemes")
struct AuthenticationSchemeTests {
    private func client(
        _ scheme: AuthenticationScheme, token: String, _ transport: RecordingTransport,
        observer: (any ClientObserver)? = nil
    ) -> Client {
        var service = Service.test
        service.authentication = scheme
        return Client(transport, service: service, token: token) {
            $0.retry = .never
            $0.observer = observer
        }
    }

    private func get(query: Parameters = []) -> Endpoint<Void> {
        Endpoint(.get, "/x", id: "x", query: query, response: .none)
    }

    @Test(
        "user and password are encoded as RFC 7617 says",
        arguments: [
            ("Aladdin:open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), ("test:123£", "Basic dGVzdDoxMjPCow=="),
            ("a:b:c", "Basic YTpiOmM="), (":", "Basic Og=="),
        ])
    func basic(token: String, field: String) async throws {
        let transport = RecordingTransport(json: #"{"code":0}"#)
        try await client(.basic, token: token, transport).send(get())
        #expect(transport.requests.map { $0.headers["Authorization"] } == [field])
    }

    @Test(
        "a token without a colon, or with a control character, is refused before anything is sent",
        arguments: ["nocolon", "a:b\u{7}"])
    func badBasic(token: String) async {
        let transport = RecordingTransport(json: #"{"code":0}"#)
        let client = client(.basic, token: token, transport)
        let error = await failure { () throws(APIError) in try await client.send(get()) }
        #expect(error?.kind == .authentication)
        #expect(transport.requests.isEmpty)
        #expect(error.map { "\($0)".contains(token) } == false)
    }

    @Test("a key follows the query of the call")
    func query() async throws {
        let transport = RecordingTransport(json: #"{"code":0}"#)
        let client = client(.query("api key"), token: "a+b&c=/é", transport)
        try await client.send(get())
        try await client.send(get(query: ["q": "1"]))
        #expect(
            transport.requests.map(\.url.query) == [
                "api%20key=a%2Bb%26c%3D%2F%C3%A9", "q=1&api%20key=a%2Bb%26c%3D%2F%C3%A9",
            ])
        #expect(transport.requests.allSatisfy { $0.headers["Authorization"] == nil })
        #expect(try client.request(for: get()).url.query == nil)
        try await client.send(get(query: ["api key": "old", "q": "1"]))
        #expect(transport.requests.last?.url.query == "q=1&api%20key=a%2Bb%26c%3D%2F%C3%A9")
    }

    @Test("a call without authentication, and one to a caller's URL, carry no key")
    func noKey() async throws {
        let transport = RecordingTransport(json: #"{"code":0}"#)
        let client = client(.query("key"), token: "planted-key", transport)
        try await client.send(get().with(\.isAuthenticated, false))
        _ = try await client.send(
            Endpoint<Data>(.get, "", id: "x", response: .bytes).with(\.host, .url("https://cdn.test/f")))
        #expect(transport.requests.map(\.url.query) == [nil, nil])
    }

    @Test("no form of a password or a key is in an error or in an event")
    func secrets() async {
        let password = "pass/word-planted"
        let basic = Data("ann:\(password)".utf8).base64EncodedString()
        let key = "key/planted+1"
        let pages = [
            (AuthenticationScheme.basic, "ann:\(password)", "Basic \(basic) \(password) ann:\(password)"),
            (.query("key"), key, "https://api.depot.test/x?key=key%2Fplanted%2B1 \(key)"),
        ]
        for (scheme, token, page) in pages {
            let messages: [Result<HTTPResponse, TransportError>] = [
                .success(.html(page, status: 500)),
                .success(.json(#"{"code":9,"message":\#(JSONValue.string(page).text())}"#)),
                .success(HTTPResponse(status: 302, headers: ["Location": "https://evil.test/?\(page)"])),
                .failure(TransportError(.cannotConnect, mayHaveBeenSent: false, message: "GET \(page)")),
            ]
            for message in messages {
                let events = Log()
                let client = client(
                    scheme, token: token, RecordingTransport([message]), observer: Listener(log: events))
                let error = await failure { () throws(APIError) in try await client.send(get()) }
                var text = "\(String(describing: error))\n\(events.lines)"
                dump(error, to: &text)
                #expect(error != nil)
                #expect(!text.contains("planted") && !text.contains(basic), "\(text)")
            }
        }
    }
}
