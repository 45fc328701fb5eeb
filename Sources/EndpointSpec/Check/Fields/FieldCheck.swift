/// Where a field stands.
enum FieldLocation {
    case path, query, header, jsonBody, form, multipart
    /// In a response's payload, or within another value.
    case nested

    var title: String {
        switch self {
        case .path: "a path parameter"
        case .query: "a query parameter"
        case .header: "a header parameter"
        case .jsonBody: "a field of the body"
        case .form: "a field of a form"
        case .multipart: "a part of a multipart body"
        case .nested: "a field"
        }
    }
}

/// Fields: name, presence, defaults.
extension CheckSession {
    /// The fields of a location or an object. A field with a mistake in its type is there as an unknown one.
    func fields(_ members: [JSONMember], _ context: TypeContext, at location: FieldLocation) -> [FieldModel] {
        var fields: [FieldModel] = []
        var names: [String: JSONMember] = [:]
        for member in members where member.value.members != nil {
            let field = field(member, context, location)
            if let other = names.updateValue(member, forKey: field.swiftName) {
                report.error(
                    member.keyPosition,
                    "\"\(member.key)\" is \"\(field.swiftName)\" in Swift, as is \"\(other.key)\" (line \(other.keyPosition.line)); give one a \"swiftName\""
                )
            }
            fields.append(field)
        }
        checkAliases(fields)
        return fields
    }

    private func field(_ member: JSONMember, _ context: TypeContext, _ location: FieldLocation) -> FieldModel {
        let node = member.value
        let swiftName = swiftName(of: member)
        var inner = context.field(swiftName)
        if location != .nested {
            inner = context
            inner.stem = swiftName
            inner.allowsBinary = location == .multipart
        }
        let schema = schema(node, inner) ?? .unknown(node.position)
        var field = FieldModel(
            name: member.key, swiftName: swiftName, schema: schema, position: member.keyPosition,
            description: inheritedDescription(node))
        inner.table.bind(node, to: &field)
        checkPresence(node, &field, isSent: context.isSent)
        checkValues(node, field, location)
        checkPlacement(field, location)
        return field
    }

    // MARK: Names

    private func swiftName(of member: JSONMember) -> String {
        let given = member.value["swiftName"]
        let name = given?.string ?? SwiftName.lowerCamel(member.key)
        let position = given?.position ?? member.keyPosition
        if !SwiftName.isValueName(name) {
            let remedy = given == nil ? "give it a \"swiftName\"" : "write one like \"fileName\""
            report.error(position, "no Swift name can be made from \"\(given?.string ?? member.key)\"; \(remedy)")
        } else if SwiftName.takenInTypes.contains(name) {
            report.error(position, "\"\(name)\" cannot be the name of a field in Swift; give it another \"swiftName\"")
        }
        return name
    }

    private func checkAliases(_ fields: [FieldModel]) {
        if fields.allSatisfy({ $0.aliases.isEmpty }) { return }
        let names = Set(fields.map(\.name))
        var seen: [String: String] = [:]
        for field in fields {
            for alias in field.aliases {
                if names.contains(alias) {
                    report.error(field.position, "the alias \"\(alias)\" is the name of a field itself; remove it")
                } else if let other = seen.updateValue(field.name, forKey: alias) {
                    report.error(field.position, "the alias \"\(alias)\" belongs to \"\(other)\" already; remove one")
                }
            }
        }
    }

    private func inheritedDescription(_ node: JSONNode) -> String? {
        guard let text = node["$ref"]?.string, text.hasPrefix("types/"), text.hasSuffix(".json") else { return nil }
        let name = String(text.dropFirst(6).dropLast(5))
        guard let type = types[name]?.node ?? base?.types[name]?.node, type["properties"] == nil else { return nil }
        return type["description"]?.string
    }

    // MARK: Presence and values

    private func checkPresence(_ node: JSONNode, _ field: inout FieldModel, isSent: Bool) {
        func refuse(_ key: String, beside other: String, _ why: String) {
            guard isSent, let position = node.member(key)?.keyPosition, node[other] != nil else { return }
            report.error(position, "\"\(key)\" and \"\(other)\" exclude each other: \(why); remove one")
        }
        refuse("default", beside: "const", "a constant is always sent")
        refuse("optional", beside: "const", "a constant is always sent")
        if node["optional"]?.boolean == true {
            refuse("optional", beside: "default", "a field with a default is always sent")
        }
        // An array that reads absence as emptiness is never absent in Swift.
        if field.schema.leniency.nullAsEmpty { field.isOptional = false }
    }

