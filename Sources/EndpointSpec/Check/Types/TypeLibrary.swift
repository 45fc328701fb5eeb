/// What a schema is checked for: where it stands, and what a type without a name of its own is called there.
struct TypeContext {
    /// The keys that may stand here; the nested ones follow from it.
    var table: KeywordTable
    /// Who declares a type with a `name`.
    var owner: TypeOwner
    /// Who declares a type without.
    var namelessOwner: TypeOwner
    /// The whole name of a type without one, where it does not come from a field.
    var fixedName: String?
    /// Prefixes the name made from the field.
    var prefix = ""
    /// The Swift name of the field.
    var stem = ""
    /// Whether bytes may stand here.
    var allowsBinary = false

    /// The name of a type without one.
    var typeName: String {
        if let fixedName { return fixedName }
        let name = SwiftName.upperCamel(stem)
        return prefix + (name == "Type" ? "Kind" : name)
    }

    /// For the elements of an array.
    var items: TypeContext {
        var context = self
        context.table = isSent ? .parameterItems : .responseItems
        context.stem = fixedName == nil ? SwiftName.singular(stem) : "item"
        if let fixedName { context.prefix = fixedName }
        context.fixedName = nil
        // An array of files is a part of a multipart body for each; the check of its place refuses other arrays of bytes.
        context.allowsBinary = allowsBinary && table == .parameter
        return context
    }

    /// For the values of other names in an object that has fields.
    var additional: TypeContext {
        var context = field(SwiftName.singular(ObjectModel.additionalName))
        context.table = isSent ? .parameterItems : .responseItems
        return context
    }

    /// For a field of an object.
    func field(_ swiftName: String) -> TypeContext {
        TypeContext(
            table: isSent ? .parameter : .responseField, owner: owner, namelessOwner: .enclosing, stem: swiftName)
    }

    /// Whether values go to the service and nowhere else.
    var isSent: Bool {
        switch table {
        case .parameter, .parameterItems, .bodyType: true
        default: false
        }
    }
}

/// How far a type of `types/` is settled.
enum TypeState {
    case running
    case done(SchemaModel?)
}

/// Shared types and references to them.
extension CheckSession {
    /// The checked type of a file of `types/`, of this module or of the extended one.
    func typeSchema(_ name: String) -> SchemaModel? {
        if let state = typeStates[name] {
            if case .done(let schema) = state { return schema }
            return nil
        }
        guard let type = types[name] else { return inheritedTypeSchema(name) }
        guard let node = type.node else { return nil }
        typeStates[name] = .running
        let owner = TypeOwner.type(name)
        let schema = schema(node, TypeContext(table: .type, owner: owner, namelessOwner: owner, fixedName: name))
        if let given = node["name"] {
            report.error(given.position, "a shared type is called like its file; remove \"name\"")
        }
        switch schema?.kind {
        case .array(let items)? where items.declaresType:
            report.error(
                node["items"]?.position ?? node.position,
                "a shared array is written out wherever it is used; put its element into a file of types/ and refer to that"
            )
        case .map(let values)? where values.declaresType:
            report.error(
                node["additionalProperties"]?.position ?? node.position,
                "a shared map is written out wherever it is used; put its values into a file of types/ and refer to that"
            )
        default: break
        }
        typeStates[name] = .done(schema)
        typeTable[name] = schema
        return schema
    }

    /// The checked type of the extended module, with all that it refers to.
    private func inheritedTypeSchema(_ name: String) -> SchemaModel? {
        guard let base, let schema = base.typeSchema(name) else { return nil }
        if typeTable[name] == nil { typeTable.merge(base.typeTable) }
        return schema
    }

    /// The types of this module, for the model.
    var namedTypes: [NamedTypeModel] {
        types.sorted { $0.key < $1.key }.compactMap { name, type in
            guard let node = type.node, let schema = typeSchema(name) else { return nil }
            return NamedTypeModel(
                name: name, schema: schema, summary: node["description"]?.string ?? node["title"]?.string,
                canonicalText: CanonicalText.text(of: node, as: .keywords(.type)), file: type.file.path,
                position: node.position)
        }
    }

