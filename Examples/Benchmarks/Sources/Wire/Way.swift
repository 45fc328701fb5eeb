import AsyncHTTPClient
import CurlAlone
import EndpointKit
import Foundation
import Page
import Pan123

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A way to get a page so many times, and what it is called.
struct Way: Sendable {
    var name: String
    /// Whether the others are compared with it.
    var isReference = false
    /// Whether it is libcurl without anything around it: one thread, the same address and header fields each time, nobody who
    /// waits for a response on another thread, and a head that is kept as it came, not taken apart.
    var isLibrary = false
    var work: @Sendable (_ calls: Int) async throws -> Void

    static func all(base: String, total: Int, width: Int) throws -> [Way] {
        let page = try PageRequest(base: base, total: total, width: width)
        var ways = [try ours(base: base, total: total, width: width)]
        #if os(Linux)
            ways.append(page.curlTransport)
            ways.append(page.curlAlone)
        #endif
        return ways + [page.oursOverURLSession, page.urlSession, page.asyncHTTPClient]
    }

    /// A generated client over the default transport.
    static func ours(base: String, total: Int, width: Int) throws -> Way {
        try PageRequest(base: base, total: total, width: width)
            .client("ours, default transport", SystemTransport.make(maximumConnectionsPerHost: width))
    }
}

struct WrongResponse: Error {}

/// The request for a page, so many at once.
private struct PageRequest: Sendable {
    let base: String
    let total: Int
    let width: Int
    let url: URL

    static let headers = [
        ("Accept", "application/json"), ("Platform", "open_platform"), ("Authorization", "Bearer token"),
    ]

    init(base: String, total: Int, width: Int) throws {
        (self.base, self.total, self.width) = (base, total, width)
        guard let url = URL(string: "\(base)/api/v1/oss/source/copy/fail?taskID=\(total)&limit=100&page=1") else {
            throw WrongResponse()
        }
        self.url = url
    }

    /// Does it as often as asked for, so many at once.
    private func many(
        _ name: String, isReference: Bool = false, _ once: @escaping @Sendable () async throws -> Void
    ) -> Way {
        Way(name: name, isReference: isReference) { [width] calls in
            if width == 1 {
                for _ in 0..<calls { try await once() }
                return
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<width { group.addTask { for _ in 0..<calls / width { try await once() } } }
                try await group.waitForAll()
            }
        }
    }

    private func check(_ response: PlainResponse, status: Int) throws {
        guard status == 200, response.code == 0, response.data.list.count == total else { throw WrongResponse() }
    }

    func client(_ name: String, _ transport: any Transport) -> Way {
        let configuration = ClientConfiguration(baseURL: base, transport: transport, rateLimiter: NoRateLimit())
        let client = Pan123Client(tokens: FixedToken("token"), configuration: configuration)
        return many(name) { [total] in
            let page = try await client.oss.listCopyFailures(taskID: "\(total)", limit: 100, page: 1)
            guard page.list.count == total else { throw WrongResponse() }
        }
    }

    var oursOverURLSession: Way {
        client(
            "ours, URLSession",
            URLSessionTransport(configuration: .init(maximumConnectionsPerHost: width)))
    }

    var urlSession: Way {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = width
        let session = URLSession(configuration: configuration)
        return many("URLSession + JSONDecoder", isReference: true) {
            var request = URLRequest(url: url)
            for (name, value) in Self.headers { request.setValue(value, forHTTPHeaderField: name) }
            let (data, response) = try await session.data(for: request)
            try check(
                JSONDecoder().decode(PlainResponse.self, from: data),
                status: (response as? HTTPURLResponse)?.statusCode ?? 0)
        }
    }

    var asyncHTTPClient: Way {
        let client = HTTPClient.shared
        return many("AsyncHTTPClient + JSONDecoder") {
            var request = HTTPClientRequest(url: url.absoluteString)
            for (name, value) in Self.headers { request.headers.add(name: name, value: value) }
            let response = try await client.execute(request, timeout: .seconds(60))
            let body = try await response.body.collect(upTo: 1 << 20)
            try check(
                JSONDecoder().decode(PlainResponse.self, from: Data(body.readableBytesView)),
                status: Int(response.status.code))
        }
    }

    #if os(Linux)
        var curlTransport: Way {
            let transport = SystemTransport.make(maximumConnectionsPerHost: width)
            let request = HTTPRequest(
                .get, url, headers: HTTPFields(Self.headers.map { HTTPFields.Field(name: $0.0, value: $0.1) }))
            return many("the transport alone") {
                guard try await transport.send(request).status == 200 else { throw WrongResponse() }
            }
        }

        var curlAlone: Way {
            Way(name: "libcurl alone", isLibrary: true) { [url, width] calls in
                // The request that the transport sends, for libcurl's time grows with the bytes of header fields.
                let headers = Self.headers + [("Accept-Encoding", "gzip, deflate")]
                let lines = headers.map { strdup("\($0.0): \($0.1)") }
                defer { lines.forEach { free($0) } }
                let list = lines.map { UnsafePointer($0) } + [nil]
                guard curl_alone(url.absoluteString, list, calls, Int32(width)) == calls else { throw WrongResponse() }
            }
        }
    #endif
}

/// The response as one would declare it by hand.
private struct PlainResponse: Decodable {
    struct Item: Decodable {
        var fileId: Int64
        var filename: String
    }

    struct Payload: Decodable {
        var total: Int
        var list: [Item]
    }

    var code: Int
    var message: String
    var data: Payload
}
