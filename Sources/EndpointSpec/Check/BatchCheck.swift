/// `batch` and `partial`.
extension EndpointCheck {
    func batch(_ places: Places, _ payload: Payload) -> BatchModel? {
        guard let node = spec["batch"], node.members != nil else { return nil }
        let name = node["name"]?.string ?? source.methodName + "InBatches"
        if let given = node["name"] { checkGeneratedName(name, given.position) }
        let over = node["over"]?.string ?? ""
        if let position = node["over"]?.position, !over.isEmpty { checkOver(over, position, places) }
        return BatchModel(over: over, collect: collect(node, payload), name: name, position: node.position)
    }

    private func checkOver(_ name: String, _ position: SourcePosition, _ places: Places) {
        guard let field = places.field(name) else {
            let arrays = places.all.map(\.field).filter { $0.schema.jsonType == "array" }.map(\.name)
            report.error(
                position,
                "\"over\" names \"\(name)\", which is no parameter; "
                    + Suggestion.hint(for: name, in: arrays, otherwise: "there is no array to split"))
            return
        }
        if field.schema.isUnknown { return }
        if field.schema.jsonType != "array" {
            report.error(position, "\"over\" names \"\(name)\", which is no array; name the array that may be split")
        } else if field.schema.maxItems == nil {
            report.error(position, "\"\(name)\" is split by its \"maxItems\", which it lacks; add it to the field")
        }
        if field.constant != nil {
            report.error(position, "\"over\" names \"\(name)\", which is constant; remove its \"const\"")
        }
    }

    private func collect(_ node: JSONNode, _ payload: Payload) -> [String] {
        guard let elements = node["collect"]?.elements else {
            return (payload.fields ?? []).filter { $0.schema.jsonType == "array" }.map(\.name)
        }
        var names: [String] = []
        for element in elements {
            guard let name = element.string else { continue }
            let field = payload.field(name, element.position, "\"collect\"", report)
            if let field, !field.schema.isUnknown, field.schema.jsonType != "array" {
                report.error(element.position, "\"collect\" names \"\(name)\", which is no array; name arrays alone")
            }
            if names.contains(name) {
                report.error(element.position, "\"\(name)\" stands twice in \"collect\"; remove one")
            }
            names.append(name)
        }
        return names
    }

    func partial(_ payload: Payload) -> String? {
        guard let failed = spec["partial"]?["failed"], let name = failed.string, !name.isEmpty else { return nil }
        let field = payload.field(name, failed.position, "\"failed\"", report)
        if let field, !field.schema.isUnknown, field.schema.jsonType != "array" {
            report.error(
                failed.position, "\"failed\" names \"\(name)\", which is no array; name the list of what failed")
        }
        return name
    }
}
