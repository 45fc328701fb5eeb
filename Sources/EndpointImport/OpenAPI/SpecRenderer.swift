import EndpointCore
import EndpointSpec

/// Writes operations as specs.
struct SpecRenderer {
    let types: TypeRenderer
    let settling: TypeSettling
    /// How often the document refers to each schema.
    let uses: [String: Int]
    /// The type of failures that the service has.
    let failure: String?

    /// The spec of an operation.
    func spec(of operation: OperationDraft) -> JSONObject {
        types.begin(group: operation.group)
        let prefix = SwiftName.upperCamel(operation.name)
        var spec: JSONObject = [:]
        spec["summary"] = .string(operation.summary ?? "Sends \(operation.title).")
        if let address = operation.documentation, WebAddress.isAbsolute(address),
            !address.utf8.contains(where: { $0 <= 0x20 })
        {
            spec["documentation"] = .string(address)
        }
        if !operation.notes.isEmpty { spec["notes"] = .array(operation.notes.map { .string($0) }) }
        if operation.isDeprecated { spec["deprecated"] = true }
        spec["method"] = .string(operation.method)
        spec["path"] = .string(operation.path)
        if !operation.isAuthenticated { spec["authentication"] = "none" }
        var taken: Set<String> = []
        func location(_ key: String, _ fields: [FieldDraft], allowsBinary: Bool = false) {
            guard !fields.isEmpty else { return }
            let object = types.fields(fields, taken: taken, isTop: true) { name in
                TypePlace(owner: prefix, prefix: prefix, stem: name, allowsBinary: allowsBinary)
            }
            for (name, field) in object.members where field["const"] == nil {
                taken.insert(field["swiftName"]?.string ?? SwiftName.lowerCamel(name))
            }
            spec[key] = .object(object)
        }
        location("pathParameters", operation.pathParameters)
        location("query", operation.query)
        location("headers", operation.headers)
        switch operation.body {
        case .fields(let fields, let encoding):
            spec["encoding"] = .string(encoding.rawValue)
            spec["contentType"] = operation.contentType.map { .string($0) }
            location("body", fields, allowsBinary: encoding == .multipart)
        case .binary:
            spec["encoding"] = "binary"
            spec["contentType"] = operation.contentType.map { .string($0) }
            spec["bodyType"] = [
                "argument": .string(Self.argument("content", taken)), "type": "string", "format": "binary",
            ]
        case .json(let type):
            spec["contentType"] = operation.contentType.map { .string($0) }
            if let fields = fields(of: type) {
                location("body", fields)
            } else {
                spec["bodyType"] = .object(wholeBody(type, prefix, taken))
            }
        case .none, .form, .multipart: break
        }
        render(operation, prefix, into: &spec)
        for (key, value) in operation.proposals.members { spec[key] = value }
        return spec
    }

    /// The fields of a body that are better arguments of their own: of an object that nothing else is.
    private func fields(of type: TypeDraft) -> [FieldDraft]? {
        if case .reference(let key) = type.kind, uses[key] ?? 0 > 1 { return nil }
        guard case .object(let object) = settling.resolved(type).kind, object.additional == nil else { return nil }
        let fields = object.fields.filter { !$0.isReadOnly }
        return fields.isEmpty ? nil : fields
    }

    private func wholeBody(_ type: TypeDraft, _ prefix: String, _ taken: Set<String>) -> JSONObject {
        var name = "body"
        if case .reference(let key) = type.kind, let typeName = types.names.names[key] {
            name = SwiftName.lowerCamel(typeName)
        }
        var spec: JSONObject = ["argument": .string(Self.argument(name, taken))]
        let stem = spec["argument"]?.string ?? name
        let place = TypePlace(owner: prefix, prefix: prefix, stem: stem)
        let inner = types.render(type.nullable(false), place)
        for (key, value) in inner.members { spec[key] = value }
        return spec
    }

    private static func argument(_ name: String, _ taken: Set<String>) -> String {
        for candidate in [name, "body", "content", "requestBody"] {
            if SwiftName.isValueName(candidate), !taken.contains(candidate), !SwiftName.takenInTypes.contains(candidate)
            {
                return candidate
            }
        }
        return "wholeBody"
    }

    // MARK: Responses

    private func render(_ operation: OperationDraft, _ prefix: String, into spec: inout JSONObject) {
        switch operation.response {
        case .none:
            spec["response"] = .null
            if !operation.responseHeaders.isEmpty, operation.stream == nil {
                spec["responseHeaders"] = .object(headers(operation.responseHeaders, prefix))
            }
        case .bytes: spec["responseType"] = ["type": "string", "format": "binary"]
        case .json(let type):
            let place = TypePlace(owner: prefix, fixedName: prefix + "Response")
            if case .object(let object) = type.kind, object.additional == nil, !type.isNullable {
                let rendered = types.render(type, place)
                spec["response"] = rendered["properties"]
                spec["responseName"] = rendered["name"]
            } else {
                var rendered = types.render(type, place)
                if rendered["oneOf"] != nil || rendered["properties"] != nil || rendered["enum"] != nil {
                    spec["responseName"] = rendered["name"]
                    rendered["name"] = nil
                }
                spec["responseType"] = .object(rendered)
            }
            if operation.admitsEmptyResponse { spec["emptyResponse"] = true }
        }
        if let stream = operation.stream {
            spec["stream"] =
                stream.end.map { ["format": .string(stream.format), "end": .string($0)] } ?? .string(stream.format)
        }
        if let key = Self.failure(of: operation, settling), key != failure {
            spec["errorResponse"] = ["$ref": .string(reference(key))]
        }
    }

    private func headers(_ fields: [FieldDraft], _ prefix: String) -> JSONObject {
        let owner = prefix + "Headers"
        return types.fields(fields) { name in
            TypePlace(owner: owner, stem: name, parent: owner)
        }
    }

    private func reference(_ key: String) -> String {
        types.render(TypeDraft(.reference(key), SourcePosition(file: "")), TypePlace(owner: ""))["$ref"]?.string ?? ""
    }

    /// The shared object that most failures of an operation are; nil where they are none.
    static func failure(of operation: OperationDraft, _ settling: TypeSettling) -> String? {
        var counts: [(key: String, count: Int)] = []
        for type in operation.failures {
            guard case .reference(let key) = settling.written(type).kind,
                case .object = settling.shared[key]?.kind
            else { continue }
            if let index = counts.firstIndex(where: { $0.key == key }) {
                counts[index].count += 1
            } else {
                counts.append((key, 1))
            }
        }
        return counts.reduce(nil) { best, next in best.map { next.count > $0.count ? next : $0 } ?? next }?.key
    }
}
