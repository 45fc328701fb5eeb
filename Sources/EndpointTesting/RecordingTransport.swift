import EndpointKit
import Synchronization

/// A transport that responds in the process and records the requests.
///
///     let transport = RecordingTransport(json: #"{"code": 0, "data": null}"#)
///     let client = GoodsClient(token: "any", transport: transport)
///     try await client.goods.drop(id: 5)
///     #expect(transport.requests.map(\.url.path) == ["/drop"])
public final class RecordingTransport: Transport {
    /// Returns the response to a request, or the error of its transport; `number` counts the requests from 1.
    public typealias Respond =
        @Sendable (_ request: HTTPRequest, _ number: Int) async -> Result<HTTPResponse, TransportError>

    /// The lock guards the list.
    private let recorded = Mutex<[HTTPRequest]>([])
    private let respond: Respond

    /// Creates a transport that responds with the results of a function.
    public init(_ respond: @escaping Respond) {
        self.respond = respond
    }

    /// Creates a transport with results in turn. The last is repeated; without any, every request fails.
    public convenience init(_ results: [Result<HTTPResponse, TransportError>]) {
        self.init { _, number in
            guard let last = results.last else {
                return .failure(TransportError(.other, mayHaveBeenSent: false, message: "no response is left"))
            }
            return number <= results.count ? results[number - 1] : last
        }
    }

    /// Creates a transport that responds with status 200 and JSON texts in turn. The last is repeated.
    public convenience init(json texts: String...) {
        self.init(texts.map { .success(.json($0)) })
    }

    /// The requests so far, in the order in which they came.
    public var requests: [HTTPRequest] { recorded.withLock { $0 } }

    /// Records the request and responds.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let number = recorded.withLock { requests in
            requests.append(request)
            return requests.count
        }
        return try await respond(request, number).get()
    }
}
