import EndpointKit

extension Service {
    /// An invented service that wraps its responses as many do.
    public static let test = Service(
        name: "Depot", baseURL: "https://api.depot.test", headers: ["X-Client": "tests"],
        clientCredentials: ClientCredentials(
            .post, "/token", clientID: "id", clientSecret: "secret", token: "accessToken", expiresAt: "expiresAt"),
        envelope: Envelope(code: "code", success: [0], message: "message", payload: "data", traceID: "trace"),
        errors: [
            ErrorRule(code: 401, contains: "too many tokens", kind: .authentication, refresh: false),
            ErrorRule(code: 401, kind: .authentication),
            ErrorRule(code: 404, kind: .notFound, remedy: "List the folder to see what is there"),
            ErrorRule(code: 429, kind: .throttled),
            ErrorRule(code: 1, contains: "busy", kind: .throttled, retry: true),
            ErrorRule(code: 77, kind: .pending, retry: true),
            ErrorRule(payload: .init("isFull", true), kind: .quotaExceeded, remedy: "Buy more"),
        ])
}

extension Client {
    /// A client of the invented service that responds from memory.
    public convenience init(
        _ transport: any Transport, service: Service = .test, token: String? = "planted-token",
        _ configure: (inout ClientConfiguration) -> Void = { _ in }
    ) {
        var configuration = ClientConfiguration(transport: transport)
        configure(&configuration)
        self.init(service: service, tokens: token.map { FixedToken($0) }, configuration: configuration)
    }
}

/// The error that a call ends with; nil if it succeeds.
public func failure<Value>(_ work: () async throws(APIError) -> Value) async -> APIError? {
    do throws(APIError) {
        _ = try await work()
        return nil
    } catch {
        return error
    }
}
