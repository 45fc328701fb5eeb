import EndpointCore

/// Writes the spec of one call.
struct PageSpec {
    let operation: PageOperation
    let notes: PageNotes
    private let parameters: PageParameters
    private let samples: PageSamples
    private let response: PageResponse
    private let service: PageParameters.ServiceFacts
    /// The request that the page shows for the call, and other bodies.
    private var request: PageRequestSample?

    /// Reads what the page says of a call.
    init(_ operation: PageOperation, service: PageParameters.ServiceFacts, notes: PageNotes) {
        (self.operation, self.service, self.notes) = (operation, service, notes)
        parameters = PageParameters(operation, service: service, notes: notes)
        samples = PageSamples(operation.sections, envelope: service.envelope, parameters: parameters.names)
        response = PageResponse(operation, samples: samples.responses, service: service, notes: notes)
        request =
            samples.requests.first { $0.method.isEmpty || Self.path($0.address) == operation.call.path }
            ?? samples.requests.first
        noteSamples()
    }

    /// Whether a sample has null for a list.
    var hasNullLists: Bool { response.hasNullLists }

    /// Whether a file is sent.
    var isUpload: Bool { parameters.encoding == .multipart }

    /// Whether a list comes back.
    var isList: Bool {
        let names = (parameters.query + parameters.body).map { WireName.folded($0.name) }
        let isPaged = names.contains { name in
            PageWords.pageNames.contains(name) || PageWords.cursors.contains { $0.parameter == name }
                || name.hasPrefix("last")
        }
        if isPaged { return response.isList }
        return operation.call.method != "POST" && response.isOnlyList
    }

    private static func path(_ address: String) -> String? {
        PageCallLine(method: "GET", address: address, line: 0)?.path
    }

    private func noteSamples() {
        for code in samples.broken {
            notes.add(
                .note, line: code.line, "the sample is not JSON, also with commas and comments put right; left out")
        }
        for code in samples.repaired {
            notes.add(.note, line: code.line, "the sample is not valid JSON; commas, comments or quotes were put right")
        }
        guard let request,
            let call = PageCallLine(
                method: request.method.isEmpty ? operation.call.method : request.method, address: request.address,
                line: request.line), call.line != operation.call.line
        else { return }
        let own = operation.call
        if call.path != own.path, !(service.basePath + own.path == call.path),
            own.path.split(separator: "/").count == call.path.split(separator: "/").count, !own.path.contains("{")
        {
            notes.add(
                .note, line: request.line,
                "the sample's request goes to \(call.path), the page says \(own.path) (line \(own.line)); the latter counts"
            )
        }
        if !request.method.isEmpty, call.method != own.method {
            notes.add(
                .note, line: request.line,
                "the sample's request is \(call.method), the page says \(own.method) (line \(own.line)); the latter counts"
            )
        }
        if ["GET", "HEAD"].contains(own.method), request.body != nil {
            let line = parameters.query.first?.line ?? own.line
            notes.add(
                .note, line: request.line,
                "the sample sends a body with \(own.method); the fields (line \(line)) are sent in the query")
        }
    }

    // MARK: The spec

    /// Writes the spec.
    ///
    /// - Parameters:
    ///   - path: The path, as the base URL needs it.
    ///   - name: The name of the spec.
    ///   - hasSchema: Whether the folder has the JSON Schema of specs.
    /// - Returns: The members of the spec.
    func members(path: String, method name: String, hasSchema: Bool) -> JSONObject {
        var spec = JSONObject()
        if hasSchema { spec["$schema"] = "../endpoint.schema.json" }
        if !operation.title.isEmpty { spec["title"] = .string(operation.title) }
        var prose = PageProse(operation)
        if prose.summary.isEmpty {
            prose.summary = "\(operation.call.method) \(operation.call.path)"
            notes.add(
                .proposed, line: operation.call.line,
                "\"summary\" is the method and the path, for the page has no sentence; write one")
        } else {
            notes.add(.proposed, line: prose.line, "\"summary\" is the page's own sentence")
        }
        spec["summary"] = .string(prose.summary)
        if let address = operation.documentation { spec["documentation"] = .string(address) }
        if !prose.notes.isEmpty { spec["notes"] = .array(prose.notes.map { .string($0) }) }
        spec["method"] = .string(operation.call.method)
        spec["path"] = .string(path)
        if !isAuthenticated { spec["authentication"] = "none" }
        if let envelope = response.keywords["envelope"] { spec["envelope"] = envelope }

        let bodyType = bodyType(name)
        var locations = requestMaps(withBody: bodyType == nil)
        var paging = PagePaging(
            operation: operation, response: response.keywords["response"]?.object ?? JSONObject(), notes: notes)
        paging.settle(&locations, sources: parameters.query + parameters.body)
        if operation.call.method == "POST", paging.keyword != nil {
            spec["idempotent"] = .bool(true)
            notes.add(.proposed, line: operation.call.line, "\"idempotent\": a list is read")
        }
        for (key, map) in locations.maps where !map.isEmpty {
            if key == "body", parameters.encoding != .json { spec["encoding"] = .string(parameters.encoding.rawValue) }
            spec[key] = .object(map)
        }
        if let bodyType { spec["bodyType"] = .object(bodyType) }
        var keywords = response.keywords
        keywords["envelope"] = nil
        if let response = paging.response { keywords["response"] = .object(response) }
        for member in keywords.members { spec[member.key] = member.value }
        if let keyword = paging.keyword { spec["paging"] = .object(PagePaging.named(keyword, method: name)) }
        let examples = PageExamples(spec: spec, title: operation.title, notes: notes)
            .examples(requestSample: request, bodies: samples.bodies, responses: response.samples)
        if !examples.isEmpty { spec["examples"] = .array(examples) }
        return spec
    }

