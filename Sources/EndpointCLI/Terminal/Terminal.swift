import EndpointKit
import Foundation

/// The streams of a program: input, output, prompts. Tests supply their own.
package struct Terminal: Sendable {
    /// Writes to standard output.
    package var writeOutput: @Sendable (Data) throws(OutputFailure) -> Void
    package var writeError: @Sendable (Data) -> Void
    /// Reads standard input to its end, but at most this number of bytes.
    package var readInput: @Sendable (_ limit: Int) -> Data
    /// Asks for a line, without echo for a secret; nil at the end of the input, and if the work is interrupted.
    package var ask: @Sendable (_ prompt: String, _ isSecret: Bool) -> String?
    package var isInputTerminal: Bool
    package var isOutputTerminal: Bool
    package var isErrorTerminal: Bool
    /// The number of columns.
    package var width: Int

    package init(
        writeOutput: @escaping @Sendable (Data) throws(OutputFailure) -> Void,
        writeError: @escaping @Sendable (Data) -> Void,
        readInput: @escaping @Sendable (Int) -> Data = { _ in Data() },
        ask: @escaping @Sendable (String, Bool) -> String? = { _, _ in nil }, isInputTerminal: Bool = false,
        isOutputTerminal: Bool = false, isErrorTerminal: Bool = false, width: Int = 80
    ) {
        self.writeOutput = writeOutput
        self.writeError = writeError
        self.readInput = readInput
        self.ask = ask
        self.isInputTerminal = isInputTerminal
        self.isOutputTerminal = isOutputTerminal
        self.isErrorTerminal = isErrorTerminal
        self.width = width
    }
}

/// Why a result was not written.
package enum OutputFailure: Error {
    /// Nobody reads any more, as after `| head`.
    case closed
    /// The disk is full, the descriptor is not open for writing, and so on, in words.
    case failed(String)
}
