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
    /// A local file, or the output, could not be read or written. Takes precedence over ``done`` and ``partial``; a failure of
    /// the call itself takes precedence over it.
    case local = 7
    case interrupted = 130

    init(_ error: APIError) {
        self =
            switch error.kind {
            case .invalidParameter: ExitCode(invalid: error)
            case .authentication: .authentication
            case .throttled, .quotaExceeded: .throttled
            case .service, .notFound, .conflict, .pending: .refused
            case .http, .transport, .timeout, .decoding, .redirectRefused, .responseTooLarge, .other: .network
            case .cancelled: .interrupted
            }
    }

    /// A value that a check refused, a file that could not be read while it was sent, or what the service found wrong.
    private init(invalid error: APIError) {
        if let transport = error.underlying as? TransportError, transport.kind == .invalidRequest {
            self = transport.mayHaveBeenSent ? .local : .usage
        } else {
            self = error.attempts == 0 && error.status == nil ? .usage : .refused
        }
    }

    /// The codes in words, for help.
    static let summary =
        "0 done, 1 refused by the service, 2 usage, 3 authentication, 4 throttled or out of quota, 5 network, "
        + "6 some items failed, 7 a file or the output could not be read or written, 130 interrupted"
}
