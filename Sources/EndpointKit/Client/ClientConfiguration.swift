/// How a client behaves. Every part has a default that suits a tool or a server.
public struct ClientConfiguration: Sendable {
    /// Instead of the service's own.
    public var baseURL: String?
    public var transport: any Transport
    /// From the outermost to the innermost.
    public var middleware: [any Middleware]
    public var retry: RetryPolicy
    /// Nil gives the client a ``TokenBucketLimiter`` of its own, which holds back calls that have a rate. Clients that call
    /// in one name should share one; ``NoRateLimit`` switches it off.
    public var rateLimiter: (any RateLimiter)?
    /// Which of the service's rate profiles holds; nil takes the rates that the endpoints state.
    public var rateProfile: String?
    public var observer: (any ClientObserver)?
    /// How long a call may take in all, retries and waiting included, unless its endpoint says otherwise.
    public var timeout: Duration
    public var clock: ClientClock
    /// Who is calling, for rate limits that several clients share.
    public var credential: String
    /// Numbers from 0 to 1 for the length of waits before a retry; a test or a simulation puts in its own.
    public var random: @Sendable () -> Double

    public init(
        baseURL: String? = nil, transport: (any Transport)? = nil, middleware: [any Middleware] = [],
        retry: RetryPolicy = RetryPolicy(), rateLimiter: (any RateLimiter)? = nil, rateProfile: String? = nil,
        observer: (any ClientObserver)? = nil, timeout: Duration = .seconds(300), clock: ClientClock = .continuous,
        credential: String = "default", random: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) {
        self.baseURL = baseURL
        self.transport = transport ?? URLSessionTransport()
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
