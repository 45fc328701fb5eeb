import Foundation
import Synchronization

/// A response whose body is received while it is read.
///
///     let response = try await transport.stream(HTTPRequest(.get, url))
///     for try await chunk in response.body { hash.update(chunk) }
public struct HTTPStreamedResponse: Sendable {
    /// The status, such as 200.
    public var status: Int
    /// The header fields.
    public var headers: HTTPFields
    /// The URL that sent the response, after redirects; nil if the transport does not tell.
    public var url: URL?
    /// The body, after decompression.
    public var body: ResponseBody
    /// The interim responses before this one, in the order in which they came.
    public var interim: [HTTPInterimResponse]

    /// The header fields that followed the body; empty until all of it was read.
    public var trailers: HTTPFields { body.trailers }

    /// Creates a response.
    public init(
        status: Int, headers: HTTPFields = [:], url: URL? = nil, body: ResponseBody,
        interim: [HTTPInterimResponse] = []
    ) {
        self.status = status
        self.headers = headers
        self.url = url
        self.body = body
        self.interim = interim
    }

    /// Creates a response from a complete one.
    public init(_ response: HTTPResponse) {
        self.init(
            status: response.status, headers: response.headers, url: response.url,
            body: ResponseBody(response.body, trailers: response.trailers), interim: response.interim)
    }
}

/// The body of a response as a sequence of chunks, none of them empty.
///
/// A chunk is asked for when the one before was used; the transport does not receive much more meanwhile. A body is read once.
/// Ending the iteration, also by leaving the loop or by letting go of a body that was not read, ends the transfer.
public struct ResponseBody: AsyncSequence, Sendable {
    /// A chunk.
    public typealias Element = Data
    /// The reason why the body is not complete.
    public typealias Failure = TransportError

    private let source: Source

    /// Creates a body from its bytes, and the header fields that followed it.
    public init(_ data: Data, trailers: HTTPFields = [:]) {
        let rest = Mutex(data)
        self.init(onEnd: {}) { () async throws(TransportError) -> Data? in
            let data = rest.withLock { rest in
                defer { rest = Data() }
                return rest
            }
            return data.isEmpty ? nil : data
        } trailers: {
            trailers
        }
    }

    /// Creates a body from a closure that returns the next chunk, and nil at the end. It is not called again before it has
    /// returned, nor after the end or an error. `onEnd` is called once, when nothing more is read; `trailers` is called at the
    /// end, before that, and returns the header fields that followed the body.
    public init(
        onEnd: @escaping @Sendable () -> Void,
        next: @escaping @Sendable () async throws(TransportError) -> Data?,
        trailers: @escaping @Sendable () -> HTTPFields = { [:] }
    ) {
        source = Source(next: next, onEnd: onEnd, trailers: trailers)
    }

    /// The header fields that followed the body; empty until all of it was read.
    public var trailers: HTTPFields { source.trailers }

    /// Reads the body from where it is.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(Reading(source))
    }

    /// Returns the rest of the body. Throws ``TransportError/Kind/responseTooLarge(limit:)`` if it has more bytes than `limit`.
    public func collect(upTo limit: Int64) async throws(TransportError) -> Data {
        var result = Data()
        for try await chunk in self {
            guard Int64(result.count) + Int64(chunk.count) <= limit else {
                throw TransportError(
                    .responseTooLarge(limit: limit), mayHaveBeenSent: true,
                    message: "the response is larger than \(limit) bytes")
            }
            result.append(chunk)
        }
        return result
    }

    /// The iterator of a body.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let reading: Reading

        fileprivate init(_ reading: Reading) {
            self.reading = reading
        }

        /// Returns the next chunk; nil at the end.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(TransportError) -> Data? {
            try await reading.source.next()
        }

        /// Returns the next chunk; nil at the end.
        public mutating func next() async throws(TransportError) -> Data? {
            try await reading.source.next()
        }
    }

    /// What a body is read from. It ends when nobody refers to it any more.
    fileprivate final class Source: Sendable {
        private let produce: @Sendable () async throws(TransportError) -> Data?
        private let onEnd: @Sendable () -> Void
        private let produceTrailers: @Sendable () -> HTTPFields

        private struct State: ~Copyable {
            /// Whether `onEnd` has been called.
            var isOver = false
            var trailers = HTTPFields()
        }

        /// Guards how the body ended.
        private let state = Mutex(State())

        var trailers: HTTPFields { state.withLock { $0.trailers } }

        init(
            next: @escaping @Sendable () async throws(TransportError) -> Data?, onEnd: @escaping @Sendable () -> Void,
            trailers: @escaping @Sendable () -> HTTPFields
        ) {
            produce = next
            self.onEnd = onEnd
            produceTrailers = trailers
        }

        deinit { end() }

        func next() async throws(TransportError) -> Data? {
            guard !state.withLock({ $0.isOver }) else { return nil }
            do throws(TransportError) {
                if let chunk = try await produce() { return chunk }
                end(produceTrailers())
                return nil
            } catch {
                end()
                throw error
            }
        }

        func end(_ trailers: HTTPFields = [:]) {
            let isFirst = state.withLock { state in
                guard !state.isOver else { return false }
                state = State(isOver: true, trailers: trailers)
                return true
            }
            if isFirst { onEnd() }
        }
    }

    /// One iteration, which ends the source when it ends.
    fileprivate final class Reading: Sendable {
        let source: Source

        init(_ source: Source) {
            self.source = source
        }

        deinit { source.end() }
    }
}
