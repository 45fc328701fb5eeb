/// Types: from a checked form to a model.
extension CheckSession {
    /// The type that a field, an array's items or a file of `types/` describes; nil after a mistake.
    func schema(_ node: JSONNode, _ context: TypeContext) -> SchemaModel? {
        guard node.members != nil else { return nil }
        if node["$ref"] != nil { return reference(node, context) }
        if node["oneOf"] != nil { return union(node, context) }
        if let member = node.member("discriminator") {
            report.error(member.keyPosition, "\"discriminator\" is for \"oneOf\"; add that, or remove it")
        }
        guard let type = declaredType(node) else { return nil }
        let fits = refuseForeignKeywords(node, type.name, context)
        guard let kind = kind(node, type.name, context), fits else { return nil }
        var schema = SchemaModel(kind, position: node.position)
        schema.isNullable = type.isNullable
        context.table.bind(node, to: &schema)
        checkConstraints(node, &schema)
        checkEncoding(node, schema)
        return schema
    }

    // MARK: The type's name

    private func declaredType(_ node: JSONNode) -> (name: String, isNullable: Bool)? {
        guard let type = node["type"] else {
            if let name = impliedType(node) { return (name, false) }
            report.error(
                node.position, "there is no \"type\"; write one of: \(FieldKeywords.types.joined(separator: ", "))")
            return nil
        }
        if let name = type.string { return FieldKeywords.types.contains(name) ? (name, false) : nil }
        let names = type.elements?.compactMap(\.string) ?? []
        let rest = names.filter { $0 != "null" }
        guard rest.count == 1, Set(names).count == names.count else {
            let hint =
                rest.count > 1
                ? "write one, and the others in \"accept\" if the service sends either"
                : "write one, or one with \"null\": [\"\(rest.first ?? "string")\", \"null\"]"
            report.error(type.position, "a value has one type; \(hint)")
            return nil
        }
        return FieldKeywords.types.contains(rest[0]) ? (rest[0], rest.count < names.count) : nil
    }

    private func impliedType(_ node: JSONNode) -> String? {
        if node["properties"] != nil || node["additionalProperties"] != nil { return "object" }
        if node["items"] != nil { return "array" }
        let values = node["enum"].map { $0.elements ?? $0.members?.map(\.value) ?? [] }
        guard let values, !values.isEmpty else { return nil }
        if values.allSatisfy({ $0.string != nil }) { return "string" }
        return values.allSatisfy({ $0.integer != nil }) ? "integer" : nil
    }

    /// Reports keys that are for another type; says whether there are none.
    private func refuseForeignKeywords(_ node: JSONNode, _ type: String, _ context: TypeContext) -> Bool {
        var fits = true
        for member in node.members ?? [] {
            guard let types = context.table[member.key]?.types else { continue }
            if !types.contains(type) {
                let wanted = types.map { SchemaModel.article($0) }.joined(separator: " or ")
                let instead =
                    FieldKeywords.counterpart(of: member.key, for: type).map { "write \"\($0)\"" } ?? "remove it"
                report.error(
                    member.keyPosition,
                    "\"\(member.key)\" is for \(wanted), not for \(SchemaModel.article(type)); \(instead)")
                fits = false
            } else if node["enum"] != nil || hasSpecialFormat(node), FieldKeywords.concernsPlainScalars(member.key) {
                let what = node["enum"] != nil ? "an enumeration" : "the format \"\(node["format"]?.string ?? "")\""
                report.error(member.keyPosition, "\"\(member.key)\" means nothing for \(what); remove it")
                fits = false
            }
        }
        if node["enum"] != nil, let format = node["format"], hasSpecialFormat(node) {
            report.error(format.position, "an enumeration has no such \"format\"; remove one of the two")
            fits = false
        }
        if let name = node["name"], type != "object", node["enum"] == nil {
            report.error(name.position, "\"name\" is for an object or an enumeration; remove it")
            fits = false
        }
        return fits
    }

