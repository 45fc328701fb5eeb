import EndpointCore
import EndpointSpec

/// Brings settled types into the form that the place of a parameter allows.
struct Placement {
    let settling: TypeSettling
    let notes: ImportNotes

    /// Settles an operation's parameters and body for where they go.
    func place(_ draft: inout OperationDraft) {
        draft.pathParameters = draft.pathParameters.map { header($0, &draft) }
        draft.headers = draft.headers.map { header($0, &draft) }
        var query: [FieldDraft] = []
        for field in draft.query { query += pairs(field, isForm: false, &draft) }
        draft.query = query
        placeBody(&draft)
        if case .json(let type) = draft.response { draft.response = .json(settling.settled(type)) }
        draft.failures = draft.failures.map { settling.settled($0) }
        draft.responseHeaders = draft.responseHeaders.compactMap(responseHeader)
    }

    // MARK: Paths and headers

    /// One text: a scalar, or several joined.
    private func header(_ field: FieldDraft, _ draft: inout OperationDraft) -> FieldDraft {
        var field = field
        let style = field.encoding["style"]?.string
        field.encoding = [:]
        var type = scalar(settling.settled(field.type)).nullable(false)
        if style == "matrix" || style == "label" {
            loosen("the style \"\(style ?? "")\" of \"\(field.name)\"", "a string", field, &draft)
            type = TypeDraft(.string(format: nil), field.position)
        } else if case .array(let item) = settling.resolved(type).kind, settling.resolved(item).isScalar {
            type.kind = .array(settling.withoutNull(item))
            field.encoding["join"] = ","
        } else if !settling.resolved(type).isScalar {
            loosen("\"\(field.name)\", which is not one text", "a string", field, &draft)
            type = TypeDraft(.string(format: nil), field.position)
        }
        field.type = type
        return field
    }

    /// The scalar among the alternatives, or the list of scalars.
    private func scalar(_ type: TypeDraft) -> TypeDraft {
        let written = settling.written(type)
        switch settling.resolved(written).kind {
        case .union(let union):
            let scalars = union.members.filter { settling.resolved($0).isScalar }
            if scalars.count == union.members.count { return written }
            if let list = union.members.first(where: { isListOfScalars($0) }) { return list }
            if let first = scalars.first { return first }
            return written
        case .any, .binary:
            var text = TypeDraft(.string(format: nil), type.position)
            text.description = type.description
            return text
        default: return written
        }
    }

    private func isListOfScalars(_ type: TypeDraft) -> Bool {
        if case .array(let item) = settling.resolved(type).kind { settling.resolved(item).isScalar } else { false }
    }

    private func responseHeader(_ field: FieldDraft) -> FieldDraft? {
        var field = field
        let type = settling.withoutNull(settling.settled(field.type))
        switch settling.resolved(type).kind {
        case .boolean, .string, .integer, .number, .enumeration: field.type = type
        case .array(let item) where settling.resolved(item).isScalar: field.type = type
        default: field.type = TypeDraft(.string(format: nil), field.position)
        }
        return field
    }

    // MARK: Queries and forms

    /// The fields that a parameter of a query or a field of a form becomes.
    func pairs(_ field: FieldDraft, isForm: Bool, _ draft: inout OperationDraft) -> [FieldDraft] {
        var field = field
        let style = field.encoding["style"]?.string ?? "form"
        let explodes = field.encoding["explode"]?.bool ?? (style == "form" || style == "deepObject")
        field.encoding = [:]
        var type = settling.withoutNull(settling.settled(field.type))
        if case .union(let union) = settling.resolved(type).kind, !settling.resolved(type).isScalar {
            type = preferred(union, field, &draft)
        }
        switch settling.resolved(type).kind {
        case .any, .binary: type = TypeDraft(.string(format: nil), field.position)
        case .array(let item): return [list(field, type, item, style, explodes, &draft)]
        case .object(let object):
            if style == "form", explodes, !isForm { return flattened(object, field, &draft) }
            if style == "form", !explodes {
                loosen("an object in one text (\"\(field.name)\")", "a string", field, &draft)
                type = TypeDraft(.string(format: nil), field.position)
            } else {
                return [deep(field, type, &draft)]
            }
        case .map: return [deep(field, type, &draft)]
        default: break
        }
        field.type = settling.withoutNull(type)
        return [field]
    }

