import EndpointCore

/// How much a change asks of those who call an endpoint, as in Semantic Versioning.
package enum ChangeLevel: String, Sendable, Comparable, CaseIterable {
    /// Callers see nothing of it but texts.
    case patch
    /// What was written before compiles and does the same; more can be written.
    case minor
    /// Something that was written before no longer compiles, sends something else, or is given something else.
    case major

    private var rank: Int {
        switch self {
        case .patch: 0
        case .minor: 1
        case .major: 2
        }
    }

    /// Orders by weight.
    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// One difference between two versions of a module.
package struct Change: Sendable, Hashable {
    /// What kind of difference it is.
    package var rule: ChangeRule
    /// What it is about: an endpoint's id, `types/NAME`, or `service`.
    package var subject: String
    /// What changed: `the argument "limit" was removed`.
    package var what: String
    /// Where it stands in the new version; in the old one where it was removed.
    package var position: SourcePosition

    /// Creates a change.
    package init(_ rule: ChangeRule, _ subject: String, _ what: String, _ position: SourcePosition) {
        self.rule = rule
        self.subject = subject
        self.what = what
        self.position = position
    }

    /// How much it asks of callers.
    package var level: ChangeLevel { rule.level }
}

/// All differences between two versions of a module.
package struct ModuleChanges: Sendable {
    /// The weightiest first, then by position.
    package let changes: [Change]

    /// Of one difference that is judged twice, as something sent and as something received, the weightier verdict counts.
    init(_ changes: [Change]) {
        struct Difference: Hashable {
            var subject, what: String
            var position: SourcePosition
        }
        var heaviest: [Difference: Change] = [:]
        for change in changes {
            let difference = Difference(subject: change.subject, what: change.what, position: change.position)
            if let known = heaviest[difference], known.level >= change.level { continue }
            heaviest[difference] = change
        }
        self.changes = heaviest.values.sorted {
            $0.level != $1.level
                ? $0.level > $1.level
                : ($0.position, $0.subject, $0.what) < ($1.position, $1.subject, $1.what)
        }
    }

    /// The weightiest level; nil where nothing changed.
    package var verdict: ChangeLevel? { changes.map(\.level).max() }

    /// How many changes have a level.
    package func count(_ level: ChangeLevel) -> Int { changes.count { $0.level == level } }
}