    /// What `$ref` stands for: the type itself if it is scalar, a reference to it otherwise.
    func reference(_ node: JSONNode, _ context: TypeContext) -> SchemaModel? {
        guard let reference = node["$ref"], let name = typeName(reference) else { return nil }
        refuseKeywordsBesideReference(node)
        let target: SchemaModel?
        if case .running = typeStates[name] {
            target = outline(of: name)
            if target == nil {
                report.error(reference.position, "the type \"\(name)\" refers to itself; write out what it is")
            }
        } else {
            target = typeSchema(name)
        }
        guard let schema = target else { return nil }
        var result = schema
        switch schema.kind {
        case .object, .enumeration, .union:
            result = SchemaModel(.reference(name), position: node.position)
            result.isNullable = schema.isNullable
            result.encoding.template = schema.encoding.template
            result.leniency = schema.leniency
        default: result.position = node.position
        }
        (result.encoding.wrap, result.leniency.nullAsEmpty) = (nil, false)
        context.table.bind(node, to: &result)
        if result.leniency.nullAsEmpty, schema.jsonType != "array",
            let position = node.member("nullAsEmpty")?.keyPosition
        {
            report.error(
                position, "\"nullAsEmpty\" is for an array, and the shared type \"\(name)\" is none; remove it")
        }
        if let type = node["type"] { checkType(type, of: schema, called: name, &result) }
        return result
    }

    /// The name in `types/NAME.json`, if there is such a type.
    private func typeName(_ reference: JSONNode) -> String? {
        guard let text = reference.string else { return nil }
        let known = Set(types.keys).union(base?.types.keys ?? [:].keys)
        var name = text
        if text.hasPrefix("types/"), text.hasSuffix(".json"), text.count > 11 {
            name = String(text.dropFirst(6).dropLast(5))
            if known.contains(name) {
                usedTypes.insert(name)
                return name
            }
        }
        let bare =
            name.split(separator: "/").last.map { $0.hasSuffix(".json") ? String($0.dropLast(5)) : String($0) } ?? name
        if known.contains(bare) {
            usedTypes.insert(bare)
            report.error(reference.position, "a \"$ref\" counts from the module's folder; write \"types/\(bare).json\"")
        } else {
            let files = known.sorted().map { "types/\($0).json" }
            report.error(
                reference.position,
                "there is no shared type \"\(text)\"; "
                    + Suggestion.hint(for: text, in: files, otherwise: "add the file types/\(bare).json"))
        }
        return nil
    }

    private func refuseKeywordsBesideReference(_ node: JSONNode) {
        for member in node.members ?? []
        where FieldKeywords.schemaKeys.contains(member.key) && !FieldKeywords.besideReference.contains(member.key) {
            report.error(
                member.keyPosition,
                "\"\(member.key)\" may not stand beside \"$ref\"; write it in the shared type's file")
        }
    }

    private func checkType(_ type: JSONNode, of schema: SchemaModel, called name: String, _ result: inout SchemaModel) {
        let names = type.string.map { [$0] } ?? type.elements?.compactMap(\.string) ?? []
        let actual = schema.jsonType
        let rest = names.filter { $0 != "null" }
        if rest != [actual] {
            report.error(
                type.position,
                "the shared type \"\(name)\" is of type \"\(actual)\"; write that (with \"null\" where it may be null), or remove \"type\""
            )
        }
        if names.contains("null") { result.isNullable = true }
    }

