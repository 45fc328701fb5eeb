/// A type with a name of its own, or made for a place.
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
                "two types of \(scope) are called \"\(name)\" and differ (the other: \(other.position.place)); \(remedy)"
            )
        }
        return other.owner
    }

    /// What makes two types of one name the same.
    private func definition(_ node: JSONNode) -> String {
        let keys = ["properties", "enum", "type", "template"]
        return keys.map { key in
            guard let value = node[key], let shape = KeywordTable.parameter[key]?.shape else { return "" }
            return key == "properties" ? CanonicalText.text(of: value, as: shape) : value.compactText
        }.joined(separator: "|")
    }

    /// Types without names, nested in one object, must differ from each other and from it.
    func checkNestedTypes(_ object: ObjectModel) {
        var places: [String: SourcePosition] = [:]
        for field in object.fields {
            guard let name = Self.nestedTypeName(field.schema) else { continue }
            let position = field.schema.position
            if name == object.name {
                report.error(position, "the type \"\(name)\" lies in one of that name; give it a \"name\"")
            } else if let other = places.updateValue(position, forKey: name) {
                report.error(
                    position,
                    "two types nested in \"\(object.name)\" are called \"\(name)\" (the other: \(other.place)); give one a \"name\""
                )
            }
        }
    }

    private static func nestedTypeName(_ schema: SchemaModel) -> String? {
        switch schema.kind {
        case .array(let items): nestedTypeName(items)
        case .object(let object) where object.owner == .enclosing: object.name
        case .enumeration(let enumeration) where enumeration.owner == .enclosing: enumeration.name
        default: nil
        }
    }
}
