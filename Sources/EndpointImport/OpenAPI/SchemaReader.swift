import EndpointCore
import EndpointSpec

/// Reads schemas of a document as types. A schema that others refer to is read once, after the one that refers to it.
final class SchemaReader {
    let store: DocumentStore
    let notes: ImportNotes
    /// The types of schemas that a `$ref` leads to, by the store's keys.
    private(set) var shared: [String: TypeDraft] = [:]
    /// Their keys, in the order in which they were met.
    private(set) var keys: [String] = []
    /// How often a `$ref` leads to each.
    private(set) var uses: [String: Int] = [:]
    private var open: [(key: String, node: JSONNode)] = []

    init(_ store: DocumentStore, _ notes: ImportNotes) {
        (self.store, self.notes) = (store, notes)
    }

    /// The type that a schema describes, with all that it refers to.
    func type(_ node: JSONNode) -> TypeDraft {
        let type = read(node)
        readOpen()
        return type
    }

    /// A parameter or a header field, with all that it refers to.
    func parameter(_ name: String, _ node: JSONNode, isOptional: Bool) -> FieldDraft {
        let field = field(name, node, isOptional: isOptional)
        readOpen()
        return field
    }

    private func readOpen() {
        while let (key, node) = open.popLast() { shared[key] = read(node) }
    }

    // MARK: References

    /// The shared type that a `$ref` leads to.
    private func reference(_ text: String, _ node: JSONNode) -> TypeDraft {
        let target = store.resolve(text, in: node.position.file)
        guard let found = target.node else {
            return TypeDraft(.unsayable(target.problem ?? "\"\(text)\" leads nowhere"), node.position)
        }
        uses[target.key, default: 0] += 1
        if shared[target.key] == nil {
            // A place for it, so that it is not read twice.
            shared[target.key] = TypeDraft(.any, found.position)
            keys.append(target.key)
            open.append((target.key, found))
        }
        return TypeDraft(.reference(target.key), node.position)
    }

    /// What a chain of references leads to, and the last key.
    func target(_ node: JSONNode) -> JSONNode {
        var node = node
        for _ in 0..<32 {
            guard let text = node["$ref"]?.string, let next = store.resolve(text, in: node.position.file).node else {
                return node
            }
            node = next
        }
        return node
    }

    // MARK: Schemas

    private func read(_ node: JSONNode) -> TypeDraft {
        guard node.members != nil else { return TypeDraft(.any, node.position) }
        if let alone = alone(node) {
            var type = alone.reference.map { reference($0, alone.node) } ?? read(alone.node)
            if node["nullable"]?.boolean == true { type.isNullable = true }
            type.description = Prose.field(node["description"]?.string) ?? type.description
            return type
        }
        var flat = FlatSchema()
        for part in parts(of: node) { flat.add(part) }
        for key in FlatSchema.uncheckedKeys where node[key] != nil && node[key]?.boolean != false {
            notes.count("\"\(key)\" has no keyword in a spec and is not checked before sending", node.position)
        }
        return type(flat, node)
    }

    /// The only schema that says what the type is, where the others are about this use of it.
    private func alone(_ node: JSONNode) -> (node: JSONNode, reference: String?)? {
        let annotations: Set<String> = [
            "description", "title", "nullable", "readOnly", "writeOnly", "deprecated", "example", "examples", "default",
            "externalDocs", "xml", "summary",
        ]
        let saying = (node.members ?? []).filter { !annotations.contains($0.key) && !$0.key.hasPrefix("x-") }
        guard saying.count == 1, let only = saying.first else {
            // OpenAPI 3.0: what stands beside `$ref` is ignored.
            if let text = node["$ref"]?.string, saying.allSatisfy({ $0.key == "$ref" || $0.key == "type" }) {
                return (node, text)
            }
            return nil
        }
        if only.key == "$ref", let text = only.value.string { return (node, text) }
        if ["allOf", "oneOf", "anyOf"].contains(only.key), let list = only.value.elements, list.count == 1 {
            return list[0]["$ref"]?.string.flatMap { isPlainReference(list[0]) ? (list[0], $0) : nil } ?? (list[0], nil)
        }
        return nil
    }

    private func isPlainReference(_ node: JSONNode) -> Bool { node.members?.count == 1 }

    /// The schema and those of its `allOf`, references followed, without `allOf` and `$ref`.
    private func parts(of node: JSONNode) -> [JSONNode] {
        var parts: [JSONNode] = []
        var open: Set<SourcePosition> = []
        func add(_ node: JSONNode) {
            guard open.insert(node.position).inserted else { return }
            if node["$ref"] != nil { add(target(node)) }
            for part in node["allOf"]?.elements ?? [] { add(part) }
            parts.append(node)
            open.remove(node.position)
        }
        add(node)
        return parts
    }

    private func type(_ flat: FlatSchema, _ node: JSONNode) -> TypeDraft {
        var type = kind(flat, node)
        type.isNullable = type.isNullable || flat.isNullable
        type.description = Prose.field(flat.description)
        type.title = flat.title
        return type
    }

