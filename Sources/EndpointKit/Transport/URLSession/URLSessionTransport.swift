import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A ``Transport`` over `URLSession`, with one session and its connections for all calls.
///
///     let transport = URLSessionTransport()
///     let response = try await transport.send(HTTPRequest(.get, url))
///
/// In addition to what `URLSession` does:
///
/// - **Redirects** are followed within an origin only (scheme, host, port): for GET and HEAD, and after 307 and 308 for any
///   method. A redirect to another origin is ``TransportError/Kind/redirectRefused(status:location:)``, and nothing is sent
///   there.
/// - **`http`** is allowed for loopback addresses only.
/// - **Time limits**: see ``Configuration``. When the waiting task is cancelled, `send` returns at once and the transfer ends.
/// - **Size**: a response larger than ``Configuration/maximumResponseBytes`` is cancelled while it is received. The size
///   counts after decompression.
/// - **Completeness**: a body shorter than its `Content-Length` is an error.
/// - **Header fields** with line breaks are refused.
/// - **Bodies** of files are read while they are sent, with a `Content-Length`.
/// - **Trailers** are not reported by `URLSession`: ``HTTPResponse/trailers`` is empty. Interim responses are reported on
///   Linux only.
/// - **Streams**: ``stream(_:)`` receives the whole body to a temporary file before it returns, for `URLSession` does not wait
///   for the reader of a body.
/// - There are no cookies, no cache and no stored credentials. A body is never sent a second time without the caller.
///
/// On Linux, `URLSession` has faults that a caller cannot fix, which is why ``SystemTransport`` prefers `CurlTransport` there:
///
/// - While it waits on a *new* connection, or after an upload, it uses most of a processor core: 3.4 s of processor time
///   in a wait of 4.2 s. On a reused connection it does not. It appears to poll whether the socket is writable, which it is.
/// - Up to Swift 6.3, legal responses end the process: a trailer after a chunked body, a `Content-Length` of 2^63−1, a
///   redirect to an address such as `//[::1]/`; so does a server that closes the connection within the header section, before
///   any `Content-Length`, or after an interim response, regularly and without TLS ("Transfer completed, but there's no
///   response").
/// - It does not find the host of an IPv6 literal, and trusts the machine's certificates only.
/// - A header field of the response that is not UTF-8 makes the response fail.
/// - It does not report when a connection is made, so ``Configuration/connectTimeout`` applies to requests with a body only.
public final class URLSessionTransport: Transport {
    /// The limits of a ``URLSessionTransport``.
    ///
    /// Time limits are clamped to 0 to 100 years.
    public struct Configuration: Sendable, Hashable {
        /// The time limit until the first byte of a body is sent. A request without a body has ``idleTimeout`` from its
        /// start, since nothing tells whether it is connecting or waiting for the response.
        public var connectTimeout: Duration
        /// The time limit between bytes, sent or received.
        public var idleTimeout: Duration
        /// The time limit of an exchange, redirects included; nil for none. ``HTTPRequest/timeout`` takes precedence over it.
        public var totalTimeout: Duration?
        /// The greatest size of a response in memory, in bytes. Downloads to a file have no limit.
        public var maximumResponseBytes: Int64
        /// The greatest number of connections to one host, and so of concurrent calls; at least 1. Further calls wait, and
        /// only ``totalTimeout`` applies while they do.
        public var maximumConnectionsPerHost: Int

        /// Creates limits.
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

    /// The limits.
    public let configuration: Configuration
    private let main: URLSessionChannel
    /// The channel of requests for which ``isAtRiskOfRepetition(_:)`` is true; created for the first of them.
    private let unshared = Mutex<URLSessionChannel?>(nil)

    /// Creates a transport. It has its own connections, so create one and share it.
    public init(configuration: Configuration = Configuration()) {
        self.configuration = configuration
        main = URLSessionChannel(configuration)
    }

    /// Sends a request and returns the complete response.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        try await exchange(request, file: nil, progress: nil)
    }

    /// Sends a request and follows redirects.
    func exchange(
        _ request: HTTPRequest, file: PartialFile?, progress: (@Sendable (TransferProgress) -> Void)?
    ) async throws(TransportError) -> HTTPResponse {
        let limits = URLSessionExchange.Limits(
            connect: configuration.connectTimeout.clamped, idle: configuration.idleTimeout.clamped,
            end: (request.timeout ?? configuration.totalTimeout).map { .now + $0.clamped },
            responseBytes: configuration.maximumResponseBytes)
        return try await request.followingRedirects { request throws(TransportError) in
            let exchange = URLSessionExchange(request, limits: limits, file: file, progress: progress)
            return try await self.perform(exchange).get()
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
            var reader = try BodyReader(request.body)
            var spooled: URL?
            defer { if let spooled { try? FileManager.default.removeItem(at: spooled) } }
            if !request.body.isRepeatable {
                let file = try await reader.spooled {
                    exchange.checkDeadline(at: .now)
                    return exchange.isOver
                }
                spooled = file
                guard !exchange.isOver else { return await channel.perform(exchange, urlRequest) }
                reader = try BodyReader(HTTPBody(chunks: [.file(file, offset: 0, length: request.body.length)]))
            }
            #if canImport(FoundationNetworking)
                // libcurl sends a stream in chunks even if it knows the length. A blank Transfer-Encoding prevents that, and is
                // not sent.
                urlRequest.setValue(String(request.body.length), forHTTPHeaderField: "Content-Length")
                urlRequest.setValue(" ", forHTTPHeaderField: "Transfer-Encoding")
                urlRequest.httpBodyStream = BodyInputStream(reader) { [weak exchange] in exchange?.didFailToRead($0) }
                return await channel.perform(exchange, urlRequest)
            #else
                if spooled == nil { spooled = try await reader.spooled() }
                return await channel.perform(exchange, urlRequest, file: spooled)
            #endif
        } catch let error as TransportError {
            return .failure(error)
        } catch let error as BodyReadError {
            return .failure(error.transportError(for: request, mayHaveBeenSent: false))
        } catch is CancellationError {
            return .failure(
                TransportError(.cancelled, mayHaveBeenSent: false, message: "\(request.summary): cancelled"))
        } catch {
            return .failure(
                TransportError(
                    .invalidRequest, mayHaveBeenSent: false, message: "\(request.summary): the body cannot be prepared",
                    underlying: error))
        }
    }

    /// Whether libcurl would silently send the request again if a reused connection ended without a response.
    ///
    /// It does that for every method. It has to ask for a body again, and the relay then stops it; without a body nothing
    /// shows, so the request must not find a connection to reuse.
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
