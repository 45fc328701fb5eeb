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

    /// The argument of this name, otherwise the constant.
    func field(_ name: String) -> FieldModel? {
        let fields = all.map(\.field).filter { $0.argumentName == name }
        return fields.first { $0.constant == nil } ?? fields.first
    }

    /// Marks the arguments whose names on the wire are shared.
    ///
    /// - Parameter names: Names that are taken already.
    mutating func markSharedNames(besides names: [String]) {
        var counts: [String: Int] = [:]
        for name in names + all.filter({ $0.field.constant == nil }).map(\.field.name) { counts[name, default: 0] += 1 }
        func marked(_ fields: [FieldModel]) -> [FieldModel] {
            fields.map { field in
                var field = field
                field.isNameShared = field.constant == nil && counts[field.name] ?? 0 > 1
                return field
            }
        }
        (path, query, headers) = (marked(path), marked(query), marked(headers))
        body.fields = marked(body.fields)
    }
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

    func headers(_ body: BodyModel) -> [FieldModel] {
        let fields = fields("headers", .header)
        checkContentType(fields, body)
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
            for (key, what) in [("encoding", "how a body is written"), ("contentType", "what a body is")] {
                guard let member = spec.member(key) else { continue }
                report.error(member.keyPosition, "\"\(key)\" says \(what); add \"body\", or remove it")
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
        let body = key == "body" ? fieldsBody(member, encoding) : wholeBody(member, encoding)
        checkContentType(body)
        return body
    }

    private func checkContentType(_ body: BodyModel) {
        guard let encoding = body.encoding, let node = spec["contentType"], let type = node.string else { return }
        if !MediaType.isValid(type) {
            report.error(node.position, "\"contentType\" \(MediaType.rule), not \"\(type)\"")
        } else if encoding == .multipart {
            if !type.lowercased().hasPrefix("multipart/") {
                report.error(
                    node.position,
                    "the media type of a multipart body begins with \"multipart/\"; write one like \"multipart/mixed\"")
            } else if MediaType.hasParameter("boundary", in: type) {
                report.error(node.position, "the boundary is made for each request; remove it from \"contentType\"")
            }
        }
    }

    /// A header field `Content-Type` would say the media type a second time. Bytes alone may have it from the caller.
    private func checkContentType(_ headers: [FieldModel], _ body: BodyModel) {
        guard let encoding = body.encoding,
            let field = headers.first(where: { $0.name.lowercased() == "content-type" }),
            encoding != .binary || spec["contentType"] != nil
        else { return }
        let type = field.constant?.string ?? spec["contentType"]?.string ?? encoding.contentType
        report.error(
            field.position,
            "the media type of a body is not a header parameter; write \"contentType\": \"\(type)\" beside \"body\", and remove \"\(field.name)\" here"
        )
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
            if parts[0].schema.encoding.contentType != nil {
                report.error(
                    parts[0].position, "the field is the whole body; write \"contentType\" beside \"body\" instead")
            }
            return .value(parts[0], encoding)
        case .form:
            let fields = fields("body", .form)
            if fields.isEmpty {
                report.error(member.keyPosition, "a form without any field; add fields to \"body\"")
            }
            return .fields(fields, encoding)
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
            if let problem = Self.named(encoding) {
                report.error(member.keyPosition, problem)
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
                Self.named(encoding)
                    ?? "a binary body has \"type\": \"string\" and \"format\": \"binary\"; write these in \"bodyType\"")
        }
        return .value(field, .json)
    }

    /// What is wrong with a body of this encoding that is one value; nil for an encoding without names.
    private static func named(_ encoding: BodyEncoding) -> String? {
        switch encoding {
        case .multipart: "a multipart body has named parts; write them as fields of \"body\""
        case .form: "a form has named fields; write them as fields of \"body\""
        case .json, .binary: nil
        }
    }

    // MARK: The token

    /// What the token replaces cannot be an argument, and a token that is an argument is a secret.
    func checkToken(_ locations: Locations, isAuthenticated: Bool) {
        let scheme = session.service.authentication.scheme
        let remedy = "remove it here, or write \"authentication\": \"none\" for the endpoint"
        for field in locations.headers {
            let name = field.name.lowercased()
            if isAuthenticated, name == scheme.headerName?.lowercased() {
                report.error(
                    field.position, "the token goes into \"\(field.name)\" by \"authentication\"; \(remedy)")
            } else if name == "authorization", !field.isSensitive {
                report.error(field.position, "\"\(field.name)\" holds a secret; add \"sensitive\": true")
            }
        }
        for field in locations.query where isAuthenticated && field.name == scheme.queryName {
            report.error(field.position, "the token goes into \"\(field.name)\" by \"authentication\"; \(remedy)")
        }
    }

    // MARK: Arguments

    /// Tells the arguments apart: by their Swift names in a method, and by their names on the wire in examples and on the command
    /// line, where these differ.
    func checkArguments(_ locations: inout Locations, _ host: HostModel) {
        var swiftNames: [String: (name: String, location: String)] = [:]
        switch host {
        case .service: break
        case .announced: swiftNames["host"] = ("host", "\"announcedBy\"")
        case .caller: swiftNames["url"] = ("url", "\"url\": \"caller\"")
        }
        locations.markSharedNames(besides: Array(swiftNames.keys))
        var names = Set(swiftNames.keys)
        for (field, location) in locations.all where field.constant == nil {
            if let other = swiftNames.updateValue((field.name, "\"\(location)\""), forKey: field.swiftName) {
                report.error(
                    field.position,
                    "the argument \"\(field.swiftName)\" is there already (\"\(other.name)\" in \(other.location)); give it another \"swiftName\""
                )
                swiftNames[field.swiftName] = other
            } else if !names.insert(field.argumentName).inserted {
                report.error(
                    field.position,
                    "examples and --input name two arguments \"\(field.argumentName)\"; give this one another \"swiftName\""
                )
            }
        }
    }
}
