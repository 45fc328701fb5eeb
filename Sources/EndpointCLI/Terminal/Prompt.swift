import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Asks for a line at the terminal.
enum Prompt {
    /// Shows a prompt and reads a line, without echo for a secret; nil at the end of the input, and if the task is cancelled.
    static func ask(_ prompt: String, isSecret: Bool) -> String? {
        FileHandle.standardError.write(Data(prompt.utf8))
        guard isSecret else { return line() }
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return line() }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        // Input typed before this was shown already, so it is discarded.
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { return nil }
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        return line()
    }

    /// Checks for a whole line ten times a second, so that Ctrl-C, which cancels the task, ends the wait and the echo is
    /// turned on again.
    private static func line() -> String? {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        while !Task.isCancelled {
            guard poll(&input, 1, 100) > 0 else { continue }
            return readLine()
        }
        return nil
    }
}
