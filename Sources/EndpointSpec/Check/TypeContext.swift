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
    /// Goes before the name made from the field.
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
        context.allowsBinary = false
        return context
    }

    /// For a field of an object.
    func field(_ swiftName: String) -> TypeContext {
        TypeContext(
            table: isSent ? .parameter : .responseField, owner: owner, namelessOwner: .enclosing, stem: swiftName)
    }

    /// Whether values go to the service and nowhere else.
    var isSent: Bool { [.parameter, .parameterItems, .bodyType].contains(table) }
}
