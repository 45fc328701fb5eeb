import EndpointDynamic
import EndpointKit
import EndpointSpec
import Foundation
import Synchronization

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

    /// - Parameters:
    ///   - rest: Everything of the spec but `summary`, `method` and `path`.
    ///   - types: Files of `types/`.
    init(_ rest: String, method: String = "POST", path: String = "/call", types: [String: String] = [:]) throws {
        let spec = #"{"summary": "Calls.", "method": "\#(method)", "path": "\#(path)", \#(rest)}"#
        var files = ["service.json": Self.serviceJSON, "Store/call.json": spec]
        for (name, text) in types { files["types/\(name).json"] = text }
        module = try DynamicModule(name: "Depot", files: Self.files(files))
        endpoint = module.endpoints[0]
    }

    static func files(_ texts: [String: String]) -> [SpecFile] {
        texts.map { SpecFile(path: $0.key, displayPath: $0.key, contents: Array($0.value.utf8)) }
    }

    /// A client whose answers are these payloads, one after another; the last is repeated.
    func client(payloads: [String]) -> (client: Client, log: RequestLog) {
        client(bodies: payloads.map { #"{"code":0,"message":"ok","data":\#($0),"trace":""}"# })
    }

    func client(bodies: [String]) -> (client: Client, log: RequestLog) {
        let log = RequestLog(bodies: bodies)
        let clock = ClientClock(now: { .zero }, date: { Date(timeIntervalSince1970: 0) }, sleep: { _ in })
        let client = Client(
            service: module.service, tokens: FixedToken("t"),
            configuration: ClientConfiguration(
                transport: ClosureTransport { request throws(TransportError) in log.answer(request) }, retry: .never,
                clock: clock))
        return (client, log)
    }

    /// The request for some arguments.
    func request(_ arguments: JSONObject) throws -> HTTPRequest {
        try client(bodies: []).client.request(for: endpoint.endpoint(arguments))
    }

    /// What the payload becomes.
    func payload(_ payload: String) async throws -> String {
        try await client(payloads: [payload]).client.send(endpoint.endpoint([:])).text()
    }
}

/// The requests that came in. The lock guards both lists.
final class RequestLog: Sendable {
    private let state: Mutex<(requests: [HTTPRequest], bodies: [String])>

    init(bodies: [String]) {
        state = Mutex(([], bodies))
    }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }
    var targets: [String] { requests.map { $0.url.path + ($0.url.query.map { "?\($0)" } ?? "") } }
    var bodies: [String] { requests.map { String(decoding: $0.body.bytes, as: UTF8.self) } }

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        state.withLock { state in
            state.requests.append(request)
            let body = state.bodies.first ?? "{}"
            if state.bodies.count > 1 { state.bodies.removeFirst() }
            return HTTPResponse(
                status: 200, headers: ["Content-Type": "application/json"], body: Data(body.utf8), url: request.url)
        }
    }
}

extension HTTPBody {
    /// All bytes in memory; those in files are left out.
    var bytes: Data {
        chunks.reduce(into: Data()) { data, chunk in
            if case .data(let more) = chunk { data += more }
        }
    }
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
