import Foundation

extension DecodingError {
    /// Where in the body, what was expected and what stands there: `data.list[3].fileId: expected Int64, found "x"`.
    func explanation(in body: JSONValue, hiding sensitive: Set<String>, redactor: Redactor) -> String {
        func found(_ context: Context) -> String {
            Self.value(at: context.codingPath, in: body, hiding: sensitive, redactor: redactor)
        }
        switch self {
        case .keyNotFound(let key, let context):
            return "\(Self.text(context.codingPath + [key])): the field is missing"
        case .valueNotFound(let type, let context):
            return "\(Self.text(context.codingPath)): expected \(Self.name(of: type)), found null"
        case .typeMismatch(let type, let context):
            return "\(Self.text(context.codingPath)): expected \(Self.name(of: type)), found \(found(context))"
        case .dataCorrupted(let context):
            let seen = found(context)
            guard seen != Redactor.mark else { return "\(Self.text(context.codingPath)): found \(seen)" }
            let reason = context.debugDescription.trimmingCharacters(in: ["."])
            let isNamed = reason.contains(seen.trimmingCharacters(in: ["\""]))
            return "\(Self.text(context.codingPath)): \(reason)" + (isNamed ? "" : ", found \(seen)")
        @unknown default: return "unreadable"
        }
    }

    /// A type in JSON's words where it has one.
    private static func name(of type: Any.Type) -> String {
        switch type {
        case is any ListType.Type: "an array"
        case is any MapType.Type: "an object"
        default: "\(type)"
        }
    }

    private static func text(_ path: [any CodingKey]) -> String {
        var text = ""
        for key in path {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
        return text.isEmpty ? "the body" : text
    }

    private static func value(
        at path: [any CodingKey], in body: JSONValue, hiding sensitive: Set<String>, redactor: Redactor
    ) -> String {
        var value = body
        for key in path {
            if sensitive.contains(key.stringValue) { return Redactor.mark }
            guard let next = key.intValue.flatMap({ value[$0] }) ?? value[key.stringValue] else { return "nothing" }
            value = next
        }
        switch value {
        case .array(let items): return "an array of \(items.count)"
        case .object(let object): return "an object with \(object.keys.prefix(5).joined(separator: ", "))"
        default:
            let text = redactor.redact(value.text())
            return text.count > 80 ? text.prefix(80) + "…" : text
        }
    }
}

// So that a message says "an array" and not "Array<Any>", which is what the decoder asks for.
private protocol ListType {}
extension Array: ListType {}

private protocol MapType {}
extension Dictionary: MapType {}
