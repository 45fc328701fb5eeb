import EndpointCore
import EndpointSpec

/// Where a type is written, and what it is called there without a name of its own. The same rules as the checker's.
struct TypePlace {
    /// Prefixes the name of a type that gets one of its own.
    var owner: String
    /// The whole name of a type without one, where it does not come from a field.
    var fixedName: String?
    var prefix = ""
    var stem = ""
    /// The type that this one is nested in; nil at the top of a file.
    var parent: String?
    /// Whether the file itself is the type.
    var isFile = false
    var allowsBinary = false

    /// The name of a type without one.
    var typeName: String {
        if let fixedName { return fixedName }
        let name = SwiftName.upperCamel(stem)
        return prefix + (name == "Type" ? "Kind" : name)
    }

    /// For the elements of an array and the values of a map.
    var items: TypePlace {
        var place = self
        place.stem = fixedName == nil ? SwiftName.singular(stem) : "item"
        place.prefix = fixedName ?? prefix
        place.fixedName = nil
        place.isFile = false
        return place
    }

    /// For a field of an object that is called so.
    func field(_ swiftName: String, in parent: String) -> TypePlace {
        TypePlace(owner: parent.hasPrefix(owner) ? parent : owner + parent, stem: swiftName, parent: parent)
    }
}

/// Writes types as specs.
final class TypeRenderer {
    let settling: TypeSettling
    private(set) var names: TypeNames
    /// Names of types without one of their own that a group has already, by group.
    private var groupTypes: [String: Set<String>] = [:]
    /// The shared types that were referred to.
    private(set) var used: Set<String> = []
    /// What is written as `any` because the language cannot say it.
    private(set) var loose: [(position: SourcePosition, message: String)] = []
    private var group = ""

    init(_ settling: TypeSettling, _ names: TypeNames) {
        (self.settling, self.names) = (settling, names)
    }

    /// What was written as `any` since the last call.
    func takeLoose() -> [(position: SourcePosition, message: String)] {
        defer { loose = [] }
        return loose
    }

    func begin(group: String) { self.group = group }

    // MARK: Types

    /// A shared type as a file.
    func file(of key: String) -> JSONObject? {
        guard let type = settling.shared[key], let name = names.names[key] else { return nil }
        group = ""
        return render(type, TypePlace(owner: name, fixedName: name, isFile: true), describes: true)
    }

    /// The keywords of a type.
    func render(_ type: TypeDraft, _ place: TypePlace, describes: Bool = false) -> JSONObject {
        var siblings: Set<String> = []
        return render(type, place, describes, &siblings, isMember: false)
    }

    private func render(
        _ type: TypeDraft, _ place: TypePlace, _ describes: Bool, _ siblings: inout Set<String>, isMember: Bool
    ) -> JSONObject {
        let type = settling.written(type)
        var spec: JSONObject = [:]
        if describes, let text = type.description { spec["description"] = .string(text) }
        switch type.kind {
        case .any: spec["type"] = "any"
        case .unsayable(let reason):
            loose.append((type.position, reason))
            spec["type"] = "any"
        case .boolean: spec["type"] = named("boolean", type)
        case .string(let format):
            spec["type"] = named("string", type)
            spec["format"] = format.map { .string($0) }
        case .integer(let format):
            spec["type"] = named("integer", type)
            spec["format"] = format.map { .string($0) }
        case .number(let format):
            spec["type"] = named("number", type)
            spec["format"] = format.map { .string($0) }
        case .binary:
            spec["type"] = named("string", type)
            if place.allowsBinary { spec["format"] = "binary" }
        case .enumeration(let values):
            if type.isNullable { spec["type"] = named(values.first?.string != nil ? "string" : "integer", type) }
            spec["name"] = declare(place, &siblings, isMember).map { .string($0) }
            spec["enum"] = FieldNames.cases(values)
        case .array(let item):
            spec["type"] = named("array", type)
            spec["items"] = .object(render(item, place.items, false, &siblings, isMember: isMember))
        case .map(let values):
            if type.isNullable { spec["type"] = named("object", type) }
            if case .any = settling.written(values).kind {
                spec["additionalProperties"] = true
            } else {
                spec["additionalProperties"] = .object(
                    render(values, place.items, false, &siblings, isMember: isMember))
            }
        case .object(let object): render(object, type, place, &siblings, isMember, into: &spec)
        case .union(let union): render(union, type, place, &siblings, into: &spec)
        case .reference(let key): renderReference(key, type, into: &spec)
        }
        for (key, value) in type.constraints.members { spec[key] = value }
        return spec
    }

