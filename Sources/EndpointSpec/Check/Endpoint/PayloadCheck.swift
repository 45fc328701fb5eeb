/// What an endpoint responds with, and what later checks need to know of it.
struct Payload {
    var response: ResponseModel
    var envelope: EnvelopeUse
    /// The fields of an object; nil if the payload is none, or unknown after a mistake.
    var fields: [FieldModel]?
    var position: SourcePosition

    /// The field that a path leads to; reports if there is none.
    func route(_ name: String, _ position: SourcePosition, _ key: String, _ session: CheckSession) -> FieldRoute? {
        guard let fields, FieldPath(name).steps.count > 1 || FieldPath(name).name == nil else {
            return field(name, position, key, session.report).map { FieldRoute(fields: [$0]) }
        }
        if let problem = FieldPath.problem(of: name), !fields.contains(where: { $0.name == name }) {
            session.report.error(position, "\(key) names \"\(name)\", which \(problem)")
            return nil
        }
        switch session.typeTable.match(FieldPath(name), in: fields) {
        case .found(let route): return route
        case .ambiguous: session.report.error(position, Self.ambiguity(name, key: key))
        case .unknown(let step, let known):
            let hint = Suggestion.hint(for: step, in: known, otherwise: "a path leads through objects alone")
            session.report.error(
                position, "\(key) names \"\(name)\", and \"\(step)\" in it is not a field; \(hint)")
        }
        return nil
    }

    /// What is wrong with a path that two fields have.
    static func ambiguity(_ name: String, key: String) -> String {
        let pointers = [FieldPath(steps: [name]), FieldPath(steps: FieldPath(name).steps)].map { "\"\($0.text)\"" }
        return "\(key) names \"\(name)\", which is a field's name and leads to another field, too; write one of: "
            + pointers.joined(separator: ", ")
    }

    /// The field of this name; reports if there is none.
    func field(_ name: String, _ position: SourcePosition, _ key: String, _ report: Report) -> FieldModel? {
        guard let fields else {
            if case .payload(let schema) = response, schema.isUnknown { return nil }
            report.error(
                position,
                "\(key) names the field \"\(name)\", but the payload has no fields; write them in \"response\"")
            return nil
        }
        if let field = fields.first(where: { $0.name == name }) { return field }
        report.error(
            position,
            "\(key) names \"\(name)\", which is not a field of the payload; \(Suggestion.hint(for: name, in: fields.map(\.name)))"
        )
        return nil
    }
}

extension EndpointCheck {
    func payload(_ host: HostModel) -> Payload {
        let key = spec["response"] != nil ? "response" : "responseType"
        let envelope = envelope(host)
        guard let member = spec.member(key) else {
            report.error(
                spec.position,
                "there is no \"response\"; write the fields of the payload, or null if it has none that matter")
            return Payload(
                response: .payload(.unknown(spec.position)), envelope: envelope, fields: nil,
                position: spec.position)
        }
        if let both = spec.member("responseType"), key == "response" {
            report.error(both.keyPosition, "\"response\" and \"responseType\" exclude each other; keep one")
        }
        let response = key == "response" ? fieldsResponse(member) : wholeResponse(member)
        var payload = Payload(
            response: response, envelope: envelope, fields: nil, position: member.keyPosition)
        if case .payload(let schema) = response { payload.fields = session.objectFields(schema) }
        checkResponseName(payload)
        return payload
    }

    private func envelope(_ host: HostModel) -> EnvelopeUse {
        if host == .caller { return .none }
        if streamFormat != nil {
            if let member = spec.member("envelope") {
                report.error(member.keyPosition, "a stream has no envelope; remove \"envelope\"")
            }
            return .none
        }
        guard let value = spec["envelope"] else { return .service }
        if value.boolean == true {
            report.error(value.position, "the envelope is there by default; remove \"envelope\": true")
        }
        if session.service.envelope == nil, value.string == "errors" {
            report.error(
                value.position, "the service has no envelope; remove \"envelope\", or describe one in service.json")
        }
        if value.boolean == false { return .none }
        return value.string == "errors" ? .errors : .service
    }

    private func fieldsResponse(_ member: JSONMember) -> ResponseModel {
        let node = member.value
        guard let members = node.members else { return node.isNull ? .none : .payload(.unknown(node.position)) }
        if members.isEmpty {
            report.error(node.position, "a payload without any field; write null, or the fields")
        }
        let origin = origin(of: node.position)
        var context = context(.responseField, at: node.position)
        let given = origin.node?["responseName"]
        context.prefix = ""
        context.fixedName = given?.string ?? origin.typePrefix + "Response"
        // Seen as an object with these properties and, if it has one, this name.
        var object = [JSONMember(key: "properties", keyPosition: member.keyPosition, value: node)]
        if let given { object.append(JSONMember(key: "name", keyPosition: given.position, value: given)) }
        let schema = session.schema(JSONNode(.object(object), position: node.position), context)
        return .payload(schema ?? .unknown(node.position))
    }

    private func wholeResponse(_ member: JSONMember) -> ResponseModel {
        let node = member.value
        guard node.members != nil else { return .payload(.unknown(node.position)) }
        let origin = origin(of: node.position)
        var context = context(.responseType, at: node.position)
        context.prefix = ""
        context.fixedName =
            origin.node?["responseName"]?.string ?? origin.typePrefix + "Response"
        context.allowsBinary = true
        let schema = session.schema(node, context) ?? .unknown(node.position)
        if case .binary = schema.kind { return .binary }
        return .payload(schema)
    }

