import Dispatch
@_exported import EndpointKit
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A terminal program made of endpoint modules: every endpoint is a command.
///
///     // main.swift
///     import EndpointCLI
///
///     exit(await EndpointCLI.run(modules: [.weather]))
///
/// `weather forecast get-forecast --city Oslo`, `weather list`, `weather describe forecast.getForecast`, `--help`
/// anywhere: nothing of it is written by hand, and a new spec is a new command.
public enum EndpointCLI {
    /// Runs the program's command line and returns the exit status: 0 done, 1 the service refused, 2 usage,
    /// 3 authentication, 4 throttled or out of quota, 5 network, 6 finished but some items failed, 130 interrupted.
    ///
    /// - Parameters:
    ///   - name: What the program calls itself; by default what it was started as.
    ///   - version: What `--version` shows.
    ///   - modules: The services that can be called.
    ///   - offline: Makes the simulator of `--offline`. What it answers with HTTP 501, and everything if there is
    ///     none, the specs' examples answer.
    ///   - arguments: The command line, the program's own name first.
    ///   - environment: The environment variables.
    public static func run(
        name: String? = nil, version: String = "", modules: [EndpointModule],
        offline: (@Sendable () -> any Transport)? = nil, arguments: [String] = CommandLine.arguments,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) async -> Int32 {
        let program = Program(
            name: name ?? arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent } ?? "endpoint-cli",
            version: version, modules: modules, offline: offline, environment: environment,
            terminal: .standard(environment: environment))
        // A closed pipe is an error of `write`, which ends the program quietly.
        signal(SIGPIPE, SIG_IGN)
        let task = Task { await program.run(Array(arguments.dropFirst())) }
        let interrupts = Interrupts()
        let source = interrupts.source { task.cancel() }
        let status = await task.value
        source.cancel()
        return interrupts.happened ? ExitCode.interrupted.rawValue : status
    }
}

/// Counts Ctrl-C: the first cancels the work, so that it can end in good order; the second ends the program.
private final class Interrupts: Sendable {
    private let count = Mutex(0)

    var happened: Bool { count.withLock { $0 > 0 } }

    /// Listens as long as the source lives.
    func source(_ cancel: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler {
            let count = self.count.withLock { count in
                count += 1
                return count
            }
            if count > 1 { exit(ExitCode.interrupted.rawValue) }
            cancel()
        }
        source.resume()
        return source
    }
}

extension Terminal {
    /// The process's own standard streams.
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
