/// Endpoints: from a checked form to a model.
extension CheckSession {
    /// The checked endpoint of this module with this id; nil if a file that it needs could not be read.
    func endpointModel(_ id: String) -> EndpointModel? {
        if let model = endpointModels[id] { return model }
        guard let source = endpoints[id] else { return base?.endpointModels[id] }
        guard let node = source.node else { return nil }
        guard let variantOf = node["variantOf"] else {
            endpointModels[id] = EndpointCheck(self, source, node).model()
            return endpointModels[id]
        }
        guard let other = baseOfVariant(source, variantOf) else { return nil }
        // The base comes first, so that its own mistakes stand where it stands.
        _ = endpointModel(other.id)
        guard let spec = effectiveSpec(source) else { return nil }
        let found = report.capture { endpointModels[id] = EndpointCheck(self, source, spec).model() }
        for diagnostic in found {
            if diagnostic.position.file == source.file.displayPath {
                report.add(diagnostic)
            } else {
                report.error(
                    variantOf.position, "with what it takes over from \"\(other.id)\": \(diagnostic.message)")
            }
        }
        return endpointModels[id]
    }
}

/// The check of one endpoint.
struct EndpointCheck {
    let session: CheckSession
    let source: EndpointSource
    /// With all that a variant takes over.
    let spec: JSONNode

    var report: Report { session.report }

    init(_ session: CheckSession, _ source: EndpointSource, _ spec: JSONNode) {
        self.session = session
        self.source = source
        self.spec = spec
    }

    func model() -> EndpointModel {
        checkMethodName()
        let method = spec["method"]?.string ?? ""
        if spec["method"] == nil {
            report.error(
                spec.position,
                "there is no \"method\"; write one of: \(EndpointKeywords.methods.joined(separator: ", "))")
        }
        let host = host()
        let path = path(host)
        let places = Places(
            path: fields("pathParameters", .path), query: fields("query", .query), headers: headers(),
            body: body(method))
        checkPlaceholders(path, places.path)
        checkArguments(places, host)
        let payload = payload(host)
        let title = spec["title"]?.string ?? spec["summary"]?.string
        if title == nil {
            report.error(spec.position, "there is no \"summary\"; write one sentence: what the call does")
        }
        var model = EndpointModel(
            id: source.id, group: session.group(source.group), methodName: source.methodName, title: title ?? "",
            summary: spec["summary"]?.string ?? title ?? "",
            documentation: URLText.webAddress(spec["documentation"], report),
            notes: spec["notes"]?.elements?.compactMap(\.string) ?? [], deprecated: session.deprecation(spec),
            method: method, path: path, pathParameters: places.path, query: places.query, headers: places.headers,
            body: places.body, response: payload.response, envelope: payload.envelope,
            nullPayloadAsEmpty: payload.nullAsEmpty, isAuthenticated: spec["authentication"] == nil && host != .caller,
            host: host, rate: RateModel(spec["rate"], report),
            isIdempotent: spec["idempotent"]?.boolean ?? (method == "GET"),
            errors: errors(payload), paging: nil, batch: nil, partialFailures: nil, polling: nil,
            variantOf: source.node?["variantOf"]?.string, examples: [],
            canonicalText: CanonicalText.text(of: source.node ?? spec, as: .keywords(.endpoint)),
            file: source.file.path, position: source.node?.position ?? spec.position)
        model.paging = PagingCheck(self, places, payload).model()
        model.batch = batch(places, payload)
        model.partialFailures = partial(payload)
        model.polling = PollingCheck(self, payload).model()
        model.examples = ExampleCheck(self, model, payload).models()
        return model
    }

    // MARK: Names

    private func checkMethodName() {
        let name = source.methodName
        let given = source.node?["swiftName"]
        let position = given?.position ?? SourcePosition(file: source.file.displayPath)
        if let given, let text = given.string, !SwiftName.isValueName(text) {
            report.error(
                given.position, "\"\(text)\" cannot be the name of a Swift method; write one like \"listFiles\"")
        } else if SwiftName.takenInGroups.contains(name) {
            let remedy = given == nil ? "rename the file, or give it a \"swiftName\"" : "choose another"
            report.error(position, "every group has a \"\(name)\" of its own; \(remedy)")
        }
    }

