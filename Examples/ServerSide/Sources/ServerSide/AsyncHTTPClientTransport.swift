import AsyncHTTPClient
import EndpointKit
import Foundation
import NIOCore
import NIOHTTPCompression
import NIOPosix

/// A `Transport` over AsyncHTTPClient, for servers that use SwiftNIO anyway and want its event loops, metrics or tracing.
/// It holds connections: make one and share it, `Pan123Client(token: "…", transport: transport)`.
public final class AsyncHTTPClientTransport: Transport {
    private let client: HTTPClient
    private let limit: Int

    /// Creates a transport that gives up after so long without a byte, and on responses larger than the maximum.
    public init(idleTimeout: Duration = .seconds(60), maximumResponseBytes: Int = 64 << 20) {
        var settings = HTTPClient.Configuration(
            redirectConfiguration: .disallow,  // One may lead the token astray: `send` judges each.
            timeout: .init(connect: .seconds(15), read: TimeAmount(idleTimeout)),
            decompression: .enabled(limit: .size(maximumResponseBytes)))
        settings.connectionPool.retryConnectionEstablishment = false  // `Client` retries, and says so.
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        limit = maximumResponseBytes
    }

    deinit { client.shutdown { _ in } }

    /// Sends a request with AsyncHTTPClient, and returns the whole response.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let end = ContinuousClock.now + (request.timeout ?? .seconds(300))
        var request = request
        for _ in 0...5 {
            try request.checkSendable()
            let response = try await exchange(request, until: end).get()
            guard let next = try request.redirected(by: response) else { return response }
            request = next
        }
        throw request.error(.connectionLost, "too many redirects")
    }

    /// Sends a request, and returns the head of the response and its body as it is received.
    public func stream(_ request: HTTPRequest) async throws(TransportError) -> HTTPStreamedResponse {
        let end = ContinuousClock.now + (request.timeout ?? .seconds(300))
        var request = request
        for _ in 0...5 {
            try request.checkSendable()
            let response = try await head(request, until: end).get()
            let fields = HTTPFields(response.headers.map { .init(name: $0.name, value: $0.value) })
            let head = HTTPResponse(status: Int(response.status.code), headers: fields, url: request.url)
            guard let next = try request.redirected(by: head) else {
                let chunks = BodyChunks(response.body.makeAsyncIterator(), of: request, limit: limit)
                // A body that is not read to its end is cancelled by letting go of its iterator.
                let body = ResponseBody(onEnd: {}) { () async throws(TransportError) -> Data? in
                    try await chunks.next().get()
                }
                return HTTPStreamedResponse(status: head.status, headers: fields, url: head.url, body: body)
            }
            request = next
        }
        throw request.error(.connectionLost, "too many redirects")
    }

    /// The head of a response. AsyncHTTPClient's own deadline holds until then.
    private func head(
        _ request: HTTPRequest, until end: ContinuousClock.Instant
    ) async -> Result<HTTPClientResponse, TransportError> {
        do {
            let left = TimeAmount(max(.zero, ContinuousClock.now.duration(to: end)))
            return .success(try await client.execute(outgoing(request), deadline: .now() + left))
        } catch {
            return .failure(request.error(for: error, limit: limit))
        }
    }

    /// One request. AsyncHTTPClient's own deadline ends with the header section; this one holds for the body too.
    private func exchange(
        _ request: HTTPRequest, until end: ContinuousClock.Instant
    ) async -> Result<HTTPResponse, TransportError> {
        await withTaskGroup(of: Result<HTTPResponse, TransportError>?.self) { group in
            group.addTask { await self.perform(request) }
            group.addTask {
                // Not `Task.sleep`, which holds its memory until its time has come even when the response came first.
                let left = ContinuousClock.now.duration(to: end)
                guard (try? await ClientClock.continuous.sleep(left)) != nil else { return nil }
                return .failure(request.error(.timeout, "the time is up"))
            }
            defer { group.cancelAll() }
            for await case let outcome? in group { return outcome }
            return .failure(request.error(.cancelled, "cancelled"))
        }
    }

    private func perform(_ request: HTTPRequest) async -> Result<HTTPResponse, TransportError> {
        do {
            let response = try await client.execute(outgoing(request), deadline: .distantFuture)
            let body = try await response.body.collect(upTo: limit)
            let fields = HTTPFields(response.headers.map { .init(name: $0.name, value: $0.value) })
            return .success(
                .init(status: Int(response.status.code), headers: fields, body: .init(body.readableBytesView)))
        } catch {
            return .failure(request.error(for: error, limit: limit))
        }
    }

    private func outgoing(_ request: HTTPRequest) -> HTTPClientRequest {
        var outgoing = HTTPClientRequest(url: request.url.absoluteString)
        outgoing.method = .init(rawValue: request.method.rawValue)
        for field in request.headers { outgoing.headers.add(name: field.name, value: field.value) }
        let parts = BodyParts(left: request.body.chunks.reversed())
        if !request.body.isEmpty { outgoing.body = .stream(parts, length: .known(request.body.length)) }
        return outgoing
    }
}

