import EndpointCore
import EndpointSpec

/// Brings types into what the spec language can say: unions whose types are told apart, and shared types that are objects,
/// enumerations or unions.
final class TypeSettling {
    let notes: ImportNotes
    /// By key. Merged types are added as they are made.
    private(set) var shared: [String: TypeDraft]
    private(set) var keys: [String]
    private var states: [String: State] = [:]
    private var open: [String] = []
    /// The keys that a merged type was made of.
    private var origins: [String: [String]] = [:]

    private enum State { case running, done }

    /// More types than this are not merged into one.
    private static let mergeLimit = 40

    init(_ shared: [String: TypeDraft], _ keys: [String], _ notes: ImportNotes) {
        (self.shared, self.keys, self.notes) = (shared, keys, notes)
    }

    /// Settles all shared types.
    func settleAll() {
        for key in keys { settle(key) }
        finish()
    }

    /// A type with all unions in it settled.
    func settled(_ type: TypeDraft) -> TypeDraft {
        let result = settledInside(type)
        finish()
        return result
    }

    private func finish() {
        while let key = open.popLast() { settle(key) }
    }

    private func settle(_ key: String) {
        guard states[key] == nil, let type = shared[key] else { return }
        states[key] = .running
        shared[key] = settledInside(type)
        states[key] = .done
    }

    private func settledInside(_ type: TypeDraft) -> TypeDraft {
        var type = type
        if case .union(let union) = type.kind {
            type = settle(union, of: type)
            // What came of it may have unions inside that are new.
            guard case .union = type.kind else { return settledInside(type) }
        }
        return type.mapChildren { settledInside($0) }
    }

    // MARK: Looking through references

    /// What a type is, references followed.
    func resolved(_ type: TypeDraft) -> TypeDraft {
        var type = type
        var isNullable = type.isNullable
        for _ in 0..<32 {
            guard case .reference(let key) = type.kind else { break }
            if states[key] == nil { settle(key) }
            guard let next = shared[key] else { break }
            type = next
            isNullable = isNullable || next.isNullable
        }
        return type.nullable(isNullable)
    }

    /// The type itself where a reference leads to something that is no Swift type of its own.
    func written(_ type: TypeDraft) -> TypeDraft {
        guard case .reference = type.kind else { return type }
        var next = type
        for _ in 0..<32 {
            guard case .reference(let key) = next.kind, let target = shared[key] else { break }
            switch target.kind {
            case .object, .enumeration, .union:
                return next.nullable(type.isNullable || next.isNullable || target.isNullable)
            default:
                let description = next.description ?? type.description
                next = target.nullable(next.isNullable || target.isNullable || type.isNullable)
                next.description = description ?? target.description
            }
        }
        return next
    }

    /// The type without null, written out where the shared type has it.
    func withoutNull(_ type: TypeDraft) -> TypeDraft {
        let own = written(type)
        guard case .reference(let key) = own.kind, let target = shared[key], target.isNullable else {
            return own.nullable(false)
        }
        return target.nullable(false)
    }

    // MARK: Unions

    private func settle(_ union: UnionDraft, of type: TypeDraft) -> TypeDraft {
        var isNullable = type.isNullable
        var members: [TypeDraft] = []
        flatten(union.members, into: &members, &isNullable, depth: 0)
        func result(_ kind: TypeDraft.Kind, constraints: JSONObject = [:]) -> TypeDraft {
            var result = TypeDraft(kind, type.position)
            (result.isNullable, result.constraints) = (isNullable, constraints)
            (result.description, result.title) = (type.description, type.title)
            return result
        }
        if members.contains(where: { if case .any = resolved($0).kind { true } else { false } }) { return result(.any) }
        if let problem = members.compactMap({ member -> String? in
            if case .unsayable(let reason) = resolved(member).kind { reason } else { nil }
        }).first {
            return result(.unsayable(problem))
        }
        members = combineScalars(members)
        members = combineArrays(members, type.position)
        var tags = union
        members = combineObjects(members, &tags, type)
        if members.count == 1 {
            var only = members[0]
            only.isNullable = only.isNullable || isNullable
            only.description = type.description ?? only.description
            return only
        }
        return result(.union(UnionDraft(members: members, tag: tags.tag, mapping: tags.mapping)))
    }

    /// The types that are not unions themselves, each once.
    private func flatten(_ list: [TypeDraft], into members: inout [TypeDraft], _ isNullable: inout Bool, depth: Int) {
        for member in list {
            let type = resolved(member)
            isNullable = isNullable || type.isNullable
            if case .union(let inner) = type.kind, depth < 16 {
                flatten(inner.members, into: &members, &isNullable, depth: depth + 1)
                continue
            }
            let plain = written(member).nullable(false)
            if !members.contains(where: { TypeDraft.isSame($0, plain) }) { members.append(plain) }
        }
    }

