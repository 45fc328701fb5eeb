@_spi(Generated) import EndpointKit
import Foundation
import Page
import Pan123
import Synchronization

/// What calls cost when the network costs nothing.
func inMemory() {
    pipeline()
    compare(
        "Copy failures", calls: 100, iterations: 100, warmup: 10, page: Page.body(total: Page.size).count,
        wholeCall(
            Page.body(total: Page.size), PlainFailures.self, Pan123Client.OSS.ListCopyFailuresResponse.self
        ) { pan in
            try await pan.oss.listCopyFailures(taskID: "100", limit: 100, page: 1).list.count
        })
    compare(
        "Files", calls: 20, iterations: 100, warmup: 10, page: Page.files().count,
        wholeCall(Page.files(), PlainFiles.self, Pan123Client.File.ListFilesResponse.self) { pan in
            try await pan.file.listFiles(parentFileID: 0, limit: 100).fileList.count
        })
    let empty = Pan123Client.inMemory(Page.body(total: 0))
    compare(
        "Empty page", calls: 100, iterations: 100, warmup: 10,
        [
            Subject(name: "call") { times in
                for _ in 0..<times { _ = try await empty.oss.listCopyFailures(taskID: "100", limit: 100, page: 1) }
            }
        ])
}

/// A whole call, and the generated type alone, against decoders alone on the same bytes.
private func wholeCall<Payload: PlainPayload, Generated: JSONCodable>(
    _ body: Data, _ type: Payload.Type, _ generated: Generated.Type,
    _ call: @escaping @Sendable (Pan123Client) async throws -> Int
) -> [Subject] {
    let pan = Pan123Client.inMemory(body)
    return [
        Subject(name: "call") { times in
            for _ in 0..<times { guard try await call(pan) == Page.size else { throw WrongResponse() } }
        },
        Subject(name: "JSONDecoder") { times in
            for _ in 0..<times { _ = try JSONDecoder().decode(PlainResponse<Payload>.self, from: body) }
        },
        Subject(name: "generated") { times in
            for _ in 0..<times {
                try body.withUnsafeBytes { bytes in
                    let tape = try JSONTape(bytes)
                    _ = try tape.read(bytes) { json throws(any Error) in try Generated(json: try json["data"]) }
                }
            }
        },
        Subject(name: "by hand") { times in
            for _ in 0..<times {
                let response = try body.withUnsafeBytes { bytes in
                    var reader = HandReader(bytes)
                    return try PlainResponse<Payload>(&reader)
                }
                guard response.data.count == Page.size else { throw WrongResponse() }
            }
        },
    ]
}

extension Pan123Client {
    /// A client whose every call gets the same response, and that no rate slows down.
    static func inMemory(_ body: Data, tokens: any TokenProvider = FixedToken("token")) -> Pan123Client {
        let response = HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: body)
        let transport = ClosureTransport { _ throws(TransportError) in response }
        return Pan123Client(
            tokens: tokens, configuration: ClientConfiguration(transport: transport, rateLimiter: NoRateLimit()))
    }
}

/// The pipeline with every policy on; decoding apart.
private func pipeline() {
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
        ])
}

/// Responds at once: with bytes that are not decoded, or with a token.
private struct MemoryTransport: Transport {
    let bytes = HTTPResponse(
        status: 200, headers: ["Content-Type": "application/octet-stream"], body: Page.body(total: Page.size))
    let token = HTTPResponse(
        status: 200, headers: ["Content-Type": "application/json"],
        body: Data(
            #"{"code":0,"message":"ok","data":{"accessToken":"token","expiredAt":"2099-01-01T00:00:00+08:00"}}"#.utf8))

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        request.method == .post ? token : bytes
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
