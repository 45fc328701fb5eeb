import EndpointDynamic
import EndpointKit
import EndpointTesting
import TestSupport
import Testing
import Warehouse

@Suite("Generated calls: conditions")
struct ConditionTests {
    private static let payloads = [
        #"{"ready":false,"good":5,"state":2}"#, #"{"ready":true,"good":0,"state":2}"#,
        #"{"ready":true,"good":null,"state":2}"#, #"{"ready":true,"good":7,"state":1}"#, #"{"ready":true,"good":7}"#,
    ]

    @Test("a wait ends when every condition holds, those with not among them: typed and dynamic calls alike")
    func all() async throws {
        let loop = try Loop(payloads: Self.payloads)
        defer { loop.server.stop() }
        let parcel = try await loop.client(WarehouseClient.self).jobs.waitForParcel(sum: "00FF")
        #expect(parcel == .init(ready: true, good: 7))
        #expect(try loop.requests.map { $0.query("sum") } == Array(repeating: "00ff", count: 5))

        let module = try DynamicModule(.warehouse)
        let transport = RecordingTransport(Self.payloads.map { .success(.json(#"{"code":0,"data":\#($0)}"#)) })
        let client = Client(
            service: module.service, tokens: FixedToken("t"), configuration: ClientConfiguration(transport: transport))
        let endpoint = try #require(module.endpoint(id: "jobs.parcelStatus"))
        let payload = try await endpoint.poll(with: ["sum": "00FF"], using: client)
        #expect(payload == ["ready": true, "good": 7])
        #expect(transport.requests.map(\.url.query) == Array(repeating: "sum=00ff", count: 5))
    }

    @Test("a condition of failure ends a wait")
    func failed() async throws {
        let loop = try Loop(payloads: [#"{"ready":true,"good":0,"state":3}"#])
        defer { loop.server.stop() }
        let jobs = loop.client(WarehouseClient.self).jobs
        let error = await failure { () async throws(APIError) in _ = try await jobs.waitForParcel(sum: "00ff") }
        #expect(error?.kind == .service)
    }

    @Test("a rule by status makes the error, whatever the body")
    func status() async throws {
        let loop = try Loop(.response(404), .response(503))
        defer { loop.server.stop() }
        let jobs = loop.client(WarehouseClient.self).jobs
        let gone = await failure { () async throws(APIError) in _ = try await jobs.parcelStatus(sum: "00ff") }
        #expect(gone?.description == "jobs.parcelStatus: the server returned HTTP 404 (HTTP 404). Send it first.")
        let broken = await failure { () async throws(APIError) in _ = try await jobs.parcelStatus(sum: "00ff") }
        #expect(broken?.kind == .service)
        #expect(broken?.isRetryable == false)
        #expect(loop.server.requests.count == 2)
    }
}
