import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Terminal {
    /// The standard streams of the process.
    static func standard(environment: [String: String]) -> Terminal {
        Terminal(
            writeOutput: { data throws(OutputFailure) in
                do throws(SystemError) {
                    try write(data, to: STDOUT_FILENO)
                } catch {
                    throw error.code == EPIPE ? .closed : .failed(error.description)
                }
            },
            // Where standard error cannot be written, nobody can be told.
            writeError: { try? write($0, to: STDERR_FILENO) },
            readInput: { limit in
                Data((try? Descriptor.bytes(of: STDIN_FILENO, upTo: limit)) ?? [])
            },
            ask: Prompt.ask, isInputTerminal: isatty(STDIN_FILENO) == 1,
            isOutputTerminal: isatty(STDOUT_FILENO) == 1,
            isErrorTerminal: isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb",
            width: columns(environment))
    }

    private static func write(_ data: Data, to descriptor: Int32) throws(SystemError) {
        let result: Result<Void, SystemError> = data.withUnsafeBytes { bytes in
            Result { () throws(SystemError) in try Descriptor.write(bytes, to: descriptor) }
        }
        try result.get()
    }

    /// Prepares the standard streams: a signal for a closed pipe or a file that grew too large would end the program, where an
    /// error of `write` is to be reported. A stream that is closed is opened in a way that lets no use of it succeed, or the next
    /// file that is opened would be taken for it.
    static func prepareStandardStreams() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
        where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// What the system still had to write: a disk of another machine may refuse it only when the stream is closed.
    static func finishOutput() throws(SystemError) {
        let copy = dup(STDOUT_FILENO)
        guard copy >= 0, close(copy) != 0 else { return }
        throw .last
    }

    private static func columns(_ environment: [String: String]) -> Int {
        if let text = environment["COLUMNS"], let number = Int(text), number > 0 { return number }
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return 80
    }
}
