import EndpointKit

/// The exit status of the program.
enum ExitCode: Int32, Sendable {
    case done = 0
    /// The service refused the call.
    case refused = 1
    /// The command line is wrong, or a check refused it before anything was sent.
    case usage = 2
    case authentication = 3
    /// Throttled, or out of quota.
    case throttled = 4
    /// No complete response, or one that cannot be decoded.
    case network = 5
    /// The call was carried out, but some items failed.
    case partial = 6
    case interrupted = 130

    init(_ error: APIError) {
        self =
            switch error.kind {
            case .invalidParameter: error.attempts == 0 && error.status == nil ? .usage : .refused
            case .authentication: .authentication
            case .throttled, .quotaExceeded: .throttled
            case .service, .notFound, .conflict, .pending: .refused
            case .http, .transport, .timeout, .decoding, .redirectRefused, .responseTooLarge, .other: .network
            case .cancelled: .interrupted
            }
    }
}
