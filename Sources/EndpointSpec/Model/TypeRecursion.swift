/// Named types that hold themselves, directly or through others.
extension TypeTable {
    /// Whether values of a named type may have values of the same type in them, also in arrays and maps.
    public func isRecursive(_ name: String) -> Bool {
        reaches(name, name) { $0.children }
    }

    /// Whether a field of a struct needs storage elsewhere: the struct is a part of the type, and a struct cannot have
    /// itself for a part. A union that is a part of itself has its own remedy; see ``isIndirect(_:in:)``.
    ///
    /// - Parameters:
    ///   - field: The type of the field.
    ///   - root: The named type that the struct is, or is a part of.
    /// - Returns: Whether it does.
    public func needsIndirection(_ field: SchemaModel, in root: String) -> Bool {
        guard case .reference(let target) = field.kind else { return false }
        return target == root
            || reaches(target, root) { schema in
                if case .object(let object) = schema.kind { object.fields.map(\.schema) } else { [] }
            }
    }

    /// Whether a union has a part in itself.
    ///
    /// - Parameters:
    ///   - union: The union.
    ///   - root: The named type that the union is, or is a part of.
    /// - Returns: Whether it does.
    public func isIndirect(_ union: UnionModel, in root: String) -> Bool {
        var names: [String] = []
        for member in union.members { collectNames(in: member.schema, &names) { $0.parts } }
        return names.contains { $0 == root || reaches($0, root) { $0.parts } }
    }

    /// Whether a way leads from one named type to another, where `step` says what is inside a type.
    private func reaches(_ start: String, _ goal: String, _ step: (SchemaModel) -> [SchemaModel]) -> Bool {
        var seen: Set<String> = []
        var open = [start]
        while let name = open.popLast() {
            guard seen.insert(name).inserted, let schema = self[name] else { continue }
            var names: [String] = []
            for inner in step(schema) { collectNames(in: inner, &names, step) }
            if names.contains(goal) { return true }
            open += names
        }
        return false
    }

    private func collectNames(in schema: SchemaModel, _ names: inout [String], _ step: (SchemaModel) -> [SchemaModel]) {
        if case .reference(let name) = schema.kind { return names.append(name) }
        for inner in step(schema) { collectNames(in: inner, &names, step) }
    }

    // MARK: Values without end

    /// The named types that no value can have, since each would hold another one without end.
    func endless() -> Set<String> {
        var open = Set(names)
        var isChanged = true
        while isChanged {
            isChanged = false
            for name in open {
                guard let schema = self[name], hasEnd(schema, without: open) else { continue }
                open.remove(name)
                isChanged = true
            }
        }
        return open
    }

    /// Whether a type has a value that holds none of these named types.
    func hasEnd(_ schema: SchemaModel, without open: Set<String>) -> Bool {
        if schema.isNullable { return true }
        switch schema.kind {
        case .reference(let name): return !open.contains(name)
        case .array(let items): return (schema.constraints.minItems ?? 0) == 0 || hasEnd(items, without: open)
        case .object(let object): return object.fields.allSatisfy { hasEnd($0, without: open) }
        case .union(let union): return union.members.contains { hasEnd($0.schema, without: open) }
        default: return true
        }
    }

    /// Whether a field may be left out, or has a value that holds none of these named types.
    func hasEnd(_ field: FieldModel, without open: Set<String>) -> Bool {
        !field.isAlwaysThere || hasEnd(field.schema, without: open)
    }
}

extension SchemaModel {
    /// What is stored in a value itself: the fields of an object, the types of a union, but neither items nor values of a map.
    fileprivate var parts: [SchemaModel] {
        switch kind {
        case .object(let object): object.fields.map(\.schema)
        case .union: children
        default: []
        }
    }
}
