/// What only shows when all endpoints are known.
extension CheckSession {
    // MARK: Names of methods

    /// Methods, pagers, batches and waits of a group share one space of names.
    func checkMethodNames(_ models: [EndpointModel]) {
        var names: [String: (what: String, file: String)] = [:]
        let inherited = base?.endpointModelsInOrder ?? []
        for (model, isOwn) in inherited.map({ ($0, false) }) + models.map({ ($0, true) }) {
            let sources = isOwn ? endpoints : base?.endpoints ?? [:]
            let file = sources[model.id]?.file.displayPath ?? model.file
            for (name, what, position) in generatedNames(model, file) where !name.isEmpty {
                let key = model.group.typeName + "." + name
                guard let other = names[key] else {
                    names[key] = (what, position.fileAndLine)
                    continue
                }
                if isOwn {
                    let kinds = what == other.what ? "\(what) already" : "\(what), and \(other.what) already"
                    report.error(
                        position,
                        "\"\(name)\" is \(kinds) in the group \(model.group.typeName) (\(other.file)); rename one")
                }
            }
        }
    }

    private func generatedNames(_ model: EndpointModel, _ file: String) -> [(String, String, SourcePosition)] {
        var names = [(model.methodName, "a method", SourcePosition(file: file))]
        // What a variant takes over stands in another file, but its names are its own.
        func inFile(_ position: SourcePosition) -> SourcePosition {
            position.file == file ? position : model.position
        }
        if let paging = model.paging { names.append((paging.name, "a pager", inFile(paging.position))) }
        if let batch = model.batch { names.append((batch.name, "a batch", inFile(batch.position))) }
        if let polling = model.polling { names.append((polling.name, "a wait", inFile(polling.position))) }
        return names
    }

    // MARK: Paths

    /// One method and path may stand in two specs only as variants, or where a constant tells them apart.
    func checkSamePaths(_ models: [EndpointModel]) {
        var known: [String: [EndpointModel]] = [:]
        var reported: Set<[String]> = []
        for model in (base?.endpointModelsInOrder ?? []) + models {
            if model.host == .caller || model.path.isEmpty { continue }
            let key = model.method.rawValue + " " + Self.withoutNames(model.path)
            for other in known[key] ?? [] where root(model) != root(other) && !isToldApart(model, other) {
                guard let source = endpoints[model.id], reported.insert([root(model), root(other)].sorted()).inserted
                else { continue }
                let position = source.node?["path"]?.position ?? model.position
                report.error(
                    position,
                    "\(model.method) \(model.path) is \"\(other.id)\" already; make this a variant (\"variantOf\": \"\(other.id)\"), or tell them apart by a \"const\" field"
                )
                break
            }
            known[key, default: []].append(model)
        }
    }

    private static func withoutNames(_ path: String) -> String {
        guard path.contains("{") else { return path }
        return path.split(separator: "/").map { $0.contains("{") ? "{}" : String($0) }.joined(separator: "/")
    }

    private func root(_ model: EndpointModel) -> String {
        var id = model.id
        var seen: Set<String> = []
        while seen.insert(id).inserted, let next = source(id)?.node?["variantOf"]?.string { id = next }
        return id
    }

    private func isToldApart(_ left: EndpointModel, _ right: EndpointModel) -> Bool {
        let pairs = [
            (left.query, right.query), (left.headers, right.headers), (left.body.fields, right.body.fields),
        ]
        return pairs.contains { mine, theirs in
            mine.contains { field in
                guard let constant = field.constant,
                    let other = theirs.first(where: { $0.name == field.name })?.constant
                else { return false }
                return constant != other
            }
        }
    }

    // MARK: service.json

    /// What service.json says about endpoints.
    func checkServiceReferences(_ node: JSONNode, _ models: [EndpointModel]) {
        checkRateKeys(node)
        checkAccount(node["account"])
        if node["baseURL"] == nil, models.contains(where: { $0.host == .service }) {
            report.error(node.position, "service.json lacks \"baseURL\"; add it, such as \"https://api.example.com\"")
        }
        guard let credentials = node["authentication"]?["clientCredentials"], let endpoint = credentials["endpoint"],
            let id = endpoint.string
        else { return }
        guard source(id) != nil else {
            report.error(endpoint.position, "there is no endpoint \"\(id)\"; \(Suggestion.hint(for: id, in: allIDs))")
            return
        }
        guard let model = endpointModel(id) else { return }
        if model.isAuthenticated {
            report.error(
                endpoint.position,
                "\"\(id)\" makes tokens and cannot need one; write \"authentication\": \"none\" there")
        }
        checkCredentialArguments(credentials, endpoint, model)
        guard case .payload(let schema) = model.response, !schema.isUnknown else { return }
        let fields = objectFields(schema) ?? []
        for key in ["token", "expiresAt", "expiresIn"] {
            guard let value = credentials[key], let name = value.string else { continue }
            guard let field = fields.first(where: { $0.name == name }) else {
                let hint = Suggestion.hint(for: name, in: fields.map(\.name))
                report.error(value.position, "\"\(name)\" is not a field of the payload of \"\(id)\"; \(hint)")
                continue
            }
            checkCredential(key, value, field)
        }
    }

