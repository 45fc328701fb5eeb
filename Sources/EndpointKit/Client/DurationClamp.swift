extension Duration {
    /// The longest wait: 100 years.
    static let longest = Duration.seconds(3_155_760_000)

    /// The duration within `.zero ... .longest`.
    ///
    /// Callers may pass any duration. `Task.sleep` ends the process at a time beyond `Int64` seconds, and sums and products
    /// of durations near the limit of their 128 bits overflow; within these bounds neither can happen.
    var clamped: Duration { min(max(self, .zero), .longest) }
}
