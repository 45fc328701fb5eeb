#if os(Linux)
    import Foundation

    extension Duration {
        /// Nanoseconds of a duration that is clamped.
        var nanoseconds: Int64 {
            let parts = clamped.components
            return parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
        }
    }

    /// The nanoseconds of the machine's monotonic clock.
    func monotonicNanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
#endif