    private func hasSpecialFormat(_ node: JSONNode) -> Bool {
        node["format"]?.string.map { FieldKeywords.format($0)?.isWidth != true } ?? false
    }

    // MARK: Kinds

    private func kind(_ node: JSONNode, _ type: String, _ context: TypeContext) -> SchemaModel.Kind? {
        if node["enum"] != nil, type == "string" || type == "integer" { return enumeration(node, type, context) }
        guard let format = format(node, type) else { return nil }
        if format == .binary, !context.allowsBinary {
            report.error(
                node["format"]?.position ?? node.position,
                "bytes stand only in a multipart or binary body or as the whole \"responseType\"; choose another format"
            )
            return nil
        }
        switch format {
        case .plain: break
        case .integer(let width): return .integer(width)
        case .number(let isFloat): return .number(isFloat: isFloat)
        case .text(let format): return .text(format)
        case .date(let name): return DateFormat(name: name, secondsFromGMT: service.timeZoneOffset).map { .date($0) }
        case .binary: return .binary(filename: node["filename"]?.string)
        }
        switch type {
        case "string": return .string
        case "integer": return .integer(.native)
        case "number": return .number(isFloat: false)
        case "boolean": return .boolean
        case "array": return array(node, context)
        case "object": return object(node, context)
        default: return .any
        }
    }

    /// What the format says; nil if it is not for the type.
    private func format(_ node: JSONNode, _ type: String) -> FieldKeywords.Format.Meaning? {
        guard let value = node["format"], let name = value.string else { return .plain }
        guard let format = FieldKeywords.format(name) else { return nil }
        if format.type == type { return format.meaning }
        let allowed = FieldKeywords.formats.filter { $0.type == type }.map(\.name)
        let hint = allowed.isEmpty ? "remove it" : "write one of: \(allowed.joined(separator: ", "))"
        report.error(value.position, "the format \"\(name)\" is not for \(SchemaModel.article(type)); \(hint)")
        return nil
    }

    private func array(_ node: JSONNode, _ context: TypeContext) -> SchemaModel.Kind? {
        guard let items = node["items"] else {
            report.error(node.position, "an array says what its elements are; add \"items\": { \"type\": … }")
            return nil
        }
        return schema(items, context.items).map { .array($0) }
    }

    private func object(_ node: JSONNode, _ context: TypeContext) -> SchemaModel.Kind? {
        let additional = additional(node, context)
        guard let properties = node["properties"], let members = properties.members else {
            if node["additionalProperties"] != nil { return additional.map { map($0, node) } }
            report.error(
                node.position,
                "an object lists its fields in \"properties\"; add them, write \"additionalProperties\" for a map, or \"type\": \"any\""
            )
            return nil
        }
        if members.isEmpty {
            report.error(properties.position, "an object without any field; add fields, or write \"type\": \"any\"")
        }
        var object = ObjectModel(name: "", owner: .enclosing, fields: [])
        (object.name, object.owner) = declare(node, context)
        object.fields = fields(members, context, at: .nested)
        object.additional = additional
        if additional != nil { checkAdditionalName(node, object) }
        checkNestedTypes(object)
        return .object(object)
    }

    // MARK: Maps

    /// What values of other names are; nil where the object has none, or after a mistake.
    private func additional(_ node: JSONNode, _ context: TypeContext) -> SchemaModel? {
        guard let value = node["additionalProperties"] else { return nil }
        switch value.boolean {
        case true: return SchemaModel(.any, position: value.position)
        case false:
            report.error(
                value.position,
                "false says nothing here: other fields are never sent, and in a response they never fail; remove \"additionalProperties\""
            )
            return nil
        // Beside fields, a type without a name is nested in the object, as theirs are.
        default: return schema(value, node["properties"] == nil ? context.items : context.additional)
        }
    }

    private func map(_ values: SchemaModel, _ node: JSONNode) -> SchemaModel.Kind {
        if let template = node.member("template") {
            report.error(
                template.keyPosition, "\"template\" names the fields of an object, and a map has none; remove it")
        }
        if let name = node["name"] {
            report.error(name.position, "a map is a dictionary in Swift and has no \"name\"; remove it")
        }
        return .map(values)
    }

