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
            writeOutput: { write($0, to: STDOUT_FILENO) }, writeError: { _ = write($0, to: STDERR_FILENO) },
            readInput: { FileHandle.standardInput.readDataToEndOfFile() },
            ask: Prompt.ask, isInputTerminal: isatty(STDIN_FILENO) == 1,
            isOutputTerminal: isatty(STDOUT_FILENO) == 1,
            isErrorTerminal: isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb",
            width: columns(environment))
    }

    private static func write(_ data: Data, to descriptor: Int32) -> Bool {
        data.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                #if canImport(Glibc)
                    let written = Glibc.write(
                        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                #elseif canImport(Musl)
                    let written = Musl.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                #else
                    let written = Darwin.write(
                        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                #endif
                if written < 0 {
                    if errno == EINTR || errno == EAGAIN { continue }
                    return false
                }
                rest = rest.dropFirst(written)
            }
            return true
        }
    }

    private static func columns(_ environment: [String: String]) -> Int {
        if let text = environment["COLUMNS"], let number = Int(text), number > 0 { return number }
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return 80
    }
}
