/// Endpoints: from a checked form to a model.
extension CheckSession {
    /// The checked endpoint of this module with this id; nil if a file that it needs could not be read.
    func endpointModel(_ id: String) -> EndpointModel? {
        if let model = endpointModels[id] { return model }
        guard let source = endpoints[id] else { return base?.endpointModel(id) }
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
        var model = EndpointModel(
            id: source.id, group: session.group(source.group), methodName: source.methodName, file: source.file.path,
            position: source.node?.position ?? spec.position)
        KeywordTable.endpoint.bind(spec, to: &model)
        model.variantOf = source.node?["variantOf"]?.string
        if !session.isChecked {
            model.canonicalText = CanonicalText.text(of: source.node ?? spec, as: .keywords(.endpoint))
        }
        checkTexts(&model)
        checkMethod(&model)
        model.host = host()
        model.path = path(model.host)
        if model.host == .caller { model.isAuthenticated = false }
        let (path, query, body) = (fields("pathParameters", .path), fields("query", .query), body(model.method))
        var locations = Locations(path: path, query: query, headers: headers(body), body: body)
        checkPlaceholders(model.path, locations.path)
        checkToken(locations, isAuthenticated: model.isAuthenticated)
        checkArguments(&locations, model.host)
        (model.pathParameters, model.query, model.headers) = (locations.path, locations.query, locations.headers)
        model.body = locations.body
        let payload = payload(model.host)
        (model.response, model.envelope) = (payload.response, payload.envelope)
        checkNullPayload(payload)
        checkEmptyResponse(payload)
        checkStream(payload)
        model.responseHeaders = responseHeaders()
        model.errorResponse = errorResponse() ?? session.errorResponse
        checkChecksum(payload)
        model.rate = Rate(spec["rate"], report)
        model.errors = errors(payload)
        model.paging = PagingCheck(self, locations, payload).model()
        model.batch = batch(locations, payload)
        checkPartial(payload)
        model.polling = PollingCheck(self, payload).model()
        model.examples = ExampleCheck(endpoint: self, model: model).models()
        return model
    }

    private func checkTexts(_ model: inout EndpointModel) {
        URLText.checkWebAddress(spec["documentation"], report)
        if spec["title"] == nil, spec["summary"] == nil {
            report.error(spec.position, "there is no \"summary\"; write one sentence: what the call does")
        }
        if spec["title"] == nil { model.title = model.summary }
        if spec["summary"] == nil { model.summary = model.title }
    }

    private func checkMethod(_ model: inout EndpointModel) {
        if spec["method"] == nil {
            report.error(
                spec.position,
                "there is no \"method\"; write one of: \(EndpointKeywords.methods.joined(separator: ", "))")
        }
        if spec["idempotent"] == nil { model.isIdempotent = model.method.isIdempotent }
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

    // MARK: Host and path

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
            report.error(
                host.position, "\"announcedBy\" is empty; name the endpoints whose responses announce the host")
        }
        var ids: [String] = []
        for node in announcedBy {
            guard let id = node.string else { continue }
            if session.source(id) == nil {
                report.error(
                    node.position, "there is no endpoint \"\(id)\"; \(Suggestion.hint(for: id, in: session.allIDs))")
            } else if ids.contains(id) {
                report.error(node.position, "\"\(id)\" is duplicated; remove one")
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
        guard let node = spec["path"], let names = Template.placeholders(in: path) else { return }
        let known = parameters.map(\.name)
        for name in names where !known.contains(name) {
            report.error(
                node.position,
                "\"path\" names \"{\(name)}\", which is not a path parameter; "
                    + (Suggestion.nearest(to: name, in: known).map { "did you mean \"\($0)\"?" }
                        ?? "add it to \"pathParameters\""))
        }
        for name in Set(names) where names.filter({ $0 == name }).count > 1 {
            report.error(node.position, "\"path\" names \"{\(name)}\" twice; name each parameter once")
        }
        for parameter in parameters where !names.contains(parameter.name) {
            report.error(
                parameter.position,
                "\"path\" has no placeholder for \"\(parameter.name)\"; write {\(parameter.name)} into it, or remove the parameter"
            )
        }
    }

    // MARK: Errors

    private func errors(_ payload: Payload) -> [ErrorRule] {
        var scope = ErrorRules.Scope.endpoint
        if payload.envelope == .none {
            scope = .bareEndpoint(reason: spec["envelope"] == nil ? nil : "remove \"envelope\": false")
        }
        return ErrorRules(scope: scope, envelope: session.service.envelope, report: report).read(spec["errors"]).map {
            rule, node in
            if rule.payload != nil, streamFormat != nil, let position = node.member("payload")?.keyPosition {
                report.error(
                    position, "\"payload\" is for a response that is read at once; a stream has none, so remove it")
                return rule
            }
            guard let condition = rule.payload, let member = node["payload"]?.members?.first,
                let route = payload.route(member.key, member.keyPosition, "\"payload\"", session)
            else { return rule }
            ValueCheck(session).argument(member.value, route.last.schema, .the("value of", member.key))
            var rule = rule
            rule.payload?.field = route.path
            // Rules look at the payload before it is decoded.
            rule.payload?.value = session.typeTable.schema(of: route.last).encoded(condition.value)
            return rule
        }
    }
}

/// Addresses and paths.
enum URLText {
    /// An address for people, such as `documentation`.
    static func checkWebAddress(_ node: JSONNode?, _ report: Report) {
        guard let node, let text = node.string, !text.isEmpty else { return }
        let isWeb = text.hasPrefix("https://") || text.hasPrefix("http://")
        if !isWeb || text.utf8.contains(where: { $0 <= 0x20 }) || host(of: text).isEmpty {
            report.error(node.position, "\"\(text)\" is not a web address; write one from https:// on")
        }
    }