    /// At most one text and one number.
    private func combineScalars(_ members: [TypeDraft]) -> [TypeDraft] {
        let texts = members.filter { resolved($0).isText || isBinary($0) }
        let numbers = members.filter(isNumber)
        let booleans = members.filter { if case .boolean = resolved($0).kind { true } else { false } }
        var result: [TypeDraft] = []
        var done: Set<Int> = []
        for member in members {
            let kind = resolved(member)
            if kind.isText || isBinary(member) {
                if done.insert(0).inserted { result.append(texts.count == 1 ? member : text(texts)) }
            } else if isNumber(member) {
                if done.insert(1).inserted {
                    result.append(numbers.count == 1 && members.count == 1 ? member : number(numbers, among: members))
                }
            } else if case .boolean = kind.kind {
                if done.insert(2).inserted { result.append(booleans[0]) }
            } else {
                result.append(member)
            }
        }
        return result
    }

    private func isBinary(_ type: TypeDraft) -> Bool { if case .binary = resolved(type).kind { true } else { false } }

    private func isNumber(_ type: TypeDraft) -> Bool {
        switch resolved(type).kind {
        case .integer, .number: true
        case .enumeration(let values): values.first?.string == nil
        default: false
        }
    }

    /// One type for several texts. An enumeration is open, so that it holds any other text, too.
    private func text(_ members: [TypeDraft]) -> TypeDraft {
        let enumerations = members.filter { if case .enumeration = resolved($0).kind { true } else { false } }
        if enumerations.count == 1 { return enumerations[0] }
        if !enumerations.isEmpty {
            var values: [JSONValue] = []
            for member in enumerations {
                guard case .enumeration(let own) = resolved(member).kind else { continue }
                for value in own where !values.contains(value) { values.append(value) }
            }
            return TypeDraft(.enumeration(values), members[0].position)
        }
        let formats = members.map { member -> String? in
            if case .string(let format) = resolved(member).kind { format } else { nil }
        }
        let isOne = formats.allSatisfy { $0 == formats[0] } && !members.contains(where: isBinary)
        return TypeDraft(.string(format: isOne ? formats[0] : nil), members[0].position)
    }

    /// One type for several numbers. A time among other types is told by its JSON type alone.
    private func number(_ numbers: [TypeDraft], among members: [TypeDraft]) -> TypeDraft {
        let kinds = numbers.map { resolved($0).kind }
        let position = numbers[0].position
        if kinds.contains(where: { if case .number = $0 { true } else { false } }) {
            return TypeDraft(.number(format: nil), position)
        }
        if numbers.count == 1, case .enumeration = kinds[0] { return numbers[0] }
        let isWide = kinds.contains { if case .integer(let format) = $0 { format == "int64" } else { false } }
        return TypeDraft(.integer(format: isWide ? "int64" : nil), position)
    }

    private func combineArrays(_ members: [TypeDraft], _ position: SourcePosition) -> [TypeDraft] {
        let arrays = members.compactMap { member -> TypeDraft? in
            if case .array(let item) = resolved(member).kind { item } else { nil }
        }
        guard arrays.count > 1 else { return members }
        let item = settledInside(TypeDraft(.union(UnionDraft(members: arrays)), position))
        var isDone = false
        return members.compactMap { member in
            guard case .array = resolved(member).kind else { return member }
            if isDone { return nil }
            isDone = true
            return TypeDraft(.array(item), position)
        }
    }

    // MARK: Objects

    private func isObject(_ type: TypeDraft) -> Bool {
        switch resolved(type).kind {
        case .object, .map: true
        default: false
        }
    }

    /// Objects that are told apart, by a field whose name goes into `tags`, or all of them as one.
    private func combineObjects(
        _ members: [TypeDraft], _ tags: inout UnionDraft, _ type: TypeDraft
    ) -> [TypeDraft] {
        let objects = members.filter(isObject)
        guard objects.count > 1 else {
            (tags.tag, tags.mapping) = (nil, [])
            return members
        }
        if let tag = tags.tag, isTag(tag, objects) {
            let mapping = tags.mapping.filter { entry in objects.contains { Self.key(of: $0) == entry.key } }
            if objects.allSatisfy({ object in mapping.contains { $0.key == Self.key(of: object) } }) {
                tags.mapping = mapping
                return members
            }
        }
        if let found = inferredTag(members) {
            (tags.tag, tags.mapping) = found
            return members
        }
        (tags.tag, tags.mapping) = (nil, [])
        if objects.indices.allSatisfy({ hasOwnField(objects, $0) }) { return members }
        let merged = merge(objects, type)
        var isDone = false
        return members.compactMap { member in
            guard isObject(member) else { return member }
            if isDone { return nil }
            isDone = true
            return merged
        }
    }

    private static func key(of type: TypeDraft) -> String? {
        if case .reference(let key) = type.kind { key } else { nil }
    }

