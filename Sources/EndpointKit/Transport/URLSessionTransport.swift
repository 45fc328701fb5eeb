import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The default ``Transport``: HTTP through `URLSession`, with one session and its connections for all calls.
///
///     let transport = URLSessionTransport()
///     let response = try await transport.send(HTTPRequest(.get, url))
///
/// What it adds to `URLSession`:
///
/// - **Redirects** are followed within an origin only (scheme, host, port): for GET and HEAD, and for 307 and 308 with any
///   method, since a body can be read again. One that leads elsewhere is
///   ``TransportError/Kind/redirectRefused(status:location:)``, and nothing is sent there.
/// - **`http:`** is for loopback addresses only.
/// - **Deadlines**: see ``Configuration``. Cancelling the task that waits ends the wait at once and then the transfer.
/// - **Size**: a response beyond ``Configuration/maximumResponseBytes`` is cut off while it comes in, after decompression.
/// - **Wholeness**: a body shorter than its `Content-Length` is an error, never a short body.
/// - **Headers** cannot be smuggled in: a value with a line break is refused.
/// - **Bodies** from files are read while they are sent, with a `Content-Length`.
/// - No cookies, no cache, no stored credentials. A body is never sent a second time behind the caller's back.
///
/// On Linux, `URLSession` has faults that cannot be mended from outside:
///
/// - While it waits on a *new* connection, or after an upload, it uses most of a processor core: 3.4 s of processor time
///   in a wait of 4.2 s. On a reused connection it does not. It seems to go on watching whether the socket can be written,
///   which it can; nothing in its interface changes that. A program that waits much is better off with a transport over
///   another library, such as the one over AsyncHTTPClient in `Examples/ServerSide`.
/// - Up to Swift 6.3, a server that closes in the middle of the header section, before any `Content-Length`, in an orderly
///   way and without TLS, ends the process ("Transfer completed, but there's no response"); so does a redirect to an
///   address like `//[::1]/`.
/// - A response header that is not UTF-8 makes the response fail.
/// - It doesn't tell when a connection stands, so ``Configuration/connectTimeout`` is kept for requests with a body only.
public final class URLSessionTransport: Transport {
    /// What a ``URLSessionTransport`` allows.
    public struct Configuration: Sendable, Hashable {
        /// How long it may take until the first byte of a body is sent. A request without a body has ``idleTimeout`` from
        /// its start, since nothing tells whether it is connecting or waiting for the answer.
        public var connectTimeout: Duration
        /// How long nothing may happen: no byte sent, none received.
        public var idleTimeout: Duration
        /// How long one call may take in all, redirects included; nil for no bound. ``HTTPRequest/timeout`` goes before it.
        public var totalTimeout: Duration?
        /// How large a response in memory may be. Downloads to a file have no bound.
        public var maximumResponseBytes: Int64
        /// How many connections there may be to one host, and so how many calls at a time. Further ones wait in line; for
        /// that time only ``totalTimeout`` counts.
        public var maximumConnectionsPerHost: Int

        public init(
            connectTimeout: Duration = .seconds(15),
            idleTimeout: Duration = .seconds(60),
            totalTimeout: Duration? = nil,
            maximumResponseBytes: Int64 = 64 << 20,
            maximumConnectionsPerHost: Int = 6
        ) {
            self.connectTimeout = connectTimeout
            self.idleTimeout = idleTimeout
            self.totalTimeout = totalTimeout
            self.maximumResponseBytes = maximumResponseBytes
            self.maximumConnectionsPerHost = maximumConnectionsPerHost
        }
    }

    /// How many redirects one call follows.
    static let maximumRedirects = 5

    public let configuration: Configuration
    private let main: URLSessionChannel
    /// For the requests of which ``isAtRiskOfRepetition(_:)`` is true; made when the first one comes.
    private let unshared = Mutex<URLSessionChannel?>(nil)

    /// Makes a transport. It holds connections: make one and share it.
    public init(configuration: Configuration = Configuration()) {
        self.configuration = configuration
        main = URLSessionChannel(configuration)
    }

    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        try await exchange(request, file: nil, progress: nil)
    }

    /// Sends a request and follows the redirects that may be followed.
    func exchange(
        _ request: HTTPRequest, file: PartialFile?, progress: (@Sendable (TransferProgress) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        let limits = URLSessionExchange.Limits(
            connect: configuration.connectTimeout, idle: configuration.idleTimeout,
            end: (request.timeout ?? configuration.totalTimeout).map { .now + $0 },
            responseBytes: configuration.maximumResponseBytes)
        var request = request
        var followed = 0
        while true {
            let exchange = URLSessionExchange(request, limits: limits, file: file, progress: progress)
            let response = try await perform(exchange).get()
            guard let next = try request.redirected(by: response) else { return response }
            guard followed < Self.maximumRedirects else {
                throw request.refusing(response, to: next.url, because: "is one too many")
            }
            request = next
            followed += 1
        }
    }

    private func perform(_ exchange: URLSessionExchange) async -> URLSessionExchange.Outcome {
        let request = exchange.request
        do {
            try request.checkSendable()
            let channel = isAtRiskOfRepetition(request) ? unsharedChannel() : main
            var urlRequest = request.urlRequest()
            if request.body.isEmpty {
                return await channel.perform(exchange, urlRequest)
            }
            if request.body.chunks.count == 1, case .data(let data) = request.body.chunks[0] {
                urlRequest.httpBody = data
                return await channel.perform(exchange, urlRequest)
            }
            let reader = try BodyReader(request.body)
            #if canImport(FoundationNetworking)
                // Told the length, libcurl would still send a stream in chunks. A blank Transfer-Encoding keeps it from that,
                // and is not sent.
                urlRequest.setValue(String(request.body.length), forHTTPHeaderField: "Content-Length")
                urlRequest.setValue(" ", forHTTPHeaderField: "Transfer-Encoding")
                urlRequest.httpBodyStream = BodyInputStream(reader) { [weak exchange] in exchange?.didFailToRead($0) }
                return await channel.perform(exchange, urlRequest)
            #else
                let spooled = try reader.spooled()
                defer { try? FileManager.default.removeItem(at: spooled) }
                return await channel.perform(exchange, urlRequest, file: spooled)
            #endif
        } catch let error as TransportError {
            return .failure(error)
        } catch let error as BodyReadError {
            return .failure(error.transportError(for: request, mayHaveBeenSent: false))
        } catch {
            return .failure(
                TransportError(
                    .invalidRequest, mayHaveBeenSent: false, message: "\(request.summary): the body cannot be prepared",
                    underlying: error))
        }
    }

    /// Whether libcurl would send the request again without a word if a reused connection ended without an answer.
    ///
    /// It does that for every method. A body has to be asked for again, which is where the relay stops it; without one
    /// nothing shows, so the request must not find a connection to reuse.
    private func isAtRiskOfRepetition(_ request: HTTPRequest) -> Bool {
        #if canImport(FoundationNetworking)
            request.body.isEmpty && ![.get, .head, .put, .delete].contains(request.method)
        #else
            false
        #endif
    }

    private func unsharedChannel() -> URLSessionChannel {
        unshared.withLock { channel in
            let result = channel ?? URLSessionChannel(configuration, closingConnections: true)
            channel = result
            return result
        }
    }
}
