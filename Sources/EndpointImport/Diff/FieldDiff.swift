import EndpointCore
import EndpointSpec

/// Compares the fields of an object, or the arguments of a call.
struct FieldDiff {
    let schemas: SchemaDiff
    /// What messages call one: an argument or a field.
    private let noun: String

    private var list: ChangeList { schemas.list }
    private var isSent: Bool { schemas.direction == .sent }

    init(_ schemas: SchemaDiff, areArguments: Bool = false) {
        self.schemas = schemas
        noun = areArguments ? "argument" : "field"
    }

    /// Compares fields.
    ///
    /// - Parameters:
    ///   - old: The fields in the old version, in order.
    ///   - new: Those in the new one.
    ///   - owner: What has them, for messages; nil for arguments of a call.
    func compare(_ old: [FieldModel], _ new: [FieldModel], in owner: String? = nil) {
        func name(_ field: FieldModel) -> String {
            "the \(noun) \(ChangeList.quoted(field.name))" + (owner.map { " of \($0)" } ?? "")
        }
        for field in old where !new.contains(where: { $0.name == field.name }) {
            let rule: ChangeRule =
                field.constant != nil ? .constantRemoved : isSent ? .argumentRemoved : .fieldRemoved
            list.add(rule, "\(name(field)) was removed", field.position)
        }
        for field in new {
            guard let other = old.first(where: { $0.name == field.name }) else {
                list.add(addition(field), "\(name(field)) was added", field.position)
                continue
            }
            compare(other, field, name(field))
        }
        compareOrder(old, new, owner)
    }

    private func addition(_ field: FieldModel) -> ChangeRule {
        guard isSent else { return .fieldAdded }
        if field.constant != nil { return .constantAdded }
        if field.defaultValue != nil { return .defaultArgumentAdded }
        return field.isOptional ? .optionalArgumentAdded : .requiredArgumentAdded
    }

    // MARK: One field

    private func compare(_ old: FieldModel, _ new: FieldModel, _ name: String) {
        let position = new.position
        list.compare(
            old.swiftName, new.swiftName, isSent ? .argumentRenamed : .fieldRenamed, "the Swift name of \(name)",
            position, { $0 })
        compareConstants(old, new, name)
        if isSent { comparePresence(old, new, name) } else { compareOptionality(old, new, name) }
        // What is no argument any more, or was none, has no type for callers.
        if (old.constant == nil) == (new.constant == nil) { schemas.compare(old.schema, new.schema, name) }
        if isSent, old.isOptional, new.isOptional, old.schema.isNullable != new.schema.isNullable {
            // Absent, null and a value are three things in Swift then.
            list.add(.typeChanged, "the argument of \(name) tells absent and null apart, or no longer does", position)
        }
        if old.aliases != new.aliases {
            let isLost = old.aliases.contains { !new.aliases.contains($0) }
            list.add(
                isLost ? .lenientReadingRemoved : .lenientReadingAdded, "other spellings of \(name) changed", position)
        }
        if old.sensitivity != new.sensitivity {
            list.add(.sensitivityChanged, "whether \(name) is redacted changed", position)
        }
        compareDeprecation(old.deprecated, new.deprecated, name, position)
        list.compare(
            old.description ?? "", new.description ?? "", .textChanged, "the description of \(name)", position,
            ChangeList.quoted)
    }

    func compareDeprecation(
        _ old: String?, _ new: String?, _ name: String, _ position: SourcePosition, key: String? = nil
    ) {
        switch (old, new) {
        case (nil, nil): break
        case (nil, _): list.add(.deprecated, "\(name) was deprecated", position, key: key)
        case (_, nil): list.add(.undeprecated, "\(name) is no longer deprecated", position, key: key)
        case (let old?, let new?):
            list.compare(old, new, .textChanged, "the advice for \(name)", position, key: key, ChangeList.quoted)
        }
    }

    private func compareConstants(_ old: FieldModel, _ new: FieldModel, _ name: String) {
        switch (old.constant, new.constant) {
        case (nil, nil): break
        case (let before?, let after?):
            list.compare(before, after, .constantChanged, name, new.position, ChangeList.shown)
        case (nil, let after?):
            list.add(
                .argumentRemoved, "\(name) is always \(ChangeList.shown(after)), and is no argument", new.position)
        case (let before?, nil):
            list.add(
                .constantRemoved, "\(name) is no longer always \(ChangeList.shown(before)), and is an argument",
                new.position)
        }
    }

    /// Whether an argument may be left out, and what is sent then.
    private func comparePresence(_ old: FieldModel, _ new: FieldModel, _ name: String) {
        guard old.constant == nil, new.constant == nil else { return }
        let position = new.position
        func isRequired(_ field: FieldModel) -> Bool { !field.isOptional && field.defaultValue == nil }
        switch (isRequired(old), isRequired(new)) {
        case (true, true): break
        case (true, false):
            let what = new.defaultValue.map { "has the default \(ChangeList.shown($0))" } ?? "became optional"
            list.add(.argumentRelaxed, "\(name) \(what)", position)
        case (false, true): list.add(.argumentRequired, "\(name) became required", position)
        case (false, false):
            list.compare(old.defaultValue, new.defaultValue, .defaultChanged, "the default of \(name)", position)
        }
    }

    private func compareOptionality(_ old: FieldModel, _ new: FieldModel, _ name: String) {
        if old.isOptional == new.isOptional { return }
        // An array that reads as empty is there either way, and so is a value that may be null.
        if old.schema.admitsNone, new.schema.admitsNone {
            list.add(
                new.isOptional ? .lenientReadingAdded : .lenientReadingRemoved,
                "\(name) \(new.isOptional ? "may be absent" : "may no longer be absent")", new.position)
        } else if new.isOptional {
            list.add(.fieldOptional, "\(name) became optional", new.position)
        } else {
            list.add(.fieldRequired, "\(name) became required", new.position)
        }
    }

    // MARK: Order

    /// The order of the fields that both have.
    private func compareOrder(_ old: [FieldModel], _ new: [FieldModel], _ owner: String?) {
        func common(_ fields: [FieldModel], _ others: [FieldModel]) -> [String] {
            fields.filter { field in
                field.constant == nil && others.contains { $0.name == field.name && $0.constant == nil }
            }.map(\.name)
        }
        let (before, after) = (common(old, new), common(new, old))
        guard before != after, before.count == after.count else { return }
        guard let moved = new.first(where: { field in zip(before, after).contains { $0 != $1 && $1 == field.name } })
        else { return }
        let whole = "\(noun)s" + (owner.map { " of \($0)" } ?? "")
        list.add(
            isSent ? .argumentsReordered : .fieldsReordered,
            "the order of the \(whole) changed to \(after.joined(separator: ", "))", moved.position)
    }
}