    /// The call that makes tokens is sent with id and secret and nothing else.
    private func checkCredentialArguments(_ credentials: JSONNode, _ endpoint: JSONNode, _ model: EndpointModel) {
        let arguments = model.arguments
        var given: [String] = []
        var isKnown = true
        for key in ["clientID", "clientSecret"] {
            guard let value = credentials[key], let name = value.string else { continue }
            given.append(name)
            guard let field = arguments.first(where: { $0.name == name }) else {
                let hint = Suggestion.hint(for: name, in: arguments.map(\.name))
                report.error(value.position, "\"\(name)\" is not an argument of \"\(model.id)\"; \(hint)")
                isKnown = false
                continue
            }
            if field.isNameShared {
                report.error(
                    value.position, "\"\(name)\" stands in two locations of \"\(model.id)\"; make one a constant")
            }
            if case .string = typeTable.resolved(field.schema).kind { continue }
            if !field.schema.isUnknown {
                report.error(value.position, "\"\(name)\" is not a string; name an argument that is one")
            }
        }
        if model.host != .service {
            report.error(
                endpoint.position, "\"\(model.id)\" goes to another host; a token is made at the service's own")
        }
        if !isKnown { return }
        for field in arguments where !field.isOptional && field.defaultValue == nil && !given.contains(field.name) {
            report.error(
                endpoint.position,
                "\"\(model.id)\" needs \"\(field.name)\", which has no value when a token is made; give it a \"const\" or a \"default\""
            )
        }
    }

    private func checkCredential(_ key: String, _ value: JSONNode, _ field: FieldModel) {
        if field.schema.isUnknown { return }
        switch (key, field.schema.kind) {
        case ("token", .string), ("expiresAt", .date), ("expiresIn", .integer): return
        case ("token", _):
            report.error(value.position, "\"\(field.name)\" is not a string; name the field with the token")
        case ("expiresAt", _):
            report.error(
                value.position,
                "\"\(field.name)\" is not a time; give it a \"format\" such as \"date-time\", or write \"expiresIn\"")
        default:
            report.error(value.position, "\"\(field.name)\" is not an integer; name the field with the seconds to live")
        }
    }

    private func checkAccount(_ node: JSONNode?) {
        guard let endpoint = node?["endpoint"], let id = endpoint.string else { return }
        guard source(id) != nil else {
            report.error(endpoint.position, "there is no endpoint \"\(id)\"; \(Suggestion.hint(for: id, in: allIDs))")
            return
        }
        guard let model = endpointModel(id) else { return }
        if let argument = model.arguments.first(where: { !$0.isOptional && $0.defaultValue == nil }) {
            report.error(
                endpoint.position,
                "\"\(id)\" needs \"\(argument.name)\", which has no value; name an endpoint that needs no argument")
        }
        guard case .payload(let schema) = model.response, !schema.isUnknown else { return }
        let fields = (objectFields(schema) ?? []).map(\.name)
        for value in node?["show"]?.elements ?? [] {
            guard let name = value.string, !fields.contains(name) else { continue }
            report.error(
                value.position,
                "\"\(name)\" is not a field of the payload of \"\(id)\"; \(Suggestion.hint(for: name, in: fields))")
        }
    }

    private func checkRateKeys(_ node: JSONNode) {
        guard isComplete else { return }
        let groups = Set(endpoints.values.compactMap { $0.node?["rate"]?["group"]?.string })
        for profile in node["rateProfiles"]?.members ?? [] {
            for member in profile.value.members ?? [] {
                if member.key == "*" || groups.contains(member.key) || endpoints[member.key] != nil { continue }
                let known = groups.sorted() + allIDs
                report.error(
                    member.keyPosition,
                    "\"\(member.key)\" is neither an endpoint's id nor a rate group; \(Suggestion.hint(for: member.key, in: known, otherwise: "write \"*\" for all"))"
                )
            }
        }
    }
}
