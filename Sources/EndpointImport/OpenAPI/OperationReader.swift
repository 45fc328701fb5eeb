import EndpointCore
import EndpointSpec

/// Reads the operations of a document.
struct OperationReader {
    let store: DocumentStore
    let schemas: SchemaReader
    let notes: ImportNotes

    static let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

    /// All operations, in the order of the document.
    ///
    /// - Parameter isWanted: Says by the title and the identifier whether an operation is imported.
    /// - Returns: Those that are.
    func operations(where isWanted: (_ title: String, _ identifier: String?) -> Bool) -> [OperationDraft] {
        var operations: [OperationDraft] = []
        for member in store.root["paths"]?.members ?? [] where !member.key.hasPrefix("x-") {
            let item = schemas.target(member.value)
            for method in Self.methods {
                guard let found = item.member(method), found.value.members != nil else { continue }
                let title = "\(method.uppercased()) \(member.key)"
                guard isWanted(title, found.value["operationId"]?.string) else { continue }
                operations.append(operation(title, method.uppercased(), member.key, item, found))
            }
        }
        return operations
    }

    private func operation(
        _ title: String, _ method: String, _ path: String, _ item: JSONNode, _ found: JSONMember
    ) -> OperationDraft {
        let node = found.value
        var draft = OperationDraft(
            title: title, method: method, path: path, position: found.keyPosition, node: node,
            identifier: node["operationId"]?.string)
        draft.tags = node["tags"]?.elements?.compactMap(\.string) ?? []
        readTexts(node, item, &draft)
        draft.isDeprecated = node["deprecated"]?.boolean ?? false
        if method == "TRACE" { draft.problems.append((found.keyPosition, "a spec has no method TRACE")) }
        let server = node["servers"]?.elements?.first ?? item["servers"]?.elements?.first
        draft.server = server.map { ServiceReader.address(of: $0) }
        readParameters(item["parameters"]?.elements ?? [], node["parameters"]?.elements ?? [], &draft)
        completePath(&draft)
        if let body = node["requestBody"].map({ schemas.target($0) }) { readBody(body, &draft) }
        ResponseReader(reader: self).read(node["responses"], &draft)
        return draft
    }

    private func readTexts(_ node: JSONNode, _ item: JSONNode, _ draft: inout OperationDraft) {
        let summary = node["summary"]?.string ?? item["summary"]?.string
        let description = node["description"]?.string ?? item["description"]?.string
        draft.summary = Prose.summary(summary) ?? Prose.summary(description)
        if let note = Prose.note(description), note != draft.summary { draft.notes = [note] }
        draft.documentation = node["externalDocs"]?["url"]?.string
    }

    // MARK: Parameters

    private func readParameters(_ shared: [JSONNode], _ own: [JSONNode], _ draft: inout OperationDraft) {
        var parameters: [(key: String, node: JSONNode)] = []
        for reference in shared + own {
            let node = schemas.target(reference)
            guard let name = node["name"]?.string, let location = node["in"]?.string else {
                draft.problems.append((reference.position, "a parameter has no \"name\" or no \"in\""))
                continue
            }
            // An operation's own takes the place of the path's.
            let key = location + " " + (location == "header" ? name.lowercased() : name)
            parameters.removeAll { $0.key == key }
            parameters.append((key, node))
        }
        for (_, node) in parameters { add(node, &draft) }
    }

    private func add(_ node: JSONNode, _ draft: inout OperationDraft) {
        let name = node["name"]?.string ?? ""
        let location = node["in"]?.string ?? ""
        var field = parameter(node, name)
        switch location {
        case "path":
            field.isOptional = false
            draft.pathParameters.append(field)
        case "query": draft.query.append(field)
        case "header":
            // OpenAPI: these three are said elsewhere.
            if ["accept", "content-type", "authorization"].contains(name.lowercased()) { return }
            if HeaderField.isReserved(name) || !HeaderField.isToken(name) {
                notes.count("a header parameter that only the transport sets was left out", node.position)
                return
            }
            draft.headers.append(field)
        case "cookie": addCookie(field, &draft)
        default: draft.problems.append((node.position, "a parameter in \"\(location)\" cannot be said"))
        }
    }

    private func parameter(_ node: JSONNode, _ name: String) -> FieldDraft {
        let content = node["content"]?.members?.first
        let schema = node["schema"] ?? content?.value["schema"]
        let isRequired = node["required"]?.boolean ?? false
        var field =
            schema.map { schemas.parameter(name, $0, isOptional: !isRequired) }
            ?? FieldDraft(name, TypeDraft(.string(format: nil), node.position), isOptional: !isRequired, node.position)
        if let content, schema != nil {
            field.type = TypeDraft(.string(format: nil), node.position)
            field.constant = nil
            notes.count("a parameter of the type \(content.key) is its text, which the caller writes", node.position)
        }
        field.position = node.position
        field.description = Prose.field(node["description"]?.string) ?? field.description
        field.isDeprecated = field.isDeprecated || node["deprecated"]?.boolean == true
        field.sample =
            node["example"] ?? node["examples"]?.members?.first.map { schemas.target($0.value) }?["value"]
            ?? schema?["example"] ?? schema?["examples"]?.elements?.first
        field.encoding["style"] = node["style"]?.json
        field.encoding["explode"] = node["explode"]?.json
        if Secrets.isSecret(name) { field.isSensitive = true }
        return field
    }

