import Foundation

extension Violation {
    /// The path in a response, what was expected and what was found: `data.list[3].fileId: expected an integer, found "x"`.
    func explanation(in body: JSONValue, hiding sensitive: Set<String>, redactor: Redactor) -> String {
        let place = path.isEmpty ? "the body" : pathText
        let found = found(in: body, hiding: sensitive, redactor: redactor)
        switch problem {
        case .missing: return "\(place): the field is missing"
        case .mismatch(let expected, _): return "\(place): expected \(expected), found \(found)"
        case .constraint(let reason):
            guard found != Redactor.replacement else { return "\(place): found \(found)" }
            let isNamed = reason.contains(found.trimmingCharacters(in: ["\""]))
            return "\(place): \(reason)" + (isNamed ? "" : ", found \(found)")
        case .unknownField: return "\(place): \(message)"
        }
    }

    private func found(in body: JSONValue, hiding sensitive: Set<String>, redactor: Redactor) -> String {
        var value = body
        for step in path {
            let next: JSONValue?
            switch step {
            case .item(let index): next = value[index]
            case .field(let name):
                if sensitive.contains(name) { return Redactor.replacement }
                next = value[name]
            }
            guard let next else { return "nothing" }
            value = next
        }
        switch value {
        case .array, .object: return value.excerpt
        default:
            let text = redactor.redact(value.text())
            return text.count > 80 ? text.prefix(80) + "…" : text
        }
    }
}

extension DecodingError {
    /// What a type of the caller's own refuses.
    var violation: Violation {
        func path(_ keys: [any CodingKey]) -> [Violation.Step] {
            keys.map { key in key.intValue.map { .item($0) } ?? .field(key.stringValue) }
        }
        switch self {
        case .keyNotFound(let key, let context): return Violation(path(context.codingPath + [key]), .missing)
        case .valueNotFound(let type, let context), .typeMismatch(let type, let context):
            return Violation(path(context.codingPath), .mismatch(expected: Self.name(of: type), found: ""))
        case .dataCorrupted(let context):
            return Violation(
                path(context.codingPath), .constraint(context.debugDescription.trimmingCharacters(in: ["."])))
        @unknown default: return Violation([], .constraint("cannot be decoded"))
        }
    }

    /// The name of a type, in JSON's terms where there is one.
    private static func name(of type: Any.Type) -> String {
        switch type {
        case is any ListType.Type: "an array"
        case is any MapType.Type: "an object"
        default: "\(type)"
        }
    }
}

// The decoder asks for `Array<Any>`; a message says "an array".
private protocol ListType {}
extension Array: ListType {}

private protocol MapType {}
extension Dictionary: MapType {}
