import Foundation

/// One HTTP call as a value: method, path, parameters, the type of the answer, and how the call behaves.
///
/// Generated modules make these from specs; by hand one is a line:
///
///     struct CopyFailures: Decodable, Sendable { var total: Int; var list: [Item]? }
///     let failures = Endpoint<CopyFailures>(
///         .get, "/api/v1/oss/source/copy/fail", query: ["taskID": id, "limit": 100, "page": 1])
///     let page = try await client.send(failures)
public struct Endpoint<Response: Sendable>: Sendable {
    /// What errors, logs and rate limits call it: `oss.listCopyFailures`; by default method and path.
    public var id: String
    public var method: HTTPRequest.Method
    /// The path below the base URL; `{name}` stands for a path parameter.
    public var path: String
    public var pathParameters: Parameters
    public var query: Parameters
    public var headers: Parameters
    public var body: RequestBody
    /// Where the call goes.
    public var host: EndpointHost = .service
    /// Whether the answer comes in the service's envelope.
    public var envelope: EnvelopeUse = .service
    /// Whether the call carries the token.
    public var isAuthenticated = true
    /// Whether sending it twice does what sending it once does; only such calls are repeated after a broken connection.
    public var isIdempotent: Bool
    public var rate: Rate?
    /// Rules of this endpoint alone; they go before the service's.
    public var errors: [ErrorRule] = []
    /// How long the call may take in all, retries included; nil leaves it to the client.
    public var timeout: Duration?
    /// Names of fields, in the request or the answer, whose values must never be shown.
    public var sensitiveFields: Set<String> = []
    public var response: ResponseDecoding<Response>

    public init(
        _ method: HTTPRequest.Method, _ path: String, id: String? = nil, pathParameters: Parameters = [],
        query: Parameters = [], headers: Parameters = [], body: RequestBody = .none,
        response: ResponseDecoding<Response>
    ) {
        self.id = id ?? "\(method) \(path)"
        self.method = method
        self.path = path
        self.pathParameters = pathParameters
        self.query = query
        self.headers = headers
        self.body = body
        self.isIdempotent = method == .get || method == .head
        self.response = response
    }

    public init(
        _ method: HTTPRequest.Method, _ path: String, id: String? = nil, pathParameters: Parameters = [],
        query: Parameters = [], headers: Parameters = [], body: RequestBody = .none
    ) where Response: Decodable {
        self.init(
            method, path, id: id, pathParameters: pathParameters, query: query, headers: headers, body: body,
            response: .json)
    }

    /// The same endpoint with a setting changed: `endpoint.with(\.timeout, .seconds(5))`.
    public func with<Value>(_ setting: WritableKeyPath<Self, Value>, _ value: Value) -> Self {
        var copy = self
        copy[keyPath: setting] = value
        return copy
    }
}

/// Where a call goes.
public enum EndpointHost: Sendable, Hashable {
    /// Below the service's base URL.
    case service
    /// Below a base URL that another answer of the service announced. It gets the token; `http` becomes `https` unless
    /// the host is loopback.
    case announced(String)
    /// To this very URL, from another answer: no token, no fixed headers, no envelope; `http` becomes `https` likewise.
    case url(String)
}

public enum EnvelopeUse: Sendable, Hashable {
    /// The service's envelope, if it has one.
    case service
    /// The answer is the payload.
    case none
    /// A success is bare, a failure comes in the envelope.
    case errors
}

/// How many calls are allowed, and which calls are counted together.
public struct Rate: Sendable, Hashable {
    public enum Unit: Sendable, Hashable {
        case second
        case minute
    }

    public var limit: Double
    public var per: Unit
    /// Calls with one group share the limit; by default an endpoint's method and path.
    public var group: String?

    public init(_ limit: Double, per unit: Unit, group: String? = nil) {
        self.limit = limit
        self.per = unit
        self.group = group
    }
}

/// How the payload of an answer becomes a value.
public struct ResponseDecoding<Response: Sendable>: Sendable {
    enum Form: Sendable {
        case payload(@Sendable (any Decoder) throws -> Response, onNull: (@Sendable () throws -> Response)?)
        case none(@Sendable () -> Response)
        case bytes(@Sendable (Data) -> Response)
    }

    var form: Form

    /// Decodes the payload with a function: for payloads that are understood only at run time.
    ///
    /// - Parameter onNull: What a payload of null, or none at all, means; nil hands the null to `decode`.
    public static func custom(
        onNull: (@Sendable () throws -> Response)? = nil, _ decode: @escaping @Sendable (any Decoder) throws -> Response
    ) -> Self {
        Self(form: .payload(decode, onNull: onNull))
    }
}

extension ResponseDecoding where Response: Decodable {
    /// The payload is JSON and decodes itself.
    public static var json: Self {
        Self(form: .payload({ decoder throws in try Response(from: decoder) }, onNull: nil))
    }

    /// The same, and a payload of null reads as an object without any member.
    public static var jsonNullAsEmpty: Self {
        Self(
            form: .payload(
                { decoder throws in try Response(from: decoder) },
                onNull: { () throws in try JSONDecoder().decode(Response.self, from: Data("{}".utf8)) }))
    }
}

extension ResponseDecoding where Response == Void {
    /// Whatever the payload is, it is not read.
    public static var none: Self { Self(form: .none { () }) }
}

extension ResponseDecoding where Response == Data {
    /// The bytes of the answer.
    public static var bytes: Self { Self(form: .bytes { $0 }) }
}

// For calls that are known only at run time, whose answer is JSON whatever it is.
extension ResponseDecoding where Response == JSONValue {
    /// Whatever the payload is, it is not read: null.
    package static var ignored: Self { Self(form: .none { .null }) }
    /// The bytes of the answer as `{"$base64": …}`.
    package static var base64: Self { Self(form: .bytes { ["$base64": .string($0.base64EncodedString())] }) }
}