    /// What is known of a type that holds itself before it is settled; nil if it is not a type of its own in Swift.
    private func outline(of name: String) -> SchemaModel? {
        guard let node = types[name]?.node else { return nil }
        var schema = SchemaModel(.any, position: node.position)
        if node["oneOf"] != nil {
            schema.kind = .union(UnionModel(name: name, owner: .type(name), members: [], tag: nil))
            schema.isNullable = node["oneOf"]?.elements?.contains { admitsNull($0) } ?? false
        } else if node["properties"] != nil {
            schema.kind = .object(ObjectModel(name: name, owner: .type(name), fields: []))
            schema.isNullable = admitsNull(node)
            schema.encoding.template = node["template"]?.string
        } else {
            return nil
        }
        return schema
    }

    private func admitsNull(_ node: JSONNode) -> Bool {
        if node["type"]?.elements?.contains(where: { $0.string == "null" }) == true { return true }
        guard let text = node["$ref"]?.string, text.hasPrefix("types/"), text.hasSuffix(".json") else { return false }
        return types[String(text.dropFirst(6).dropLast(5))]?.node?["type"]?.elements?.contains { $0.string == "null" }
            ?? false
    }

    // MARK: All types

    /// Reports types that no value can have.
    func checkRecursion() {
        let endless = typeTable.endless()
        var seen: Set<String> = []
        for name in endless.sorted() where types[name] != nil {
            var path: [String] = []
            var next: (name: String, position: SourcePosition)? = (name, SourcePosition(file: ""))
            while let (name, position) = next {
                if let start = path.firstIndex(of: name) {
                    let loop = (path[start...] + [name]).joined(separator: " → ")
                    report.error(
                        position,
                        "a value of this type has no end (\(loop)); make a field on the way optional or nullable, or put an array between"
                    )
                    break
                }
                guard seen.insert(name).inserted, let schema = typeTable[name] else { break }
                path.append(name)
                next = firstEndless(schema, endless)
            }
        }
    }

    /// The first reference in a type that keeps its values from ending.
    private func firstEndless(_ schema: SchemaModel, _ endless: Set<String>) -> (String, SourcePosition)? {
        if case .reference(let name) = schema.kind { return endless.contains(name) ? (name, schema.position) : nil }
        if case .object(let object) = schema.kind {
            let field = object.fields.first { !typeTable.hasEnd($0, without: endless) }
            return field.flatMap { firstEndless($0.schema, endless) }
        }
        return schema.children.lazy.compactMap { self.firstEndless($0, endless) }.first
    }

    func checkUnusedTypes() {
        guard isComplete else { return }
        for name in types.keys.sorted() where !usedTypes.contains(name) && SwiftName.isTypeName(name) {
            guard let type = types[name], type.node != nil else { continue }
            report.error(
                SourcePosition(file: type.file.displayPath),
                "nothing refers to the type \"\(name)\"; use it (\"$ref\": \"types/\(name).json\") or remove the file")
        }
    }
}

extension SchemaModel {
    /// Whether an object, a union or an enumeration is written out in it.
    var declaresType: Bool {
        switch kind {
        case .array(let items), .map(let items): items.declaresType
        case .object, .enumeration, .union: true
        default: false
        }
    }

    /// `a string`, for messages.
    static func article(_ type: String) -> String {
        switch type {
        case "any": "any value"
        case "array", "integer", "object": "an \(type)"
        default: "a \(type)"
        }
    }

    /// The value of `type` for this.
    var jsonType: String {
        switch kind {
        case .string, .text, .binary: "string"
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .date(let format): format.isNumeric ? "integer" : "string"
        case .array: "array"
        case .object, .map, .reference: "object"
        case .enumeration(let enumeration): enumeration.isString ? "string" : "integer"
        case .any, .union: "any"
        }
    }
}

/// A type with a name of its own, or made for a location.
struct DeclaredType {
    var node: JSONNode
    var position: SourcePosition
    var owner: TypeOwner
}

