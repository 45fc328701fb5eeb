/// Unions: their types, the names of their cases, and whether a value of one type can be told from one of another.
extension CheckSession {
    func union(_ node: JSONNode, _ context: TypeContext) -> SchemaModel? {
        guard let list = node["oneOf"], let elements = list.elements else { return nil }
        refuseKeywordsBesideUnion(node)
        if elements.count < 2 {
            report.error(
                list.position, "\"oneOf\" needs two types or more; add one, or write the only one in its place")
        }
        if node["name"] == nil, context.fixedName == nil {
            report.error(node.position, "a union is a type of its own in Swift; give it a \"name\"")
            return nil
        }
        let (name, owner) = declare(node, context)
        var inner = context.items
        (inner.prefix, inner.stem, inner.namelessOwner) = (name, "item", context.owner)
        var union = UnionModel(
            name: name, owner: owner, members: [], tag: node["discriminator"]?["propertyName"]?.string)
        var isNullable = false
        var isWhole = true
        for element in elements {
            guard let member = member(element, inner) else {
                isWhole = false
                continue
            }
            isNullable = isNullable || member.schema.isNullable
            union.members.append(member)
            union.members[union.members.count - 1].schema.isNullable = false
        }
        readMapping(node["discriminator"], &union, isWhole)
        guard isWhole else { return nil }
        checkCaseNames(union)
        unions.append(union)
        var schema = SchemaModel(.union(union), position: node.position)
        schema.isNullable = isNullable
        return schema
    }

    private func refuseKeywordsBesideUnion(_ node: JSONNode) {
        let allowed: Set<String> = ["oneOf", "discriminator", "name"]
        for member in node.members ?? []
        where FieldKeywords.schemaKeys.contains(member.key) && !allowed.contains(member.key) {
            report.error(
                member.keyPosition, "\"\(member.key)\" may not stand beside \"oneOf\"; write it in one of the types")
        }
    }

    // MARK: Types

    private func member(_ node: JSONNode, _ context: TypeContext) -> UnionModel.Member? {
        if node["properties"] != nil || node["enum"] != nil, node["name"] == nil, node["$ref"] == nil {
            report.error(node.position, "give the type a \"name\": its case is called like it")
            return nil
        }
        guard let schema = schema(node, context), !schema.isUnknown else { return nil }
        let reference = node["$ref"]?.string.map { String($0.dropFirst("types/".count).dropLast(".json".count)) }
        if let problem = problem(of: schema, node) {
            report.error(node.position, problem)
            return nil
        }
        let name = reference ?? node["name"]?.string
        var member = UnionModel.Member(
            swiftName: name.map { SwiftName.lowerCamel($0) } ?? schema.jsonType, schema: schema, tags: [])
        if let name { member.tags = [name] }
        return member
    }

    /// Why a type cannot be one of several; nil if it can.
    private func problem(of schema: SchemaModel, _ node: JSONNode) -> String? {
        switch schema.kind {
        case .any: return "\"any\" is every type; remove it, for a value of no type of \"oneOf\" is preserved"
        case .union: return "a union in a union; list its types here"
        case .reference(let name):
            if types[name]?.node?["oneOf"] != nil || base?.types[name]?.node?["oneOf"] != nil {
                return "\"\(name)\" is a union in a union; list its types here"
            }
        case .date(let format) where format.isNumeric:
            return "a time in a union is told by its JSON type; write \"type\": \"integer\" without \"format\""
        default: break
        }
        return nil
    }

    // MARK: Names

