/// Reads misspelt keys as the ones they are near to, so that one slip of the pen is one diagnostic: `"qurey"` is reported
/// as such, and all that refers to the query finds it.
enum ShapeRepair {
    static func repaired(_ node: JSONNode, _ shape: Shape) -> JSONNode {
        switch (shape, node.value) {
        case (.list(let element), .array(let elements)):
            return JSONNode(.array(elements.map { repaired($0, element) }), position: node.position)
        case (.map(let value, _), .object(let members)):
            return JSONNode(.object(members.map { repaired($0, value) }), position: node.position)
        case (.keywords(let table), .object(let members)):
            var keys = Set(members.map(\.key))
            let members = members.map { member -> JSONMember in
                if let keyword = table[member.key] { return repaired(member, keyword.shape) }
                let names = table.keywords.map(\.name)
                guard let meant = Suggestion.nearest(to: member.key, in: names), let keyword = table[meant],
                    keys.insert(meant).inserted
                else { return member }
                var member = member
                member.key = meant
                return repaired(member, keyword.shape)
            }
            return JSONNode(.object(members), position: node.position)
        case (.either(let shapes), _):
            return shapes.first { $0.fits(node) }.map { repaired(node, $0) } ?? node
        default: return node
        }
    }

    private static func repaired(_ member: JSONMember, _ shape: Shape) -> JSONMember {
        var member = member
        member.value = repaired(member.value, shape)
        return member
    }
}