    private func kind(_ flat: FlatSchema, _ node: JSONNode) -> TypeDraft {
        let position = node.position
        if !flat.unions.isEmpty { return union(flat, node) }
        let types = flat.impliedTypes
        if types.count > 1 {
            if Set(types).isSuperset(of: ["string", "boolean", "object", "array"]) { return TypeDraft(.any, position) }
            let members = types.map { name in
                var one = flat
                one.types = [name]
                one.values = flat.values?.filter {
                    $0.typeName == name || ($0.typeName == "integer" && name == "number")
                }
                if one.values?.isEmpty == true { one.values = nil }
                return kind(one, node)
            }
            return TypeDraft(.union(UnionDraft(members: members)), position)
        }
        switch types.first {
        case "string": return string(flat, position)
        case "integer", "number": return number(flat, types[0], position)
        case "boolean": return TypeDraft(.boolean, position)
        case "array": return array(flat, position)
        case "object": return object(flat, position)
        case "file": return TypeDraft(.binary, position)
        default: return TypeDraft(.any, position)
        }
    }

    // MARK: Scalars

    private static let formats: [String: String] = [
        "date-time": "date-time", "date": "date", "uuid": "uuid", "uri": "uri", "byte": "byte", "base64": "byte",
    ]

    private func string(_ flat: FlatSchema, _ position: SourcePosition) -> TypeDraft {
        if let values = texts(flat.values) { return TypeDraft(.enumeration(values), position) }
        let format = flat.format ?? flat.encoding
        if format == "binary" { return TypeDraft(.binary, position) }
        var type = TypeDraft(.string(format: format.flatMap { Self.formats[$0] }), position)
        if case .string(nil) = type.kind {
            type.constraints = SchemaLimits(flat, notes, position).text
        }
        return type
    }

    /// The values of an enumeration of texts, each once; nil where it is none.
    private func texts(_ values: [JSONValue]?) -> [JSONValue]? {
        guard let values, !values.isEmpty, values.allSatisfy({ $0.string != nil }) else { return nil }
        return values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private func number(_ flat: FlatSchema, _ name: String, _ position: SourcePosition) -> TypeDraft {
        if let values = flat.values, !values.isEmpty, values.allSatisfy({ $0.integral != nil }) {
            let integers = values.compactMap { $0.integral.map { JSONValue.integer($0) } }
            return TypeDraft(
                .enumeration(integers.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }), position)
        }
        let isInteger = name == "integer" ? !["float", "double"].contains(flat.format ?? "") : isIntegral(flat.format)
        if !isInteger {
            let format = flat.format == "float" ? "float" : nil
            var type = TypeDraft(.number(format: format), position)
            type.constraints = SchemaLimits(flat, notes, position).numbers(isInteger: false)
            return type
        }
        let format: String? =
            switch flat.format {
            case "int32": "int32"
            case "int64", "uint32", "uint64", "long": "int64"
            case "unix-time", "unixtime", "unix-seconds": "unix-seconds"
            case "unix-milliseconds", "timestamp-ms": "unix-milliseconds"
            default: nil
            }
        var type = TypeDraft(.integer(format: format), position)
        if format?.hasPrefix("unix") != true {
            type.constraints = SchemaLimits(flat, notes, position).numbers(isInteger: true)
        }
        return type
    }

    private func isIntegral(_ format: String?) -> Bool { ["int32", "int64", "integer"].contains(format ?? "") }

    // MARK: Arrays and objects

    private func array(_ flat: FlatSchema, _ position: SourcePosition) -> TypeDraft {
        var items: [TypeDraft] = flat.items.isEmpty ? [] : [read(combined(flat.items))]
        if !flat.tuple.isEmpty {
            notes.count("an array with a type for each place is written as one of any of these types", position)
            items += flat.tuple.map { read($0) }
        }
        let item: TypeDraft =
            switch items.count {
            case 0: TypeDraft(.any, position)
            case 1: items[0]
            default: TypeDraft(.union(UnionDraft(members: items)), position)
            }
        var type = TypeDraft(.array(item), position)
        type.constraints = SchemaLimits(flat, notes, position).counts
        return type
    }

    private func object(_ flat: FlatSchema, _ position: SourcePosition) -> TypeDraft {
        let additional = additional(flat)
        if flat.properties.isEmpty {
            return TypeDraft(.map(additional ?? TypeDraft(.any, position)), position)
        }
        let fields = flat.properties.filter { $0.nodes.allSatisfy { $0.boolean != false } }.map { name, nodes in
            field(name, combined(nodes), isOptional: !flat.required.contains(name))
        }
        return TypeDraft(.object(ObjectDraft(fields: fields, additional: additional)), position)
    }

    private func additional(_ flat: FlatSchema) -> TypeDraft? {
        let open = flat.additional.filter { $0.boolean != false }
        guard let first = open.first else { return nil }
        if open.count == 1 { return read(first) }
        return TypeDraft(.union(UnionDraft(members: open.map { read($0) })), first.position)
    }