/// Names of Swift types: well formed, and each for one thing.
extension CheckSession {
    /// The name and the owner of the type that an object or an enumeration becomes.
    func declare(_ node: JSONNode, _ context: TypeContext) -> (name: String, owner: TypeOwner) {
        let given = node["name"]?.string
        let name = given ?? context.typeName
        let owner = given == nil ? context.namelessOwner : context.owner
        let position = node["name"]?.position ?? node.position
        // The file's own type has the file's name, which is checked with the files.
        if given == nil, case .type(name) = owner { return (name, owner) }
        let remedy = given == nil ? "give it a \"name\"" : "choose another \"name\""
        guard checkTypeName(name, at: position, remedy: remedy) else { return (name, owner) }
        if let other = clientTypes[name] {
            report.error(position, "the type \"\(name)\" would hide \(other), which has that name, too; \(remedy)")
            return (name, owner)
        }
        if owner == .enclosing { return (name, owner) }
        return (name, register(name, owner, node, position, remedy))
    }

    /// Reports a name that cannot be a type's; says whether it can.
    @discardableResult
    func checkTypeName(_ name: String, at position: SourcePosition, remedy: String) -> Bool {
        if !SwiftName.isTypeName(name) {
            report.error(position, "\"\(name)\" cannot be the name of a Swift type; \(remedy)")
        } else if SwiftName.takenTypes.contains(name) {
            report.error(
                position, "a type called \"\(name)\" would hide the one that Swift or the run time has; \(remedy)")
        } else if name == moduleName {
            report.error(position, "a type called like the module \"\(name)\" makes names ambiguous; \(remedy)")
        } else if name == service.name + "Client" {
            report.error(position, "\"\(name)\" is the client's name; \(remedy)")
        } else {
            return true
        }
        return false
    }

    private func register(
        _ name: String, _ owner: TypeOwner, _ node: JSONNode, _ position: SourcePosition, _ remedy: String
    ) -> TypeOwner {
        var scope = "the client"
        if case .endpoint(_, let group) = owner { scope = "the group \(group)" }
        let key = scope + "." + name
        guard let other = declaredTypes[key] ?? base?.declaredTypes[key] else {
            declaredTypes[key] = DeclaredType(node: node, position: position, owner: owner)
            return owner
        }
        // A variant meets the types of its base again.
        if other.position != position, definition(other.node) != definition(node) {
            report.error(
                position,
                "two types of \(scope) are called \"\(name)\" and differ (the other: \(other.position.fileAndLine)); \(remedy)"
            )
        }
        return other.owner
    }

    /// What makes two types of one name the same.
    private func definition(_ node: JSONNode) -> String {
        let keys = ["properties", "additionalProperties", "oneOf", "discriminator", "enum", "type", "template"]
        return keys.map { key in
            guard let value = node[key], let shape = KeywordTable.parameter[key]?.shape else { return "" }
            return key != "enum" ? CanonicalText.text(of: value, as: shape) : value.compactText
        }.joined(separator: "|")
    }

    /// Types without names, nested in one object, must differ from each other and from it.
    func checkNestedTypes(_ object: ObjectModel) {
        var positions: [String: SourcePosition] = [:]
        for schema in object.fields.map(\.schema) + (object.additional.map { [$0] } ?? []) {
            guard let name = Self.nestedTypeName(schema) else { continue }
            let position = schema.position
            if name == object.name {
                report.error(position, "the type \"\(name)\" lies in one of that name; give it a \"name\"")
            } else if let other = positions.updateValue(position, forKey: name) {
                report.error(
                    position,
                    "two types nested in \"\(object.name)\" are called \"\(name)\" (the other: \(other.fileAndLine)); give one a \"name\""
                )
            }
        }
    }

    private static func nestedTypeName(_ schema: SchemaModel) -> String? {
        switch schema.kind {
        case .array(let items), .map(let items): nestedTypeName(items)
        case .object(let object) where object.owner == .enclosing: object.name
        case .enumeration(let enumeration) where enumeration.owner == .enclosing: enumeration.name
        default: nil
        }
    }
}
