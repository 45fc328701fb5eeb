import EndpointCore
import EndpointSpec

/// Keywords that a document does not state and whose shape it has: paging, polling, idempotence.
struct Proposals {
    let settling: TypeSettling
    let notes: ImportNotes

    /// Adds what is plain to an operation.
    ///
    /// - Parameters:
    ///   - operation: The operation.
    ///   - names: The names that methods of the group have already.
    func propose(_ operation: inout OperationDraft, names: inout NameTable) {
        proposeIdempotence(&operation)
        guard operation.stream == nil, !operation.admitsEmptyResponse, case .json(let type) = operation.response else {
            return
        }
        if operation.method == "GET", let payload = PagePayload(type, settling) {
            let shape = PageShape(operation: operation, payload: payload, settling: settling)
            if var paging = shape.paging {
                if paging["style"] == "lastItem" { fixSize(paging["size"]?.string, &operation) }
                let name = pagerName(operation)
                if name.isDefault, names.take(name.text) {
                    operation.proposals["paging"] = .object(paging)
                } else {
                    paging["name"] = .string(names.take(firstOf: [name.text, name.text + "Items"]))
                    operation.proposals["paging"] = .object(paging)
                }
                return
            }
        }
        proposePolling(type, &operation, &names)
    }

    /// A key that the caller must choose makes a second request the same as the first.
    private func proposeIdempotence(_ operation: inout OperationDraft) {
        guard operation.method == "POST" || operation.method == "PATCH" else { return }
        let isKeyed = operation.headers.contains { field in
            !field.isOptional && ["idempotency-key", "x-idempotency-key"].contains(field.name.lowercased())
        }
        if isKeyed { operation.proposals["idempotent"] = true }
    }

    /// A short page ends the list, so that the size is sent as the document says that it is.
    private func fixSize(_ name: String?, _ operation: inout OperationDraft) {
        guard let index = operation.query.firstIndex(where: { $0.name == name }), operation.query[index].isOptional
        else { return }
        operation.query[index].isOptional = false
        operation.query[index].defaultValue = PageShape.knownSize(operation.query[index]).map { .integer($0) }
    }

    // MARK: Names

    private func pagerName(_ operation: OperationDraft) -> (text: String, isDefault: Bool) {
        let words = Words.of(operation.name)
        let rest = words.dropFirst()
        if words.first == "list", !rest.isEmpty {
            return ("all" + SwiftName.upperCamel(rest.joined(separator: " ")), true)
        }
        if words.first == "list" { return ("all", false) }
        let verbs: Set<String> = ["get", "search", "find", "read", "retrieve", "fetch", "query", "show", "index"]
        let noun = verbs.contains(words.first?.lowercased() ?? "") ? Array(rest) : words
        return ("all" + SwiftName.upperCamel(noun.joined(separator: " ")), false)
    }

    // MARK: Polling

    private static let done: Set<String> = [
        "succeeded", "success", "successful", "completed", "complete", "done", "finished",
    ]
    private static let failed: Set<String> = [
        "failed", "failure", "error", "errored", "cancelled", "canceled", "expired", "timed_out", "aborted",
    ]
    private static let running: Set<String> = [
        "queued", "pending", "running", "in_progress", "in-progress", "processing", "started", "validating",
    ]

    private func proposePolling(_ type: TypeDraft, _ operation: inout OperationDraft, _ names: inout NameTable) {
        guard operation.method == "GET", PathWords(operation.path).endsWithParameter,
            case .object(let object) = settling.resolved(type).kind
        else { return }
        for field in object.fields where ["status", "state"].contains(field.name) && !field.isOptional {
            guard case .enumeration(let values) = settling.resolved(field.type).kind else { continue }
            func known(_ set: Set<String>) -> [JSONValue] {
                values.filter { set.contains($0.string?.lowercased() ?? "") }
            }
            let (done, failed, running) = (known(Self.done), known(Self.failed), known(Self.running))
            if done.isEmpty || running.isEmpty || values.contains("active") { continue }
            var polling: JSONObject = ["until": [field.name: done.count == 1 ? done[0] : .array(done)]]
            if !failed.isEmpty { polling["fail"] = [field.name: failed.count == 1 ? failed[0] : .array(failed)] }
            let words = Words.of(operation.name)
            let noun =
                words.count > 1
                ? Array(words.dropFirst()) : Words.of(SwiftName.singular(SwiftName.lowerCamel(operation.group)))
            let name = "waitFor" + SwiftName.upperCamel(noun.joined(separator: " "))
            polling["name"] = .string(names.take(firstOf: [name]))
            operation.proposals["polling"] = .object(polling)
            return
        }
    }
}
