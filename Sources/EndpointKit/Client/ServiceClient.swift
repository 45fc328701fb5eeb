/// A client that has a service's endpoints as methods. Generated clients conform to it and add their groups.
public protocol ServiceClient: Sendable {
    /// The service.
    static var service: Service { get }
    /// The client that sends the calls.
    var client: Client { get }
    /// Creates a client that sends its calls with another one.
    init(client: Client)
}

extension ServiceClient {
    /// Creates a client from a token.
    ///
    /// - Parameters:
    ///   - token: The token. It is not renewed. For basic authentication it is `user:password`.
    ///   - baseURL: The base URL to use instead of the service's: `https`, or `http` to a loopback address.
    ///   - transport: The transport to use instead of the default one.
    ///   - middleware: The middleware, from the outermost to the innermost.
    public init(
        token: String, baseURL: String? = nil, transport: (any Transport)? = nil, middleware: [any Middleware] = []
    ) {
        self.init(
            tokens: FixedToken(token),
            configuration: ClientConfiguration(baseURL: baseURL, transport: transport, middleware: middleware))
    }

    /// Creates a client that exchanges an id and a secret for tokens, and renews them.
    ///
    /// - Parameters:
    ///   - clientID: The client's id.
    ///   - clientSecret: The client's secret.
    ///   - store: The store of tokens. With a ``FileTokenStore``, several programs and several runs share a token.
    ///   - configuration: How the client sends calls.
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

    /// Creates a client from a source of tokens and a configuration.
    public init(tokens: (any TokenProvider)?, configuration: ClientConfiguration = ClientConfiguration()) {
        self.init(client: Client(service: Self.service, tokens: tokens, configuration: configuration))
    }

    /// Creates a client for values of the variables of the service's base URL.
    ///
    /// - Parameters:
    ///   - variables: The values by name; a variable without one has its default. A value that is not allowed fails every call
    ///     with `.invalidParameter`.
    ///   - tokens: The source of tokens; nil for a client that calls only endpoints without authentication.
    ///   - configuration: How the client sends calls.
    public init(
        variables: [String: String], tokens: (any TokenProvider)?,
        configuration: ClientConfiguration = ClientConfiguration()
    ) {
        var configuration = configuration
        configuration.variables.merge(variables) { $1 }
        self.init(tokens: tokens, configuration: configuration)
    }

    /// Creates a client that exchanges an id and a secret for tokens, for values of the variables of the service's base URL.
    public init(
        variables: [String: String], clientID: String, clientSecret: String, store: any TokenStore = MemoryTokenStore(),
        configuration: ClientConfiguration = ClientConfiguration()
    ) {
        var configuration = configuration
        configuration.variables.merge(variables) { $1 }
        self.init(clientID: clientID, clientSecret: clientSecret, store: store, configuration: configuration)
    }

    /// Sends a call and returns the value of its response.
    public func send<Response>(_ endpoint: Endpoint<Response>) async throws(APIError) -> Response {
        try await client.send(endpoint)
    }

    /// Returns the elements of a stream. Nothing is sent before the first one is asked for.
    public func stream<Element>(_ endpoint: Endpoint<Element>) -> APIStream<Element> { client.stream(endpoint) }

    /// Sends a call and returns the value of its response with status, header fields and trace id.
    public func response<Response>(
        for endpoint: Endpoint<Response>
    ) async throws(APIError) -> APIResponse<Response> {
        try await client.response(for: endpoint)
    }
}
