/// `variantOf`: another endpoint's spec with some keys replaced and some fields fixed.
extension CheckSession {
    /// The spec of an endpoint as it counts: for a variant with all that it takes over. Values keep their positions, so
    /// that each says which file it comes from. Nil if a file that it needs could not be read.
    func effectiveSpec(_ source: EndpointSource) -> JSONNode? {
        guard let node = source.node else { return nil }
        guard let value = node["variantOf"] else { return node }
        guard let other = baseOfVariant(source, value), let spec = effectiveSpec(other) else { return nil }
        return merge(node, over: spec)
    }

    /// The endpoint that a variant takes over; nil after a mistake.
    func baseOfVariant(_ source: EndpointSource, _ value: JSONNode) -> EndpointSource? {
        guard let id = value.string else { return nil }
        guard let other = self.source(id) else {
            report.error(
                value.position,
                "there is no endpoint \"\(id)\" to be a variant of; \(Suggestion.hint(for: id, in: allIDs))")
            return nil
        }
        var seen = [source.id]
        var next: EndpointSource? = other
        while let current = next {
            if seen.contains(current.id) {
                report.error(
                    value.position,
                    "variants in a circle: \((seen + [current.id]).joined(separator: " → ")); base one on an endpoint with a path"
                )
                return nil
            }
            seen.append(current.id)
            next = current.node?["variantOf"]?.string.flatMap { self.source($0) }
        }
        return other
    }

    // MARK: Merging

    private static let ownKeys: Set<String> = ["$schema", "variantOf", "swiftName", "examples", "responseName"]
    private static let locations: Set<String> = ["pathParameters", "query", "headers", "body"]
    /// Blocks whose keys are taken over one by one; `null` drops the whole block.
    private static let blocks: Set<String> = ["paging", "batch", "partial", "polling"]
    private static let alternatives = [
        "body": "bodyType", "bodyType": "body", "response": "responseType", "responseType": "response",
        "host": "url", "url": "host",
    ]

    private func merge(_ variant: JSONNode, over base: JSONNode) -> JSONNode {
        var members: [JSONMember] = []
        for member in base.members ?? [] where !Self.ownKeys.contains(member.key) {
            if let own = variant.member(member.key) {
                members.append(merge(own, over: member))
            } else if let other = Self.alternatives[member.key], variant[other] != nil {
                continue
            } else if member.key == "path", variant["url"] != nil {
                continue
            } else {
                members.append(Self.blocks.contains(member.key) ? withoutName(member) : member)
            }
        }
        for member in variant.members ?? [] where base[member.key] == nil || Self.ownKeys.contains(member.key) {
            if Self.locations.contains(member.key) {
                members.append(
                    merge(
                        member,
                        over: JSONMember(
                            key: member.key, keyPosition: member.keyPosition,
                            value: JSONNode(.object([]), position: member.value.position))))
            } else if !(Self.blocks.contains(member.key) && member.value.isNull) {
                members.append(member)
            }
        }
        return JSONNode(
            .object(members.filter { !(Self.blocks.contains($0.key) && $0.value.isNull) }), position: variant.position)
    }

    /// The method's names are the variant's own.
    private func withoutName(_ member: JSONMember) -> JSONMember {
        guard let inner = member.value.members else { return member }
        var member = member
        member.value.value = .object(inner.filter { $0.key != "name" })
        return member
    }

    private func merge(_ own: JSONMember, over base: JSONMember) -> JSONMember {
        guard let mine = own.value.members, let theirs = base.value.members else { return own }
        if Self.locations.contains(own.key) {
            var result: [JSONMember] = []
            for field in theirs {
                if let change = mine.first(where: { $0.key == field.key }) {
                    if let merged = change.isChange ? merge(change: change, into: field) : change {
                        result.append(merged)
                    }
                } else {
                    result.append(field)
                }
            }
            for field in mine where !theirs.contains(where: { $0.key == field.key }) {
                if field.isChange {
                    let names = theirs.map(\.key)
                    report.error(
                        field.keyPosition,
                        "there is no field \"\(field.key)\" to change in \"\(own.key)\"; "
                            + Suggestion.hint(for: field.key, in: names, otherwise: "give it a \"type\""))
                } else {
                    result.append(field)
                }
            }
            return JSONMember(
                key: own.key, keyPosition: own.keyPosition,
                value: JSONNode(.object(result), position: own.value.position))
        }
        if Self.blocks.contains(own.key) {
            let inherited = theirs.filter { member in member.key != "name" && !mine.contains { $0.key == member.key } }
            return JSONMember(
                key: own.key, keyPosition: own.keyPosition,
                value: JSONNode(.object(mine + inherited), position: own.value.position))
        }
        return own
    }

    /// The base's field with a constant or another default; nil if it is hidden.
    private func merge(change: JSONMember, into field: JSONMember) -> JSONMember? {
        guard let base = field.value.members else { return field }
        let changes = change.value.members ?? []
        if change.value["hidden"]?.boolean == true {
            let mayLack = field.value["optional"]?.boolean == true || field.value["default"] != nil
            if !mayLack {
                report.error(
                    change.keyPosition,
                    "\"\(change.key)\" is required and cannot be hidden; write { \"const\": … } to fix its value")
            }
            return nil
        }
        var dropped: Set<String> = []
        if change.value["const"] != nil { dropped = ["default", "optional"] }
        if change.value["default"] != nil { dropped = ["optional", "const"] }
        let inherited = base.filter { member in
            !dropped.contains(member.key) && !changes.contains { $0.key == member.key }
        }
        var result = field
        // The type stays where it was declared: at the base's position.
        result.value.value = .object(inherited + changes.filter { $0.key != "hidden" })
        return result
    }
}

extension JSONMember {
    /// Whether a field of a variant only changes the base's.
    fileprivate var isChange: Bool {
        guard let members = value.members, !members.isEmpty else { return false }
        let changing: Set<String> = ["const", "default", "hidden", "description", "deprecated"]
        return members.allSatisfy { changing.contains($0.key) }
    }
}