    private func checkValues(_ node: JSONNode, _ field: FieldModel, _ location: FieldLocation) {
        if let value = node["default"] {
            if let reason = whyNoLiteral(field.schema, allowsArrays: true) {
                report.error(value.position, "\(reason) cannot have a default; make the field optional instead")
            } else {
                ValueCheck(self).argument(value, field.schema, .the("default of", field.name))
                ValueCheck(self).text(value, of: field, in: location, .the("default of", field.name))
            }
        }
        if let value = node["const"] {
            if let reason = whyNoLiteral(field.schema, allowsArrays: false) {
                report.error(value.position, "\(reason) cannot be a constant; choose a scalar \"type\"")
            } else {
                ValueCheck(self).argument(value, field.schema, .the("constant", field.name))
                ValueCheck(self).text(value, of: field, in: location, .the("constant", field.name))
            }
        }
        if let value = node["example"] {
            ValueCheck(self).argument(value, field.schema, .the("example of", field.name))
        }
        for sentinel in node["sentinels"]?.elements ?? [] { checkSentinel(sentinel, field) }
    }

    private func checkSentinel(_ sentinel: JSONNode, _ field: FieldModel) {
        let types = [field.schema.wireType(self)] + field.schema.leniency.accept.map(\.rawValue)
        let isNumber = sentinel.double != nil && !types.filter { ["integer", "number"].contains($0) }.isEmpty
        let isText = sentinel.string != nil && types.contains("string")
        let isFlag = sentinel.boolean != nil && types.contains("boolean")
        if !isNumber, !isText, !isFlag, !field.schema.isUnknown {
            report.error(
                sentinel.position,
                "the sentinel \(sentinel.compactText) is \(sentinel.kindName), which \"\(field.name)\" never is on the wire; write \(SchemaModel.article(types[0]))"
            )
        }
    }

    /// Why a value of this type cannot be written in a spec; nil if it can.
    private func whyNoLiteral(_ schema: SchemaModel, allowsArrays: Bool) -> String? {
        switch schema.kind {
        case .string, .integer, .number, .boolean, .enumeration: nil
        case .text: "a text with a format"
        case .date: "a date"
        case .binary: "bytes"
        case .any: schema.isUnknown ? nil : "a value of any type"
        case .object: "an object"
        case .map: "a map"
        case .union: "a union"
        case .array(let items): allowsArrays ? whyNoLiteral(items, allowsArrays: false) : "an array"
        case .reference(let name): typeSchema(name).flatMap { whyNoLiteral($0, allowsArrays: allowsArrays) }
        }
    }
}

extension SchemaModel {
    static func unknown(_ position: SourcePosition) -> SchemaModel {
        var schema = SchemaModel(.any, position: position)
        schema.isUnknown = true
        return schema
    }

    /// The JSON type on the wire.
    func wireType(_ session: CheckSession) -> String {
        if encoding.wire == .string || encoding.join != nil || encoding.template != nil { return "string" }
        if encoding.wire == .integer { return "integer" }
        if case .reference(let name) = kind { return session.typeSchema(name)?.wireType(session) ?? "object" }
        return jsonType
    }
}

/// Whether a type can stand where a field goes.
extension CheckSession {
    func checkPlacement(_ field: FieldModel, _ location: FieldLocation) {
        let schema = field.schema
        if schema.isUnknown { return }
        checkStyle(field, location)
        checkContentType(field, location)
        if location == .nested || location == .jsonBody { return }
        if schema.isNullable {
            report.error(
                field.position,
                "\(location.title) cannot be null; remove \"null\" from its \"type\", or make it optional")
        }
        if location == .path, field.isOptional {
            report.error(
                field.position, "a path parameter cannot be optional; remove \"optional\" or give it a \"default\"")
        }
        if isScalar(schema) || schema.encoding.style != nil { return }
        switch schema.kind {
        case .array(let items): checkArray(items, of: field, location)
        case .binary: break
        case .any where location != .multipart:
            report.error(field.position, "\(location.title) must have a type; write one instead of \"any\"")
        case .union where location != .multipart:
            report.error(
                field.position,
                "a union that is not of scalars alone cannot be \(location.title); move it into a JSON body")
        default: checkObject(field, location)
        }
    }

