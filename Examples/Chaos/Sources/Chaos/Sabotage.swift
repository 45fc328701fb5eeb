import EndpointKit

/// A broken promise that must be noticed, one for each invariant.
enum Sabotage: String, CaseIterable {
    /// A network that says "never sent" of requests that were.
    case repeats
    /// A middleware that sends every request three times.
    case attempts
    /// A middleware that prints what it sends.
    case secrets
    /// A network that never responds to one of the calls, and lets no one end it.
    case hangs
}

/// The middleware that breaks a promise.
struct Saboteur: Middleware {
    var sabotage: Sabotage
    var ledger: Ledger

    func attempt(
        _ request: HTTPRequest, context: CallContext, next: Next
    ) async throws(APIError) -> HTTPResponse {
        switch sabotage {
        case .attempts where context.isIdempotent:
            _ = try await next(request)
            _ = try await next(request)
        case .secrets: ledger.shown("\(request.headers["Authorization"] ?? "")")
        default: break
        }
        return try await next(request)
    }
}
