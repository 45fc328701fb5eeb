import EndpointKit
import Foundation

/// Everything that a command hears from and says to its surroundings. Tests put in their own.
package struct Terminal: Sendable {
    /// Writes to standard output; false when nobody reads it any more.
    package var writeOutput: @Sendable (Data) -> Bool
    package var writeError: @Sendable (Data) -> Void
    /// All of standard input.
    package var readInput: @Sendable () -> Data
    /// Asks a person for a line, without showing what is typed if it is a secret; nil at the end of the input, and when
    /// the work is interrupted.
    package var ask: @Sendable (_ prompt: String, _ isSecret: Bool) -> String?
    package var isInputTerminal: Bool
    package var isOutputTerminal: Bool
    package var isErrorTerminal: Bool
    /// Columns.
    package var width: Int

    package init(
        writeOutput: @escaping @Sendable (Data) -> Bool, writeError: @escaping @Sendable (Data) -> Void,
        readInput: @escaping @Sendable () -> Data = { Data() },
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

/// Where a command's words go: results to standard output, all else to standard error, and no secret to either.
struct Console: Sendable {
    var name: String
    var terminal: Terminal
    var secrets = SecretFilter()

    /// The width that tables are cut to; nil when the output is no terminal, so that nothing is lost in a pipe.
    var tableWidth: Int? { terminal.isOutputTerminal ? terminal.width : nil }
    /// The width that running text is wrapped to.
    var textWidth: Int { terminal.isOutputTerminal ? max(40, min(terminal.width, 100)) : 80 }

    func print(_ text: String) throws(CommandFailure) {
        try write(Data(secrets.clean(text).utf8))
    }

    /// Bytes as they are.
    func write(_ data: Data) throws(CommandFailure) {
        guard terminal.writeOutput(data) else { throw .outputClosed }
    }

    func json(_ value: JSONValue) throws(CommandFailure) {
        try print(SafeText.escapedJSON(value.text()) + "\n")
    }

    /// One line on standard error that begins with the program's name.
    func note(_ message: String) {
        terminal.writeError(Data("\(name): \(SafeText.escaped(secrets.clean(message)))\n".utf8))
    }

    /// Text on standard error as it is.
    func errorText(_ text: String) {
        terminal.writeError(Data(secrets.clean(text).utf8))
    }

    /// The one line that shows how far a long command is; nil removes it. Only where a person can see it.
    func progress(_ text: String?) {
        guard terminal.isErrorTerminal else { return }
        let line = text.map { TextLayout.truncated(SafeText.escaped($0), to: terminal.width - 1) } ?? ""
        errorText("\r\u{1B}[K" + line)
    }
}