    private func fields(_ type: TypeDraft) -> [FieldDraft]? {
        if case .object(let object) = resolved(type).kind { object.fields } else { nil }
    }

    /// Whether every object has the field as a required scalar.
    private func isTag(_ tag: String, _ objects: [TypeDraft]) -> Bool {
        objects.allSatisfy { object in
            guard let field = fields(object)?.first(where: { $0.name == tag }) else { return false }
            let type = resolved(field.type)
            return !field.isOptional && !type.isNullable && type.isScalar
        }
    }

    /// A field that each object must have, with values of its own.
    private func inferredTag(_ members: [TypeDraft]) -> (tag: String, mapping: [(value: String, key: String)])? {
        let indices = members.indices.filter { isObject(members[$0]) }
        let objects = indices.map { members[$0] }
        for candidate in fields(objects[0]) ?? [] where isTag(candidate.name, objects) {
            var mapping: [(value: String, key: String)] = []
            var seen: Set<String> = []
            let isDistinct = indices.allSatisfy { index in
                guard let field = fields(members[index])?.first(where: { $0.name == candidate.name }),
                    case .enumeration(let values) = resolved(field.type).kind
                else { return false }
                return values.allSatisfy { value in
                    guard let text = value.string, seen.insert(text).inserted else { return false }
                    mapping.append((text, Self.key(of: members[index]) ?? UnionDraft.key(ofMember: index)))
                    return true
                }
            }
            if isDistinct { return (candidate.name, mapping) }
        }
        return nil
    }

    /// Whether an object has a required field that none of the others has.
    private func hasOwnField(_ objects: [TypeDraft], _ index: Int) -> Bool {
        guard let own = fields(objects[index]) else { return false }
        let rivals = objects.indices.filter { $0 != index }.map { fields(objects[$0]) }
        guard rivals.allSatisfy({ $0 != nil }) else { return false }
        let taken = Set(rivals.flatMap { $0 ?? [] }.map(\.name))
        return own.contains { field in
            !field.isOptional && !taken.contains(field.name) && !admitsNone(field.type)
        }
    }

    private func admitsNone(_ type: TypeDraft) -> Bool {
        let type = resolved(type)
        if type.isNullable { return true }
        if case .any = type.kind { return true }
        return false
    }

    // MARK: Merging

    /// One object with the fields of several. Those that not all of them must have are optional.
    private func merge(_ objects: [TypeDraft], _ type: TypeDraft) -> TypeDraft {
        let keys = objects.flatMap { object in Self.key(of: object).map { origins[$0] ?? [$0] } ?? [] }
        let isByKey = objects.allSatisfy { Self.key(of: $0) != nil }
        notes.count("alternatives that nothing tells apart are one object with the fields of all", type.position)
        if !isByKey { return TypeDraft(mergedKind(objects), type.position) }
        let sources = Set(keys).sorted()
        if sources.count > Self.mergeLimit {
            return TypeDraft(.unsayable("nothing tells its \(sources.count) alternatives apart"), type.position)
        }
        let key = sources.joined(separator: " | ")
        if shared[key] == nil {
            origins[key] = sources
            shared[key] = TypeDraft(mergedKind(objects), type.position)
            shared[key]?.title = type.title
            self.keys.append(key)
            open.append(key)
        }
        return TypeDraft(.reference(key), type.position)
    }

    private func mergedKind(_ objects: [TypeDraft]) -> TypeDraft.Kind {
        var names: [String] = []
        var found: [String: [FieldDraft]] = [:]
        var additional: [TypeDraft] = []
        for object in objects {
            switch resolved(object).kind {
            case .object(let own):
                for field in own.fields {
                    if found[field.name] == nil { names.append(field.name) }
                    found[field.name, default: []].append(field)
                }
                if let more = own.additional { additional.append(more) }
            case .map(let values): additional.append(values)
            default: break
            }
        }
        let rest = combined(additional)
        if names.isEmpty { return .map(rest ?? TypeDraft(.any, objects[0].position)) }
        let fields = names.compactMap { name -> FieldDraft? in
            guard let same = found[name], var field = same.first else { return nil }
            field.constant = nil
            field.isOptional = same.count < objects.count || same.contains(where: \.isOptional)
            field.isReadOnly = same.allSatisfy(\.isReadOnly)
            field.isWriteOnly = same.allSatisfy(\.isWriteOnly)
            if let type = combined(same.map(\.type)) { field.type = type }
            return field
        }
        return .object(ObjectDraft(fields: fields, additional: rest))
    }

    private func combined(_ types: [TypeDraft]) -> TypeDraft? {
        guard var first = types.first else { return nil }
        if types.dropFirst().allSatisfy({ TypeDraft.isSame($0.nullable(false), first.nullable(false)) }) {
            first.isNullable = types.contains(where: \.isNullable)
            return first
        }
        var union = TypeDraft(.union(UnionDraft(members: types)), first.position)
        union.description = first.description
        return union
    }
}