    // MARK: Authentication

    /// Whether the call takes the token: not where the page lists the service's other header fields without it, and the
    /// sample has none.
    private var isAuthenticated: Bool {
        guard service.authentication != .none, !parameters.hasToken else { return true }
        let header = service.authentication.headerName ?? "Authorization"
        let isSampled = request.map { !$0.headers.isEmpty && $0.hasHeader(header) } ?? false
        if isSampled { return true }
        let takesSecret = (parameters.query + parameters.body).contains { field in
            WireName.folded(field.name).contains("secret")
        }
        guard service.authentication.headerName != nil, parameters.hasFixedHeader && request != nil || takesSecret
        else {
            return true
        }
        notes.add(
            .proposed, line: operation.call.line,
            "\"authentication\" is \"none\": neither the page's header fields nor its sample have \(header)")
        return false
    }

    // MARK: The request

    private func requestMaps(withBody: Bool) -> PageLocations {
        let query = request?.query ?? []
        let bodies = bodyValues
        let form = request?.form ?? []
        func schema() -> PageSchema {
            PageSchema(
                notes: notes, isRequest: true,
                sampleLine: { key in
                    samples.bodies.first { $0.code.text.contains("\"\(key)\"") }?.line(of: key) ?? request.map(\.line)
                },
                knownItems: service.listItems)
        }
        func values(_ field: PageField, _ pairs: [(name: String, value: String)]) -> [JSONValue?] {
            pairs.filter { $0.name == field.name }.map { Self.typed($0.value, field) }
        }
        func map(_ fields: [PageField], _ pairs: [(name: String, value: String)], _ containers: [JSONObject])
            -> JSONObject
        {
            var object = JSONObject()
            for field in fields where object[field.name] == nil {
                let seen = values(field, pairs) + containers.map { $0[field.name] }
                let written = schema().schema(of: field, seen.filter { $0 != nil && $0 != .null })
                object[field.name] = .object(written)
            }
            return object
        }
        let isQueryBody = ["GET", "HEAD"].contains(operation.call.method)
        return PageLocations(
            path: map(parameters.path, [], []),
            query: map(parameters.query, query, isQueryBody ? bodies : []),
            headers: map(parameters.headers, request?.headers ?? [], []),
            body: map(
                withBody ? parameters.body : [],
                form + (parameters.encoding == .form ? request?.body.map { PageRequestSample.pairs($0) } ?? [] : []),
                bodies))
    }

    /// The bodies of requests in samples, as objects.
    private var bodyValues: [JSONObject] {
        let own = request?.body.flatMap { PageJSON.read($0)?.value }
        return ([own] + samples.bodies.map { $0.value }).compactMap { $0?.object }
    }

    /// A value of a query or a form as the page says that it is.
    private static func typed(_ text: String, _ field: PageField) -> JSONValue {
        if field.type?.isNumber ?? true, let number = Int64(text) { return .integer(number) }
        if field.type?.isNumber ?? true, let number = Double(text), text.contains(".") { return .number(number) }
        if field.type == .boolean, text == "true" || text == "false" { return .bool(text == "true") }
        if field.type?.isList ?? false { return .array(text.split(separator: ",").map { .string(String($0)) }) }
        return .string(text)
    }

    /// The body where a sample shows that all of it is a list.
    private func bodyType(_ method: String) -> JSONObject? {
        let own = request?.body.flatMap { PageJSON.read($0)?.value }
        guard let list = ([own] + samples.bodies.map { $0.value }).compactMap({ $0?.array }).first, bodyValues.isEmpty,
            let first = parameters.body.first
        else { return nil }
        let schema = PageSchema(
            notes: notes, isRequest: true, sampleLine: { key in samples.bodies.first?.line(of: key) })
        var field = PageField(name: "items", line: first.line)
        field.type = .array(nil)
        field.isRequired = true
        field.text = parameters.body.map(\.text).joined(separator: " ")
        field.children = parameters.body.map { inner in
            var inner = inner
            // The table says of a field what holds for the list.
            if inner.type?.isList ?? false, inner.children.isEmpty { inner.type = nil }
            inner.text = ""
            return inner
        }
        if !list.contains(where: { $0.object != nil }) { field.children = [] }
        var type = schema.schema(of: field, [.array(list)])
        type["argument"] = "items"
        if var items = type["items"]?.object, items["properties"] != nil {
            items["name"] = .string(PageNames.upperCamel(method) + "Item")
            type["items"] = .object(PageSchema.ordered(items))
        }
        notes.add(
            .note, line: first.line,
            "the table describes fields, the sample sends a list of objects (line \(samples.bodies.first?.code.line ?? first.line)); the body is a list"
        )
        return PageSchema.ordered(type)
    }
}

/// The maps of parameters of a spec.
struct PageLocations {
    var path: JSONObject
    var query: JSONObject
    var headers: JSONObject
    var body: JSONObject

    /// The maps by their keywords, in the order in which a spec has them.
    var maps: [(String, JSONObject)] {
        [("pathParameters", path), ("query", query), ("headers", headers), ("body", body)]
    }
}
