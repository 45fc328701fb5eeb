@_exported import EndpointKit
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A terminal program made of endpoint modules, with a command for each endpoint.
///
///     // main.swift
///     import EndpointCLI
///
///     exit(await EndpointCLI.run(name: "weather", version: "1.0.0", modules: [.weather]))
///
/// The program has the commands `weather forecast get-forecast --city Oslo`, `weather list` and
/// `weather describe forecast.getForecast`, and `--help` for each of them. A new spec is a new command.
public enum EndpointCLI {
    /// Runs a command line.
    ///
    /// - Parameters:
    ///   - name: The name of the program; by default the name of its file.
    ///   - version: The version that `--version` shows after the name; nil shows the name alone.
    ///   - modules: The services that can be called.
    ///   - offline: Makes the simulator for `--offline`. Without one, and where its response has status 501 or is a refusal,
    ///     the response is an example of the spec.
    ///   - arguments: The command line, the program's own name first.
    ///   - environment: The environment variables.
    /// - Returns: The exit status: 0 done, 1 refused by the service, 2 usage, 3 authentication, 4 throttled or out of quota,
    ///   5 network, 6 some items failed, 7 a file or the output could not be read or written, 130 interrupted.
    public static func run(
        name: String? = nil, version: String? = nil, modules: [EndpointModule],
        offline: (@Sendable () -> any Transport)? = nil, arguments: [String] = CommandLine.arguments,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) async -> Int32 {
        let program = Program(
            name: name ?? arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent } ?? "endpoint-cli",
            version: version, modules: modules, offline: offline, environment: environment,
            terminal: .standard(environment: environment))
        Terminal.prepareStandardStreams()
        if let problem = undecodable(arguments) {
            FileHandle.standardError.write(Data("\(program.name): \(problem)\n".utf8))
            return ExitCode.usage.rawValue
        }
        let task = Task { await program.run(Array(arguments.dropFirst())) }
        let interrupts = Interrupts()
        let source = interrupts.source { task.cancel() }
        let status = await task.value
        source.cancel()
        if interrupts.happened { return ExitCode.interrupted.rawValue }
        guard status == ExitCode.done.rawValue || status == ExitCode.partial.rawValue else { return status }
        do throws(SystemError) {
            try Terminal.finishOutput()
            return status
        } catch {
            FileHandle.standardError.write(
                Data("\(program.name): \(CommandFailure(.failed(error.description)).message)\n".utf8))
            return ExitCode.local.rawValue
        }
    }

    /// What is wrong with an argument of the process that is not UTF-8: Swift would repair it silently, and something else than
    /// what was written would be sent.
    private static func undecodable(_ arguments: [String]) -> String? {
        guard arguments == CommandLine.arguments else { return nil }
        for index in 0..<Int(CommandLine.argc) {
            guard let argument = CommandLine.unsafeArgv[index], String(validatingCString: argument) == nil else {
                continue
            }
            return "argument \(index) is not UTF-8 text; write it in UTF-8, or put it into a file and give @FILE"
        }
        return nil
    }
}
