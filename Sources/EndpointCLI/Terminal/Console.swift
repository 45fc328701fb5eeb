import EndpointKit
import Foundation

/// The output of a command: results on standard output, everything else on standard error, secrets on neither.
struct Console: Sendable {
    var name: String
    var terminal: Terminal
    var secrets = SecretFilter()

    /// The width to which tables are truncated; nil if the output is not a terminal, so that a pipe gets everything.
    var tableWidth: Int? { terminal.isOutputTerminal ? terminal.width : nil }
    /// The width to which text is wrapped.
    var textWidth: Int { terminal.isOutputTerminal ? max(40, min(terminal.width, 100)) : 80 }

    func print(_ text: String) throws(CommandFailure) {
        try write(Data(secrets.clean(text).utf8))
    }

    /// Writes bytes unchanged.
    func write(_ data: Data) throws(CommandFailure) {
        do throws(OutputFailure) {
            try terminal.writeOutput(data)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Prints a value as one line of JSON.
    func json(_ value: JSONValue) throws(CommandFailure) { try lines([value]) }

    /// Prints each value as one line of JSON, all of them in one write.
    func lines(_ values: [JSONValue]) throws(CommandFailure) {
        // Secrets first: they are not found in a text that was escaped for the terminal.
        try write(Data(SafeText.escapedJSON(secrets.lines(values)).utf8))
    }

    /// Writes one line to standard error, after the program's name.
    func note(_ message: String) {
        terminal.writeError(Data("\(name): \(SafeText.escaped(secrets.clean(message)))\n".utf8))
    }

    /// Writes text to standard error, without the program's name.
    func errorText(_ text: String) {
        terminal.writeError(Data(secrets.clean(text).utf8))
    }

    /// Shows the progress of a long command on one line; nil removes it. Without a terminal nothing is shown.
    func progress(_ text: String?) {
        guard terminal.isErrorTerminal else { return }
        let line = text.map { TextLayout.truncated(SafeText.escaped($0), to: terminal.width - 1) } ?? ""
        errorText("\r\u{1B}[K" + line)
    }
}
