import EndpointDynamic
import EndpointKit
import EndpointTesting
import Foundation
import TestSupport

/// A service of one endpoint, whose spec a test gives as text.
struct Depot {
    static let serviceJSON = """
        {
          "name": "Depot", "summary": "A store for tests.", "baseURL": "https://depot.example.com",
          "headers": { "X-Depot": "1" }, "timeZone": "+08:00", "authentication": { "scheme": "bearer" },
          "envelope": { "code": "code", "success": [0], "message": "message", "payload": "data", "traceID": "trace" },
          "errors": [{ "code": 429, "kind": "throttled" }]
        }
        """

    let module: DynamicModule
    let endpoint: DynamicEndpoint

    /// Creates a module of one endpoint; `rest` is everything of its spec but `summary`, `method` and `path`, and `types`
    /// are the files of `types/`.
    init(_ rest: String, method: String = "POST", path: String = "/call", types: [String: String] = [:]) throws {
        let spec = #"{"summary": "Calls.", "method": "\#(method)", "path": "\#(path)", \#(rest)}"#
        var files = ["service.json": Self.serviceJSON, "Store/call.json": spec]
        for (name, text) in types { files["types/\(name).json"] = text }
        module = try DynamicModule(name: "Depot", files: SpecFiles(files).files)
        endpoint = module.endpoints[0]
    }

    /// A client whose responses have these payloads, one after another; the last is repeated.
    func client(payloads: [String]) -> (client: Client, log: RecordingTransport) {
        client(bodies: payloads.map { #"{"code":0,"message":"ok","data":\#($0),"trace":""}"# })
    }

    func client(bodies: [String]) -> (client: Client, log: RecordingTransport) {
        let transport = RecordingTransport((bodies.isEmpty ? ["{}"] : bodies).map { .success(.json($0)) })
        let clock = ClientClock(now: { .zero }, date: { Date(timeIntervalSince1970: 0) }, sleep: { _ in })
        let client = Client(
            service: module.service, tokens: FixedToken("t"),
            configuration: ClientConfiguration(transport: transport, retry: .never, clock: clock))
        return (client, transport)
    }

    /// The request for some arguments.
    func request(_ arguments: JSONObject) throws -> HTTPRequest {
        try client(bodies: []).client.request(for: endpoint.endpoint(with: arguments))
    }

    /// What the payload becomes.
    func payload(_ payload: String) async throws -> String {
        try await client(payloads: [payload]).client.send(endpoint.endpoint(with: [:])).text()
    }
}

extension RecordingTransport {
    /// Path and query of every request.
    var targets: [String] { requests.map { $0.url.path + ($0.url.query.map { "?\($0)" } ?? "") } }
    /// The body of every request as text.
    var bodies: [String] { requests.map(\.body.text) }
}

/// The error of a call that must fail.
func failure(_ work: () async throws -> Void) async -> APIError? {
    do {
        try await work()
        return nil
    } catch {
        return error as? APIError
    }
}
