import EndpointCore
import EndpointSpec

/// Compares types, and fields of objects.
struct SchemaDiff {
    /// Which way values go.
    enum Direction {
        case sent, received
    }

    let module: ModuleDiff
    let list: ChangeList
    let direction: Direction
    private let forms: (old: SpecForm, new: SpecForm)

    init(_ module: ModuleDiff, _ list: ChangeList, _ direction: Direction) {
        self.module = module
        self.list = list
        self.direction = direction
        forms = (SpecForm(module.old), SpecForm(module.new))
    }

    /// Compares two types; `name` is what messages call the value.
    func compare(_ old: SchemaModel, _ new: SchemaModel, _ name: String) {
        guard compareKinds(old, new, name) else { return }
        compareNullability(old, new, name)
        compareConstraints(old, new, name)
        compareEncoding(old, new, name)
        compareLeniency(old, new, name)
    }

    private func compareNullability(_ old: SchemaModel, _ new: SchemaModel, _ name: String) {
        if old.admitsNone != new.admitsNone {
            let rule: ChangeRule = direction == .sent && new.admitsNone ? .nullAllowed : .nullabilityChanged
            list.add(
                rule, "\(name) \(new.admitsNone ? "may be null" : "may no longer be null")", new.position)
        } else if old.isNullable != new.isNullable {
            list.add(
                new.isNullable ? .lenientReadingAdded : .lenientReadingRemoved,
                "what stands for none in \(name) changed",
                new.position)
        }
    }

    // MARK: Kinds

    /// Whether both are of one kind, so that the rest can be compared.
    private func compareKinds(_ old: SchemaModel, _ new: SchemaModel, _ name: String) -> Bool {
        switch (old.kind, new.kind) {
        case (.reference(let before), .reference(let after)):
            if before != after, !isRenamed(before, after) { return changed(old, new, name) }
        case (.array(let before), .array(let after)): compare(before, after, "an element of \(name)")
        case (.map(let before), .map(let after)): compare(before, after, "a value of \(name)")
        case (.object(let before), .object(let after)): compare(before, after, new, name)
        case (.enumeration(let before), .enumeration(let after)):
            if before.isString != after.isString { return changed(old, new, name) }
            compareTypeNames(before.name, before.owner, after.name, after.owner, new, name)
            compare(before, after, new, name)
        case (.union(let before), .union(let after)):
            compareTypeNames(before.name, before.owner, after.name, after.owner, new, name)
            compare(before, after, new, name)
        case (.map, .object), (.object, .map): return changed(old, new, name)
        case (.binary(let before), .binary(let after)):
            list.compare(
                before.map { .string($0) }, after.map { .string($0) }, .encodingChanged, "\"filename\" of \(name)",
                new.position)
        default:
            let (before, after) = (swiftType(old), swiftType(new))
            if before != after { return changed(old, new, name) }
        }
        return true
    }

    private func changed(_ old: SchemaModel, _ new: SchemaModel, _ name: String) -> Bool {
        list.add(
            .typeChanged, "the type of \(name) changed from \(swiftType(old)) to \(swiftType(new))", new.position)
        return false
    }

    /// A type that has a new name is one change, not one for each use.
    private func isRenamed(_ before: String, _ after: String) -> Bool {
        guard let old = TypeTable(module.old)[before], let new = TypeTable(module.new)[after],
            TypeTable(module.new)[before] == nil, TypeTable(module.old)[after] == nil
        else { return false }
        return JSONValue.object(forms.old.schema(old)).text() == JSONValue.object(forms.new.schema(new)).text()
    }

    /// A type for messages, without what is said of it otherwise.
    private func swiftType(_ schema: SchemaModel) -> String {
        switch schema.kind {
        case .string: "string"
        case .integer(let format): format == .native ? "integer" : "integer (\(format.rawValue))"
        case .number(let isFloat): isFloat ? "number (float)" : "number"
        case .boolean: "boolean"
        case .text(let format): "string (\(format.rawValue))"
        case .date(let format): "\(format.isNumeric ? "integer" : "string") (\(format.name))"
        case .binary: "bytes"
        case .array: "array"
        case .object(let object): "object \(object.name)"
        case .map: "map"
        case .union(let union): "union \(union.name)"
        case .reference(let name): "types/\(name)"
        case .enumeration(let enumeration): "enumeration \(enumeration.name)"
        case .any: "any"
        }
    }

    private func compareTypeNames(
        _ old: String, _ oldOwner: TypeOwner, _ new: String, _ newOwner: TypeOwner, _ schema: SchemaModel,
        _ name: String
    ) {
        if case .type(old) = oldOwner, case .type(new) = newOwner { return }
        if old != new {
            list.add(.typeRenamed, "the Swift type of \(name) changed from \(old) to \(new)", schema.position)
        } else if Self.place(oldOwner) != Self.place(newOwner) {
            list.add(.typeRenamed, "the Swift type \(new) of \(name) is declared elsewhere", schema.position)
        }
    }

    /// What a type is nested in, as code names it.
    private static func place(_ owner: TypeOwner) -> String {
        switch owner {
        case .enclosing: "enclosing"
        case .endpoint(_, let group): "group \(group)"
        case .type: "client"
        }
    }

    private func compare(_ old: ObjectModel, _ new: ObjectModel, _ schema: SchemaModel, _ name: String) {
        compareTypeNames(old.name, old.owner, new.name, new.owner, schema, name)
        FieldDiff(self).compare(old.fields, new.fields, in: name)
        switch (old.additional, new.additional) {
        case (let before?, let after?): compare(before, after, "an additional property of \(name)")
        case (nil, nil): break
        case (nil, _): list.add(.mapChanged, "\(name) takes additional properties", schema.position)
        case (_, nil): list.add(.mapChanged, "\(name) no longer takes additional properties", schema.position)
        }
    }