    /// The property for the other names is in the struct, beside the fields.
    private func checkAdditionalName(_ node: JSONNode, _ object: ObjectModel) {
        if let template = node.member("template") {
            report.error(
                template.keyPosition,
                "\"template\" and \"additionalProperties\" exclude each other: a text has no other fields; remove one")
        }
        for field in object.fields where field.swiftName == ObjectModel.additionalName {
            report.error(
                field.position,
                "\"\(field.swiftName)\" holds the values of other names in Swift; give this field a \"swiftName\"")
        }
    }

    // MARK: Ranges

    private func checkConstraints(_ node: JSONNode, _ schema: inout SchemaModel) {
        for range in FieldKeywords.ranges {
            if case .integer = schema.kind { checkBounds(node, range) }
            guard let low = node[range.least], let high = node[range.most], let left = Bound(low.json),
                let right = Bound(high.json), right < left
            else { continue }
            // One mistake is enough: values are not checked against it.
            schema.constraints.minLength = nil
            schema.constraints.minItems = nil
            schema.constraints.minimum = nil
            report.error(
                high.position,
                "\"\(range.most)\" \(high.compactText) is below \"\(range.least)\" \(low.compactText); swap or fix them"
            )
        }
        if let text = schema.constraints.pattern, case .failure(let error) = Pattern.compiled(text) {
            schema.constraints.pattern = nil
            report.error(node["pattern"]?.position ?? node.position, "\"pattern\" is not a pattern: \(error)")
        }
    }

    /// The limits of an integer are integers.
    private func checkBounds(_ node: JSONNode, _ range: FieldKeywords.Range) {
        for key in [range.least, range.most] {
            guard let value = node[key], value.double != nil, value.integer == nil else { continue }
            report.error(value.position, "\"\(key)\" of an integer must be an integer, not \(value.compactText)")
        }
    }
}

/// Encoding and lenient decoding.
extension CheckSession {
    func checkEncoding(_ node: JSONNode, _ schema: SchemaModel) {
        checkWire(node, schema)
        checkJoin(node, schema)
        checkTemplate(node, schema)
        checkAccept(node, schema)
        if schema.isNullable, schema.leniency.nullAsEmpty, let position = node.member("nullAsEmpty")?.keyPosition {
            report.error(position, "\"nullAsEmpty\" already reads null; remove \"null\" from \"type\"")
        }
    }

    private func checkWire(_ node: JSONNode, _ schema: SchemaModel) {
        guard let position = node["wire"]?.position, let wire = schema.encoding.wire else { return }
        let (noun, form) =
            if case .boolean = schema.kind { ("boolean", Schema.Encoding.Wire.integer) } else { ("number", .string) }
        if wire != form {
            report.error(
                position,
                "the only encoding of a \(noun) is \"\(form.rawValue)\"; write that, or remove \"wire\"")
        }
    }

    private func checkJoin(_ node: JSONNode, _ schema: SchemaModel) {
        guard let join = node["join"], case .array(let items) = schema.kind else { return }
        if !isScalar(items) || items.encoding.wrap != nil {
            report.error(
                join.position, "\"join\" is for an array of scalars; remove it, or give the items a scalar \"type\"")
        }
    }

    private func checkTemplate(_ node: JSONNode, _ schema: SchemaModel) {
        guard let template = node["template"], let text = schema.encoding.template,
            case .object(let object) = schema.kind
        else { return }
        guard let names = Template.placeholders(in: text) else {
            report.error(
                template.position, "\"template\" has a brace without its partner; write {field} for each field")
            return
        }
        let fields = object.fields.map(\.name)
        for name in names where !fields.contains(name) {
            report.error(
                template.position,
                "\"template\" names \"{\(name)}\", which is not a field of the object; \(Suggestion.hint(for: name, in: fields))"
            )
        }
        if Set(names).count < names.count {
            report.error(template.position, "\"template\" names a field twice; name each once")
        }
        for field in object.fields {
            if !field.isOptional, field.constant == nil, !names.contains(field.name) {
                report.error(
                    template.position,
                    "\"template\" leaves out the field \"\(field.name)\"; add {\(field.name)} or make it optional")
            }
            if !isScalar(field.schema) {
                report.error(
                    field.position,
                    "\"\(field.name)\" is in a \"template\" and must be a scalar; change its \"type\"")
            }
        }
    }