    private func readMapping(_ discriminator: JSONNode?, _ union: inout UnionModel, _ isWhole: Bool) {
        guard union.tag != nil, let discriminator else {
            for index in union.members.indices { union.members[index].tags = [] }
            return
        }
        guard let mapping = discriminator["mapping"]?.members else { return }
        var tags = [[String]](repeating: [], count: union.members.count)
        let known = union.members.flatMap(\.tags)
        let places = Dictionary(
            union.members.enumerated().flatMap { index, member in member.tags.map { ($0, index) } }
        ) { first, _ in first }
        for member in mapping.sorted(by: { $0.key < $1.key }) {
            guard let text = member.value.string else { continue }
            let isFile = text.hasPrefix("types/") && text.hasSuffix(".json")
            let name = isFile ? String(text.dropFirst(6).dropLast(5)) : text
            if let index = places[name] {
                tags[index].append(member.key)
            } else if isWhole {
                report.error(
                    member.value.position,
                    "\"\(text)\" is not a type of \"oneOf\"; \(Suggestion.hint(for: name, in: known))")
            }
        }
        // A type that the mapping does not name has its own name for a tag.
        for index in union.members.indices where !tags[index].isEmpty { union.members[index].tags = tags[index] }
        var owners: [String: String] = [:]
        for member in union.members {
            for tag in member.tags {
                guard let other = owners.updateValue(member.swiftName, forKey: tag) else { continue }
                report.error(
                    discriminator.position,
                    "the value \"\(tag)\" means both \(other) and \(member.swiftName); give each type one in \"mapping\""
                )
            }
        }
    }

    private func checkCaseNames(_ union: UnionModel) {
        var names: Set<String> = []
        for member in union.members {
            let (name, position) = (member.swiftName, member.schema.position)
            if name == UnionModel.otherName {
                report.error(
                    position, "the case \"\(name)\" is for values of no type of \"oneOf\"; give this type another name")
            } else if !SwiftName.isValueName(name) || SwiftName.takenInUnions.contains(name) {
                report.error(position, "\"\(name)\" cannot be the name of a case in Swift; give the type another name")
            } else if !names.insert(name).inserted {
                report.error(
                    position, "two types of the union are the case \"\(name)\"; give them names, or remove one")
            }
        }
    }

    // MARK: Telling apart

    /// Reports unions whose types cannot be told apart. Known only when all types are.
    func checkUnions() {
        for union in unions {
            if let tag = union.tag { checkTag(tag, union) }
            for member in union.members { checkForm(member.schema) }
            let marks = typeTable.marks(of: union)
            for (member, mark) in zip(union.members, marks) where mark == nil {
                report.error(
                    member.schema.position,
                    "nothing tells \"\(member.swiftName)\" from the other types of \"\(union.name)\"; "
                        + remedy(for: member.schema))
            }
        }
        unions = []
    }

    private func checkForm(_ member: SchemaModel) {
        let schema = typeTable.resolved(member)
        if schema.encoding.changesResponses || schema.leniency != .init() {
            report.error(
                member.position,
                "a type of a union is told by its JSON type and written as that; remove what has it written in another way"
            )
        }
    }

    private func remedy(for schema: SchemaModel) -> String {
        switch typeTable.resolved(schema).kind {
        case .object, .map: "add a \"discriminator\", or a required field that no other has"
        default: "no other may have its JSON type: remove one, or write \"type\": \"any\" in place of \"oneOf\""
        }
    }

    private func checkTag(_ tag: String, _ union: UnionModel) {
        var hasObject = false
        for member in union.members {
            switch typeTable.resolved(member.schema).kind {
            case .object(let object):
                hasObject = true
                guard let field = object.fields.first(where: { $0.name == tag }) else {
                    report.error(
                        member.schema.position,
                        "\"\(member.swiftName)\" has no field \"\(tag)\", which is the \"discriminator\"; add it, or name another"
                    )
                    continue
                }
                if field.schema.isUnknown { continue }
                if field.isOptional || field.constant != nil || field.schema.isNullable || !isScalar(field.schema) {
                    report.error(
                        field.position,
                        "\"\(tag)\" is the discriminator of \"\(union.name)\"; make it a required scalar, without \"const\" or null"
                    )
                }
            case .map:
                hasObject = true
                report.error(
                    member.schema.position,
                    "a map has no field \"\(tag)\", which is the \"discriminator\"; remove one of the two")
            default: break
            }
        }
        if !hasObject, let first = union.members.first {
            report.error(
                first.schema.position, "no type of \"\(union.name)\" is an object; remove \"discriminator\"")
        }
    }
}
