import EndpointCore
import EndpointSpec

/// Reads the responses of an operation.
struct ResponseReader {
    let reader: OperationReader

    private var schemas: SchemaReader { reader.schemas }
    private var notes: ImportNotes { reader.notes }

    func read(_ node: JSONNode?, _ draft: inout OperationDraft) {
        let all = (node?.members ?? []).filter { !$0.key.hasPrefix("x-") }
            .map { (status: $0.key, node: schemas.target($0.value)) }
        var successes = all.filter { $0.status.hasPrefix("2") }.sorted { $0.status < $1.status }
        // 204 and 205 have no content, whatever the document says.
        let isEmpty = successes.contains { ["204", "205"].contains($0.status) }
        successes.removeAll { ["204", "205"].contains($0.status) }
        let failures = all.filter { $0.status.hasPrefix("4") || $0.status.hasPrefix("5") || $0.status == "default" }
        if successes.isEmpty, !isEmpty, let other = all.first(where: { $0.status == "default" }),
            !all.contains(where: { $0.status.hasPrefix("3") })
        {
            successes = [other]
        }
        if successes.isEmpty, !isEmpty, let redirect = all.first(where: { $0.status.hasPrefix("3") }) {
            notes.count("a response that is a redirection has no payload here", redirect.node.position)
        }
        readSuccesses(successes, isEmpty: isEmpty, &draft)
        for failure in failures where !successes.contains(where: { $0.status == failure.status }) {
            guard let media = failure.node["content"]?.members?.first(where: { MediaKind($0.key) == .json }),
                let schema = media.value["schema"]
            else { continue }
            draft.failures.append(schemas.type(schema))
        }
    }

    private func readSuccesses(
        _ successes: [(status: String, node: JSONNode)], isEmpty: Bool, _ draft: inout OperationDraft
    ) {
        var types: [TypeDraft] = []
        var hasBytes = false
        var hasNothing = isEmpty
        for (_, node) in successes {
            let media = node["content"]?.members ?? []
            if media.isEmpty { hasNothing = true }
            guard let chosen = choose(media) else { continue }
            if media.count > 1 {
                notes.count(
                    "of several media types of a response one is imported: JSON where there is JSON", node.position)
            }
            let schema = chosen.value["schema"] ?? chosen.value["itemSchema"]
            switch MediaKind(chosen.key) {
            case .events: draft.stream = draft.stream ?? StreamDraft(format: "events", end: end(chosen.value, schema))
            case .lines: draft.stream = draft.stream ?? StreamDraft(format: "lines")
            case .bytes, .form, .multipart:
                if !reader.isBytes(schema) {
                    notes.count("a response that is not JSON is returned as its bytes", node.position)
                }
                hasBytes = true
                continue
            case .open where reader.isBytes(schema):
                hasBytes = true
                continue
            case .json, .open: break
            }
            addSamples(chosen.value, schema, &draft)
            types.append(schema.map { schemas.type($0) } ?? TypeDraft(.any, node.position))
        }
        readHeaders(successes.first?.node, &draft)
        settle(types, hasBytes: hasBytes, hasNothing: hasNothing, &draft)
    }

    private func settle(_ types: [TypeDraft], hasBytes: Bool, hasNothing: Bool, _ draft: inout OperationDraft) {
        guard var type = types.first else {
            draft.response = hasBytes ? .bytes : .none
            return
        }
        let others = types.dropFirst().filter { other in
            if case .any = other.kind { return false }
            if case .map(let values) = other.kind, case .any = values.kind { return false }
            return !types.prefix(1).contains { TypeDraft.isSame($0, other) }
        }
        if !others.isEmpty {
            type = TypeDraft(.union(UnionDraft(members: [type] + others)), type.position)
            notes.count("successes of several statuses with different content are one payload", type.position)
        }
        // Bytes inside JSON are text.
        if case .binary = type.kind, types.count == 1 {
            draft.response = .bytes
            draft.stream = nil
            return
        }
        draft.response = .json(type)
        draft.admitsEmptyResponse = hasNothing && draft.stream == nil
    }

    /// JSON before a stream, a stream before bytes.
    private func choose(_ media: [JSONMember]) -> JSONMember? {
        let plain = media.first { $0.key.lowercased().hasPrefix("application/json") && MediaKind($0.key) == .json }
        if let json = plain ?? media.first(where: { MediaKind($0.key) == .json }) {
            if let stream = media.first(where: { [.events, .lines].contains(MediaKind($0.key)) }) {
                notes.count("the response can be a stream, too; its JSON alone is imported", stream.keyPosition)
            }
            return json
        }
        return media.first { [.events, .lines].contains(MediaKind($0.key)) }
            ?? media.first { MediaKind($0.key) == .open } ?? media.first
    }

    /// The word that ends a stream, where the document names the customary one.
    private func end(_ media: JSONNode, _ schema: JSONNode?) -> String? {
        media.compactText.contains("[DONE]") || (schema?.compactText.contains("[DONE]") ?? false) ? "[DONE]" : nil
    }

    private func addSamples(_ media: JSONNode, _ schema: JSONNode?, _ draft: inout OperationDraft) {
        if let value = media["example"] { draft.responseSamples.append(("a response", value)) }
        for member in media["examples"]?.members ?? [] {
            if let value = schemas.target(member.value)["value"] { draft.responseSamples.append((member.key, value)) }
        }
        if draft.responseSamples.isEmpty, let value = schema.flatMap({ schemas.target($0)["example"] }) {
            draft.responseSamples.append(("a response", value))
        }
    }

    private func readHeaders(_ node: JSONNode?, _ draft: inout OperationDraft) {
        for member in node?["headers"]?.members ?? [] {
            let header = schemas.target(member.value)
            if member.key.lowercased() == "link" {
                draft.hasLink = true
                continue
            }
            if member.key.lowercased() == "content-type" { continue }
            guard let schema = header["schema"], HeaderField.isToken(member.key) else { continue }
            var field = schemas.parameter(member.key, schema, isOptional: true)
            field.constant = nil
            field.description = Prose.field(header["description"]?.string) ?? field.description
            draft.responseHeaders.append(field)
        }
    }
}
