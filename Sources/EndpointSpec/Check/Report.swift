/// Collects the diagnostics of a check. One object for the whole check, so that each part can go on after a mistake.
final class Report {
    private(set) var diagnostics: [Diagnostic] = []
    private var known: Set<Diagnostic> = []

    var isEmpty: Bool { diagnostics.isEmpty }

    func error(_ position: SourcePosition, _ message: String) {
        add(Diagnostic(position, message))
    }

    /// Adds a diagnostic unless it is there: a variant repeats those of the endpoint it takes over.
    func add(_ diagnostic: Diagnostic) {
        if known.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
    }

    /// What `body` reports and what was not reported before, removed from here.
    func capture(_ body: () -> Void) -> [Diagnostic] {
        let count = diagnostics.count
        body()
        let new = Array(diagnostics[count...])
        diagnostics.removeSubrange(count...)
        known.subtract(new)
        return new
    }
}

extension SourcePosition {
    /// `file:line`, for messages that name another place.
    var place: String { "\(file):\(line)" }
}
