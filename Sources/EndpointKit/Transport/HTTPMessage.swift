import Foundation

/// One HTTP request, whole: what a ``Transport`` sends and a ``Middleware`` may change.
public struct HTTPRequest: Sendable, Hashable {
    /// A request method. Any token is allowed: `HTTPRequest.Method(rawValue: "PURGE")`.
    public struct Method: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public static let get = Self(rawValue: "GET")
        public static let head = Self(rawValue: "HEAD")
        public static let post = Self(rawValue: "POST")
        public static let put = Self(rawValue: "PUT")
        public static let patch = Self(rawValue: "PATCH")
        public static let delete = Self(rawValue: "DELETE")

        public var description: String { rawValue }
    }

    public var method: Method
    /// The absolute URL, percent-encoded, query included.
    public var url: URL
    public var headers: HTTPFields
    public var body: HTTPBody
    /// How long this one exchange may take in all; nil leaves it to the transport.
    public var timeout: Duration?

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

/// The bytes of a request: in memory, or read from a file while they are sent.
public struct HTTPBody: Sendable, Hashable {
    /// One stretch of bytes.
    public enum Chunk: Sendable, Hashable {
        case data(Data)
        /// The bytes `offset ..< offset + length` of a file, read while they are sent.
        case file(URL, offset: Int64, length: Int64)

        /// How many bytes there are.
        public var length: Int64 {
            switch self {
            case .data(let data): Int64(data.count)
            case .file(_, _, let length): length
            }
        }
    }

    public var chunks: [Chunk]

    public init(chunks: [Chunk]) {
        self.chunks = chunks
    }

    public static let empty = HTTPBody(chunks: [])

    public static func data(_ data: Data) -> HTTPBody {
        HTTPBody(chunks: data.isEmpty ? [] : [.data(data)])
    }

    /// How many bytes there are in all: the `Content-Length`.
    public var length: Int64 { chunks.reduce(0) { $0 + $1.length } }

    public var isEmpty: Bool { length == 0 }
}

/// One HTTP response, whole.
public struct HTTPResponse: Sendable, Hashable {
    public var status: Int
    public var headers: HTTPFields
    public var body: Data
    /// Where the answer came from.
    public var url: URL?

    public init(status: Int, headers: HTTPFields = [:], body: Data = Data(), url: URL? = nil) {
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url
    }
}
