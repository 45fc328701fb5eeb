import Foundation

/// A complete HTTP request, which a ``Transport`` sends and a ``Middleware`` may change.
public struct HTTPRequest: Sendable, Hashable {
    /// A request method.
    public typealias Method = HTTPMethod

    /// The method.
    public var method: Method
    /// The absolute URL, percent-encoded, query included.
    public var url: URL
    /// The header fields. The transport adds those of the connection, such as `Host` and `Content-Length`.
    public var headers: HTTPFields
    /// The body.
    public var body: HTTPBody
    /// The time limit of this exchange; nil for the transport's. The transport clamps it to 0 to 100 years.
    public var timeout: Duration?
    /// Whether the request may be sent by `http` to another address than a loopback one: unencrypted.
    public var allowsInsecureHTTP = false

    /// Creates a request.
    public init(
        _ method: Method, _ url: URL, headers: HTTPFields = [:], body: HTTPBody = .empty, timeout: Duration? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }
}

/// The body of a request: bytes in memory, and parts of files that are read while they are sent.
public struct HTTPBody: Sendable, Hashable {
    /// A part of a body.
    public enum Chunk: Sendable, Hashable {
        /// Bytes in memory.
        case data(Data)
        /// The bytes `offset ..< offset + length` of a file, read while they are sent. A pipe has no offset and is read once.
        /// While its writer is late only the total time limit applies. Over TLS, `CurlTransport` sends it over HTTP/1.1 and a
        /// connection of its own; ``URLSessionTransport`` copies it to a temporary file first.
        case file(URL, offset: Int64, length: Int64)

        /// The number of bytes.
        public var length: Int64 {
            switch self {
            case .data(let data): Int64(data.count)
            case .file(_, _, let length): length
            }
        }
    }

    /// The parts, in the order in which they are sent.
    public var chunks: [Chunk]

    /// Creates a body from its parts.
    public init(chunks: [Chunk]) {
        self.chunks = chunks
    }

    /// A body without bytes.
    public static let empty = HTTPBody(chunks: [])

    /// Returns a body of bytes in memory.
    public static func data(_ data: Data) -> HTTPBody {
        HTTPBody(chunks: data.isEmpty ? [] : [.data(data)])
    }

    /// The number of bytes of all parts, which is the `Content-Length`.
    public var length: Int64 {
        chunks.reduce(0) { sum, chunk in
            // A file's length is whatever a caller writes: a sum that overflows is refused when the body is read.
            let (length, overflow) = sum.addingReportingOverflow(chunk.length)
            return overflow ? .max : length
        }
    }

    /// Whether the body has no bytes.
    public var isEmpty: Bool { length == 0 }
}

/// A complete HTTP response.
public struct HTTPResponse: Sendable, Hashable {
    /// The status, such as 200.
    public var status: Int
    /// The header fields.
    public var headers: HTTPFields
    /// The body, after decompression; empty after a download to a file.
    public var body: Data
    /// The URL that sent the response, after redirects; nil if the transport does not tell.
    public var url: URL?
    /// The interim responses before this one, in the order in which they came.
    public var interim: [HTTPInterimResponse]
    /// The header fields that followed the body.
    public var trailers: HTTPFields

    /// Creates a response.
    public init(
        status: Int, headers: HTTPFields = [:], body: Data = Data(), url: URL? = nil,
        interim: [HTTPInterimResponse] = [], trailers: HTTPFields = [:]
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url
        self.interim = interim
        self.trailers = trailers
    }
}

/// A response that precedes the one to a request, such as 103 with the addresses of what a page needs.
///
/// `CurlTransport` returns those of a response, at most 100 and no `101`. `URLSession` does not report them on Apple platforms.
public struct HTTPInterimResponse: Sendable, Hashable {
    /// The status, from 100 to 199.
    public var status: Int
    /// The header fields.
    public var headers: HTTPFields

    /// Creates an interim response.
    public init(status: Int, headers: HTTPFields = [:]) {
        self.status = status
        self.headers = headers
    }
}