    /// `responseName` names a type that this endpoint declares.
    private func checkResponseName(_ payload: Payload) {
        guard let given = source.node?["responseName"] else { return }
        if payload.position.file != source.file.displayPath {
            report.error(
                given.position,
                "the payload's type is the base's; remove \"responseName\", or give the variant its own \"response\"")
            return
        }
        guard case .payload(let schema) = payload.response, !schema.isUnknown else {
            if case .payload = payload.response { return }
            report.error(given.position, "there is no payload to name; remove \"responseName\"")
            return
        }
        if !schema.declaresType {
            report.error(given.position, "the payload has no type of its own to name; remove \"responseName\"")
        }
    }

    func checkChecksum(_ payload: Payload) {
        guard let member = spec.member("checksum") else { return }
        if let md5 = member.value["md5"], let name = md5.string, !name.isEmpty, !HeaderField.isToken(name) {
            report.error(
                md5.position, "\"\(name)\" cannot be the name of a header field; use letters, digits and \"-\"")
        }
        if case .binary = payload.response { return }
        if case .payload(let schema) = payload.response, schema.isUnknown { return }
        report.error(
            member.keyPosition,
            "\"checksum\" is for a response that is bytes; remove it, or write "
                + "\"responseType\": { \"type\": \"string\", \"format\": \"binary\" }")
    }

    func checkNullPayload(_ payload: Payload) {
        guard let member = spec.member("nullPayload"), member.value.string == "empty" else { return }
        guard case .payload(let schema) = payload.response else {
            report.error(member.keyPosition, "\"nullPayload\" is for a payload with fields; remove it")
            return
        }
        if schema.isUnknown { return }
        guard let fields = payload.fields else {
            report.error(
                member.keyPosition,
                "\"nullPayload\" is for a payload with fields; write \"nullAsEmpty\" in \"responseType\" instead")
            return
        }
        for field in fields where !field.isOptional && !field.schema.leniency.nullAsEmpty && !field.schema.isUnknown {
            report.error(
                field.position,
                "a null payload has no \"\(field.name)\"; make the field \"optional\" (an array: \"nullAsEmpty\"), or remove \"nullPayload\""
            )
        }
    }
}

/// Responses without content, and the bodies of failures.
extension EndpointCheck {
    func checkEmptyResponse(_ payload: Payload) {
        guard let member = spec.member("emptyResponse"), member.value.boolean == true else { return }
        func refuse(_ why: String) { report.error(member.keyPosition, "\"emptyResponse\" \(why)") }
        switch payload.response {
        case .none: refuse("is for a payload; without one a response may be empty anyway, so remove it")
        case .binary: refuse("is for a JSON payload; bytes may be none anyway, so remove it")
        case .payload: break
        }
        if spec["nullPayload"] != nil {
            refuse("and \"nullPayload\" exclude each other: the value of an empty response is nil; remove one")
        }
        for key in ["paging", "batch", "partial", "polling"] where spec[key]?.members != nil {
            refuse("and \"\(key)\" exclude each other: an empty response has none of the fields; remove one")
        }
    }

    /// The endpoint's own type of the body of a failure; nil where it says nothing.
    func errorResponse() -> SchemaModel? {
        guard let node = spec["errorResponse"] else { return nil }
        let origin = origin(of: node.position)
        var context = context(.responseField, at: node.position)
        context.prefix = ""
        context.fixedName = origin.typePrefix + "ErrorResponse"
        return session.errorResponse(node, context)
    }
}

extension CheckSession {
    /// What the service says of the bodies of failures; an extension's service is the base's.
    var errorResponse: SchemaModel? {
        if isExtension { return base?.errorResponse }
        if let known = serviceErrorResponse { return known }
        guard let node = serviceNode?["errorResponse"] else { return nil }
        let owner = TypeOwner.type(ServiceModel.errorResponseName)
        let schema = errorResponse(
            node,
            TypeContext(
                table: .responseField, owner: owner, namelessOwner: owner, fixedName: ServiceModel.errorResponseName))
        serviceErrorResponse = schema
        if let schema { checkPaths(of: service.envelope, schema) }
        return schema
    }

    /// A map of fields, or a reference.
    fileprivate func errorResponse(_ node: JSONNode, _ context: TypeContext) -> SchemaModel? {
        guard node.members != nil else { return nil }
        if node["$ref"]?.string != nil { return schema(node, context) }
        let object = JSONMember(key: "properties", keyPosition: node.position, value: node)
        return schema(JSONNode(.object([object]), position: node.position), context)
    }

    /// A path of the envelope that two fields of a failure have.
    private func checkPaths(of envelope: Envelope?, _ schema: SchemaModel) {
        let fields = typeTable.fields(of: schema)
        for key in ["code", "message", "payload", "traceID"] {
            guard let node = serviceNode?["envelope"]?[key], let text = node.string else { continue }
            if case .ambiguous = typeTable.match(FieldPath(text), in: fields) {
                report.error(node.position, Payload.ambiguity(text, key: "\"\(key)\""))
            }
        }
    }

    /// The fields of an object, or of a shared type that is one.
    func objectFields(_ schema: SchemaModel) -> [FieldModel]? { typeTable.objectFields(schema) }
}

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
