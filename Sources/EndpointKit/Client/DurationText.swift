extension Duration {
    /// The duration in seconds, for messages: `3 s`, `0.25 s`. The same in every locale.
    var text: String {
        let milliseconds = Int64((clamped / .milliseconds(1)).rounded())
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        return rest == 0 ? "\(seconds) s" : "\(Double(milliseconds) / 1000) s"
    }
}
