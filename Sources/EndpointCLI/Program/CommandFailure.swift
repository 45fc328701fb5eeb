import EndpointKit

/// The error that ends a command early.
struct CommandFailure: Error {
    var code: ExitCode
    /// The text for standard error; empty to end silently.
    var message: String

    init(_ code: ExitCode, _ message: String) {
        self.code = code
        self.message = message
    }

    init(_ error: APIError) {
        self.init(ExitCode(error), error.description)
    }

    static func usage(_ message: String) -> CommandFailure { CommandFailure(.usage, message) }

    init(_ failure: OutputFailure) {
        switch failure {
        case .closed: self.init(.done, "")
        case .failed(let reason): self.init(.local, "the output cannot be written: \(reason)")
        }
    }
}