    /// A property.
    private func field(_ name: String, _ node: JSONNode, isOptional: Bool) -> FieldDraft {
        var field = FieldDraft(name, read(node), isOptional: isOptional, node.position)
        field.isDeprecated = flag("deprecated", node)
        field.isReadOnly = flag("readOnly", node)
        field.isWriteOnly = flag("writeOnly", node)
        field.description = field.type.description
        field.assumed = node["default"]?.json
        if case .string = field.type.kind { field.isSensitive = node["format"]?.string == "password" }
        if case .enumeration(let values) = field.type.kind, values.count == 1, !isOptional, !field.type.isNullable {
            field.constant = values[0]
        }
        return field
    }

    private func flag(_ key: String, _ node: JSONNode) -> Bool {
        if let flag = node[key]?.boolean { return flag }
        if let parts = node["allOf"]?.elements { return parts.contains { target($0)[key]?.boolean == true } }
        return node["$ref"] != nil && target(node)[key]?.boolean == true
    }

    /// One schema for several that hold at once.
    private func combined(_ nodes: [JSONNode]) -> JSONNode {
        if nodes.count == 1 { return nodes[0] }
        let key = nodes[0].position
        return JSONNode(
            .object([JSONMember(key: "allOf", keyPosition: key, value: JSONNode(.array(nodes), position: key))]),
            position: key)
    }

    // MARK: Unions

    private func union(_ flat: FlatSchema, _ node: JSONNode) -> TypeDraft {
        let (alternatives, part) = flat.unions[0]
        var isNullable = false
        let saying = alternatives.filter { alternative in
            let isNull = isNull(target(alternative))
            isNullable = isNullable || isNull
            return !isNull
        }
        var base = flat
        base.unions = []
        for (others, _) in flat.unions.dropFirst() {
            // A second list of alternatives adds what each of them may have.
            for other in others {
                var inner = FlatSchema()
                for part in parts(of: other) { inner.add(part) }
                inner.required = []
                for property in inner.properties where !base.properties.contains(where: { $0.name == property.name }) {
                    base.properties.append(property)
                }
            }
        }
        let discriminator = part["discriminator"] ?? node["discriminator"]
        var members: [TypeDraft] = saying.map { alternative in
            base.properties.isEmpty ? read(inheriting(base, alternative)) : distributed(base, alternative, node)
        }
        if members.isEmpty { members = [TypeDraft(.any, node.position)] }
        var union = UnionDraft(members: members, tag: discriminator?["propertyName"]?.string)
        if union.tag != nil {
            union.mapping = mapping(discriminator, base.properties.isEmpty ? saying : [])
        }
        var type = TypeDraft(.union(union), node.position)
        type.isNullable = isNullable
        return type
    }

    /// An alternative with the type that stands beside the list: `{ "type": "string", "oneOf": [{ "enum": […] }] }`.
    private func inheriting(_ base: FlatSchema, _ alternative: JSONNode) -> JSONNode {
        guard let type = base.types.first, base.types.count == 1, let members = alternative.members,
            ["type", "$ref", "allOf", "oneOf", "anyOf", "properties", "items"].allSatisfy({ alternative[$0] == nil })
        else { return alternative }
        let value = JSONNode(.string(type), position: alternative.position)
        let added = JSONMember(key: "type", keyPosition: alternative.position, value: value)
        return JSONNode(.object([added] + members), position: alternative.position)
    }

    /// An alternative with the properties that stand beside the list.
    private func distributed(_ base: FlatSchema, _ alternative: JSONNode, _ node: JSONNode) -> TypeDraft {
        var flat = base
        flat.title = nil
        for part in parts(of: alternative) { flat.add(part) }
        if !flat.unions.isEmpty { flat.unions = [] }
        var type = type(flat, alternative)
        if let reference = alternative["$ref"]?.string { type.title = DocumentStore.lastStep(of: reference) }
        return type
    }

    private func isNull(_ node: JSONNode) -> Bool {
        if node["type"]?.string == "null" { return true }
        if let types = node["type"]?.elements, types.count == 1, types[0].string == "null" { return true }
        if let values = node["enum"]?.elements, !values.isEmpty { return values.allSatisfy(\.isNull) }
        return node["const"]?.isNull ?? false
    }

    /// By value of the discriminator: the key of the schema. What the document does not map has its schema's name.
    private func mapping(_ node: JSONNode?, _ alternatives: [JSONNode]) -> [(value: String, key: String)] {
        var mapping: [(value: String, key: String)] = []
        for member in node?["mapping"]?.members ?? [] {
            guard let text = member.value.string else { continue }
            let isReference = text.contains("#") || text.contains("/") || text.hasSuffix(".json")
            let reference = isReference ? text : "#/components/schemas/\(text)"
            mapping.append((member.key, store.resolve(reference, in: member.value.position.file).key))
        }
        for alternative in alternatives {
            guard let text = alternative["$ref"]?.string else { continue }
            let key = store.resolve(text, in: alternative.position.file).key
            if !mapping.contains(where: { $0.key == key }) { mapping.append((DocumentStore.lastStep(of: key), key)) }
        }
        return mapping
    }
}