/// A body as it is received.
private actor BodyChunks {
    private var iterator: HTTPClientResponse.Body.AsyncIterator
    private let request: HTTPRequest
    private let limit: Int

    init(_ iterator: sending HTTPClientResponse.Body.AsyncIterator, of request: HTTPRequest, limit: Int) {
        self.iterator = iterator
        self.request = request
        self.limit = limit
    }

    func next() async -> Result<Data?, TransportError> {
        do {
            var iterator = iterator
            defer { self.iterator = iterator }
            return .success(try await iterator.next(isolation: self).map { Data($0.readableBytesView) })
        } catch {
            return .failure(request.error(for: error, limit: limit))
        }
    }
}

/// A body as it is sent: files are read a piece at a time.
private struct BodyParts: AsyncSequence, AsyncIteratorProtocol, Sendable {
    var left: [HTTPBody.Chunk]
    func makeAsyncIterator() -> Self { self }
    mutating func next() async throws -> ByteBuffer? {
        switch left.popLast() {
        case nil: return nil
        case .data(let data): return ByteBuffer(bytes: data)
        case .file(let url, let offset, let length):
            let size = Swift.min(length, 256 << 10)
            let file = try FileHandle(forReadingFrom: url)
            try file.seek(toOffset: UInt64(offset))
            let data = try file.read(upToCount: Int(size)) ?? Data()
            guard data.count == size else { throw CocoaError(.fileReadCorruptFile) }
            if length > size { left.append(.file(url, offset: offset + size, length: length - size)) }
            return ByteBuffer(bytes: data)
        }
    }
}

extension HTTPRequest {
    func error(_ kind: TransportError.Kind, _ reason: String, isUnsent: Bool = false) -> TransportError {
        TransportError(kind, mayHaveBeenSent: !isUnsent, message: "\(summary): \(reason)")
    }

    /// What a failure means. The original stays out, since it may carry the address with its query.
    func error(for error: any Error, limit: Int) -> TransportError {
        switch error {
        case let error as HTTPClientError:
            switch error {
            case .cancelled: self.error(.cancelled, "cancelled")
            case .connectTimeout, .getConnectionFromPoolTimeout: self.error(.timeout, "no connection", isUnsent: true)
            case .readTimeout, .writeTimeout: self.error(.timeout, error.shortDescription)
            default: self.error(.connectionLost, error.shortDescription)
            }
        case is CancellationError: self.error(.cancelled, "cancelled")
        case ChannelError.connectTimeout: self.error(.timeout, "no connection in time", isUnsent: true)
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            self.error(.cannotConnect, "the connection was refused", isUnsent: true)
        case is NIOConnectionError: self.error(.cannotConnect, "no connection", isUnsent: true)
        case is NIOTooManyBytesError, NIOHTTPDecompression.DecompressionError.limit:
            self.error(.responseTooLarge(limit: Int64(limit)), "the response is larger than \(limit) bytes")
        case is CocoaError: self.error(.invalidRequest, "the file of the body cannot be read")
        default: self.error(.connectionLost, "\(type(of: error))")
        }
    }
}
