/// A client with a service's endpoints as methods. Generated clients conform; all they add are their groups.
public protocol ServiceClient: Sendable {
    static var service: Service { get }
    var client: Client { get }
    init(client: Client)
}

extension ServiceClient {
    /// A client with a token that you have.
    ///
    /// - Parameters:
    ///   - baseURL: Instead of the service's own: `https`, or `http` to this very machine.
    ///   - transport: Instead of URLSession.
    ///   - middleware: From the outermost to the innermost.
    public init(
        token: String, baseURL: String? = nil, transport: (any Transport)? = nil, middleware: [any Middleware] = []
    ) {
        self.init(
            tokens: FixedToken(token),
            configuration: ClientConfiguration(baseURL: baseURL, transport: transport, middleware: middleware))
    }

    /// A client that makes its tokens itself out of a client's id and secret, and renews them.
    ///
    /// - Parameter store: Where tokens are kept. With a ``FileTokenStore`` several programs, and several runs, share one.
    public init(
        clientID: String, clientSecret: String, store: any TokenStore = MemoryTokenStore(),
        configuration: ClientConfiguration = ClientConfiguration()
    ) {
        self.init(
            tokens: ClientCredentialsProvider(
                service: Self.service, clientID: clientID, clientSecret: clientSecret, store: store,
                configuration: configuration),
            configuration: configuration)
    }

    /// A client with everything set as you like.
    public init(tokens: (any TokenProvider)?, configuration: ClientConfiguration = ClientConfiguration()) {
        self.init(client: Client(service: Self.service, tokens: tokens, configuration: configuration))
    }

    /// Sends a call and returns the value of its answer.
    public func send<Response>(_ endpoint: Endpoint<Response>) async throws(APIError) -> Response {
        try await client.send(endpoint)
    }

    /// Sends a call and returns its answer with status, headers and trace id.
    public func response<Response>(
        for endpoint: Endpoint<Response>
    ) async throws(APIError) -> APIResponse<Response> {
        try await client.response(for: endpoint)
    }
}