    // MARK: Enumerations and unions

    private func compare(_ old: EnumerationModel, _ new: EnumerationModel, _ schema: SchemaModel, _ name: String) {
        for item in old.cases {
            if let same = new.cases.first(where: { $0.swiftName == item.swiftName }) {
                if same.value != item.value {
                    list.add(
                        .enumerationValueChanged,
                        "the value of the case \(item.swiftName) of \(name) changed from \(item.value) to \(same.value)",
                        schema.position)
                }
            } else if let same = new.cases.first(where: { $0.value == item.value }) {
                list.add(
                    .enumerationCaseRenamed,
                    "the case \(item.swiftName) of \(name) was renamed to \(same.swiftName)", schema.position)
            } else {
                list.add(.enumerationCaseRemoved, "\(name) lost the case \(item.swiftName)", schema.position)
            }
        }
        for item in new.cases
        where !old.cases.contains(where: { $0.swiftName == item.swiftName || $0.value == item.value }) {
            list.add(.enumerationCaseAdded, "\(name) got the case \(item.swiftName)", schema.position)
        }
    }

    private func compare(_ old: UnionModel, _ new: UnionModel, _ schema: SchemaModel, _ name: String) {
        list.compare(
            old.tag.map { .string($0) }, new.tag.map { .string($0) }, .discriminatorChanged,
            "the discriminator of \(name)", schema.position)
        for member in old.members {
            guard let same = new.members.first(where: { $0.swiftName == member.swiftName }) else {
                list.add(.unionCaseRemoved, "\(name) lost the case \(member.swiftName)", schema.position)
                continue
            }
            compare(member.schema, same.schema, "the case \(member.swiftName) of \(name)")
            if Set(member.tags) != Set(same.tags) {
                list.add(
                    .discriminatorChanged, "the discriminator's values for \(member.swiftName) of \(name) changed",
                    schema.position)
            }
        }
        for member in new.members where !old.members.contains(where: { $0.swiftName == member.swiftName }) {
            list.add(.unionCaseAdded, "\(name) got the case \(member.swiftName)", schema.position)
        }
    }

    // MARK: What is said of a type

    private func compareConstraints(_ old: SchemaModel, _ new: SchemaModel, _ name: String) {
        let (before, after, position) = (old.constraints, new.constraints, new.position)
        func note(_ key: String, _ old: JSONValue?, _ new: JSONValue?, isTighter: Bool) {
            if old == new { return }
            let tightened: ChangeRule = isTighter ? .constraintTightened : .constraintRelaxed
            let rule = direction == .sent ? tightened : .responseConstraintChanged
            list.compare(old, new, rule, "\"\(key)\" of \(name)", position)
        }
        func bound(_ key: String, _ old: Bound?, _ new: Bound?, isLeast: Bool) {
            let isTighter =
                switch (old, new) {
                case (_, nil): false
                case (nil, _): true
                case (let old?, let new?): isLeast ? new > old : new < old
                }
            note(key, old?.value, new?.value, isTighter: isTighter)
        }
        func count(_ value: Int?) -> Bound? { value.map { .integer(Int64($0)) } }
        bound("minLength", count(before.minLength), count(after.minLength), isLeast: true)
        bound("maxLength", count(before.maxLength), count(after.maxLength), isLeast: false)
        bound("minimum", before.minimum, after.minimum, isLeast: true)
        bound("maximum", before.maximum, after.maximum, isLeast: false)
        bound("minItems", count(before.minItems), count(after.minItems), isLeast: true)
        bound("maxItems", count(before.maxItems), count(after.maxItems), isLeast: false)
        // Whether another pattern takes more cannot be told.
        let patterns = (before.pattern.map { JSONValue.string($0) }, after.pattern.map { JSONValue.string($0) })
        let rule: ChangeRule =
            switch (direction, patterns.0, patterns.1) {
            case (.received, _, _): .responseConstraintChanged
            case (.sent, nil, _): .constraintTightened
            case (.sent, _, nil): .constraintRelaxed
            case (.sent, _, _): .patternChanged
            }
        list.compare(patterns.0, patterns.1, rule, "\"pattern\" of \(name)", position)
    }

    private func compareEncoding(_ old: SchemaModel, _ new: SchemaModel, _ name: String) {
        var (before, after) = (old.encoding, new.encoding)
        if direction == .received {
            // A response is read as it comes.
            (before.letterCase, after.letterCase) = (nil, nil)
        }
        if before == after { return }
        let (left, right) = (forms.old.schema(old), forms.new.schema(new))
        for key in ["wire", "case", "join", "template", "wrap", "style", "contentType"] {
            list.compare(left[key], right[key], .encodingChanged, "\"\(key)\" of \(name)", new.position)
        }
    }

    private func compareLeniency(_ old: SchemaModel, _ new: SchemaModel, _ name: String) {
        let (before, after) = (old.leniency, new.leniency)
        let lost =
            before.accept.contains { !after.accept.contains($0) } || before.nullAsEmpty && !after.nullAsEmpty
            || before.sentinels.contains { !after.sentinels.contains($0) }
        if lost {
            list.add(.lenientReadingRemoved, "\(name) is read less leniently", new.position)
        } else if before != after {
            list.add(.lenientReadingAdded, "\(name) is read more leniently", new.position)
        }
    }
}
