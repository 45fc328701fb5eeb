import EndpointCore
import EndpointSpec

/// Collects the changes of one subject.
final class ChangeList {
    let subject: String
    private(set) var changes: [Change] = []
    /// Looks up a key of the subject's file.
    private let find: (String) -> SourcePosition?

    /// Creates a list.
    ///
    /// - Parameters:
    ///   - subject: What the changes are about.
    ///   - find: Looks up where a key of the subject's file stands: in the new version, or in the old one where it was removed.
    init(_ subject: String, find: @escaping (String) -> SourcePosition? = { _ in nil }) {
        self.subject = subject
        self.find = find
    }

    /// Adds a change; `key` is the keyword that says it, where the position is that of the whole file.
    func add(_ rule: ChangeRule, _ what: String, _ position: SourcePosition, key: String? = nil) {
        changes.append(Change(rule, subject, what, key.flatMap(find) ?? position))
    }

    /// Adds a change if two values differ: `what` gets both, as they stand in messages.
    func compare<Value: Equatable>(
        _ old: Value, _ new: Value, _ rule: ChangeRule, _ what: String, _ position: SourcePosition,
        key: String? = nil, _ text: (Value) -> String
    ) {
        if old != new { add(rule, "\(what) changed from \(text(old)) to \(text(new))", position, key: key) }
    }

    /// The same for keywords of a spec, which may be absent.
    func compare(
        _ old: JSONValue?, _ new: JSONValue?, _ rule: ChangeRule, _ what: String, _ position: SourcePosition,
        key: String? = nil
    ) {
        switch (old, new) {
        case (nil, let new?): add(rule, "\(what) was added: \(Self.shown(new))", position, key: key)
        case (let old?, nil): add(rule, "\(what) was removed: \(Self.shown(old))", position, key: key)
        case (let old?, let new?) where old != new:
            add(rule, "\(what) changed from \(Self.shown(old)) to \(Self.shown(new))", position, key: key)
        default: break
        }
    }

    /// A value for a message; of a long one, the beginning.
    static func shown(_ value: JSONValue) -> String {
        let text = value.text()
        return text.count > 80 ? text.prefix(80) + "…" : text
    }

    static func quoted(_ text: String) -> String { JSONValue.string(text).text() }
}