    /// The endpoint in whose file a value stands: for what a variant takes over, the one it takes it from.
    func origin(of position: SourcePosition) -> EndpointSource {
        session.source(inFile: position.file) ?? source
    }

    /// What types in a value are called and where they belong.
    func context(_ table: KeywordTable, at position: SourcePosition) -> TypeContext {
        let origin = origin(of: position)
        let owner = TypeOwner.endpoint(id: origin.id, group: origin.group.typeName)
        return TypeContext(
            table: table, owner: owner, namelessOwner: owner, prefix: origin.typePrefix)
    }

    // MARK: Where it goes

    private func host() -> HostModel {
        if let url = spec["url"], url.string == "caller" {
            for key in ["host", "path", "authentication", "envelope"] {
                guard let member = spec.member(key) else { continue }
                let why =
                    key == "host" || key == "path"
                    ? "the caller gives the whole URL" : "such a call has no token and no envelope"
                report.error(member.keyPosition, "\"\(key)\" and \"url\" exclude each other: \(why); remove one")
            }
            return .caller
        }
        guard let host = spec["host"], let announcedBy = host["announcedBy"]?.elements else { return .service }
        if announcedBy.isEmpty {
            report.error(host.position, "\"announcedBy\" is empty; name the endpoints whose answers announce the host")
        }
        var ids: [String] = []
        for node in announcedBy {
            guard let id = node.string else { continue }
            if session.source(id) == nil {
                report.error(
                    node.position, "there is no endpoint \"\(id)\"; \(Suggestion.hint(for: id, in: session.allIDs))")
            } else if ids.contains(id) {
                report.error(node.position, "\"\(id)\" stands twice; remove one")
            }
            ids.append(id)
        }
        return .announced(ids)
    }

    private func path(_ host: HostModel) -> String {
        if host == .caller { return "" }
        guard let path = spec["path"] else {
            report.error(spec.position, "there is no \"path\"; write what follows the host, from \"/\" on")
            return ""
        }
        guard let text = path.string else { return "" }
        if let problem = URLText.pathProblem(text) { report.error(path.position, problem) }
        return text
    }

    private func checkPlaceholders(_ path: String, _ parameters: [FieldModel]) {
        guard let node = spec["path"], let names = CheckSession.placeholders(in: path) else { return }
        let known = parameters.map(\.name)
        for name in names where !known.contains(name) {
            report.error(
                node.position,
                "\"path\" names \"{\(name)}\", which is no path parameter; "
                    + (Suggestion.nearest(to: name, in: known).map { "did you mean \"\($0)\"?" }
                        ?? "add it to \"pathParameters\""))
        }
        for name in Set(names) where names.filter({ $0 == name }).count > 1 {
            report.error(node.position, "\"path\" names \"{\(name)}\" twice; name each parameter once")
        }
        for parameter in parameters where !names.contains(parameter.name) {
            report.error(
                parameter.position,
                "\"path\" has no place for \"\(parameter.name)\"; write {\(parameter.name)} into it, or remove the parameter"
            )
        }
    }

    // MARK: Errors

    private func errors(_ payload: Payload) -> [ErrorRuleModel] {
        var rules = ErrorRules.read(
            spec["errors"], isService: false, success: session.service.envelope?.success ?? [], report)
        for (index, node) in zip(rules.indices, spec["errors"]?.elements ?? []) {
            guard let (name, value) = rules[index].payload, let member = node["payload"]?.members?.first else {
                continue
            }
            guard let field = payload.field(name, member.keyPosition, "\"payload\"", report) else { continue }
            ValueCheck(session, .argument).check(value, field.schema, .the("value of", name))
            rules[index].payload?.value = Self.written(value, field.schema)
        }
        return rules
    }

    /// A scalar as the service writes it: rules look at the payload before it is decoded.
    private static func written(_ value: JSONNode, _ schema: SchemaModel) -> JSONNode {
        switch (schema.wire, value.value) {
        case (.integer, .boolean(let flag)): JSONNode(.integer(flag ? 1 : 0), position: value.position)
        case (.string, .integer), (.string, .double): JSONNode(.string(value.compactText), position: value.position)
        default: value
        }
    }
}
