/// `stream` and `responseHeaders`.
extension EndpointCheck {
    /// How the elements of a stream follow one another; nil where the response is none, and after a mistake.
    var streamFormat: StreamFormat? { spec["stream"].flatMap { StreamFormat($0) } }

    func checkStream(_ payload: Payload) {
        guard streamFormat != nil, let member = spec.member("stream") else { return }
        switch payload.response {
        case .none:
            report.error(
                member.keyPosition,
                "a stream has elements; write their fields in \"response\", or their type in \"responseType\"")
        case .binary:
            report.error(
                member.keyPosition,
                "\"stream\" is for JSON; bytes are received while they are read anyway, so remove it")
        case .payload: break
        }
        let excluded = [
            "paging": "a stream is no page of a list", "batch": "a stream has no list to join",
            "partial": "a stream has no list of what failed", "polling": "a stream is open until it ends",
            "nullPayload": "an element is never absent", "emptyResponse": "a stream may have no element anyway",
            "responseHeaders": "a stream returns its elements alone",
        ]
        for other in spec.members ?? [] {
            guard let why = excluded[other.key], !other.value.isNull, other.value.boolean != false else { continue }
            report.error(other.keyPosition, "\"\(other.key)\" and \"stream\" exclude each other: \(why); remove one")
        }
        if let end = member.value.member("end"), member.value["format"]?.string == "lines" {
            report.error(
                end.keyPosition, "\"end\" is for the format \"events\"; lines end with the response, so remove it")
        }
    }

    /// The header fields of a success that are read.
    func responseHeaders() -> SchemaModel? {
        guard let node = spec["responseHeaders"], let members = node.members else { return nil }
        if members.isEmpty { report.error(node.position, "\"responseHeaders\" is empty; add a field, or remove it") }
        let origin = origin(of: node.position)
        var context = context(.responseField, at: node.position)
        context.prefix = ""
        context.fixedName = origin.typePrefix + "Headers"
        let object = JSONMember(key: "properties", keyPosition: node.position, value: node)
        guard let schema = session.schema(JSONNode(.object([object]), position: node.position), context),
            case .object(let model) = schema.kind
        else { return nil }
        var names: Set<String> = []
        for field in model.fields {
            if !HeaderField.isToken(field.name) {
                report.error(
                    field.position,
                    "\"\(field.name)\" cannot be the name of a header field; use letters, digits and \"-\"")
            }
            if !names.insert(field.name.lowercased()).inserted {
                report.error(field.position, "\"\(field.name)\" is duplicated (case does not count); remove one")
            }
            checkHeaderType(field)
        }
        return schema
    }

    /// A header field is text.
    private func checkHeaderType(_ field: FieldModel) {
        let schema = field.schema
        if schema.isUnknown { return }
        var item = schema
        if case .array(let items) = schema.kind, schema.encoding.join == nil { item = items }
        let isPlain = [schema, item].allSatisfy { $0.encoding == .init() && !$0.leniency.nullAsEmpty }
        guard isPlain, item.isUnknown || session.isScalar(item) else {
            return report.error(
                field.position,
                "\"\(field.name)\" is a header field, which is a string, an integer, a number, a boolean, a time, or an array of these as they are; change its type"
            )
        }
    }
}
