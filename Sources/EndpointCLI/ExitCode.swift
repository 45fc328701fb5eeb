import EndpointKit

/// What the program's exit status means.
enum ExitCode: Int32, Sendable {
    case done = 0
    /// The service refused.
    case refused = 1
    /// The command line is wrong, or what it says was refused before anything was sent.
    case usage = 2
    case authentication = 3
    /// Throttled, or out of quota.
    case throttled = 4
    /// No whole answer, or one that cannot be understood.
    case network = 5
    /// Finished, but some items failed.
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

/// Why a command ends early.
struct CommandFailure: Error {
    var code: ExitCode
    /// What goes to standard error; empty for a quiet end.
    var message: String

    init(_ code: ExitCode, _ message: String) {
        self.code = code
        self.message = message
    }

    init(_ error: APIError) {
        self.init(ExitCode(error), error.description)
    }

    static func usage(_ message: String) -> CommandFailure { CommandFailure(.usage, message) }

    /// Nobody reads the output any more, as after `| head`.
    static let outputClosed = CommandFailure(.done, "")
}
