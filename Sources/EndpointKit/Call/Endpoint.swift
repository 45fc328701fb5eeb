import Foundation

/// An HTTP call as a value: method, path, parameters, the type of the response, and how the call behaves.
///
/// Generated modules create endpoints from specs. One written by hand is a line:
///
///     struct CopyFailures: Decodable, Sendable { var total: Int; var list: [Item]? }
///     let failures = Endpoint<CopyFailures>(
///         .get, "/api/v1/oss/source/copy/fail", query: ["taskID": id, "limit": 100, "page": 1])
///     let page = try await client.send(failures)
public struct Endpoint<Response: Sendable>: Sendable {
    /// The name in errors, logs and rate limits, such as `oss.listCopyFailures`; by default method and path.
    public var id: String
    /// The request method.
    public var method: HTTPRequest.Method
    /// The path below the base URL, with a `{name}` for each path parameter.
    public var path: String
    /// The values of the names in the path; each of them is required.
    public var pathParameters: Parameters
    /// The parameters of the query.
    public var query: Parameters
    /// The parameters that are sent as header fields. They replace the service's header fields of the same name.
    public var headers: Parameters
    /// The body.
    public var body: RequestBody
    /// The media type of the body; nil for that of its encoding.
    public var contentType: String?
    /// Where the call goes.
    public var host: EndpointHost
    /// Whether the response has the service's envelope.
    public var envelope: EnvelopeUse
    /// Whether the call sends the token.
    public var isAuthenticated: Bool
    /// Whether sending the call twice has the effect of sending it once. Only such calls are retried after a broken connection.
    /// The initializer sets it by the method, as RFC 9110 says.
    public var isIdempotent: Bool
    /// The rate of the call; nil for none.
    public var rate: Rate?
    /// The error rules of this endpoint. They take precedence over the service's.
    public var errors: [ErrorRule]
    /// The time limit of the call, retries included; nil for the client's ``ClientConfiguration/timeout``.
    public var timeout: Duration?
    /// The names of fields, in the request or the response, whose values never appear in messages.
    public var sensitiveFields: Set<String>
    /// How the payload is read.
    public var response: ResponseDecoding<Response>

    /// Creates an endpoint with a way to decode its payload.
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
        host = .service
        envelope = .service
        isAuthenticated = true
        isIdempotent = method.isIdempotent
        errors = []
        sensitiveFields = []
        self.response = response
    }

    /// Creates an endpoint whose payload is JSON.
    public init(
        _ method: HTTPRequest.Method, _ path: String, id: String? = nil, pathParameters: Parameters = [],
        query: Parameters = [], headers: Parameters = [], body: RequestBody = .none
    ) where Response: Decodable {
        self.init(
            method, path, id: id, pathParameters: pathParameters, query: query, headers: headers, body: body,
            response: .json)
    }

    /// Creates an endpoint whose payload is JSON of a type that reads itself.
    public init(
        _ method: HTTPRequest.Method, _ path: String, id: String? = nil, pathParameters: Parameters = [],
        query: Parameters = [], headers: Parameters = [], body: RequestBody = .none
    ) where Response: JSONCodable {
        self.init(
            method, path, id: id, pathParameters: pathParameters, query: query, headers: headers, body: body,
            response: .json)
    }

    /// How the elements of the response follow one another; nil where it is not a stream.
    package var streamFormat: StreamFormat? { if case .stream(let format, _) = response.form { format } else { nil } }

    /// The same call with the bytes of its response.
    package var asBytes: Endpoint<Data> { responding(.bytes).with(\.envelope, .none) }

    /// The same call without the type of its response. Code that is not generic handles it, for the metadata of a generic type
    /// are looked up at each use.
    var untyped: Endpoint<Data> { responding(.bytes) }

    /// The same call with its response in another form.
    func responding<Other>(_ response: ResponseDecoding<Other>) -> Endpoint<Other> {
        Endpoint<Other>(self, response: response)
    }

    private init<Other>(_ other: borrowing Endpoint<Other>, response: ResponseDecoding<Response>) {
        id = other.id
        method = other.method
        path = other.path
        pathParameters = other.pathParameters
        query = other.query
        headers = other.headers
        body = other.body
        contentType = other.contentType
        host = other.host
        envelope = other.envelope
        isAuthenticated = other.isAuthenticated
        isIdempotent = other.isIdempotent
        rate = other.rate
        errors = other.errors
        timeout = other.timeout
        sensitiveFields = other.sensitiveFields
        self.response = response
    }

    /// Returns the endpoint with one property changed: `endpoint.with(\.timeout, .seconds(5))`.
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
    /// Below a base URL that another response of the service announced. It receives the token. `http` becomes `https` unless
    /// the host is loopback.
    case announced(String)
    /// To this URL, from another response: without token, fixed header fields and envelope. `http` becomes `https` likewise.
    case url(String)
}