    /// What is wrong with a base URL; nil if nothing is.
    static func baseURLProblem(_ text: String, allowsInsecureHTTP: Bool = false) -> String? {
        let host = host(of: text)
        if text.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) {
            return "\"baseURL\" has a character that no URL has; percent-encode it"
        }
        if text.hasPrefix("http://") {
            if !allowsInsecureHTTP, !Loopback.contains(withoutPort(host)) {
                return
                    "\"baseURL\" must begin with https:// (http:// is for loopback alone, unless \"allowInsecureHTTP\" is true)"
            }
        } else if !text.hasPrefix("https://") {
            return "\"baseURL\" must begin with https://, as in https://api.example.com"
        }
        if host.isEmpty || host.hasPrefix(":") {
            return "\"baseURL\" has no host; write it as in https://api.example.com"
        }
        if text.contains("@") { return "\"baseURL\" holds a user or password; remove it" }
        if text.contains("?") || text.contains("#") { return "\"baseURL\" has a query or fragment; remove it" }
        if text.hasSuffix("/") { return "\"baseURL\" ends in \"/\"; remove the slash, for paths begin with one" }
        return nil
    }

    /// Host and port.
    private static func host(of text: String) -> String {
        guard let scheme = text.firstRange(of: "://") else { return "" }
        return String(text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" })
    }

    /// The host alone: `[::1]:8080` is `[::1]`.
    private static func withoutPort(_ host: String) -> String {
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return String(host[...end]) }
        return String(host.prefix { $0 != ":" })
    }

    private static let pathMarks = Set("-._~!$&'()*+,;=:@%/{}".utf8)

    /// What is wrong with an endpoint's path; nil if nothing is.
    static func pathProblem(_ path: String) -> String? {
        if path.hasPrefix("http://") || path.hasPrefix("https://") {
            return "\"path\" holds a whole URL; write what follows the host, from \"/\" on"
        }
        if !path.hasPrefix("/") { return "\"path\" must begin with \"/\"" }
        if path.contains("?") { return "\"path\" holds a query; move its parameters into \"query\"" }
        if path.contains("#") { return "\"path\" holds a fragment; remove it from \"#\" on" }
        if Template.placeholders(in: path) == nil {
            return "\"path\" has a brace without its partner; write {name} for each path parameter"
        }
        let isFine = path.everyByte { $0.isDigitByte || $0.isLetterByte || pathMarks.contains($0) }
        return isFine ? nil : "\"path\" has a character that no path has; percent-encode it"
    }
}

extension HeaderField {
    /// What is wrong with the name of a header field in a spec; nil if nothing is.
    static func problem(name: String, isFixed: Bool) -> String? {
        if !isToken(name) { return "\"\(name)\" cannot be the name of a header field; use letters, digits and \"-\"" }
        let lower = name.lowercased()
        if isFixed, lower == "authorization" {
            return "the token goes into \"\(name)\" by \"authentication\"; remove it here"
        }
        if isFixed, lower == "content-type" {
            return
                "the media type of a body is its endpoint's; write \"contentType\" there, and remove \"\(name)\" here"
        }
        if isReserved(name) {
            return "the transport sets the header field \"\(name)\" itself; remove it"
        }
        return nil
    }
}
