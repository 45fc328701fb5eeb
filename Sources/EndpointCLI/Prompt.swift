import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Asks a person at the terminal for a line.
enum Prompt {
    /// - Parameter isSecret: Whether what is typed must not show.
    /// - Returns: The line; nil at the end of the input, and when the task is cancelled meanwhile.
    static func ask(_ prompt: String, isSecret: Bool) -> String? {
        FileHandle.standardError.write(Data(prompt.utf8))
        guard isSecret else { return line() }
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return line() }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        // What was typed ahead was shown already and is no secret any more: it is thrown away.
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { return nil }
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        return line()
    }

    /// Looks for a whole line ten times a second, so that Ctrl-C, which cancels the task, ends the wait, and the terminal
    /// gets its echo back.
    private static func line() -> String? {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        while !Task.isCancelled {
            guard poll(&input, 1, 100) > 0 else { continue }
            return readLine()
        }
        return nil
    }
}
