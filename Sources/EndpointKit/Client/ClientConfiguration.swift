/// How a client sends calls. The defaults suit command-line tools and servers.
public struct ClientConfiguration: Sendable {
    /// The base URL to use instead of the service's; nil for the service's.
    public var baseURL: String?
    /// Values for the variables of the service's base URL; a variable without one has its default. They mean nothing where
    /// ``baseURL`` is set. A value that is not allowed fails every call with `.invalidParameter`.
    public var variables: [String: String] = [:]
    /// The transport that sends requests.
    public var transport: any Transport
    /// The middleware, from the outermost to the innermost.
    public var middleware: [any Middleware]
    /// When failed attempts are repeated.
    public var retry: RetryPolicy
    /// The rate limiter; nil for a ``TokenBucketLimiter`` that belongs to the client. Clients that call with the same
    /// credential should share one. ``NoRateLimit`` delays no call.
    public var rateLimiter: (any RateLimiter)?
    /// The name of the service's rate profile to use; nil for the rates that the endpoints declare.
    public var rateProfile: String?
    /// Receives events about the client's calls.
    public var observer: (any ClientObserver)?
    /// The time limit of a call, retries and delays included; ``Endpoint/timeout`` takes precedence over it. A limit of zero or
    /// less fails every call, and one above 100 years counts as 100 years. A call that sends a file has the idle limit of its
    /// transport instead.
    public var timeout: Duration
    /// The clock of time limits, delays and expiry dates.
    public var clock: ClientClock
    /// The client id or user that calls are counted for, where clients share a rate limiter.
    public var credential: String
    /// Returns numbers from 0 to 1 that scale the delays before retries. Tests replace it.
    public var random: @Sendable () -> Double

    /// Creates a configuration. Each argument sets the property of its name; without `transport` it is a new
    /// one of ``SystemTransport``.
    public init(
        baseURL: String? = nil, transport: (any Transport)? = nil, middleware: [any Middleware] = [],
        retry: RetryPolicy = RetryPolicy(), rateLimiter: (any RateLimiter)? = nil, rateProfile: String? = nil,
        observer: (any ClientObserver)? = nil, timeout: Duration = .seconds(300), clock: ClientClock = .continuous,
        credential: String = "default", random: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) {
        self.baseURL = baseURL
        self.transport = transport ?? SystemTransport.make()
        self.middleware = middleware
        self.retry = retry
        self.rateLimiter = rateLimiter
        self.rateProfile = rateProfile
        self.observer = observer
        self.timeout = timeout
        self.clock = clock
        self.credential = credential
        self.random = random
    }
}

extension ClientConfiguration {
    /// The base URL of a client of a service.
    func baseURL(of service: Service) throws(APIError) -> String {
        if let baseURL { return baseURL }
        return try service.baseURL(with: variables)
    }
}
