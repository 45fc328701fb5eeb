/// The compact form of a spec that does not change when keys are shuffled: keys of the language in the order of their
/// tables, free values sorted by key, and what the author's order gives a meaning as it was written.
enum CanonicalText {
    static func text(of node: JSONNode, as shape: Shape) -> String {
        canonical(node, shape).compactText
    }

    private static func canonical(_ node: JSONNode, _ shape: Shape) -> JSONNode {
        switch (shape, node.value) {
        case (.list(let element), .array(let elements)):
            return JSONNode(.array(elements.map { canonical($0, element) }), position: node.position)
        case (.keywords(let table), .object(let members)):
            let ranked = members.map { (rank: table.order(of: $0.key), member: $0) }
            let sorted = ranked.sorted { ($0.rank, $0.member.key) < ($1.rank, $1.member.key) }
            return object(sorted.map(\.member), node) { table[$0]?.shape ?? .any }
        case (.map(let value, let isOrdered), .object(let members)):
            return object(isOrdered ? members : members.sorted { $0.key < $1.key }, node) { _ in value }
        case (.either(let shapes), _):
            return canonical(node, shapes.first { $0.fits(node) } ?? .any)
        case (.any, .object(let members)):
            return object(members.sorted { $0.key < $1.key }, node) { _ in .any }
        case (.any, .array(let elements)):
            return JSONNode(.array(elements.map { canonical($0, .any) }), position: node.position)
        default: return node
        }
    }

    private static func object(_ members: [JSONMember], _ node: JSONNode, _ shape: (String) -> Shape) -> JSONNode {
        let members = members.map {
            JSONMember(key: $0.key, keyPosition: $0.keyPosition, value: canonical($0.value, shape($0.key)))
        }
        return JSONNode(.object(members), position: node.position)
    }
}
