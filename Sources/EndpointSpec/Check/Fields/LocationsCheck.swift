/// The fields of a call, by where they go.
struct Locations {
    var path: [FieldModel]
    var query: [FieldModel]
    var headers: [FieldModel]
    var body: BodyModel

    /// All fields with the key of the spec that they stand under.
    var all: [(field: FieldModel, location: String)] {
        path.map { ($0, "pathParameters") } + query.map { ($0, "query") } + headers.map { ($0, "headers") }
            + body.fields.map { ($0, "body") }
    }

    /// The field of this wire name.
    func field(_ name: String) -> FieldModel? { all.first { $0.field.name == name }?.field }
}

extension EndpointCheck {
    /// The fields under a key of the endpoint.
    func fields(_ key: String, _ location: FieldLocation) -> [FieldModel] {
        var fields: [FieldModel] = []
        // One by one, for a variant's may come from several files.
        for member in spec[key]?.members ?? [] where member.value.members != nil {
            let context = context(.parameter, at: member.value.position)
            fields += session.fields([member], context, at: location)
            if member.value["hidden"] != nil, source.node?["variantOf"] == nil {
                report.error(member.keyPosition, "\"hidden\" is for variants; remove it, or the field")
            }
        }
        return fields
    }

    func headers() -> [FieldModel] {
        let fields = fields("headers", .header)
        for field in fields {
            if let problem = HeaderField.problem(name: field.name, isFixed: false) {
                report.error(field.position, problem)
            }
        }
        return fields
    }

    // MARK: Body

    func body(_ method: HTTPMethod) -> BodyModel {
        let key = spec["body"] != nil ? "body" : "bodyType"
        guard let member = spec.member(key) else {
            if let encoding = spec.member("encoding") {
                report.error(
                    encoding.keyPosition, "\"encoding\" says how a body is written; add \"body\", or remove it")
            }
            return .none
        }
        if let both = spec.member("bodyType"), key == "body" {
            report.error(both.keyPosition, "\"body\" and \"bodyType\" exclude each other; keep one")
        }
        if !method.allowsBody {
            report.error(
                member.keyPosition,
                "a \(method) request has no body; move its fields into \"query\", or change \"method\"")
        }
        let encoding = spec["encoding"]?.string.flatMap(BodyEncoding.init(rawValue:)) ?? .json
        return key == "body" ? fieldsBody(member, encoding) : wholeBody(member, encoding)
    }

    private func fieldsBody(_ member: JSONMember, _ encoding: BodyEncoding) -> BodyModel {
        switch encoding {
        case .multipart:
            let parts = fields("body", .multipart)
            if parts.isEmpty {
                report.error(member.keyPosition, "a multipart body without any part; add fields to \"body\"")
            }
            return .fields(parts, encoding)
        case .binary:
            let parts = fields("body", .multipart)
            guard parts.count == 1, case .binary = parts[0].schema.kind else {
                if !parts.contains(where: \.schema.isUnknown) {
                    report.error(
                        member.keyPosition,
                        "a binary body is one field of \"type\": \"string\" and \"format\": \"binary\"; write that alone, or \"encoding\": \"multipart\""
                    )
                }
                return .none
            }
            return .value(parts[0], encoding)
        case .json: return .fields(fields("body", .jsonBody), encoding)
        }
    }

    private func wholeBody(_ member: JSONMember, _ encoding: BodyEncoding) -> BodyModel {
        let node = member.value
        guard node.members != nil else { return .none }
        let name = node["argument"]?.string ?? "body"
        let swiftName = SwiftName.lowerCamel(name)
        if !SwiftName.isIdentifier(swiftName) {
            report.error(
                node["argument"]?.position ?? node.position,
                "no Swift name can be made from \"\(name)\"; choose another \"argument\"")
        }
        var context = context(.bodyType, at: node.position)
        context.stem = swiftName
        context.allowsBinary = true
        let schema = session.schema(node, context) ?? .unknown(node.position)
        var field = FieldModel(
            name: name, swiftName: swiftName, schema: schema,
            position: node["argument"]?.position ?? member.keyPosition)
        KeywordTable.bodyType.bind(node, to: &field)
        if let example = node["example"] {
            ValueCheck(session).argument(example, schema, .the("example of", name))
        }
        if case .binary = schema.kind {
            if encoding == .multipart {
                report.error(member.keyPosition, "a multipart body has named parts; write them as fields of \"body\"")
            } else if spec["encoding"] != nil, encoding == .json {
                report.error(
                    spec["encoding"]?.position ?? member.keyPosition,
                    "bytes are not JSON; write \"encoding\": \"binary\"")
            }
            return .value(field, .binary)
        }
        if encoding != .json, !schema.isUnknown {
            report.error(
                member.keyPosition,
                encoding == .binary
                    ? "a binary body has \"type\": \"string\" and \"format\": \"binary\"; write these in \"bodyType\""
                    : "a multipart body has named parts; write them as fields of \"body\"")
        }
        return .value(field, .json)
    }

    // MARK: Arguments

    /// Wire names tell the arguments of examples and of the command line apart, Swift names those of the method.
    func checkArguments(_ locations: Locations, _ host: HostModel) {
        var wireNames: [String: String] = [:]
        var swiftNames: [String: (name: String, location: String)] = [:]
        switch host {
        case .service: break
        case .announced: swiftNames["host"] = ("host", "\"announcedBy\"")
        case .caller: swiftNames["url"] = ("url", "\"url\": \"caller\"")
        }
        for (field, location) in locations.all where field.constant == nil {
            if let other = wireNames.updateValue(location, forKey: field.name) {
                report.error(
                    field.position,
                    "the argument \"\(field.name)\" stands in \"\(other)\" already; remove one, or make one a constant")
            } else if let other = swiftNames[field.swiftName] {
                report.error(
                    field.position,
                    "the argument \"\(field.swiftName)\" is there already (\"\(other.name)\" in \(other.location)); give it another \"swiftName\""
                )
            }
            if swiftNames[field.swiftName] == nil { swiftNames[field.swiftName] = (field.name, "\"\(location)\"") }
        }
    }
}