    private func list(
        _ field: FieldDraft, _ type: TypeDraft, _ item: TypeDraft, _ style: String, _ explodes: Bool,
        _ draft: inout OperationDraft
    ) -> FieldDraft {
        var field = field
        let item = scalar(item)
        guard settling.resolved(item).isScalar else { return deep(field, type, &draft) }
        field.type = settling.withoutNull(type)
        field.type.kind = .array(settling.withoutNull(item))
        if style == "deepObject" {
            // Services that read brackets read a list from a name with empty ones.
            field.name += "[]"
            field.swiftName = SwiftName.lowerCamel(field.name)
            notes.count(
                "a list of the style \"deepObject\" repeats its name with empty brackets: name[]=", field.position)
        } else if !explodes {
            field.encoding["join"] = style == "spaceDelimited" ? " " : style == "pipeDelimited" ? "|" : ","
        }
        return field
    }

    /// The fields of an object, each a parameter of its own.
    private func flattened(
        _ object: ObjectDraft, _ field: FieldDraft, _ draft: inout OperationDraft
    ) -> [FieldDraft] {
        if object.additional != nil {
            notes.count("further names of an object in a query cannot be sent", field.position)
        }
        return object.fields.flatMap { inner in
            var inner = inner
            inner.isOptional = inner.isOptional || field.isOptional
            inner.encoding = [:]
            return pairs(inner, isForm: false, &draft)
        }
    }

    /// By names in brackets.
    private func deep(_ field: FieldDraft, _ type: TypeDraft, _ draft: inout OperationDraft) -> FieldDraft {
        var field = field
        if let bracketed = bracketed(type, field, [], &draft) {
            field.type = bracketed
            field.type.description = field.description
            field.encoding["style"] = "deepObject"
        } else {
            loosen("\"\(field.name)\", which names in brackets cannot say", "a string", field, &draft)
            field.type = TypeDraft(.string(format: nil), field.position)
        }
        return field
    }

    /// A type that names in brackets can say, written out; nil where there is none.
    private func bracketed(
        _ type: TypeDraft, _ field: FieldDraft, _ open: Set<String>, _ draft: inout OperationDraft
    ) -> TypeDraft? {
        var open = open
        if case .reference(let key) = type.kind, case .object = settling.resolved(type).kind {
            guard open.insert(key).inserted else { return nil }
        }
        let written = settling.withoutNull(type)
        var resolved = settling.resolved(written).nullable(false)
        if resolved.isScalar { return written }
        if case .union(let union) = resolved.kind {
            let chosen = preferred(union, field, &draft)
            return bracketed(chosen, field, open, &draft)
        }
        switch resolved.kind {
        case .array(let item):
            if case .array = settling.resolved(item).kind { return nil }
            guard let inner = bracketed(scalar(item), field, open, &draft) else { return nil }
            resolved.kind = .array(inner)
        case .map(let values):
            let text = TypeDraft(.string(format: nil), values.position)
            if case .any = settling.resolved(values).kind {
                resolved.kind = .map(text)
            } else {
                guard let inner = bracketed(values, field, open, &draft) else { return nil }
                resolved.kind = .map(inner)
            }
        case .object(var object):
            object.fields = object.fields.compactMap { inner in
                guard let type = bracketed(inner.type, field, open, &draft) else {
                    notes.count(
                        "a field that holds its own type, or lists of lists, cannot be sent by names in brackets",
                        inner.position)
                    return nil
                }
                var inner = inner
                inner.type = type
                inner.type.description = inner.description
                return inner
            }
            object.additional = nil
            if object.fields.isEmpty { return nil }
            resolved.kind = .object(object)
        case .any: return TypeDraft(.string(format: nil), type.position)
        default: return nil
        }
        return resolved
    }

