import EndpointCore
import EndpointSpec

/// Which types are sent and which are received, and what that means for fields that are only one of both.
struct Directions {
    private var shared: [String: TypeDraft]

    init(_ shared: [String: TypeDraft]) { self.shared = shared }

    /// The shared types, with fields made optional where one direction lacks them.
    func adjusted(_ operations: inout [OperationDraft]) -> [String: TypeDraft] {
        let sent = reach(operations.flatMap(\.sentTypes))
        let received = reach(operations.flatMap(\.receivedTypes))
        var result = shared
        for (key, type) in shared {
            result[key] = adjust(type, isSent: sent.contains(key), isReceived: received.contains(key))
        }
        for index in operations.indices {
            switch operations[index].body {
            case .json(let type): operations[index].body = .json(adjust(type, isSent: true, isReceived: false))
            case .form(let type): operations[index].body = .form(adjust(type, isSent: true, isReceived: false))
            case .multipart(let type):
                operations[index].body = .multipart(adjust(type, isSent: true, isReceived: false))
            default: break
            }
            if case .json(let type) = operations[index].response {
                operations[index].response = .json(adjust(type, isSent: false, isReceived: true))
            }
        }
        return result
    }

    private func reach(_ types: [TypeDraft]) -> Set<String> {
        var keys: Set<String> = []
        var open = types
        while let type = open.popLast() {
            if case .reference(let key) = type.kind {
                if keys.insert(key).inserted, let target = shared[key] { open.append(target) }
            } else {
                open += type.children
            }
        }
        return keys
    }

    private func adjust(_ type: TypeDraft, isSent: Bool, isReceived: Bool) -> TypeDraft {
        var type = type
        if case .object(var object) = type.kind {
            object.fields = object.fields.compactMap { field in
                var field = field
                if isSent, field.isReadOnly {
                    if !isReceived { return nil }
                    field.isOptional = true
                }
                if isReceived, field.isWriteOnly {
                    if !isSent { return nil }
                    field.isOptional = true
                }
                return field
            }
            type.kind =
                object.fields.isEmpty ? .map(object.additional ?? TypeDraft(.any, type.position)) : .object(object)
        }
        return type.mapChildren { adjust($0, isSent: isSent, isReceived: isReceived) }
    }
}
