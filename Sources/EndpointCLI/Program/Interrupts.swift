import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Handles Ctrl-C: the first cancels the work, so that it can end in an orderly way; the second ends the program. The lock
/// guards the count.
final class Interrupts: Sendable {
    private let count = Mutex(0)

    var happened: Bool { count.withLock { $0 > 0 } }

    /// Starts to handle the signal, until the source is released.
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
