import Foundation
import Page
import Pan123
import Synchronization

/// What the pipeline costs, with every policy on, when the network costs nothing; decoding apart.
func inMemory() {
    let transport = MemoryTransport()
    let configuration = ClientConfiguration(
        transport: transport, middleware: [Tagging()], retry: RetryPolicy(maxAttempts: 5),
        rateLimiter: TokenBucketLimiter(), observer: Counting())
    let service = Pan123Client.service
    let client = Client(
        service: service,
        tokens: ClientCredentialsProvider(
            service: service, clientID: "id", clientSecret: "secret", configuration: configuration),
        configuration: configuration)
    let rate = Rate(1_000_000_000, per: .second)
    let page = Pan123Client.OSS.listCopyFailures(taskID: "100").with(\.rate, rate)
    let bytes = Endpoint<Data>(.get, page.path, id: page.id, query: page.query, response: .bytes).with(\.rate, rate)
    guard let url = URL(string: "https://memory.test/bytes?taskID=100&limit=100&page=1") else { return }
    let request = HTTPRequest(.get, url, headers: ["Authorization": "Bearer token", "Platform": "open_platform"])
    compare(
        "In memory", calls: 100, iterations: 100, warmup: 10,
        [
            Subject(name: "transport") { times in
                for _ in 0..<times { _ = try await transport.send(request) }
            },
            Subject(name: "pipeline") { times in
                for _ in 0..<times { _ = try await client.send(bytes) }
            },
            Subject(name: "pipeline and decoding") { times in
                for _ in 0..<times { _ = try await client.send(page) }
            },
            Subject(name: "decoding by hand") { times in
                for _ in 0..<times { _ = try JSONDecoder().decode(PlainResponse.self, from: transport.page.body) }
            },
        ])
}

/// Responds at once: with a page, or with a token.
private struct MemoryTransport: Transport {
    let page = HTTPResponse(
        status: 200, headers: ["Content-Type": "application/json"], body: Page.body(total: Page.size))
    /// The same bytes, of a kind that is not decoded.
    let bytes = HTTPResponse(
        status: 200, headers: ["Content-Type": "application/octet-stream"], body: Page.body(total: Page.size))
    let token = HTTPResponse(
        status: 200, headers: ["Content-Type": "application/json"],
        body: Data(
            #"{"code":0,"message":"ok","data":{"accessToken":"token","expiredAt":"2099-01-01T00:00:00+08:00"}}"#.utf8))

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        if request.method == .post { return token }
        return request.headers["Accept"] == "application/json" ? page : bytes
    }
}

private struct Tagging: Middleware {
    func attempt(
        _ request: HTTPRequest, context: CallContext, next: Next
    ) async throws(APIError) -> HTTPResponse {
        var request = request
        request.headers["X-Request-ID"] = "1"
        return try await next(request)
    }
}

private final class Counting: ClientObserver {
    private let count = Mutex(0)

    func observe(_ event: ClientEvent) { count.withLock { $0 += 1 } }
}
