import EndpointCore
import EndpointSpec

/// Which types the spec language cannot say, and which operations have them.
struct Unsayable {
    private let settling: TypeSettling
    /// The shared types that hold such a type, written out in them.
    private let keys: Set<String>

    init(_ settling: TypeSettling) {
        self.settling = settling
        keys = Set(settling.keys.filter { key in settling.shared[key].map { !Self.reasons(in: $0).isEmpty } ?? false })
    }

    /// Why an operation cannot be said without `any`.
    func reasons(of operation: OperationDraft) -> [(position: SourcePosition, message: String)] {
        var seen: Set<String> = []
        var open = operation.sentTypes + operation.receivedTypes
        var found = open.flatMap { Self.reasons(in: $0) }
        // Most documents have none, and then no reference need be followed.
        if keys.isEmpty { return found }
        while let type = open.popLast() {
            guard case .reference(let key) = type.kind else {
                open += type.children
                continue
            }
            guard seen.insert(key).inserted, let target = settling.shared[key] else { continue }
            if keys.contains(key) { found += Self.reasons(in: target) }
            open.append(target)
        }
        return found
    }

    /// What is written out in a type.
    private static func reasons(in type: TypeDraft) -> [(position: SourcePosition, message: String)] {
        if case .unsayable(let reason) = type.kind { return [(type.position, reason)] }
        return type.children.flatMap { reasons(in: $0) }
    }
}
