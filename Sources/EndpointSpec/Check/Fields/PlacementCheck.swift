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
