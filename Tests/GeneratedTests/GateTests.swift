import EndpointKit
import EndpointTesting
import Foundation
import TestSupport
import Testing
import WarehouseFeeds
import WarehouseGate

@Suite("Generated calls: base URLs with variables, keys, tokens by a form")
struct GateTests {
    private static let transport = RecordingTransport(json: #"{"isOpen":true}"#)
    private static let configuration = ClientConfiguration(transport: transport)

    private func url(_ client: GateClient) async throws -> String {
        try client.client.request(for: GateClient.Doors.openDoor(ticket: "t")).url.absoluteString
    }

    @Test("the variables of the base URL are arguments of the client")
    func variables() async throws {
        let configuration = Self.configuration
        #expect(
            try await url(GateClient(tokens: nil, configuration: configuration))
                == "https://north.gate.example.com/v1/doors/open")
        #expect(
            try await url(GateClient(site: "south", tokens: nil, configuration: configuration))
                == "https://south.gate.example.com/v1/doors/open")
        #expect(
            try await url(GateClient(site: "south", edition: "v2", token: "k", configuration: configuration))
                == "https://south.gate.example.com/v2/doors/open")
        var replaced = configuration
        replaced.baseURL = "http://gate.local:8080"
        #expect(
            try await url(GateClient(site: "south", tokens: nil, configuration: replaced))
                == "http://gate.local:8080/doors/open")
    }

    @Test("http to any address is sent where the service allows it, and refused with the remedy where it does not")
    func insecure() async throws {
        // What every transport asks first.
        let transport = ClosureTransport { request throws(TransportError) in
            try request.checkSendable()
            return HTTPResponse(status: 200, body: Data(#"{"isOpen":true}"#.utf8))
        }
        var configuration = ClientConfiguration(transport: transport, retry: .never)
        configuration.baseURL = "http://192.0.2.7:8080"
        let gate = GateClient(site: "north", token: "key", configuration: configuration)
        #expect(try await gate.doors.openDoor(ticket: "t").isOpen)

        let feeds = FeedsClient(tokens: FixedToken("key"), configuration: configuration)
        let error = await failure { () async throws(APIError) in _ = try await feeds.items.limits() }
        #expect(error?.kind == .invalidParameter)
        #expect(error?.remedy?.contains(#""allowInsecureHTTP": true"#) == true, "\(String(describing: error))")
        // A request of one's own.
        let url = try #require(URL(string: "http://192.0.2.7:8080/doors"))
        let refused = #expect(throws: TransportError.self) { try HTTPRequest(.get, url).checkSendable() }
        #expect(refused?.message.contains(#""allowInsecureHTTP": true"#) == true)
    }

    @Test(
        "no value leads anywhere else",
        arguments: [
            ("west", "v1", #"site: must be one of north, south; got "west""#),
            ("evil.example.com/", "v1", #"site: must be one of north, south; got "evil.example.com/""#),
            ("north", "../v2", "edition: must be letters"), ("north", "..", "edition: must be letters"),
            ("north", "", "edition: must be letters"), ("north", "v1?x=", "edition: must be letters"),
            ("north", "v1#", "edition: must be letters"), ("north", "@evil.example.com", "edition: must be letters"),
            ("north", "%2e%2e", "edition: must be letters"),
        ])
    func refused(site: String, edition: String, problem: String) async {
        let client = GateClient(site: site, edition: edition, token: "key", configuration: Self.configuration)
        let error = await failure { () async throws(APIError) in try await client.doors.openDoor(ticket: "t") }
        #expect(error?.kind == .invalidParameter)
        #expect(error?.message.hasPrefix(problem) == true, "\(error?.message ?? "")")
    }

    @Test("a token that is made by a form goes into the query, and neither shows")
    func token() async throws {
        let transport = RecordingTransport(
            json: #"{"access_token":"planted-key+1","token_type":"bearer","expires_in":600}"#,
            #"{"error":"api_key=planted-key%2B1"}"#)
        let client = GateClient(
            site: "south", clientID: "me", clientSecret: "a&b",
            configuration: ClientConfiguration(transport: transport, retry: .never))
        try await client.doors.removeDoor(door: "d")
        let requests = transport.requests
        #expect(
            requests.map(\.url.absoluteString) == [
                "https://south.gate.example.com/v1/oauth/token",
                "https://south.gate.example.com/v1/doors/d?api_key=planted-key%2B1",
            ])
        #expect(
            requests.first?.body.text == "grant_type=client_credentials&client_id=me&client_secret=a%26b&scope=doors")
        let failing = GateClient(
            token: "planted-key+1",
            transport: RecordingTransport([.success(.json(#"{"error":"api_key=planted-key%2B1"}"#, status: 403))]))
        let error = await failure { () async throws(APIError) in try await failing.doors.removeDoor(door: "d") }
        #expect(error.map { "\($0)".contains("planted") } == false, "\(String(describing: error))")
    }
}