    private func checkArray(_ items: SchemaModel, of field: FieldModel, _ location: FieldLocation) {
        switch location {
        case .multipart:
            if case .array = items.kind, !isScalar(items) {
                report.error(
                    field.position,
                    "each element of the array is a part, and a part cannot be an array; give the elements another type"
                )
            }
        case .query, .form:
            if isScalar(items) { return }
            let remedy = "write \"style\": \"deepObject\" if they are objects, or move the field into a JSON body"
            report.error(field.position, "the elements of \(location.title) must be scalars; \(remedy)")
        default:
            if isScalar(items) {
                report.error(field.position, "an array needs \"join\": \",\" to be \(location.title)")
            } else {
                report.error(
                    field.position, "the elements of \(location.title) must be scalars; move the field into a JSON body"
                )
            }
        }
    }

    private func checkObject(_ field: FieldModel, _ location: FieldLocation) {
        let isMap = if case .map = field.schema.kind { true } else { false }
        switch location {
        // A part in JSON.
        case .multipart: break
        case .query where isMap, .form where isMap:
            report.error(
                field.position,
                "a map needs \"style\": \"deepObject\" to be \(location.title); add it, or move the field into a JSON body"
            )
        case .query, .form:
            report.error(
                field.position,
                "an object needs \"style\": \"deepObject\" or a \"template\" to be \(location.title); add one, or move the field into a JSON body"
            )
        case _ where isMap:
            report.error(field.position, "a map cannot be \(location.title); move it into a JSON body")
        default:
            report.error(
                field.position,
                "an object cannot be \(location.title); give it a \"template\", or move it into a JSON body")
        }
    }

    private func checkContentType(_ field: FieldModel, _ location: FieldLocation) {
        guard let type = field.schema.encoding.contentType else { return }
        if location != .multipart {
            report.error(field.position, "\"contentType\" is for a part of a multipart body; remove it")
        } else if !MediaType.isValid(type) {
            report.error(field.position, "\"contentType\" \(MediaType.rule), not \"\(type)\"")
        }
    }

    // MARK: Objects in a query or a form

    private func checkStyle(_ field: FieldModel, _ location: FieldLocation) {
        guard field.schema.encoding.style != nil else { return }
        if location != .query, location != .form {
            report.error(field.position, "\"style\" is for a query parameter or a field of a form; remove it")
            return
        }
        var inner = field.schema
        if case .array(let items) = inner.kind { inner = items }
        if isScalar(inner) {
            report.error(field.position, "\"style\" is for an object, or for an array of objects; remove it")
        } else {
            var open: Set<String> = []
            checkBrackets(field.schema, field.name, of: field, &open)
        }
    }

    /// Reports what pairs of name and text cannot say.
    private func checkBrackets(
        _ schema: SchemaModel, _ path: String, of field: FieldModel, _ open: inout Set<String>
    ) {
        var schema = schema
        if case .reference(let name) = schema.kind {
            guard open.insert(name).inserted, let type = typeSchema(name) else { return }
            schema = type
        }
        if isScalar(schema) { return }
        switch schema.kind {
        case .array(let items):
            var item = items
            if case .reference(let name) = item.kind { item = typeSchema(name) ?? item }
            if case .array = item.kind, !isScalar(item) { return refuse(path, field) }
            checkBrackets(items, path + "[0]", of: field, &open)
        case .object(let object):
            for inner in object.fields {
                let path = "\(path)[\(inner.name)]"
                if inner.schema.isNullable {
                    report.error(
                        field.position,
                        "\"\(path)\" cannot be null in a query or a form; remove \"null\" from its \"type\", or make it optional"
                    )
                }
                checkBrackets(inner.schema, path, of: field, &open)
            }
            if let additional = object.additional { checkBrackets(additional, path + "[…]", of: field, &open) }
        case .map(let values): checkBrackets(values, path + "[…]", of: field, &open)
        default: refuse(path, field)
        }
    }

    private func refuse(_ path: String, _ field: FieldModel) {
        report.error(
            field.position,
            "\"\(path)\" must be a scalar, an array of scalars or an object, for it is sent by its name in brackets; change its \"type\""
        )
    }
}
