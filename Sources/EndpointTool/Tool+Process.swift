import EndpointCore
import Foundation
import Synchronization

extension Tool {
    /// Runs the command line of the process on its standard streams, and returns the exit code.
    package static func runProcess() -> Int32 {
        // As errors of `write`, not as signals that end the program.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        // Guards the first error of standard output, after which nothing more is written.
        let failure = Mutex<SystemError?>(nil)
        let tool = Tool(
            output: { line in
                failure.withLock { failure in
                    if failure == nil { failure = write(line, to: STDOUT_FILENO) }
                }
            }, errorOutput: { _ = write($0, to: STDERR_FILENO) })
        let code = tool.run(Array(CommandLine.arguments.dropFirst()))
        // Only nobody reading any more, as after `| head`, is no failure.
        guard let error = failure.withLock({ $0 }), error.code != EPIPE, code == 0 else { return code }
        _ = write("endpoint-tool: the output cannot be written: \(error)", to: STDERR_FILENO)
        return 7
    }

    private static func write(_ line: String, to descriptor: Int32) -> SystemError? {
        var line = line + "\n"
        return line.withUTF8 { bytes in
            do throws(SystemError) {
                try Descriptor.write(UnsafeRawBufferPointer(bytes), to: descriptor)
                return nil
            } catch {
                return error
            }
        }
    }
}