    private func named(_ name: String, _ type: TypeDraft) -> JSONValue {
        type.isNullable ? [.string(name), "null"] : .string(name)
    }

    private func renderReference(_ key: String, _ type: TypeDraft, into spec: inout JSONObject) {
        used.insert(key)
        spec["$ref"] = .string(path(of: key))
        guard type.isNullable, let target = settling.shared[key], !target.isNullable else { return }
        spec["type"] = [jsonType(target), "null"]
    }

    /// The path of a shared type's file.
    func path(of key: String) -> String { "types/\(names.names[key] ?? "").json" }

    private func jsonType(_ type: TypeDraft) -> JSONValue {
        switch type.kind {
        case .enumeration(let values): values.first?.string != nil ? "string" : "integer"
        case .union: "any"
        default: "object"
        }
    }

    // MARK: Objects

    private func render(
        _ object: ObjectDraft, _ type: TypeDraft, _ place: TypePlace, _ siblings: inout Set<String>, _ isMember: Bool,
        into spec: inout JSONObject
    ) {
        if type.isNullable { spec["type"] = ["object", "null"] }
        let name = declare(place, &siblings, isMember)
        spec["name"] = name.map { .string($0) }
        let own = name ?? place.typeName
        let hasAdditional = object.additional != nil
        spec["properties"] = .object(
            fields(object.fields, taken: hasAdditional ? ["additionalProperties"] : []) { place.field($0, in: own) })
        guard let additional = object.additional else { return }
        if case .any = settling.written(additional).kind {
            spec["additionalProperties"] = true
        } else {
            var inner = place.field("additionalProperty", in: own)
            inner.stem = "additionalProperty"
            var none: Set<String> = [own]
            spec["additionalProperties"] = .object(render(additional, inner, false, &none, isMember: true))
        }
    }

    /// The fields of an object or of a location.
    ///
    /// - Parameters:
    ///   - list: The fields.
    ///   - taken: Swift names that none of them may have.
    ///   - isTop: Whether they are arguments, which may be constants and have defaults.
    ///   - place: Where the type of a field is written, by the field's Swift name.
    /// - Returns: The fields, by their names on the wire.
    func fields(
        _ list: [FieldDraft], taken: Set<String> = [], isTop: Bool = false, _ place: (String) -> TypePlace
    ) -> JSONObject {
        var siblings: Set<String> = []
        var fields: JSONObject = [:]
        let swiftNames = FieldNames.swiftNames(list.map(\.name), list.map(\.swiftName), taken: taken)
        for (field, swiftName) in zip(list, swiftNames) {
            let place = place(swiftName ?? SwiftName.lowerCamel(field.name))
            fields[field.name] = .object(render(field, swiftName, place, isTop, &siblings))
        }
        return fields
    }

    private func render(
        _ field: FieldDraft, _ swiftName: String?, _ place: TypePlace, _ isTop: Bool, _ siblings: inout Set<String>
    ) -> JSONObject {
        var spec: JSONObject = [:]
        if let swiftName { spec["swiftName"] = .string(swiftName) }
        if isTop, let constant = field.constant {
            spec["type"] = constant.string != nil ? "string" : "integer"
            spec["const"] = constant
        } else {
            for (key, value) in render(field.type, place, false, &siblings, isMember: false).members {
                spec[key] = value
            }
            for (key, value) in field.encoding.members { spec[key] = value }
            if let value = field.defaultValue, isTop { spec["default"] = value }
            if field.isOptional { spec["optional"] = true }
        }
        if field.isSensitive { spec["sensitive"] = true }
        if field.isDeprecated { spec["deprecated"] = true }
        var text = field.description
        if let assumed = field.assumed, isTop, field.constant == nil, assumed.object == nil, !assumed.isNull {
            text = [text, "Default: \(assumed.plainText)."].compactMap(\.self).joined(separator: " ")
        }
        spec["description"] = Prose.line(text ?? "", atMost: 300).map { .string($0) }
        return spec
    }

