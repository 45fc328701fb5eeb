/// Forms on the wire and tolerance.
extension CheckSession {
    func readWireForms(_ node: JSONNode, _ schema: inout SchemaModel, _ context: TypeContext) {
        readWire(node, &schema)
        readJoin(node, &schema)
        readTemplate(node, &schema)
        if let wrap = node["wrap"]?.string { schema.wrap = wrap }
        readAccept(node, &schema)
        schema.nullAsEmpty = node["nullAsEmpty"]?.boolean ?? false
        for sentinel in node["sentinels"]?.elements ?? [] {
            schema.sentinels.append(sentinel)
        }
        if schema.isNullable, schema.nullAsEmpty, let position = node.member("nullAsEmpty")?.keyPosition {
            report.error(position, "\"nullAsEmpty\" already reads null; remove \"null\" from \"type\"")
        }
    }

    private func readWire(_ node: JSONNode, _ schema: inout SchemaModel) {
        guard let wire = node["wire"], let form = wire.string.flatMap(WireForm.init(rawValue:)) else { return }
        switch schema.kind {
        case .boolean:
            if form == .string {
                report.error(
                    wire.position, "a boolean has the wire form \"integer\" alone; write that, or remove \"wire\"")
            }
        default:
            if form == .integer {
                report.error(
                    wire.position, "a number has the wire form \"string\" alone; write that, or remove \"wire\"")
            }
        }
        schema.wire = form
    }

    private func readJoin(_ node: JSONNode, _ schema: inout SchemaModel) {
        guard let join = node["join"], let separator = join.string, case .array(let items) = schema.kind else { return }
        if !isScalar(items) || items.wrap != nil {
            report.error(
                join.position, "\"join\" is for an array of scalars; remove it, or give the items a scalar \"type\"")
        }
        schema.join = separator
    }

    private func readTemplate(_ node: JSONNode, _ schema: inout SchemaModel) {
        guard let template = node["template"], let text = template.string, case .object(let object) = schema.kind else {
            return
        }
        schema.template = text
        guard let names = Self.placeholders(in: text) else {
            report.error(
                template.position, "\"template\" has a brace without its partner; write {field} for each field")
            return
        }
        let fields = object.fields.map(\.name)
        for name in names where !fields.contains(name) {
            report.error(
                template.position,
                "\"template\" names \"{\(name)}\", which is no field of the object; \(Suggestion.hint(for: name, in: fields))"
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
                    "\"\(field.name)\" stands in a \"template\" and must be a scalar; change its \"type\"")
            }
        }
    }

    /// The names in braces, or nil if a brace has no partner.
    static func placeholders(in text: String) -> [String]? {
        var names: [String] = []
        var name: String?
        for character in text {
            switch (character, name) {
            case ("{", nil): name = ""
            case ("}", let done?):
                names.append(done)
                name = nil
            case ("{", _), ("}", nil): return nil
            case (_, let begun?): name = begun + String(character)
            default: break
            }
        }
        return name == nil ? names : nil
    }

    private func readAccept(_ node: JSONNode, _ schema: inout SchemaModel) {
        guard let accept = node["accept"], let elements = accept.elements else { return }
        schema.accept = elements.compactMap(\.string)
        let known: Set<String> = Set(FieldKeywords.scalars)
        if schema.accept.isEmpty {
            report.error(
                accept.position, "\"accept\" is empty; name the JSON types that the service may send, or remove it")
        } else if Set(schema.accept).count < schema.accept.count, schema.accept.allSatisfy(known.contains) {
            report.error(accept.position, "\"accept\" names a type twice; name each once")
        }
    }

    /// Whether a value is one string, number or boolean on the wire.
    func isScalar(_ schema: SchemaModel) -> Bool {
        switch schema.kind {
        case .string, .integer, .number, .boolean, .date, .enumeration: true
        case .array: schema.join != nil
        case .object: schema.template != nil
        // After a mistake there is no telling.
        case .any: schema.isUnknown
        case .reference(let name): typeSchema(name).map { isScalar($0) } ?? true
        case .binary: false
        }
    }
}