    private func checkAccept(_ node: JSONNode, _ schema: SchemaModel) {
        guard let accept = node["accept"], let names = accept.elements?.compactMap(\.string) else { return }
        if names.isEmpty {
            report.error(
                accept.position, "\"accept\" is empty; name the JSON types that the service may send, or remove it")
        } else if Set(schema.leniency.accept).count < schema.leniency.accept.count {
            report.error(accept.position, "\"accept\" names a type twice; name each once")
        }
    }

    /// Whether a value is one string, number or boolean on the wire.
    func isScalar(_ schema: SchemaModel) -> Bool {
        switch schema.kind {
        case .string, .text, .integer, .number, .boolean, .date, .enumeration: true
        case .array: schema.encoding.join != nil
        case .map: false
        case .union(let union): union.members.allSatisfy { isScalar($0.schema) }
        case .object: schema.encoding.template != nil
        // The type is unknown after a mistake.
        case .any: schema.isUnknown
        case .reference(let name): typeSchema(name).map { isScalar($0) } ?? true
        case .binary: false
        }
    }
}

/// Enumerations: values, and names for their cases.
extension CheckSession {
    func enumeration(_ node: JSONNode, _ type: String, _ context: TypeContext) -> SchemaModel.Kind? {
        guard let list = node["enum"] else { return nil }
        let isString = type == "string"
        var cases: [WrittenCase] = []
        if let members = list.members {
            for member in members {
                cases.append(WrittenCase(name: member.key, position: member.keyPosition, node: member.value))
            }
        } else {
            for value in list.elements ?? [] {
                let name = value.string.map { SwiftName.lowerCamel($0) } ?? ""
                cases.append(WrittenCase(name: name, position: value.position, node: value))
            }
        }
        if cases.isEmpty {
            report.error(list.position, "an enumeration without values; add some, or remove \"enum\"")
            return nil
        }
        guard checkCases(cases, isString: isString) else { return nil }
        let (name, owner) = declare(node, context)
        return .enumeration(EnumerationModel(name: name, owner: owner, isString: isString, cases: cases.map(\.model)))
    }

    private func checkCases(_ cases: [WrittenCase], isString: Bool) -> Bool {
        var names: [String: String] = [:]
        var values: Set<String> = []
        var isFine = true
        for item in cases {
            let (position, shown) = (item.position, item.node.compactText)
            if isString != (item.node.string != nil) || (!isString && item.node.integer == nil) {
                report.error(
                    item.node.position,
                    "\(shown) is \(item.node.kindName) in an enumeration of \(isString ? "strings" : "integers"); make them agree"
                )
                isFine = false
            } else if item.name.isEmpty || !SwiftName.isIdentifier(item.name) {
                report.error(
                    position, "no Swift name can be made from \(shown); give each case one: { \"name\": \(shown) }")
                isFine = false
            } else if SwiftName.takenInEnumerations.contains(item.name) {
                report.error(position, "\"\(item.name)\" cannot be the name of a case in Swift; choose another")
                isFine = false
            } else if let other = names.updateValue(shown, forKey: item.name) {
                report.error(
                    position, "the cases \(other) and \(shown) are both \"\(item.name)\" in Swift; give them names"
                )
                isFine = false
            }
            if !values.insert(shown).inserted {
                report.error(item.node.position, "the value \(shown) is duplicated in \"enum\"; remove one")
                isFine = false
            }
        }
        return isFine
    }
}

/// A case as an author writes it.
private struct WrittenCase {
    var name: String
    var position: SourcePosition
    var node: JSONNode

    var model: EnumerationModel.Case { .init(swiftName: name, value: node.json) }
}