    // MARK: Unions

    private func render(
        _ union: UnionDraft, _ type: TypeDraft, _ place: TypePlace, _ siblings: inout Set<String>,
        into spec: inout JSONObject
    ) {
        var name = place.fixedName
        if name == nil {
            let given = take(place)
            spec["name"] = .string(given)
            name = given
        } else if !place.isFile, let given = declare(place, &siblings, false) {
            spec["name"] = .string(given)
            name = given
        }
        let own = name ?? ""
        var keys: [String: String] = [:]
        var members: [JSONValue] = []
        for (index, member) in union.members.enumerated() {
            var inner = TypePlace(
                owner: own + (member.title.map(SwiftName.upperCamel) ?? ""), prefix: own, stem: "item")
            inner.parent = place.parent
            if member.title == nil, let field = distinctField(union.members, index) {
                inner = TypePlace(owner: own, prefix: own, stem: SwiftName.lowerCamel(field))
            }
            if case .enumeration = member.kind, member.title == nil { inner.stem = "known" }
            var rendered = render(
                index == 0 && type.isNullable ? member.nullable(true) : member, inner, false, &siblings, isMember: true)
            if case .reference(let key) = member.kind { keys[key] = path(of: key) }
            if let given = rendered["name"]?.string { keys[UnionDraft.key(ofMember: index)] = given }
            if member.isText || rendered["type"]?.string == "integer" { rendered["description"] = nil }
            members.append(.object(rendered))
        }
        spec["oneOf"] = .array(members)
        guard let tag = union.tag else { return }
        var mapping: JSONObject = [:]
        for (value, key) in union.mapping { if let path = keys[key] { mapping[value] = .string(path) } }
        spec["discriminator"] = ["propertyName": .string(tag), "mapping": .object(mapping)]
    }

    /// The field that an object must have and no other one has, which its type is called after.
    private func distinctField(_ members: [TypeDraft], _ index: Int) -> String? {
        func fields(_ type: TypeDraft) -> [FieldDraft] {
            if case .object(let object) = settling.resolved(type).kind { object.fields } else { [] }
        }
        guard case .object(let own) = members[index].kind else { return nil }
        let others = Set(members.indices.filter { $0 != index }.flatMap { fields(members[$0]).map(\.name) })
        return own.fields.first {
            !$0.isOptional && !others.contains($0.name) && SwiftName.isValueName(SwiftName.lowerCamel($0.name))
        }?
        .name
    }

    // MARK: Names

    /// The name that a type must be given; nil where the one from its place is good.
    private func declare(_ place: TypePlace, _ siblings: inout Set<String>, _ isMember: Bool) -> String? {
        if place.isFile { return nil }
        let implied = place.typeName
        let isGood =
            !isMember && SwiftName.isTypeName(implied) && names.taken.isFree(implied) && implied != place.parent
        if isGood {
            if place.parent != nil {
                if siblings.insert(implied).inserted { return nil }
            } else if groupTypes[group, default: []].insert(implied).inserted {
                return nil
            }
        }
        return take(place)
    }

    /// A name for a type in a place: that of the place, behind the type that it is in.
    private func take(_ place: TypePlace) -> String {
        let implied = place.typeName
        let isWhole = implied.hasPrefix(place.owner) || place.owner.hasSuffix(implied)
        let wanted = isWhole ? (implied.count > place.owner.count ? implied : place.owner) : place.owner + implied
        let inGroup = Words.singular(group) + wanted
        let candidates = [wanted, group.isEmpty ? wanted + "Value" : inGroup, wanted + "Object"]
        let inUse = groupTypes[group] ?? []
        return names.take(
            firstOf: candidates.filter { SwiftName.isTypeName($0) && !inUse.contains($0) } + [place.owner + "Value"])
    }
}