    /// The alternative that a query or a form can say: the richest.
    private func preferred(_ union: UnionDraft, _ field: FieldDraft, _ draft: inout OperationDraft) -> TypeDraft {
        func first(_ isWanted: (TypeDraft.Kind) -> Bool) -> TypeDraft? {
            union.members.first { isWanted(settling.resolved($0).kind) }
        }
        let list = union.members.first { isListOfScalars($0) }
        let scalars = union.members.filter { settling.resolved($0).isScalar }
        if let list, scalars.count + 1 == union.members.count { return list }
        notes.count(
            "of several forms of a parameter that is no JSON the richest is imported: an object before a list and a text",
            field.position)
        return first { if case .object = $0 { true } else { false } } ?? first {
            if case .map = $0 { true } else { false }
        }
            ?? list ?? first { if case .array = $0 { true } else { false } } ?? union.members[0]
    }

    // MARK: Bodies

    private func placeBody(_ draft: inout OperationDraft) {
        switch draft.body {
        case .json(let type):
            let type = settling.settled(type)
            if case .binary = settling.resolved(type).kind {
                draft.body = .binary
            } else {
                draft.body = .json(type)
            }
        case .form(let type): placeFields(type, .form, &draft)
        case .multipart(let type): placeFields(type, .multipart, &draft)
        case .none, .binary, .fields: break
        }
    }

    private func placeFields(_ type: TypeDraft, _ encoding: BodyEncoding, _ draft: inout OperationDraft) {
        var settled = settling.settled(type)
        if case .union(let union) = settling.resolved(settled).kind {
            settled = preferred(union, FieldDraft("body", settled, isOptional: false, type.position), &draft)
        }
        guard case .object(let object) = settling.resolved(settled).kind else {
            switch settling.resolved(settled).kind {
            case .any, .map:
                if encoding == .multipart { return bytesPart(type, &draft) }
                notes.count("a form whose fields are not named has none here", type.position)
                draft.body = .none
            case .binary: bytesPart(type, &draft)
            default: draft.problems.append((type.position, "a \(encoding.rawValue) body that is not an object"))
            }
            return
        }
        var fields: [FieldDraft] = []
        for field in object.fields where !field.isReadOnly {
            var field = field
            field.position = field.type.position
            let part = draft.partEncodings?[field.name]
            if encoding == .form {
                field.encoding["style"] = part?["style"]?.json ?? (isDeep(field.type) ? "deepObject" : nil)
                field.encoding["explode"] = part?["explode"]?.json
                fields += pairs(field, isForm: true, &draft)
            } else {
                fields.append(multipart(field, part))
            }
        }
        draft.body = fields.isEmpty ? .none : .fields(fields, encoding)
    }

    private func isDeep(_ type: TypeDraft) -> Bool {
        switch settling.resolved(type).kind {
        case .object, .map: true
        case .array(let item): !settling.resolved(scalar(item)).isScalar
        default: false
        }
    }

    private func bytesPart(_ type: TypeDraft, _ draft: inout OperationDraft) {
        draft.body = .fields(
            [FieldDraft("file", TypeDraft(.binary, type.position), isOptional: false, type.position)], .multipart)
    }

    private func multipart(_ field: FieldDraft, _ part: JSONNode?) -> FieldDraft {
        var field = field
        field.type = settling.withoutNull(settling.settled(field.type))
        if let type = part?["contentType"]?.string?.split(separator: ",").first?.trimming,
            MediaType.isValid(type), !type.contains("*")
        {
            field.encoding["contentType"] = .string(type)
        }
        if case .array(let item) = settling.resolved(field.type).kind {
            var item = settling.withoutNull(item)
            if case .array = settling.resolved(item).kind { item = TypeDraft(.any, item.position) }
            field.type = settling.resolved(field.type).nullable(false)
            field.type.kind = .array(item)
        }
        return field
    }

    // MARK: Loose

    private func loosen(_ what: String, _ instead: String, _ field: FieldDraft, _ draft: inout OperationDraft) {
        draft.loosened.append((field.position, "\(what): written as \(instead)"))
    }
}