    /// A cookie is part of one header field.
    private func addCookie(_ field: FieldDraft, _ draft: inout OperationDraft) {
        notes.count("cookie parameters are one header parameter \"Cookie\": \"name=value; name=value\"", field.position)
        if let index = draft.headers.firstIndex(where: { $0.name == "Cookie" }) {
            draft.headers[index].isOptional = draft.headers[index].isOptional && field.isOptional
            draft.headers[index].description = (draft.headers[index].description ?? "") + "; \(field.name)=…"
            return
        }
        var cookie = FieldDraft(
            "Cookie", TypeDraft(.string(format: nil), field.position), isOptional: field.isOptional, field.position)
        cookie.isSensitive = true
        cookie.description = "\(field.name)=…"
        draft.headers.append(cookie)
    }

    // MARK: The path

    /// Brings the path and its parameters together.
    private func completePath(_ draft: inout OperationDraft) {
        var path = draft.path
        if let hash = path.firstIndex(of: "#") {
            notes.count("what follows \"#\" in a path is never sent and was left out", draft.position)
            path = String(path[..<hash])
        }
        if let mark = path.firstIndex(of: "?") {
            for pair in path[path.index(after: mark)...].split(separator: "&") {
                let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                guard let name = parts.first, !name.contains("{"), !(parts.last ?? "").contains("{") else { continue }
                var field = FieldDraft(
                    name, TypeDraft(.string(format: nil), draft.position), isOptional: false, draft.position)
                field.constant = .string(parts.count > 1 ? parts[1] : "")
                draft.query.removeAll { $0.name == name }
                draft.query.append(field)
            }
            path = String(path[..<mark])
        }
        guard let names = Template.placeholders(in: path) else {
            draft.problems.append((draft.position, "the path has a brace without its partner"))
            return
        }
        var ordered: [FieldDraft] = []
        for name in names where !ordered.contains(where: { $0.name == name }) {
            if let field = draft.pathParameters.first(where: { $0.name == name }) {
                ordered.append(field)
            } else {
                notes.add(
                    .note, draft.position, operation: draft.title,
                    "the path names {\(name)}, which is not among the parameters; written as a string")
                ordered.append(
                    FieldDraft(
                        name, TypeDraft(.string(format: nil), draft.position), isOptional: false, draft.position))
            }
        }
        for field in draft.pathParameters where !names.contains(field.name) {
            notes.add(
                .note, field.position, operation: draft.title,
                "the path has no {\(field.name)}; the parameter was left out")
        }
        draft.pathParameters = ordered
        draft.path = Self.encoded(path)
    }

    /// A path with what no path has percent-encoded.
    private static func encoded(_ path: String) -> String {
        let marks = Set("-._~!$&'()*+,;=:@%/{}".utf8)
        var text = ""
        for byte in path.utf8 {
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            if isPlain || marks.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                text += "%" + (hex.count < 2 ? "0" : "") + hex
            }
        }
        return text
    }

    // MARK: The body

    private func readBody(_ node: JSONNode, _ draft: inout OperationDraft) {
        let media = node["content"]?.members ?? []
        guard !media.isEmpty else { return }
        if draft.method == "GET" || draft.method == "HEAD" {
            if media.allSatisfy({ isEmptyObject($0.value["schema"]) }) { return }
            return draft.problems.append((node.position, "a \(draft.method) request with a body"))
        }
        func first(_ kinds: [MediaKind]) -> JSONMember? {
            media.first { member in kinds.contains { $0 == MediaKind(member.key) } }
        }
        let json =
            media.first { $0.key.lowercased().hasPrefix("application/json") && MediaKind($0.key) == .json }
            ?? media.first { $0.key.lowercased().contains("merge-patch") } ?? first([.json])
        let open = first([.open]).flatMap { isBytes($0.value["schema"]) ? nil : $0 }
        guard let chosen = json ?? first([.multipart]) ?? first([.form]) ?? open ?? media.first else { return }
        if media.count > 1 {
            notes.count("of several media types of a body one is imported: JSON where there is JSON", node.position)
        }
        let schema = chosen.value["schema"]
        draft.bodySample =
            chosen.value["example"] ?? chosen.value["examples"]?.members?.first.map { schemas.target($0.value) }?[
                "value"]
            ?? schema?["example"]
        draft.partEncodings = chosen.value["encoding"]
        let type = schema.map { schemas.type($0) } ?? TypeDraft(.any, node.position)
        switch MediaKind(chosen.key) {
        case .json, .open, .lines:
            draft.body = .json(type)
            if chosen.key != "application/json", chosen.key != "*/*", MediaType.isValid(chosen.key) {
                draft.contentType = chosen.key
            }
        case .form: draft.body = .form(type)
        case .multipart:
            draft.body = .multipart(type)
            if chosen.key != "multipart/form-data", !MediaType.hasParameter("boundary", in: chosen.key) {
                draft.contentType = chosen.key
            }
        case .bytes, .events:
            draft.body = .binary
            if MediaType.isValid(chosen.key), !chosen.key.contains("*"), chosen.key != "application/octet-stream" {
                draft.contentType = chosen.key
            }
            if !isBytes(schema) {
                notes.count("a body that is not JSON is sent as the bytes that the caller gives", node.position)
            }
        }
    }

    func isBytes(_ schema: JSONNode?) -> Bool {
        guard let schema = schema.map({ schemas.target($0) }) else { return true }
        let isText = schema["type"]?.string == "string" || schema["type"]?.string == "file"
        return isText && (schema["format"]?.string == "binary" || schema["type"]?.string == "file")
    }

    private func isEmptyObject(_ schema: JSONNode?) -> Bool {
        guard let schema = schema.map({ schemas.target($0) }) else { return true }
        return schema["properties"]?.members?.isEmpty ?? true && schema["allOf"] == nil && schema["items"] == nil
            && schema["oneOf"] == nil && schema["anyOf"] == nil
    }
}
