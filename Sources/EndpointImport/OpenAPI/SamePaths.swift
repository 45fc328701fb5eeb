import EndpointCore
import EndpointSpec

/// Operations with one method and path: the first is the endpoint, the others are variants of it.
struct SamePaths {
    private let notes: ImportNotes

    init(_ notes: ImportNotes) { self.notes = notes }

    /// Turns specs that repeat a method and path into variants; what cannot be one is refused.
    func applied(to files: [ModuleFile]) -> [ModuleFile] {
        var bases: [String: ModuleFile] = [:]
        // The operation whose path has no fragment is the plain one.
        for file in files.sorted(by: { isPlain($0) && !isPlain($1) }) {
            guard let key = key(of: file) else { continue }
            if bases[key] == nil { bases[key] = file }
        }
        return files.compactMap { file in
            guard let key = key(of: file), let base = bases[key], base.path != file.path,
                let operation = file.operation
            else { return file }
            var file = file
            guard let spec = variant(file.spec, of: base) else {
                notes.add(
                    .refused, operation.position, operation: operation.title,
                    "\(base.operation?.title ?? "") has this method and path already, with fields that this one lacks")
                return nil
            }
            file.spec = spec
            return file
        }
    }

    private func isPlain(_ file: ModuleFile) -> Bool { file.operation?.title.contains("#") == false }

    private func key(of file: ModuleFile) -> String? {
        guard let operation = file.operation, let path = file.spec["path"]?.string else { return nil }
        let steps = path.split(separator: "/").map { $0.contains("{") ? "{}" : String($0) }
        return operation.method + " /" + steps.joined(separator: "/")
    }

    /// The spec as a variant: what the base has and this one has not is hidden.
    private func variant(_ spec: JSONObject, of base: ModuleFile) -> JSONObject? {
        guard let operation = base.operation, spec["path"] == base.spec["path"] else { return nil }
        var result: JSONObject = ["variantOf": .string("\(SwiftName.lowerCamel(operation.group)).\(operation.name)")]
        for (key, value) in spec.members { result[key] = value }
        for key in ["query", "headers", "body"] {
            guard key != "body" || spec["bodyType"] == nil, let fields = base.spec[key]?.object else { continue }
            var own = spec[key]?.object ?? [:]
            for (name, field) in fields.members where own[name] == nil {
                guard field["optional"]?.bool == true || field["default"] != nil else { return nil }
                own[name] = ["hidden": true]
            }
            result[key] = .object(own)
        }
        for key in ["paging", "polling"] where base.spec[key] != nil && spec[key] == nil { result[key] = .null }
        if base.spec["emptyResponse"] != nil, spec["emptyResponse"] == nil { result["emptyResponse"] = false }
        for key in ["stream", "authentication", "contentType", "encoding", "bodyType", "responseHeaders"] {
            let isReplaced = key == "bodyType" && spec["body"] != nil
            if base.spec[key] != nil, spec[key] == nil, !isReplaced { return nil }
        }
        return result
    }
}
